"""The small edition of the stories: what the `gpt` lesson's model, and so the kept one, speaks."""

from pathkit.datasets.tales import TALES

__all__ = ["SMALL_TALES"]

SMALL_TALES = TALES.replace(
    she=["mei", "nia", "zuri", "amina"], he=["hugo", "omar", "ravi", "ivan"], either=[],
    looks=["red", "old", "tiny", "blue"], things=["ball", "key", "hat", "drum", "map", "kite"],
    places=["by the sea", "in the park", "on the hill", "at the zoo"],
    seasons={"summer": {"weather": ["hot", "sunny"], "treat": ["ice cream", "melon"]},
             "winter": {"weather": ["cold", "snowy"], "treat": ["soup", "cocoa"]}},
    words={"mood": ["shy", "kind", "loud", "wise"], "animal": ["cat", "owl", "fox", "goat"]},
    passages=[["one {weather} day {hero} got {a look} {thing}.",
               "on {a weather} day {hero} had {a look} {thing}."],
              [" {she} lost it {place}.", " {she} met {a mood} {animal} {place} and lost it."],
              [" {friend} found the {look} {thing} {place}.",
               " {a mood} {animal} had the {thing} {place}."],
              [" {hero} and {friend} had {treat}.", " {hero} gave {friend} {treat}."]],
)
"""The grammar that the `gpt` lesson writes out, for lessons that go on with its model."""
