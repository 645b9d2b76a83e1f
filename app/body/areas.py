"""Areas drawn on the skin: which skin they cover, and how that looks from elsewhere.

An area is the outline that a hand drew on one picture. It covers the skin that could be seen
inside that line, on that picture. In any other view its shape is found by asking of each bit
of skin seen there whether the area covers it, so it ends where the skin turns away.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.body.camera import Camera
from app.body.mesh import BodyMesh, Points
from app.body.picking import Picker
from app.body.raster import STEP, SkinRaster
from app.domain.anatomy import Anchor, Body, Side

SAME_SKIN = 0.08
"""Two samples within 8 mm of depth are the same layer of skin (a sample is 3.5 mm wide)."""
ONE_SIDED = 0.9
"""Share of an area that must lie on one side for it to be named after that side."""
OUTLINE_REACH = 60.0
"""A point drawn beside the body, in px, is taken to the nearest skin within this reach."""
OUTLINE_SPACING = 4.0
"""Least distance in px of two points of an outline; a hand draws no finer."""


class DrawnArea(NamedTuple):
    """What a freehand line encloses: its outline, the spot that stands for it, its side."""

    outline: tuple[Anchor, ...]
    anchor: Anchor
    side: Side


class ViewOfBody(NamedTuple):
    """A picture of a body with what is needed to ask about its skin."""

    body: Body
    picker: Picker
    raster: SkinRaster

    @property
    def camera(self) -> Camera:
        return self.picker.camera


def draw_area(view: ViewOfBody, line: Points, half_midline: float) -> DrawnArea | None:
    """The area inside a closed freehand ``line`` ((k, 2) px); None where it holds no skin.

    ``half_midline``: distance from the mid-line, in dm, within which skin has no side.
    """
    outline = _outline_anchors(view.picker, line)
    covered = np.flatnonzero(inside_polygon(view.raster.pixels, line))
    if len(outline) < 3 or not len(covered):
        return None
    pixels = view.raster.pixels[covered]
    middle = int(np.hypot(*(pixels - pixels.mean(axis=0)).T).argmin())
    x = view.raster.points[covered, 0]
    side = Side.MIDLINE
    if np.mean(x > half_midline) >= ONE_SIDED:
        side = Side.LEFT
    elif np.mean(x < -half_midline) >= ONE_SIDED:
        side = Side.RIGHT
    return DrawnArea(outline, view.raster.anchor(int(covered[middle])), side)


def _outline_anchors(picker: Picker, line: Points) -> tuple[Anchor, ...]:
    anchors: list[Anchor] = []
    last: Points | None = None
    for point in line:
        if last is not None and np.hypot(*(point - last)) < OUTLINE_SPACING:
            continue
        anchor = picker.pick(float(point[0]), float(point[1]), reach=OUTLINE_REACH)
        if anchor is not None and (not anchors or anchors[-1] != anchor):
            anchors.append(anchor)
            last = point
    return tuple(anchors)


def area_loops(
    mesh: BodyMesh, outline: tuple[Anchor, ...], drawn: ViewOfBody, shown: ViewOfBody
) -> list[Points]:
    """The closed lines, each (k, 2) px, that bound the area on the picture ``shown``."""
    own = drawn.camera.project(mesh.points(outline, drawn.body))[:, :2]
    if drawn.picker is shown.picker:
        return [own]
    covered = _covered_samples(mesh, own, drawn, shown)
    return _contours(shown.raster, covered)


def _covered_samples(
    mesh: BodyMesh, polygon: Points, drawn: ViewOfBody, shown: ViewOfBody
) -> NDArray[np.bool_]:
    """(k,) which of the skin samples seen in ``shown`` the area drawn in ``drawn`` covers."""
    raster = shown.raster
    if drawn.body is shown.body:
        points = raster.points
    else:
        corners = mesh.vertices[drawn.body][mesh.triangles[raster.triangle]]
        a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
        points = a + raster.b1[:, None] * (b - a) + raster.b2[:, None] * (c - a)
    there = drawn.camera.project(points)
    covered = inside_polygon(there[:, :2], polygon)
    candidates = np.flatnonzero(covered)
    column = np.clip(there[candidates, 0] // STEP, 0, drawn.raster.shape[1] - 1).astype(int)
    row = np.clip(there[candidates, 1] // STEP, 0, drawn.raster.shape[0] - 1).astype(int)
    nearest = drawn.raster.depth[row, column]
    covered[candidates] = there[candidates, 2] >= nearest - SAME_SKIN
    return covered


def _contours(raster: SkinRaster, covered: NDArray[np.bool_]) -> list[Points]:
    """Smooth closed lines, in px, around the covered samples."""
    if not covered.any():
        return []
    from contourpy import contour_generator

    padded = np.zeros((raster.shape[0] + 4, raster.shape[1] + 4))
    padded[raster.row[covered] + 2, raster.column[covered] + 2] = 1.0
    for axis in (0, 1):  # a light blur takes the stairs off the line
        padded = (np.roll(padded, 1, axis) + 2 * padded + np.roll(padded, -1, axis)) / 4
    lines = contour_generator(z=padded).lines(0.5)
    return [(np.asarray(line) - 2 + 0.5) * STEP for line in lines if len(line) >= 4]


def inside_polygon(points: Points, polygon: Points) -> NDArray[np.bool_]:
    """(n,) which ``points`` (n, 2) lie inside the closed ``polygon`` (k, 2), by even-odd rule."""
    inside = np.zeros(len(points), dtype=np.bool_)
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    near = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
    if not len(near):
        return inside
    x, y = points[near, 0], points[near, 1]
    odd = np.zeros(len(near), dtype=np.bool_)
    for (x0, y0), (x1, y1) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if y0 == y1:
            continue
        crosses = (y0 > y) != (y1 > y)
        odd ^= crosses & (x < x0 + (y - y0) / (y1 - y0) * (x1 - x0))
    inside[near] = odd
    return inside
