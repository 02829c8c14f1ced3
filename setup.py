"""What pyproject.toml can't say: a wheel carries the path, which lies beside the package."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.errors import SetupError

HERE = Path(__file__).resolve().parent
CURRICULUM, NOTEBOOKS = HERE / "curriculum.yaml", HERE / "notebooks"
MADE_BY_EDITORS = shutil.ignore_patterns(".*", "*.png")


class WithPath(build_py):
    """Copy the curriculum and the notebooks to where pathkit.installation looks for them."""

    def run(self):
        """Build; an editable installation has its checkout and needs no copy."""
        super().run()
        if self.editable_mode:
            return
        if not CURRICULUM.is_file() or not (NOTEBOOKS / "path.json").is_file():
            raise SetupError(f"{NOTEBOOKS} is incomplete: `pathkit build` writes it")
        shipped = self._shipped
        shutil.rmtree(shipped, ignore_errors=True)  # of an earlier build
        shutil.copytree(NOTEBOOKS, shipped / "notebooks", ignore=MADE_BY_EDITORS)
        shutil.copy(CURRICULUM, shipped)

    def get_outputs(self, include_bytecode=True):
        """All files that were written, as an installation has to note them."""
        copied = [str(f) for f in self._shipped.rglob("*") if f.is_file()]
        return [*super().get_outputs(include_bytecode), *copied]

    @property
    def _shipped(self):
        return Path(self.build_lib, "pathkit", "shipped")


setup(cmdclass={"build_py": WithPath})
