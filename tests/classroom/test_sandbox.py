"""Learner code in the real sandbox: what it may do, what it can't, and that others don't notice."""

from __future__ import annotations

import dataclasses
import re
import shutil
import socket
import textwrap
import threading

import numpy as np
import pytest

from pathkit.checks.compare import Tolerance, difference
from pathkit.checks.loading import exercises_of
from pathkit.checks.plain import plain
from pathkit.classroom import sandboxes
from pathkit.classroom.grading.edition import NotSeparable, edition
from pathkit.classroom.grading.limits_and_results import FAULT, Graded, Job, Limits
from pathkit.classroom.grading.one_exercise import grade, together
from pathkit.classroom.grading.one_file import one_file
from pathkit.classroom.grading.sandbox_process import Worker
from pathkit.classroom.grading.whole_class import grade_answers
from pathkit.classroom.inside_sandbox.tighten import VARIABLE
from pathkit.classroom.sandboxes.bubblewrap import bubblewrap
from pathkit.path_modules import OURS
from tests.this_machine import processes_of, trouble

MODULES = [folder.name.replace("_", "-") for folder in OURS]
EXERCISES = [e for m in MODULES for e in exercises_of(m).values()]
SHORT = Limits(cpu=2, wall=3)
RIGHT = "return counts / counts.sum(axis=1, keepdims=True)"


def cut(exercise):
    return edition(exercise.file, exercise.module, exercise.name)


# --- what goes in -----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_an_edition_draws_the_same_probes(exercise):
    import zlib

    namespace: dict = {}
    exec(cut(exercise).source, namespace)
    rng = np.random.default_rng([zlib.crc32(exercise.id.encode()), 7])
    drawn, wanted = namespace["PROBES"](rng), exercise.draw(7)
    assert len(drawn) == len(wanted)
    for one, other in zip(drawn, wanted, strict=True):
        for a, b in zip(one, other, strict=True):
            opaque = callable(a) and callable(b)
            assert opaque or difference(plain(a), plain(b), Tolerance(0, 0)) is None


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_an_edition_holds_neither_the_reference_nor_misconceptions_nor_messages(exercise):
    source = cut(exercise).source
    assert f"def {exercise.name}(" not in source and f"class {exercise.name}" not in source
    for wrong in exercise.misconceptions:
        assert wrong.message[:40] not in source
        assert f"def {wrong.name}(" not in source
    assert exercise.prompt.strip()[:40] not in source


def test_probes_that_need_their_own_reference_are_refused(tmp_path):
    file = tmp_path / "made.py"
    file.write_text(textwrap.dedent("""
        from pathkit.checks.exercise import exercise
        @exercise(probes=lambda rng: [(double(2),)])
        def double(x):
            return 2 * x
    """))
    with pytest.raises(NotSeparable, match="made.double"):
        edition(file, "made", "double")


# --- what happens inside ----------------------------------------------------------------------


ALONE = "bubblewrap alone"


def alone(uid: int | None = None) -> sandboxes.Sandbox:
    """Bubblewrap where seccomp's library isn't installed."""
    whole = bubblewrap(uid)
    if VARIABLE not in whole.command:
        return dataclasses.replace(whole, name=ALONE)
    at = whole.command.index(VARIABLE)
    return sandboxes.Sandbox(ALONE, whole.command[: at - 1] + whole.command[at + 2 :])


@pytest.fixture(params=[*sandboxes.WAYS, ALONE])
def place(request, monkeypatch, each_sandbox):
    """Each sandbox that works here."""
    monkeypatch.setitem(sandboxes.WAYS, ALONE, alone)
    if trouble(request.param):
        pytest.skip(f"nothing is shown about {request.param}: {trouble(request.param)}")
    return request.param


def judged(body: str, place: str, limits: Limits = SHORT) -> Graded:
    code = "import numpy as np\ndef probabilities(counts):\n" + textwrap.indent(
        textwrap.dedent(body).strip(), "    ")
    return grade(Job("bigram", "probabilities", code, 5, limits), place)


