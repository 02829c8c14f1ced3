"""`path.predict()`: an answer that is given before the result is seen."""

from __future__ import annotations

import dataclasses
from typing import Any

from pathkit.checks.prediction import Prediction
from pathkit.checks.settings import standard_settings
from pathkit.checks.verdict import Verdict
from pathkit.display import display
from pathkit.nearest_name import did_you_mean
from pathkit.notebook import session


def predict(name: str, answer: Any = None, /) -> None:
    """Record a prediction and say at once whether it holds and why."""
    predictions = session.predictions(session.current_module())
    if not session.current_module():
        print(session.SET_UP_FIRST)
    elif name not in predictions:
        meant = did_you_mean(name, predictions, f"; there are: {', '.join(predictions)}.")
        print(f"There is no prediction {name!r} here{meant}")
    else:
        with standard_settings():
            verdict = predictions[name].judge(answer, f"{session.current_module()}.{name}")
        display(_recorded(verdict, predictions[name], answer))
        session.tell_listeners()


def _recorded(verdict: Verdict, prediction: Prediction, answer: Any) -> Verdict:
    """Keep the first answer: what one expected is worth more once one knows better."""
    if verdict.status not in session.PREDICTED:
        return verdict
    plain = prediction.read(answer)
    session.note("predict", prediction=verdict.exercise, answer=plain, status=verdict.status)
    first = session.current().predictions.setdefault(verdict.exercise, plain)
    if first == plain:
        return verdict
    return dataclasses.replace(verdict, notes=(f"Your first prediction was {first}.",))
