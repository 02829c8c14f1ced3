"""`python -m pathkit`: for where the command `pathkit` isn't found."""

from pathkit.cli import main

if __name__ == "__main__":
    main(prog_name="pathkit")
