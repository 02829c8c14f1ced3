"""Right answers with one small fault each: what can be changed in code, and how that is said."""