def test_a_cell_that_is_no_python_shows_its_line(works):
    found = judged("for row in counts\n    pass", "")
    assert "expected ':' in line 3, “for row in counts”." in found.verdict.message


def still_fine(place: str) -> None:
    """The next learner, in the same worker or a new one, is graded as if nothing had been."""
    assert judged(RIGHT, place).verdict.passed


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_the_reference_passes_in_the_sandbox_and_a_wrong_answer_is_named(exercise, works):
    from pathkit.checks.source import without_decorators

    head = "import math\nimport numpy as np\nimport torch\nimport torch.nn as nn\n" \
           "import torch.nn.functional as F\nimport copy, collections, functools\n" \
           "import heapq, itertools, json, re\n"
    body = without_decorators(exercise.source)
    if exercise.is_value:
        body += f"\n{exercise.name} = {exercise.name}()\n"
    helpers = _helpers(exercise)
    right = grade(Job(exercise.module, exercise.name, head + helpers + body, 11))
    assert right.verdict.passed, right
    assert grade(Job(exercise.module, exercise.name, head, 11)).verdict.status == "not attempted"


def _helpers(exercise) -> str:
    """Other definitions of the file that a reference calls, as a learner's notebook has them."""
    import ast

    from pathkit.checks.source import without_decorators

    tree = one_file(exercise.file)
    others = exercises_of(exercise.module)
    texts: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            own = others.get(node.name)
            texts[node.name] = without_decorators(own.source if own else ast.unparse(node))
        elif isinstance(node, ast.Assign) and "Choice(" not in ast.unparse(node):
            names = (n.id for n in ast.walk(node.targets[0]) if isinstance(n, ast.Name))
            texts |= dict.fromkeys(names, ast.unparse(node))
    needed, queue = set(), [without_decorators(exercise.source)]
    while queue:
        for name in {n.id for n in ast.walk(ast.parse(queue.pop())) if isinstance(n, ast.Name)}:
            if name in texts and name not in needed | {exercise.name}:
                needed.add(name)
                queue.append(texts[name])
    return "\n\n".join(text for name, text in texts.items() if name in needed) + "\n\n"


@pytest.mark.slow
@pytest.mark.parametrize("line", [
    "import matplotlib.pyplot as plt", "import torch._dynamo", "import pathkit as path",
    "import threading; threading.Thread(target=print).start()",
])
def test_what_answers_import_can_be_imported(line, place):
    code = f"{line}\nimport numpy as np\ndef probabilities(counts):\n    {RIGHT}\n"
    assert grade(Job("bigram", "probabilities", code, 5, Limits(cpu=20)), place).verdict.passed


