"""How a spot that stands so in two sessions is painted and called, in the window and on paper."""

from collections.abc import Mapping
from types import MappingProxyType

from app.painting.standing import Sign
from app.review.comparison import Standing

SIGNS: Mapping[Standing, Sign] = MappingProxyType(
    {
        Standing.NEW: Sign.PLUS,
        Standing.AGAIN: Sign.DISC,
        Standing.NOT_MARKED: Sign.DIAMOND,
    }
)
"""Painted in reverse: a plus lies over a diamond."""
WORDS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.NEW: "new",
        Standing.AGAIN: "again",
        Standing.NOT_MARKED: "not marked again",
    }
)


def counts_words(counts: Mapping[Standing, int]) -> str:
    """ "2 new, 3 again, 0 not marked again"."""
    return ", ".join(f"{counts.get(standing, 0)} {words}" for standing, words in WORDS.items())
