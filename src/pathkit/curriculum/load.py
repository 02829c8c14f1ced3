"""From YAML text to a Curriculum, or to every problem at once, each with its position.

One pass over the events of a YAML parser yields plain data and the position of every key and
value. The model and the rules then judge the plain data, and what they find is written with
those positions.
"""

from pathlib import Path

from pathkit.curriculum import rules
from pathkit.curriculum.entries import outline
from pathkit.curriculum.findings import Finding
from pathkit.curriculum.model import Curriculum
from pathkit.curriculum.model_errors import Shape, validated
from pathkit.curriculum.problems import CurriculumError, Problem, problems_of
from pathkit.curriculum.recall import Recall
from pathkit.curriculum.spoilers import spoilers
from pathkit.curriculum.text_file import bad_characters, source_of
from pathkit.curriculum.value_words import misplaced
from pathkit.curriculum.yaml_reading import read
from pathkit.curriculum.yaml_tree import Tree, position
from pathkit.path_modules import RECALL, Modules


def load(path: Path, *, modules: Modules | None = None) -> Curriculum:
    """Read and check a curriculum file.

    modules: the folders of its modules; given them, every exercise that the curriculum names must
    stand there and the other way round, and each module gets its recall.yaml. Python is parsed,
    never run. Raises CurriculumError, also where the file can't be read at all.
    """
    file = str(path)
    source, unreadable = source_of(Path(path))
    if unreadable:
        raise CurriculumError([unreadable])
    return loads(source, file, modules)


def loads(
    source: str, file: str = "curriculum.yaml", modules: Modules | None = None
) -> Curriculum:
    """Read and check the text of a curriculum, as `load` does; file is its name in messages."""
    curriculum, problems = _checked(source, file, Curriculum, modules)
    recalls, more = _recalls(modules)
    if curriculum is None or problems or more:
        raise CurriculumError([*problems, *more])
    for module in curriculum.modules if modules else ():
        module.remember(recalls.get(modules.folder_of(module.id).name, Recall()))
    return curriculum


def _recalls(modules: Modules | None) -> tuple[dict[str, Recall], list[Problem]]:
    """What stands in each module's recall.yaml by the name of its folder, and what is wrong."""
    recalls, problems = {}, []
    for folder in modules or ():
        path = folder / RECALL
        if not path.exists():
            continue
        source, unreadable = source_of(path)
        if unreadable:
            problems.append(unreadable)
            continue
        recall, found = _checked(source, str(path), Recall)
        problems += found
        if recall is not None:
            recalls[folder.name] = recall
    return recalls, problems


def _checked(
    source: str, file: str, shape: type[Shape], modules: Modules | None = None
) -> tuple[Shape | None, list[Problem]]:
    """The text of a file as `shape` says, or None; and all that is wrong with it."""
    source = source.replace("\r\n", "\n")
    bad = bad_characters(source, file)
    if bad:
        return None, bad
    tree = read(source)
    made, found = _judge(tree, file, shape, modules)
    return made, problems_of(found, tree, file)


def _judge(
    tree: Tree, file: str, shape: type[Shape], modules: Modules | None
) -> tuple[Shape | None, list[Finding]]:
    found = list(tree.found)
    wanted = "title, levels and parts" if shape is Curriculum else "cards, group or terms"
    if tree.stopped:
        return None, found
    if tree.data is None and not found:
        return None, [Finding((), f"the file is empty; expected {wanted}")]
    if not isinstance(tree.data, dict):
        if not found:
            holding = "title and parts" if shape is Curriculum else wanted
            message = misplaced(tree.data, f"a mapping with {holding}")
            found.append(Finding((), message))
        return None, found
    made, wrong = validated(tree.data, shape)
    found += wrong
    if shape is Curriculum:
        found += rules.findings(
            tree.data, lambda path: position(tree, Finding(path, "")).line, file, modules
        )
        found += spoilers(outline(tree.data).modules)
    told = {finding.path for finding in found}
    found += [
        Finding(path, "nothing here; give the key a value or remove it")
        for path in tree.nulls
        if not any(path[:length] in told for length in range(len(path) + 1) if length)
    ]
    quiet = [
        finding
        for finding in found
        if finding in tree.found
        or not any(finding.path[:length] in tree.silent for length in range(len(finding.path) + 1))
    ]
    return made, quiet
