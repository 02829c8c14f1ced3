"""How hard something is, in the guide's words, from easy to very hard."""

LEVELS = ("easy", "medium", "hard", "very-hard")
