"""Which marks are seen on a picture, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.body.atlas import Atlas
from app.body.mesh import Points
from app.domain.anatomy import Body
from app.domain.marks import Mark, Shape


@dataclass(frozen=True, slots=True, eq=False)
class PlacedMark:
    """A mark on one picture, in picture px. ``loops`` bound an area: closed lines (k, 2).
    ``line`` is an open line (k, 2): a taut band, as far as it is seen.
    """

    mark: Mark
    x: float
    y: float
    loops: tuple[Points, ...] = ()
    line: Points | None = None


def place_mark(atlas: Atlas, mark: Mark, body: Body, view: str) -> PlacedMark | None:
    """Where ``mark`` is seen on a picture; None where all of it is out of sight.

    A mark of another body version, or one drawn on a picture that there is not, is seen
    nowhere: one odd mark must not make a chart unreadable.
    """
    if not atlas.shows(mark, view):
        return None
    spot = atlas.locate(mark.anchor, body, view)
    if mark.shape is Shape.POINT:
        return PlacedMark(mark, spot.x, spot.y) if spot.visible else None
    if mark.shape is Shape.LINE:
        return _place_line(atlas, mark, body, view)
    loops = atlas.area_loops(mark.outline, mark.placed_on, mark.placed_in, body, view)
    if not loops:
        return None
    if spot.visible:
        return PlacedMark(mark, spot.x, spot.y, tuple(loops))
    x, y = max(loops, key=len).mean(axis=0)
    return PlacedMark(mark, float(x), float(y), tuple(loops))


def is_placeable(atlas: Atlas, mark: Mark) -> bool:
    """Whether the places of ``mark`` mean anything on the bodies of this atlas."""
    return atlas.has_place_of(mark)


def _place_line(atlas: Atlas, mark: Mark, body: Body, view: str) -> PlacedMark | None:
    spots = [atlas.locate(anchor, body, view) for anchor in mark.outline]
    seen = np.array([(spot.x, spot.y) for spot in spots if spot.visible])
    if len(seen) < 2:
        return None
    x, y = seen[len(seen) // 2]
    return PlacedMark(mark, float(x), float(y), line=seen)


def place_marks(atlas: Atlas, marks: Iterable[Mark], body: Body, view: str) -> list[PlacedMark]:
    """All of ``marks`` that are seen on a picture, areas first so that points lie on top."""
    placed = [place_mark(atlas, mark, body, view) for mark in marks]
    seen = [each for each in placed if each is not None]
    return sorted(seen, key=lambda each: (not each.loops, each.mark.number))
