"""Setting up .venv before anything is installed: the parts of `bootstrap.py`.

Standard library only, and imports within the room are relative: `bootstrap.py` is run by path, and
then this is a package of its own. No syntax or annotation in any of its files that Python 3.6 can't
read: an old Python must get as far as the line that says it's too old.
"""
