"""Areas drawn on the skin: which skin they cover, and how that looks from elsewhere.

An area is the outline that a hand drew on one picture. It covers the skin that could be seen
inside that line, on that picture. In any other view its shape is found by asking of each bit
of skin seen there whether the area covers it, so it ends where the skin turns away.

"Inside" goes by the non-zero winding rule: a spot that is circled twice is still inside.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.body.camera import Camera
from app.body.mesh import BodyMesh, Indices, Points, Pose
from app.body.outline import carry_outline, draw_outline
from app.body.picking import Picker
from app.body.raster import STEP, SkinRaster
from app.domain.anatomy import Anchor, Body, Side

SAME_SKIN = 0.08
"""Two samples within 8 mm of depth are the same layer of skin (a sample is 3.5 mm wide)."""
ONE_SIDED = 0.9
"""Share of an area that must lie on one side for it to be named after that side."""


class DrawnArea(NamedTuple):
    """What a freehand line encloses: its outline, the spot that stands for it, its side."""

    outline: tuple[Anchor, ...]
    anchor: Anchor
    side: Side | None
    """None on a picture whose side nobody has said."""


class ViewOfBody(NamedTuple):
    """A picture of a body with what is needed to ask about its skin."""

    body: Body
    picker: Picker
    raster: SkinRaster

    @property
    def camera(self) -> Camera:
        return self.picker.camera


def draw_area(
    mesh: BodyMesh, view: ViewOfBody, line: Points, half_midline: float
) -> DrawnArea | None:
    """The area inside a closed freehand ``line`` ((k, 2) px); None where it holds no skin.

    ``half_midline``: distance from the mid-line, in dm, within which skin has no side.
    """
    covered = np.flatnonzero(inside_polygon(view.raster.pixels, line))
    if not len(covered):
        return None
    outline = draw_outline(view.picker, line, _rim(view.raster, covered))
    return _area(mesh, view, outline, covered, half_midline) if len(outline) >= 3 else None


def outline_on(mesh: BodyMesh, outline: tuple[Anchor, ...], body: Body, picker: Picker) -> Points:
    """(k, 2) px of an outline on the picture of ``body`` that ``picker`` knows, seen or not."""
    camera = picker.camera
    return camera.project(mesh.points(outline, body, camera.pose))[:, :2]


def carry_area(
    mesh: BodyMesh, view: ViewOfBody, line: Points, half_midline: float
) -> DrawnArea | None:
    """The area whose outline was carried to ``line`` ((k, 2) px); None where it does not fit."""
    covered = np.flatnonzero(inside_polygon(view.raster.pixels, line))
    outline = carry_outline(view.picker, line) if len(covered) else None
    return None if outline is None else _area(mesh, view, outline, covered, half_midline)


def _area(
    mesh: BodyMesh,
    view: ViewOfBody,
    outline: tuple[Anchor, ...],
    covered: Indices,
    half_midline: float,
) -> DrawnArea:
    pixels = view.raster.pixels[covered]
    middle = int(np.hypot(*(pixels - pixels.mean(axis=0)).T).argmin())
    x = view.raster.points_on(mesh, view.body, Pose.ANATOMICAL)[covered, 0]
    side = Side.MIDLINE
    if np.mean(x > half_midline) >= ONE_SIDED:
        side = Side.LEFT
    elif np.mean(x < -half_midline) >= ONE_SIDED:
        side = Side.RIGHT
    return DrawnArea(outline, view.raster.anchor(int(covered[middle])), side)


def _rim(raster: SkinRaster, covered: Indices) -> Points:
    """(n, 2) px of the ``covered`` samples that have a neighbour which is not covered."""
    row, column = raster.row[covered] + 1, raster.column[covered] + 1
    grid = np.zeros((raster.shape[0] + 2, raster.shape[1] + 2), dtype=np.bool_)
    grid[row, column] = True
    within = grid[row - 1, column] & grid[row + 1, column]
    within &= grid[row, column - 1] & grid[row, column + 1]
    return raster.pixels[covered[~within]]


def area_holds(mesh: BodyMesh, polygon: Points, drawn: ViewOfBody, anchor: Anchor) -> bool:
    """Whether the area within ``polygon``, (k, 2) px of the picture ``drawn`` on which its outline
    was drawn, covers the skin at ``anchor``.
    """
    point = mesh.points((anchor,), drawn.body, drawn.camera.pose)
    return bool(_covers(mesh, polygon, drawn, point, np.array([anchor.triangle]))[0])


def _covers(
    mesh: BodyMesh, polygon: Points, drawn: ViewOfBody, points: Points, triangles: Indices
) -> NDArray[np.bool_]:
    """(k,) which ``points`` (k, 3), in dm on the body and in the pose of the picture ``drawn``,
    the area within ``polygon`` covers; ``triangles`` (k,) are those in which they lie.
    """
    there = drawn.camera.project(points)
    covered = inside_polygon(there[:, :2], polygon)
    candidates = np.flatnonzero(covered)
    covered[candidates] = seen_on(mesh, drawn, there[candidates], triangles[candidates])
    return covered


def seen_on(
    mesh: BodyMesh, drawn: ViewOfBody, there: Points, triangles: Indices
) -> NDArray[np.bool_]:
    """(k,) which spots could be seen on the picture ``drawn``, so that a line around them was
    drawn around them: those on parts that were taken, with no other layer of skin before them.

    ``there``: (k, 3) their px and depth on it; ``triangles``: (k,) those in which they lie.
    """
    column = np.clip(there[:, 0] // STEP, 0, drawn.raster.shape[1] - 1).astype(int)
    row = np.clip(there[:, 1] // STEP, 0, drawn.raster.shape[0] - 1).astype(int)
    seen = there[:, 2] >= drawn.raster.depth[row, column] - SAME_SKIN
    if drawn.camera.parts is not None:  # what was left out of that picture was not drawn on
        seen &= np.isin(mesh.part[triangles // 2], list(drawn.camera.parts))
    return np.asarray(seen)


def inside_polygon(points: Points, polygon: Points) -> NDArray[np.bool_]:
    """(n,) which ``points`` (n, 2) lie inside the closed ``polygon`` (k, 2)."""
    return np.asarray(winding(points, polygon) != 0)


def inside_loops(points: Points, loops: Sequence[Points]) -> NDArray[np.bool_]:
    """(n,) which ``points`` (n, 2) an area with these ``loops`` covers; holes run backwards."""
    turns = np.zeros(len(points), dtype=np.int64)
    for loop in loops:
        turns += winding(points, loop)
    return np.asarray(turns != 0)


def winding(points: Points, polygon: Points) -> Indices:
    """(n,) how many times the closed ``polygon`` (k, 2) runs around each of ``points`` (n, 2)."""
    turns = np.zeros(len(points), dtype=np.int64)
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    if not len(near):
        return turns
    if len(near) == 1:
        turns[near[0]] = _winding_around(points[near[0]], polygon)
        return turns
    x, y = points[near, 0], points[near, 1]
    there = np.zeros(len(near), dtype=np.int64)
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        crosses = ((y0 > y) != (y1 > y)) & (x < x0 + (y - y0) / (y1 - y0) * (x1 - x0))
        there += crosses if y1 > y0 else -crosses.astype(np.int64)
    turns[near] = there
    return turns


def _winding_around(point: Points, polygon: Points) -> int:
    """The same of one ``point`` (2,), all edges at once: a pointer asks at every move."""
    x, y = point
    ends = np.roll(polygon, -1, axis=0)
    crossing = (polygon[:, 1] > y) != (ends[:, 1] > y)  # so no edge among them is level
    (x0, y0), (x1, y1) = polygon[crossing].T, ends[crossing].T
    beyond = x < x0 + (y - y0) / (y1 - y0) * (x1 - x0)
    return int(np.where(y1 > y0, 1, -1)[beyond].sum())
