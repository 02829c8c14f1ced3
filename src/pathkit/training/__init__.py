"""How the models that come with the path are made."""
