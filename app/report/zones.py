"""A patient's no-needle zones on the pictures of a report, and in its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.body.atlas import Atlas
from app.body.mesh import Points
from app.body.own_zones import zone_words
from app.domain.anatomy import Body
from app.domain.own_zones import NoNeedleZone
from app.report.closeups import CloseUp

ZONES = "No-needle zones"


@dataclass(frozen=True, slots=True)
class ZoneLines:
    """What is said of one zone: "pacemaker, left upper chest", and its note as it was typed."""

    words: str
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class SeenZone:
    """A zone on one picture: what it is, and the lines, (k, 2) px each, that bound it there."""

    words: str
    loops: tuple[Points, ...]

    def reaches(self, window: CloseUp) -> bool:
        """Whether a close-up may show any of it."""
        half = window.edge / 2
        centre = (window.x, window.y)
        return any(
            (loop.min(axis=0) < [at + half for at in centre]).all()
            and (loop.max(axis=0) > [at - half for at in centre]).all()
            for loop in self.loops
        )


def zone_lines(atlas: Atlas, zones: Iterable[NoNeedleZone]) -> tuple[ZoneLines, ...]:
    """The words of all zones, also of those that no picture of this body can show."""
    return tuple(ZoneLines(zone_words(atlas, zone), zone.note) for zone in zones)


def seen_zones(
    atlas: Atlas, zones: Iterable[NoNeedleZone], body: Body, view: str
) -> tuple[SeenZone, ...]:
    """The zones that are seen on a picture, wholly or in part."""
    found = []
    for zone in filter(atlas.has_place_of, zones):
        loops = atlas.area_loops(zone.outline, zone.placed_on, zone.placed_in, body, view)
        if loops:
            found.append(SeenZone(zone_words(atlas, zone), tuple(loops)))
    return tuple(found)


def told(alt: str, zones: Sequence[SeenZone]) -> str:
    """The alternative text of a picture on which ``zones`` are seen."""
    words = "; ".join(zone.words for zone in zones)
    return f"{alt}. {ZONES}: {words}" if zones else alt
