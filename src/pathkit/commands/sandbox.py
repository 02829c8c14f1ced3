"""`pathkit sandbox`: what a container for learner code needs beforehand."""

from __future__ import annotations

import click

from pathkit.commands import common
from pathkit.commands.groups import Commands


@click.group(cls=Commands)
def sandbox() -> None:
    """Prepare the container in which learner code is graded where bubblewrap can't be had."""


@sandbox.command()
@click.option("--engine", type=click.Choice(["docker", "podman"]), default="docker",
              show_default=True, help="The container engine that builds and keeps the image.")
@click.option("--base", default="", metavar="IMAGE",
              help="Start from this image with Python and pip; python:VERSION-slim by default.")
@click.option("--print", "only_print", is_flag=True, help="Print the Dockerfile, build nothing.")
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def build(engine: str, base: str, only_print: bool, options: tuple[str, ...]) -> int:
    """Build the image, once for each version of Python, NumPy and torch; needs the network.

    OPTIONS after -- go to the engine's own build command.
    """
    from pathkit.classroom.sandboxes import image
    from pathkit.classroom.sandboxes.sandbox import NoSandbox
    from pathkit.errors import EnvironmentProblem

    if only_print:
        click.echo(image.dockerfile(base), nl=False)
        return common.OK
    try:
        code = image.build(engine, base, options)
    except NoSandbox as error:
        raise EnvironmentProblem(f"{engine}: {error}") from error
    if code != 0:
        raise EnvironmentProblem(f"{engine} did not build {image.name()}: see what it says above")
    click.echo(image.name())
    return common.OK
