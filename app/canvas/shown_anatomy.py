"""What is shown on the map under the marks: parts of the anatomy, and the patient's own zones."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtGui import QPainter, QPainterPath

from app.body.anatomy import MuscleHere
from app.body.atlas import Atlas
from app.body.mesh import Points
from app.body.muscles import Layer
from app.domain.anatomy import Body, Side
from app.domain.identity import UUID
from app.domain.own_zones import NoNeedleZone
from app.painting.layout import Frame
from app.painting.regions import (
    CHOSEN,
    LIT,
    OF_LAYER,
    OF_ZONE,
    OWN_ZONE,
    OWN_ZONE_PATCH,
    SEGMENT,
    RegionLook,
    drawn_path,
    paint_number,
    paint_region,
    region_path,
)

SIDES = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True)
class ShownAnatomy:
    """``layers``: whose muscles are all shown. ``zones``: whether hazards are. ``lit``: muscles
    that were searched for or chosen, each on one side. ``own_zones``: those of the patient, which
    are always shown; ``chosen_zone`` is the id of the one that is selected. ``segments``: whether
    those of the CHOIR Body Map are, with the numbers that they have on the map of this body.
    """

    layers: frozenset[Layer] = frozenset()
    zones: bool = False
    segments: bool = False
    lit: tuple[MuscleHere, ...] = ()
    own_zones: tuple[NoNeedleZone, ...] = ()
    chosen_zone: UUID | None = None


NOTHING_SHOWN = ShownAnatomy()


class ShownRegion(NamedTuple):
    """Where a region is painted, in painter px, how it looks, and the number that it bears."""

    path: QPainterPath
    look: RegionLook
    number: str = ""

    def paint(self, painter: QPainter, unit: float) -> None:
        paint_region(painter, self.path, self.look, unit)
        if self.number:
            paint_number(painter, self.path, self.number)


def regions_shown(
    anatomy: ShownAnatomy, atlas: Atlas, body: Body, view: str, frame: Frame, *, thumbnail: bool
) -> Iterator[ShownRegion]:
    """What is painted, the lowest first."""
    if anatomy.segments and not thumbnail:
        yield from _segments_shown(atlas, body, view, frame)
    for loops, look in _anatomy_shown(anatomy, atlas, body, view, thumbnail=thumbnail):
        if loops:
            yield ShownRegion(region_path(loops, frame), look)
    for zone in filter(atlas.has_place_of, anatomy.own_zones):
        loops = atlas.area_loops(zone.outline, zone.placed_on, zone.placed_in, body, view)
        if not loops:
            continue
        path = drawn_path(loops, frame)
        yield ShownRegion(path, OWN_ZONE_PATCH if thumbnail else OWN_ZONE)
        if zone.id == anatomy.chosen_zone and not thumbnail:
            yield from (ShownRegion(path, look) for look in CHOSEN)


def _segments_shown(atlas: Atlas, body: Body, view: str, frame: Frame) -> Iterator[ShownRegion]:
    for segment in atlas.anatomy.segments:
        for side in SIDES:
            loops = atlas.segment_loops(segment, side, body, view)
            if loops:
                number = str(segment.numbers[body, side])
                yield ShownRegion(region_path(loops, frame), SEGMENT, number)


def _anatomy_shown(
    anatomy: ShownAnatomy, atlas: Atlas, body: Body, view: str, *, thumbnail: bool
) -> Iterator[tuple[list[Points], RegionLook]]:
    """Lines in px of the picture. On a thumbnail only what is lit: it must be found, and the rest
    would be a blur.
    """
    if not thumbnail:
        deepest_first = sorted(atlas.catalogue.muscles, key=lambda muscle: -muscle.depth)
        for muscle in deepest_first:
            if muscle.layer in anatomy.layers:
                for side in SIDES:
                    yield atlas.muscle_loops(muscle.id, side, body, view), OF_LAYER[muscle.layer]
        for zone in atlas.anatomy.zones if anatomy.zones else ():
            yield atlas.zone_loops(zone, body, view), OF_ZONE[zone.severity]
    for muscle, side in anatomy.lit:
        yield atlas.muscle_loops(muscle.id, side, body, view), LIT
