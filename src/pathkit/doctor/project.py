"""What should be installed: pathkit's needs, the versions that were tried, how to install them."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import re
import sys
from collections import Counter
from pathlib import Path

from pathkit import installation
from pathkit.installation import python
from pathkit.setup import supported


@dataclasses.dataclass(frozen=True)
class Project:
    """The project this pathkit was installed from; `root` is None where it is not at hand."""

    root: Path | None

    @classmethod
    def found(cls) -> Project:
        """By where this file lies."""
        return cls(installation.checkout())

    @property
    def constraints(self) -> Path | None:
        """The file of versions that the tests passed with."""
        file = self.root / "constraints.txt" if self.root else None
        return file if file and file.is_file() else None

    def pins(self) -> dict[str, str]:
        """Package -> version."""
        text = self.constraints.read_text(encoding="utf-8") if self.constraints else ""
        found = re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
        return {plain(name): version for name, version in found}

    def requirements(self) -> list[str]:
        """What pathkit itself needs, as pyproject.toml or else the installed metadata says."""
        if self.root:
            import tomllib

            try:
                text = (self.root / "pyproject.toml").read_text(encoding="utf-8")
                return tomllib.loads(text)["project"]["dependencies"]
            except (OSError, ValueError, KeyError):
                pass
        try:
            return required_by(installation.NAME)
        except importlib.metadata.PackageNotFoundError:
            return []

    def names(self) -> list[str]:
        """The packages that pathkit itself needs."""
        return [name_of(line) for line in self.requirements()]

    def install(self, name: str = "", *, force: bool = False) -> str:
        """The command that installs a package in the pinned version, or all that are missing."""
        options = ["--force-reinstall", "--no-deps"] if force else []
        if name == "torch":
            linux = sys.platform == "linux"
            index = ["--index-url", supported.CPU_INDEX] if linux else []
            return python("-m", "pip", "install", *(options or ["--no-deps"]), *index,
                          supported.TORCH)
        if self.constraints:
            options += ["--constraint", str(self.constraints)]
        if self.root and not force:
            return python("-m", "pip", "install", *options, "--editable", str(self.root))
        pin = self.pins().get(plain(name))
        return python("-m", "pip", "install", *options, f"{name}=={pin}" if pin else name)


def plain(name: str) -> str:
    """A package's name as indexes compare names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def required_by(distribution: str) -> list[str]:
    """What a package needs here: extras and what is for other systems left out."""
    found = []
    for line in importlib.metadata.requires(distribution) or ():
        try:
            from packaging.requirements import Requirement

            marker = Requirement(line).marker
            wanted = marker is None or marker.evaluate({"extra": ""})
        except Exception:  # packaging itself may be what is broken
            wanted = ";" not in line
        if wanted:
            found.append(line)
    return found


def name_of(requirement: str) -> str:
    """The package that a requirement such as `numpy>=1.26` names."""
    return re.match(r"[\w.-]+", requirement)[0]


def installed(name: str) -> str | None:
    """The version of a package that is installed; None without one, or with half of one."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def import_name(package: str) -> str:
    """What a package is imported as, by the files it has installed: yaml for PyYAML.

    Of several names that which is the package's own, else that with the most files.
    """
    try:
        files = importlib.metadata.files(package) or ()
    except importlib.metadata.PackageNotFoundError:
        files = ()
    modules = [module for file in files if (module := _module(file.parts))]
    own = [module for module in modules if plain(module) == plain(package)]
    if own:
        return own[0]
    tops = Counter(module.partition(".")[0] for module in modules)
    return tops.most_common(1)[0][0] if tops else package.replace("-", "_")


def _module(path: tuple[str, ...]) -> str:
    """The module that a file is; "" for what is none."""
    *parents, name = path
    stem, suffix = name.partition(".")[::2]
    if suffix != "py":
        return ""
    parts = parents if stem == "__init__" else [*parents, stem]
    return ".".join(parts) if all(part.isidentifier() for part in parts) else ""
