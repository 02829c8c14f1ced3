"""The commands, by who calls them: authors, learners, groups."""
