"""Groups of commands: none of their descriptions is cut off, and a slip of the finger is mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from pathkit.nearest_name import did_you_mean, nearest


class Commands(click.Group):
    """A group whose help says in full what each command does, in sections where it has some.

    sections: names of commands by heading, in the order in which they are shown.
    """

    sections: Mapping[str, Sequence[str]] = {}

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their descriptions, wrapped to the width of the terminal."""
        names = self.list_commands(context)
        sections = dict(self.sections) or {"Commands": names}
        widest = max(map(len, names), default=0)
        for heading, found in sections.items():
            commands = [(name, self.get_command(context, name)) for name in found]
            rows = [
                (name.ljust(widest), command.get_short_help_str(limit=1000))
                for name, command in commands if command is not None and not command.hidden
            ]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; fails with the one that was probably meant."""
        name = args[0]
        if self.get_command(context, name) is None and not name.startswith("-"):
            names = self.list_commands(context)
            hint = did_you_mean(name, names, f"; {context.command_path} --help lists them all")
            context.fail(f"there is no command {name!r}{hint}")
        return super().resolve_command(context, args)


def with_what_was_meant(error: click.ClickException) -> click.ClickException:
    """An error of the command line that says which option's value was probably meant."""
    parameter = getattr(error, "param", None)
    kind: Any = getattr(parameter, "type", None)
    if not isinstance(error, click.BadParameter) or not isinstance(kind, click.Choice):
        return error
    choices = [str(choice) for choice in kind.choices]
    said = next((word for word in error.message.split("'")[1::2] if word not in choices), "")
    if meant := nearest(said, choices):
        error.message = f"{error.message.removesuffix('.')}; did you mean {meant!r}?"
    return error
