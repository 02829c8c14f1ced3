"""Where a learner's code runs. Each way of containing it has a file; `choice` tries them."""

from pathkit.classroom.sandboxes.choice import UNSAFE, WAYS, best
from pathkit.classroom.sandboxes.sandbox import NoSandbox, Sandbox, end, inspect, start

__all__ = ["UNSAFE", "WAYS", "NoSandbox", "Sandbox", "best", "end", "inspect", "start"]
