"""How often the skin was needled, sore or held a trigger point, counted session by session.

What one session gives can be taken out again, so a count of a whole practice is kept and brought
up to date when a mark changes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from app.body.atlas import Atlas
from app.body.mesh import Indices, Points
from app.body.skin_reach import SkinReach
from app.body.skin_smoothing import SkinSmoothing
from app.domain.anatomy import Anchor, Body
from app.domain.marks import Mark, MarkKind, Shape
from app.domain.own_pictures import is_picture_version
from app.domain.skin_places import PointPlace
from app.review.frequency import SkinCount, frequency_map
from app.review.marked_skin import Covered, Mask, marked_samples

NEAR_MM = 15.0
"""A point has no extent of its own: the skin within so much of it is said to be marked. This
program's own choice, half the width of a point's patch on the map."""
NO_SAMPLES: Indices = np.empty(0, dtype=np.int64)


class Counted(StrEnum):
    """What is counted."""

    NEEDLED = "needled"
    TRIGGER_POINTS = "trigger_points"
    SORE = "sore"


KIND_OF: dict[Counted, MarkKind] = {
    Counted.NEEDLED: MarkKind.NEEDLE,
    Counted.TRIGGER_POINTS: MarkKind.TRIGGER_POINT,
    Counted.SORE: MarkKind.SORENESS,
}


class LeftOut(StrEnum):
    """Why a mark is on no map of the body."""

    OWN_PICTURE = "own_picture"
    OTHER_BODY = "other_body"
    UNPLACED = "unplaced"
    """Its anchor is no spot of the body, or of skin that nobody can see."""


class Part(NamedTuple):
    """What some marks give to a count. ``points``: the sample of each point; ``area``: the samples
    that the areas of one session cover together, each once.
    """

    points: Indices
    area: Indices
    marks: int
    left_out: Counter[LeftOut]


def part_of(marks: Iterable[Mark], counted: Counted, atlas: Atlas, covered: Covered) -> Part:
    """Of the marks of one session. ``covered``: as ``Atlas.covered_by`` answers."""
    kind = KIND_OF[counted]
    left_out: Counter[LeftOut] = Counter()
    points: list[Mark] = []
    areas: list[Mark] = []
    for mark in marks:
        if mark.kind is not kind:
            continue
        why = why_left_out(mark, atlas)
        if why is not None:
            left_out[why] += 1
        elif mark.shape is Shape.AREA:
            areas.append(mark)
        else:
            points.append(mark)
    spots = [(each.anchor.triangle, each.anchor.b1, each.anchor.b2) for each in points]
    samples = samples_of(spots, atlas)
    left_out[LeftOut.UNPLACED] += int((samples < 0).sum())
    area = marked_samples(areas, covered)
    seen = samples[samples >= 0]
    return Part(seen, area, len(seen) + len(areas), +left_out)


def why_left_out(mark: Mark, atlas: Atlas) -> LeftOut | None:
    """None for a mark that lies on the body."""
    if is_picture_version(mark.body_version):
        return LeftOut.OWN_PICTURE
    if mark.body_version != atlas.version:
        return LeftOut.OTHER_BODY
    lies_here = (
        is_area_of(mark.outline, mark.placed_on, mark.placed_in, atlas)
        if mark.shape is Shape.AREA
        else atlas.holds([mark.anchor])
    )
    return None if lies_here else LeftOut.UNPLACED


def is_area_of(outline: tuple[Anchor, ...], drawn_on: Body, drawn_in: str, atlas: Atlas) -> bool:
    """Whether an outline of this version of the body can be measured."""
    known = atlas.knows(atlas.version, drawn_on, drawn_in)
    return bool(outline) and known and atlas.holds(outline)


def samples_of(places: Sequence[PointPlace], atlas: Atlas) -> Indices:
    """(k,) the sample of each anchor; -1 where the body has no such spot, or nobody can see it."""
    if not len(places):
        return NO_SAMPLES
    triangle, b1, b2 = np.array(places, dtype=np.float64).T
    triangle = triangle.astype(np.int64)
    known = (triangle >= 0) & (triangle < len(atlas.mesh.triangles))
    found = np.full(len(triangle), -1, dtype=np.int64)
    found[known] = atlas.skin.holding(triangle[known], b1[known], b2[known])
    return found


class SkinTally:
    """How often each sample of the skin was marked: by points, and by areas once a session."""

    def __init__(self, counted: Counted, size: int) -> None:
        """``size``: how many samples the skin has."""
        self.counted = counted
        self.points = SkinCount(size)
        self.areas = SkinCount(size)
        self.marks = 0
        self.left_out: Counter[LeftOut] = Counter()

    def add(self, part: Part) -> None:
        self.points.add(part.points)
        self.areas.add(part.area)
        self.marks += part.marks
        self.left_out.update(part.left_out)

    def take_out(self, part: Part) -> None:
        """Undoes ``add``. ValueError where it was not counted."""
        self.points.take_out(part.points)
        self.areas.take_out(part.area)
        self.marks -= part.marks
        self.left_out.subtract(part.left_out)

    def values(self, smoothing: SkinSmoothing) -> Points:
        """(n,) times, to be painted."""
        return frequency_map(self.points, self.areas, smoothing, len(self.points.counts))

    def marked(self, reach: SkinReach) -> Mask:
        """(n,) the skin that is said to be marked, once or often: what an area covered, and what
        lies within ``NEAR_MM`` of a point.
        """
        near = reach.within(np.flatnonzero(self.points.counts), NEAR_MM)
        return np.asarray(near | (self.areas.counts > 0))