ATTACKS = {
    "fork bomb": """
        import os
        while True:
            os.fork()
        """,
    "50 GB": "return bytearray(50 << 30)",
    "memory over children": """
        import os, time
        for _ in range(20):
            if os.fork() == 0:
                block = bytearray(3 << 30)
                time.sleep(30)
        return counts
        """,
    "endless loop": "while True: pass",
    "endless sleep that swallows everything": """
        import time
        while True:
            try:
                time.sleep(100)
            except BaseException:
                pass
        """,
    "kill everybody": """
        import os
        os.kill(-1, 9)
        """,
    "stop and kill the worker": """
        import os, signal
        for number in (signal.SIGSTOP, signal.SIGKILL, signal.SIGTERM):
            os.kill(os.getppid(), number)
            os.kill(1, number)
        """,
    "leave the process": """
        import os
        os._exit(0)
        """,
    "blame the grader": """
        import os
        os._exit(73)
        """,
    "SystemExit": "raise SystemExit(0)",
    "crash in C": """
        import ctypes
        ctypes.string_at(0)
        """,
    "print 1 GB": 'print("x" * 10**9)',
    "write 1 GB to every open file": """
        import os
        for number in range(64):
            try:
                for _ in range(1000):
                    os.write(number, b"x" * 10**6)
            except OSError:
                pass
        return counts
        """,
    "forge a result": """
        import os
        for number in range(3, 64):
            try:
                os.write(number, b'{"job": "bigram.probabilities", "outputs": "passed"}\\n')
            except OSError:
                pass
        os._exit(0)
        """,
    "deep JSON": """
        import os
        for number in range(3, 64):
            try:
                os.write(number, b"[" * 10**6)
            except OSError:
                pass
        os._exit(0)
        """,
    "deep value": """
        value = []
        for _ in range(100_000):
            value = [value]
        return value
        """,
    "pickle payload": """
        class Bomb:
            def __reduce__(self):
                import os
                return os.system, ("touch /tmp/owned",)
        return Bomb()
        """,
    "tamper with the judge": """
        import pathkit.checks.compare, pathkit.checks.judge
        pathkit.checks.judge.is_right = lambda *_: True
        pathkit.checks.compare.difference = lambda *_: None
        return counts
        """,
    "tamper with the run": """
        import sys
        for module in list(sys.modules.values()):
            for name in ("run", "plain", "_one", "_all", "call"):
                if hasattr(module, name) and module.__name__.startswith("pathkit"):
                    setattr(module, name, lambda *a, **k: counts)
        return counts
        """,
    "an object that equals everything": """
        class Equal:
            def __eq__(self, other): return True
            def __array__(self, *a, **k): return counts
            shape, dtype = counts.shape, counts.dtype
        return Equal()
        """,
    "a hard-coded answer": """
        table = {6.0: np.array([[1, 3], [2, 2], [5, 0]]) / 1.0}
        return table.get(float(counts.sum()), counts / 2)
        """,
    "starve the worker": """
        import os, resource
        for kind in (resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE, resource.RLIMIT_AS):
            resource.prlimit(os.getppid(), kind, (1, 1))
        return counts
        """,
    "pin the worker": """
        import os
        os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)
        os.sched_setaffinity(os.getppid(), {min(os.sched_getaffinity(0))})
        """,
    "signals by way of a file": """
        import fcntl, os, signal
        reader, writer = os.pipe()
        fcntl.fcntl(reader, 10, signal.SIGKILL)
        fcntl.fcntl(reader, fcntl.F_SETOWN, os.getppid())
        fcntl.fcntl(reader, fcntl.F_SETFL, os.O_ASYNC)
        os.write(writer, b"x")
        return counts
        """,
    "threads without end": """
        import threading, time
        while True:
            threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
        """,
    "background process": """
        import subprocess
        subprocess.Popen(["sleep", "1000"], start_new_session=True)
        return counts
        """,
    "fill the disk": """
        import os
        for folder in ("/scratch", "/tmp", "/dev/shm", "/answer", "/"):
            for number in range(100):
                try:
                    with open(f"{folder}/{number}", "wb") as file:
                        file.write(b"x" * 10**7)
                except OSError:
                    pass
        return counts
        """,
}


# How those end that the sandbox itself has to end, wherever they run.
ENDS = {
    "endless loop": ("cpu", "time"), "endless sleep that swallows everything": ("time",),
    "leave the process": ("exit",), "crash in C": ("crash",), "print 1 GB": ("time", "cpu", ""),
    "write 1 GB to every open file": ("output",), "forge a result": ("forged",),
    "deep JSON": ("forged",),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_contained_gains_nothing_and_hurts_nobody(name, place):
    result = judged(ATTACKS[name], place)
    assert not result.verdict.passed
    assert result.verdict.message and result.contained != FAULT
    assert name not in ENDS or result.contained in ENDS[name]
    still_fine(place)


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "says"), [
    ("attention.late_mask_fails", "fails"), ("transformer.flat_row", "apart"),
])
def test_what_a_drive_says_of_a_value_is_said_outside(exercise, says, works):
    module, _, name = exercise.partition(".")
    code = f"""
import numpy as np
np.allclose = lambda *a, **k: False
np.abs = lambda x: type("Max", (), {{"max": lambda s, k=[3]: k.append(k[-1] / 9) or k[-1]}})()
{name} = np.eye(2) if {name!r} == "late_mask_fails" else [1.0, 2.0, 3.0, 4.0]
"""
    forged = f"""
import os
line = '{{"attempted": true, "unusable": "", "blank": null, "results": [{{"kind": "Returned",' \\
       ' "value": "{says}", "changed": [], "printed": ""}}]}}'
for number in range(3, 64):
    try:
        os.write(number, line.encode())
    except OSError:
        pass
os._exit(0)
"""
    for attack in (code, forged):
        assert not grade(Job(module, name, attack, 5, SHORT)).verdict.passed


