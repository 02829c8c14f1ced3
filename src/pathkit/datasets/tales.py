"""Little stories about something lost and found, from a grammar whose entropy is known exactly.

Everything that a story can say stands in :data:`TALES` below. What it tells once, it keeps to: the
hero goes by one name and one pronoun, the thing that is lost is the thing that is found, it is
found where it was lost and not where it was looked for first, the friend who helps is the one who
is thanked, and the treat at the end suits the weather of the beginning, since both belong to one
season that is never named.
"""

from pathkit.datasets.grammar import Tales

__all__ = ["TALES", "Tales", "tales"]

TALES = Tales(
    she=("aiko", "amina", "leila", "lucia", "mei", "nia", "priya", "zuri"),
    he=("diego", "emil", "hugo", "ivan", "jun", "kofi", "omar", "ravi"),
    either=("kim", "noor", "robin", "sasha"),
    looks=("blue", "fine", "green", "new", "odd", "old", "red", "tiny"),
    things=(
        *("ball", "bell", "boat", "coin", "cup", "drum"),
        *("flute", "hat", "key", "kite", "lamp", "map"),
    ),
    places=(
        *("at the fair", "at the farm", "at the zoo", "by the gate"),
        *("by the lake", "by the mill", "by the sea", "in the barn"),
        *("in the park", "in the yard", "on the hill", "on the pier"),
    ),
    seasons={
        "spring": {
            "weather": ("bright", "clear", "fresh", "mild", "rainy", "windy"),
            "treat": ("green tea", "honey cake", "pancakes", "rice cakes", "salad", "sweet buns"),
        },
        "summer": {
            "weather": ("bright", "clear", "dry", "hot", "sunny", "warm"),
            "treat": ("cherries", "cold juice", "ice cream", "lemonade", "melon", "salad"),
        },
        "autumn": {
            "weather": ("cool", "damp", "foggy", "grey", "rainy", "windy"),
            "treat": ("apple pie", "grapes", "plum jam", "roast nuts", "soup", "sweet buns"),
        },
        "winter": {
            "weather": ("clear", "cold", "frosty", "grey", "icy", "snowy"),
            "treat": ("cocoa", "dumplings", "hot milk", "roast nuts", "soup", "stew"),
        },
    },
    words={
        "got": ("bought", "chose", "found", "got", "had", "made", "took", "won"),
        "day": ("day", "evening", "friday", "monday", "morning", "saturday", "sunday", "tuesday"),
        "lost": ("dropped", "forgot", "left", "lost"),
        "hour": ("dawn", "dusk", "five", "four", "lunch", "noon", "six", "ten"),
        "kin": ("aunt", "brother", "cousin", "father", "mother", "sister", "twin", "uncle"),
        "number": ("two", "three", "four", "five", "six", "seven", "eight", "nine"),
        "mood": ("calm", "happy", "kind", "loud", "proud", "shy", "sleepy", "wise"),
        "animal": ("bear", "cat", "dog", "fox", "goat", "hen", "mouse", "owl"),
        "herd": ("bees", "birds", "cows", "ducks", "frogs", "lambs", "pigs", "swans"),
        "cover": ("bag", "bench", "bush", "cart", "log", "rug", "stone", "tree"),
        "how": ("at once", "by bike", "by bus", "gladly", "on foot", "quickly", "soon", "too"),
    },
    passages=(
        (
            "{hero} {got} {a look} {thing} on {a weather} {day}.",
            "{hero} {got} {a look} {thing} one {weather} {day}.",
            "on {a weather} {day}, {hero} {got} {a look} {thing}.",
            "one {weather} {day}, {hero} {got} {a look} {thing}.",
        ),
        (
            " at {hour} {she} {lost} it {place}.",
            " {she} {lost} it {place} at {hour}.",
            " {she} {lost} it {place}, chasing {a mood} {animal}.",
            " {she} fed {number} {herd} {place} and {lost} it.",
            " {she} met {his} {kin} {place} and {lost} it.",
            " {place} {she} drew {a mood} {animal} and {lost} it.",
        ),
        (
            " {friend} came {how}.",
            " {she} told {friend} at {hour}.",
            " at {hour} {she} told {friend}.",
            " {friend} and {a mood} {animal} came.",
            " {she} looked {other}, then told {friend}.",
        ),
        (
            " they found the {look} {thing} {place}.",
            " {a mood} {animal} had the {thing} {place}.",
            " {place}, under {a cover}, was the {look} {thing}.",
            " the {look} {thing} was {place}, under {a cover}.",
            " {number} {herd} sat by the {thing} {place}.",
        ),
        (
            " {friend} got {treat} from {hero}.",
            " {hero} gave {friend} {treat}.",
            " {hero} thanked {friend}, and they had {treat}.",
            " {hero} and {friend} shared {treat}.",
            " thank you, {friend}, said {hero}. they had {treat}.",
        ),
    ),
)
"""The grammar behind :func:`tales`; ``TALES.replace(...)`` gives another one."""


def tales(n: int, seed: int = 0) -> list[str]:
    """Draw ``n`` little stories: a source whose entropy per character is known exactly.

    Parameters
    ----------
    n : int
        How many stories, 0 or more.
    seed : int
        0 or more. The same seed gives the same stories on every machine and Python version, and
        ``tales(10, s) == tales(20, s)[:10]``. Take another seed for stories to test on.

    Returns
    -------
    list of str
        Stories of five passages, in ASCII: lower-case letters, space, comma, full stop, and
        at the end of each the end marker, a newline. So ``"".join(tales(n))`` is a text to learn
        from.

    Raises
    ------
    TypeError
        If ``n`` or ``seed`` is not an integer.
    ValueError
        If one of them is negative.

    Notes
    -----
    How they are made: see :class:`Tales`; what they can say: see the source of this module. The
    best loss that any model can reach is ``TALES.nats_per_character()``, a model's prediction
    after any beginning can be held against ``TALES.conditional(beginning)``, and of a story that
    a model wrote ``TALES.log_probability(story)`` says whether the grammar could have.
    """
    return TALES.sample(n, seed)
