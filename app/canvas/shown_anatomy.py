"""What of the anatomy is shown on the map, and the lines that bound it on one picture."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.body.anatomy import MuscleHere
from app.body.atlas import Atlas
from app.body.mesh import Points
from app.body.muscles import Layer
from app.domain.anatomy import Body, Side
from app.painting.regions import LIT, OF_LAYER, OF_ZONE, RegionLook

SIDES = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True)
class ShownAnatomy:
    """``layers``: whose muscles are all shown. ``zones``: whether hazards are. ``lit``: muscles
    that were searched for or chosen, each on one side.
    """

    layers: frozenset[Layer] = frozenset()
    zones: bool = False
    lit: tuple[MuscleHere, ...] = ()


NOTHING_SHOWN = ShownAnatomy()


def regions_shown(
    anatomy: ShownAnatomy, atlas: Atlas, body: Body, view: str, *, thumbnail: bool
) -> Iterator[tuple[list[Points], RegionLook]]:
    """What is painted, the lowest first: its lines in px, and how it looks. On a thumbnail only
    what is lit: it must be found, and the rest would be a blur.
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
