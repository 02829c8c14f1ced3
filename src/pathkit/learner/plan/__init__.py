"""A route to a goal, laid over weeks and calendars."""
