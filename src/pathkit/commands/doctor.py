"""`pathkit doctor`."""

from __future__ import annotations

from pathlib import Path

import click

from pathkit.commands import common
from pathkit.errors import EnvironmentProblem


@click.command()
@click.option("--quick", is_flag=True, help="Don't start a kernel.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@common.in_folder
@click.pass_obj
def doctor(root: Path | None, quick: bool, as_json: bool, folder: Path | None) -> int:
    """Say what is wrong with the installation, and what mends it.

    ✓ is fine, – is worth knowing, ✗ has to be mended before you can work: then the exit code is 4.
    """
    import json

    from pathkit.doctor.examine import examine

    try:
        home = common.learners_folder(root, folder)
    except EnvironmentProblem:
        if folder is not None:
            raise
        home = None
    found = []
    for finding in examine(home, quick, common.path_known(root, home), common.new_folder(root)):
        found.append(finding)
        if not as_json:
            click.echo(str(finding))
    wrong = sum(finding.state == "wrong" for finding in found)
    if as_json:
        data = {"fit": not wrong, "findings": [finding.to_dict() for finding in found]}
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
    elif wrong:
        what = "1 thing has" if wrong == 1 else f"{wrong} things have"
        click.echo(f"\n{what} to be mended, from top to bottom; then run this again")
    else:
        click.echo("\nYou can work.")
    return common.ENVIRONMENT if wrong else common.OK