LOOKS = {
    "passwords": 'return open("/etc/shadow").read() + open("/etc/passwd").read()',
    "the worker's memory": 'return open("/proc/1/mem", "rb").read(9)',
    "the worker's environment": 'return open("/proc/1/environ").read()',
    "the exercises": "import pathkit.modules.bigram.smoothed as b\nreturn b.smoothed.source",
    "the solutions": """
        import os
        found = []
        for top in os.listdir("/"):
            for folder, below, files in os.walk("/" + top) if top not in ("proc", "usr") else ():
                below[:] = [name for name in below if not name.startswith("python3")]
                names = [f for f in files if f in (notebook("bigram"), "curriculum.yaml")]
                found += [os.path.join(folder, name) for name in names]
        return open(found[0]).read()
        """,
    "gc": """
        import gc
        found = [o for o in gc.get_objects() if type(o).__name__ == "Exercise"]
        return found[0].source
        """,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LOOKS)
def test_what_is_private_is_not_there(name, place):
    assert judged(LOOKS[name], place, Limits(cpu=20, wall=20)).verdict.status == "raised"


@pytest.mark.slow
def test_the_network_is_not_there_not_even_this_machine(place):
    hits = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        def serve():
            while True:
                try:
                    hits.append(server.accept())
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        port = server.getsockname()[1]
        body = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 1)\nreturn counts"
        said = judged(body, place).verdict.message
        assert "ConnectionRefused" in said or "PermissionError" in said
        socket.create_connection(("127.0.0.1", port)).close()
    assert len(hits) <= 1


@pytest.mark.slow
def test_nothing_is_left_for_the_next_one(place):
    leave = """
        import contextlib, os, subprocess
        with contextlib.suppress(OSError):
            subprocess.Popen(["sleep", "1000"], start_new_session=True)
        for folder in ("/scratch", "/dev/shm", "/tmp"):
            with contextlib.suppress(OSError):
                os.makedirs(folder + "/left/deep")
                open(folder + "/left/deep/file", "w").write("x")
        import builtins, numpy
        builtins.len = numpy.sum = None
        return counts
        """
    look = """
        import os
        left = [f for f in ("/scratch", "/dev/shm", "/tmp") if os.path.exists(f + "/left")]
        try:
            processes = [p for p in os.listdir("/proc") if p.isdigit()]
        except OSError:
            processes = []
        if left or len(processes) > 2 or len([1]) != 1:
            raise RuntimeError(f"{left} {processes}")
        """ + RIGHT
    assert not judged(leave, place).verdict.passed
    found = judged(textwrap.dedent(look.replace("\n        ", "\n")), place)
    assert found.verdict.passed, found


@pytest.mark.slow
def test_no_process_outlives_the_worker(place):
    worker = Worker(sandboxes.best(place))
    worker._started(2**31)
    number = worker._process.pid
    worker.stop()
    assert processes_of(number) == 0


# Where a sandbox lets nobody ask which memory is in use, that is the end of it.
SCANS = """
import ctypes, re
def probabilities(counts):
    found = 0
    try:
        maps = open("/proc/self/maps")
    except PermissionError:
        raise ValueError("can't look")
    for line in maps:
        place, rights, *_ = line.split()
        if rights.startswith("rw"):
            start, end = (int(n, 16) for n in place.split("-"))
            held = ctypes.string_at(start, end - start)
            for begin in re.finditer(b"this wa", held):
                found += held[begin.end():begin.end() + 9][::-1] == b"thguoht s"
    raise ValueError(f"found {found}")
"""


