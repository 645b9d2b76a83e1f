"""What is to be said of needles: of the patient's own zones, of hazard zones, of both lungs.

Each is said once of each needle and zone; that both sides of the chest are needled, once.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from app.body.atlas import Atlas
from app.body.muscles import Severity
from app.body.own_zones import zone_words
from app.body.zones import Zone
from app.domain.anatomy import Anchor
from app.domain.hazard_rule import (
    BOTH_SIDES_OF_CHEST,
    BOTH_SIDES_SOURCE,
    CHEST_ZONES,
    Needled,
    both_sides_of_chest,
    reasons,
)
from app.domain.identity import UUID
from app.domain.marks import Mark, Needle
from app.domain.own_zones import NoNeedleZone
from app.editing.zone_editor import ZoneEditor

Told = Collection[tuple[str, UUID]]
"""The zones and marks of which something was said already."""


class Hazard(NamedTuple):
    """A zone and the needles of which it is said now."""

    zone: str
    needles: tuple[Mark, ...]
    sentence: str


class Hazards:
    """Finds them."""

    def __init__(self, own_zones: ZoneEditor, atlas: Atlas) -> None:
        self._own_zones = own_zones
        self._atlas = atlas
        self._zones: dict[Anchor, tuple[Zone, ...]] = {}

    def of(self, needles: Sequence[Mark], all_needles: Sequence[Mark], told: Told) -> list[Hazard]:
        """What is to be said of ``needles`` now, the gravest first.

        ``all_needles`` are those of the session, of which some may be over the other lung.
        """
        return [
            *self._in_own_zones(needles, told),
            *self._in_high_zones(needles, told),
            *self._over_both_lungs(needles, all_needles, told),
        ]

    def _in_own_zones(self, needles: Sequence[Mark], told: Told) -> Iterable[Hazard]:
        found: dict[NoNeedleZone, list[Mark]] = {}
        for mark in needles:
            for zone in self._own_zones.under(mark):
                if (str(zone.id), mark.id) not in told:
                    found.setdefault(zone, []).append(mark)
        for zone, marks in found.items():
            words = f"in a no-needle zone of this patient: {zone_words(self._atlas, zone)}."
            yield Hazard(str(zone.id), tuple(marks), f"{_named(marks)} {words}")

    def _in_high_zones(self, needles: Sequence[Mark], told: Told) -> Iterable[Hazard]:
        near: dict[Zone, list[Mark]] = {}
        for mark in needles:
            if _reasons(mark):
                for zone in self._zones_of(mark):
                    if zone.severity is Severity.HIGH and (zone.id, mark.id) not in told:
                        near.setdefault(zone, []).append(mark)
        for zone, marks in near.items():
            why = ", ".join(dict.fromkeys(reason for mark in marks for reason in _reasons(mark)))
            words = f"near {zone.structure}: {why}. Source: {zone.cited}."
            yield Hazard(zone.id, tuple(marks), f"{_named(marks)} {words}")

    def _over_both_lungs(
        self, needles: Sequence[Mark], all_needles: Sequence[Mark], told: Told
    ) -> Iterable[Hazard]:
        if any(zone == BOTH_SIDES_OF_CHEST for zone, _mark in told):
            return
        over_lung = [mark for mark in needles if self._needled(mark).zones & CHEST_ZONES]
        if over_lung and both_sides_of_chest(map(self._needled, all_needles)):
            words = f"Both sides of the chest in one session. Source: {BOTH_SIDES_SOURCE}."
            yield Hazard(BOTH_SIDES_OF_CHEST, (over_lung[-1],), words)

    def _needled(self, mark: Mark) -> Needled:
        return Needled(frozenset(zone.id for zone in self._zones_of(mark)), mark.side)

    def _zones_of(self, mark: Mark) -> tuple[Zone, ...]:
        if not self._atlas.has_place_of(mark):
            return ()
        if mark.anchor not in self._zones:
            self._zones[mark.anchor] = self._atlas.anatomy.zones_at(mark.anchor)
        return self._zones[mark.anchor]


def _reasons(mark: Mark) -> tuple[str, ...]:
    return reasons(mark.details) if isinstance(mark.details, Needle) else ()


def _named(marks: Sequence[Mark]) -> str:
    """ "Needle 4", "Needles 4, 5"; from four on how many, the first and the last."""
    numbers = sorted(mark.number for mark in marks)
    if len(numbers) == 1:
        return f"Needle {numbers[0]}"
    if len(numbers) > 3:
        return f"{len(numbers)} needles, {numbers[0]} to {numbers[-1]},"
    return f"Needles {', '.join(map(str, numbers))}"
