"""What a notebook calls while it is worked on."""
