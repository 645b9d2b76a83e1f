"""How a spot that stands so in two sessions is painted, in the window and on paper."""

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