@pytest.mark.slow
@pytest.mark.parametrize("says", [
    f"# this was thought\ndef probabilities(counts):\n    {RIGHT}\n",
    "def probabilities(counts):\n    raise ValueError('this was' ' thought')",
    "def probabilities(counts):\n    print('this was' ' thought')\n    return counts",
])
def test_a_former_answer_and_what_came_of_it_are_in_nobodys_memory(says, works):
    for _ in range(3):
        grade(Job("bigram", "probabilities", says, 5, SHORT))
    look = Job("bigram", "probabilities", SCANS, 5, Limits(cpu=20, wall=20))
    assert re.search("found 0|can't look", grade(look).verdict.message)


def test_a_place_that_prevents_nothing_is_refused():
    bare = dataclasses.replace(sandboxes.best(sandboxes.UNSAFE), name="nothing at all")
    with pytest.raises(sandboxes.NoSandbox, match="read the exercises' answers"):
        sandboxes.inspect(bare)


def test_a_sandbox_that_does_not_start_is_told_in_one_line():
    with pytest.raises(sandboxes.NoSandbox) as found:
        sandboxes.inspect(sandboxes.Sandbox("broken", (shutil.which("false") or "false",)))
    assert "\n" not in str(found.value)


SPOILS = '''
import numpy as np, builtins, os
def probabilities(counts):
    np.sum = np.ndarray.sum = None
    np.seterr(all="raise")
    builtins.len = builtins.range = None
    return counts / 2
'''
SMOOTHED = "import numpy as np\ndef smoothed(counts, k):\n    return (counts + k) / np.sum(" \
           "counts + k, axis=1, keepdims=True)\n"
FORGES = '''
import os
def probabilities(counts):
    for number in range(3, 64):
        try:
            os.write(number, b'{"attempted": true, "unusable": "", "blank": null, "results": []}\\n'
                             * 9)
        except OSError:
            pass
    return counts / 2
'''


def pair(first: str, second: str = SMOOTHED, limits: Limits = SHORT) -> list[Job]:
    return [Job("bigram", "probabilities", first, 5, limits),
            Job("bigram", "smoothed", second, 5, limits)]


@pytest.mark.slow
def test_answers_that_are_right_are_seen_to_be_so_together(works):
    right = f"def probabilities(counts):\n    {RIGHT}\n"
    jobs_ = pair(right)
    assert set(together(jobs_)[0]) == set(jobs_)


@pytest.mark.slow
@pytest.mark.parametrize("first", [
    SPOILS, FORGES, "def probabilities(counts):\n    while True: pass", "import os; os._exit(0)",
    "raise SystemExit", "def probabilities(counts):\n    return [0] * 10**10",
])
def test_an_answer_spoils_no_other_of_the_same_learner(first, works):
    both = pair(first)
    verdicts = [one["verdict"]["status"] for _, one in grade_answers([("a", both[0]),
                                                                     ("b", both[1])])]
    assert verdicts[0] != "passed" and verdicts[1] == "passed"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "code"), [
    ("probabilities", "def probabilities(counts):\n    return 1" + "+1" * 900),
    ("probabilities", "def probabilities(counts):\n    return counts" + ".a" * 900),
    ("broken_name", "broken_name = 1" + "+1" * 900),
])
def test_code_that_is_nested_deeply_is_one_row(name, code, works):
    deep = Job("bigram", name, code, 5, SHORT)
    verdicts = [one["verdict"]["status"] for _, one in grade_answers([
        ("a", deep), ("b", Job("bigram", "smoothed", SMOOTHED, 5, SHORT))])]
    assert verdicts[0] not in ("passed", "not attempted") and verdicts[1] == "passed"
