"""What a drive says in its own words, where a value would only be the drive's and puzzle."""

from __future__ import annotations


class Told(Exception):
    """Raised by a drive: what is wrong, in a sentence that the learner is told as it stands.

    A drive makes values of its own out of an answer: a table of scores, which gradients are set.
    Where such a value would be shown as if the learner had returned it, say instead what was done
    and what was found: `raise Told("After `backward()` the gradient of C is missing.")`. Judged
    by its name, so that it crosses from a sandbox.
    """
