"""The packages: whether each is there, in a version that suits."""

from __future__ import annotations

from collections.abc import Iterator

from pathkit.doctor.finding import Finding, fine, remark, wrong
from pathkit.doctor.project import Project, installed, name_of, plain, required_by


def look_at_versions(project: Project) -> Iterator[Finding]:
    """Whether each package is there, and in a version that suits."""
    wanted = project.requirements()
    if not wanted:
        yield remark("packages", "pathkit runs without having been installed")
        return
    missing, unfit = _misfits(wanted)
    yield from _missing(project, missing)
    for name, says in unfit.items():
        yield wrong(name, says, project.install(name if name == "torch" else ""))
    other = _other_versions(project.pins(), {*missing, *unfit})
    if other:
        listed = ", ".join(other[:5]) + (f" and {len(other) - 5} more" if len(other) > 5 else "")
        yield remark("versions", f"not those that the tests passed with: {listed}",
                     project.install())
    elif not missing and not unfit:
        yield fine("packages", f"{len(wanted)} packages and what they need are there")


def _missing(project: Project, missing: dict[str, str]) -> Iterator[Finding]:
    """torch by itself, since it may come from an index of its own; then the rest."""
    rest = dict(missing)
    if by := rest.pop("torch", ""):
        yield wrong("torch", f"is not installed, and {by} needs it", project.install("torch"))
    if len(rest) == 1 or not project.root:
        for name, by in rest.items():
            yield wrong(name, f"is not installed, and {by} needs it", project.install(name))
    elif rest:
        yield wrong("packages", f"{len(rest)} are not installed: {', '.join(rest)}",
                    project.install())


def _misfits(wanted: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Packages that are missing, with who needs them, and those whose version doesn't suit."""
    missing: dict[str, str] = {}
    unfit: dict[str, str] = {}
    seen: set[str] = set()
    queue = [(line, "pathkit") for line in wanted]
    while queue:
        line, by = queue.pop(0)
        name = name_of(line)
        if plain(name) in seen and by != "pathkit":
            continue
        seen.add(plain(name))
        version = installed(name)
        if version is None:
            missing.setdefault(name, by)
            continue
        if not _suits(line, version):
            unfit[name] = f"{version} is installed, and {by} needs {line.partition(';')[0].strip()}"
        queue += [(needed, name) for needed in required_by(name)]
    return missing, unfit


def _suits(requirement: str, version: str) -> bool:
    try:
        from packaging.requirements import Requirement

        return Requirement(requirement).specifier.contains(version, prereleases=True)
    except Exception:  # packaging itself may be what is broken
        return True


def _other_versions(pins: dict[str, str], told: set[str]) -> list[str]:
    found = []
    for name, pin in pins.items():
        version = installed(name)
        if version and version.partition("+")[0] != pin and name not in map(plain, told):
            found.append(f"{name} {version} (tried: {pin})")
    return found
