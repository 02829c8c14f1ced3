"""The error of a file that holds no model that we can use."""

from pathkit.one_line import OneLine


class NotAModel(OneLine):
    """The file isn't a model of ours, or not one that can be used; the message says why."""
