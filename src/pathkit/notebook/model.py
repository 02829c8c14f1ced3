"""`path.model()`: the model that later lessons go on with, the learner's own or the path's."""

from __future__ import annotations

from typing import Any

from pathkit.checks.loading import defined
from pathkit.display import started_in
from pathkit.errors import NothingMatched
from pathkit.kept_models import shipped
from pathkit.kept_models.kept_model import KeptModel
from pathkit.learner import folder, own_model
from pathkit.nearest_name import did_you_mean


def model(name: str = "gpt", *, shipped: bool = False) -> KeptModel:
    """The learner's own model where there is one that fits, else the path's; says which.

    shipped: the path's in any case. The result has `weights` (float32 arrays by name; torch isn't
    imported for them), `model` (for torch), `symbols`, `config` and `loss`.
    Raises NothingMatched for a name that the path has no model of, EnvironmentProblem when the
    path's own is damaged or safetensors is missing.
    """
    theirs = _shipped(name)
    home = None if shipped else folder.at_work(started_in())
    own = own_model.Found() if home is None else own_model.find(home, name)
    if own.usable:
        print(f"your own {name.upper()}, kept on {own_model.day(own.facts.kept)}: "
              f"{own.facts.loss:.4f} nats per character (the path's: {theirs.loss:.4f})")
        return KeptModel(own.facts, own.weights, True, _class_of)
    if own.why:
        file = own_model.file_of(home, name).relative_to(home.root)
        print(f"Your own {name.upper()}, {file}, can't be used here: {own.why}.")
    print(f"the path's {name.upper()}: {theirs.loss:.4f} nats per character")
    return theirs


def _shipped(name: str) -> KeptModel:
    known = shipped.names()
    if name not in known:
        raise NothingMatched(f"the path keeps no model {str(name)!r}"
                             + did_you_mean(str(name), known, f"; there is: {', '.join(known)}"))
    facts, weights = own_model.the_paths(name)
    return KeptModel(facts, weights, False, _class_of)


def _class_of(layout: str) -> Any:
    """The class of the path's answer to an exercise, named as `module.Class`."""
    module, _, name = layout.rpartition(".")
    return defined(module, name).reference
