"""When a needle calls for a notice. A notice reminds; it forbids nothing and clears nothing.

Source: clinical content, section 6, "Proposed trigger": a high zone AND (a needle of 30 mm or
longer OR depth not recorded OR pistoning); and both sides of the chest needled in one session
(BN121, which was read). The threshold is a proposal of this program's authors: no clinician has
confirmed it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from app.domain.anatomy import Side
from app.domain.marks import Needle, Technique

LONG_NEEDLE_MM = 30
"""From this length on a needle in a high zone calls for a notice. Proposed, not confirmed."""
GRAVE_TECHNIQUE = Technique.PISTONING

BOTH_SIDES_OF_CHEST = "both_sides_of_chest"
"""What stands in a notice in the place of a zone's id."""
CHEST_ZONES = frozenset(
    {"lung_apex", "posterior_thorax", "lateral_thorax", "anterior_thorax", "infraclavicular"}
)
"""The high zones under which the lung lies: that of one side only, as a rule."""
BOTH_SIDES_SOURCE = "BN121 (read)"


class Needled(NamedTuple):
    """Where a needle is: the ids of the zones there, and the patient's side, if it is known."""

    zones: frozenset[str]
    side: Side | None


def reasons(needle: Needle) -> tuple[str, ...]:
    """Why this needle calls for a notice in a high zone, in short phrases; empty: it does not."""
    found = []
    if needle.length_mm is not None and needle.length_mm >= LONG_NEEDLE_MM:
        found.append(f"{needle.length_mm} mm long")
    if needle.depth_mm is None:
        found.append("depth not recorded")
    if needle.technique is GRAVE_TECHNIQUE:
        found.append("pistoning")
    return tuple(found)


def both_sides_of_chest(needles: Iterable[Needled]) -> bool:
    """Whether needles of one session lie over the lung of the left side and of the right one."""
    sides = {needle.side for needle in needles if needle.zones & CHEST_ZONES}
    return {Side.LEFT, Side.RIGHT} <= sides
