"""What runs inside of a sandbox. Nothing here knows an answer."""
