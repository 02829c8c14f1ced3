"""The rule for errata that would answer an exercise of their own module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pathkit.curriculum.entries import Entry, enumerated
from pathkit.curriculum.findings import Finding

# Inline code, formulas, and numbers as people write them: what an exercise may ask for.
TELLING = re.compile(r"`[^`]+`|\$[^$]+\$|\d[\d,.]*\d|\d")


def telling(text: Any) -> set[str]:
    """The code spans, formulas and numbers of a text."""
    return set(TELLING.findall(text)) if isinstance(text, str) else set()


def spoilers(modules: list[Entry]) -> Iterator[Finding]:
    """Yield errata of audited resources that correct without a warning, or warn with the answer."""
    for module in modules:
        audited = dict((name, path) for path, name in module.texts("audits"))
        resources = [
            Entry((*module.path, "resources", i), r)
            for i, r in enumerated(module.data.get("resources")) if isinstance(r, dict)
        ]
        known = {resource.id for resource in resources}
        for name, path in audited.items():
            if name not in known:
                yield Finding(path, f"the module has no resource '{name}' to audit")
        for resource in resources:
            for i, erratum in enumerated(resource.data.get("errata")):
                if isinstance(erratum, dict):
                    place = (*resource.path, "errata", i)
                    yield from _spoilers(erratum, place, resource.id in audited)


def _spoilers(erratum: dict[str, Any], path: tuple, audited: bool) -> Iterator[Finding]:
    instead, warning = telling(erratum.get("instead")), erratum.get("warning")
    given_away = sorted(instead & telling(warning))
    if given_away:
        message = f"it says {', '.join(given_away)}, as 'instead' does: warn without the answer"
        yield Finding((*path, "warning"), message)
    found = sorted(instead - telling(erratum.get("says")))
    if audited and not warning and erratum.get("of") != "guide" and found:
        yield Finding(
            path,
            f"an exercise audits this resource, and {found[0]} may be its answer; add a "
            "'warning' that says something is wrong, without what",
        )
