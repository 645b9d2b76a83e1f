"""The skin that two pictures have in common, and how an area of the one looks on the other.

Which samples of the one could be seen on the other too, and where they lay on it, does not depend
on the area: it is found once, and asked about one area after the other.
"""

import numpy as np
from numpy.typing import NDArray

from app.body.areas import ViewOfBody, inside_polygon, outline_on, seen_on
from app.body.mesh import BodyMesh, Indices, Points
from app.body.raster import STEP
from app.body.spots_within import SpotsOnPicture
from app.domain.anatomy import Anchor

SAME_AREA = 0.85
"""Two areas that share this much of what both cover are one, but for the border's samples."""
_ROOM = 2
"""Cells around an area on the grid on which its border is found: the blur reaches one."""


class CommonSkin:
    """The samples seen on the picture ``shown`` that could be seen on the picture ``drawn`` too."""

    def __init__(self, mesh: BodyMesh, drawn: ViewOfBody, shown: ViewOfBody) -> None:
        raster = shown.raster
        there = drawn.camera.project(raster.points_on(mesh, drawn.body, drawn.camera.pose))
        seen = np.flatnonzero(seen_on(mesh, drawn, there, raster.triangle))
        self._spots = SpotsOnPicture(there[seen, :2])
        self._sample = seen.astype(np.int32)
        self._row = raster.row[seen].astype(np.int16)
        self._column = raster.column[seen].astype(np.int16)

    def samples_within(self, polygon: Points) -> Indices:
        """(k,) the numbers, rising, of the samples of ``shown`` that the area within ``polygon``,
        (m, 2) px of ``drawn``, covers.
        """
        return self._sample[self._spots.within(polygon)]

    def loops(self, polygon: Points) -> list[Points]:
        """The closed lines, each (k, 2) px of ``shown``, that bound the area within ``polygon``,
        (m, 2) px of ``drawn``.
        """
        covered = self._spots.within(polygon)
        return _contours(self._row[covered], self._column[covered]) if len(covered) else []


def outline_in_sight(
    mesh: BodyMesh,
    outline: tuple[Anchor, ...],
    drawn: ViewOfBody,
    shown: ViewOfBody,
    there: CommonSkin,
    back: CommonSkin,
) -> Points | None:
    """(k, 2) px of an outline on the picture ``shown``, where it could have been drawn too.

    None where any of it cannot be seen there, or where it would enclose other skin there.
    ``there`` is for areas drawn on ``drawn`` and shown on ``shown``, ``back`` the other way round.
    """
    if not all(shown.picker.locate(anchor).visible for anchor in outline):
        return None
    line = outline_on(mesh, outline, shown.body, shown.picker)
    own = outline_on(mesh, outline, drawn.body, drawn.picker)
    alike = _are_alike(
        there.samples_within(own), inside_polygon(shown.raster.pixels, line)
    ) and _are_alike(back.samples_within(line), inside_polygon(drawn.raster.pixels, own))
    return line if alike else None


def _are_alike(samples: Indices, inside: NDArray[np.bool_]) -> bool:
    """Whether ``samples`` and those ``inside`` (k,) are one area but for what rounding does."""
    shared = int(inside[samples].sum())
    either = len(samples) + int(inside.sum()) - shared
    return shared >= SAME_AREA * max(either, 1)


def _contours(row: Indices, column: Indices) -> list[Points]:
    """Smooth closed lines, in px, around the cells in ``row`` (k,) and ``column`` (k,)."""
    from contourpy import contour_generator

    top, left = int(row.min()) - _ROOM, int(column.min()) - _ROOM
    high, wide = int(row.max()) - top + _ROOM + 1, int(column.max()) - left + _ROOM + 1
    grid = np.zeros((high, wide))
    grid[row - top, column - left] = 1.0
    for axis in (0, 1):  # a light blur takes the stairs off the line
        grid = (np.roll(grid, 1, axis) + 2 * grid + np.roll(grid, -1, axis)) / 4
    rows, columns = np.arange(top, top + high), np.arange(left, left + wide)
    lines = contour_generator(x=columns, y=rows, z=grid).lines(0.5)
    return [(np.asarray(line) + 0.5) * STEP for line in lines if len(line) >= 4]
