"""What is wrong with an installation, and the command that mends it.

Nothing here imports what may be broken: it is tried in processes of its own.
"""
