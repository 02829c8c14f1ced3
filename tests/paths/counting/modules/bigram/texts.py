"""Words that probes are made of."""


def random_words(rng, how_many: int) -> list[str]:
    """Some of three words, drawn at random."""
    return [str(word) for word in rng.choice(["a", "bb", "cccc"], size=how_many)]
