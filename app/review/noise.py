"""How far apart two figures must lie to differ by more than the way they are taken."""

from enum import StrEnum


class Verdict(StrEnum):
    """What can be said of a difference. It never says why, nor whether it is for the better."""

    CHANGED = "changed"
    """More than repeating the same would explain."""
    WITHIN_NOISE = "within noise"
    NOT_KNOWN = "not known"
    """Nobody has said, as far as this program knows, how much is noise."""
