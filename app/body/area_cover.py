"""Which samples of the skin an area covers, for many areas that were drawn on one picture.

The answer is that of ``areas.area_holds`` at the middle of each sample, but for skin that is
turned away: beyond the edge of a limb ``area_holds`` reaches some millimetres further, for it
takes skin within 8 mm of depth for one layer. To warn, that is the safe side; to measure, it
would make an area around a limb 5 to 8 % too large.

What does not depend on the area, namely where each sample lies on the picture and whether it
could be seen there, is found once.
"""

import numpy as np

from app.body.areas import ViewOfBody, seen_on
from app.body.mesh import Indices, Points
from app.body.skin_samples import SkinSamples
from app.domain.anatomy import Anchor


class AreaCover:
    """The samples that could be seen on one picture, from its top to its foot."""

    def __init__(self, skin: SkinSamples, drawn: ViewOfBody) -> None:
        self._mesh = skin.mesh
        self._drawn = drawn
        there = drawn.camera.project(skin.points(drawn.body, drawn.camera.pose))
        triangle, _b1, _b2 = skin.weights
        turned_to = np.zeros(len(skin.mesh.triangles), dtype=np.bool_)
        turned_to[drawn.picker.facing] = True
        seen = np.flatnonzero(turned_to[triangle] & seen_on(skin.mesh, drawn, there, triangle))
        self._sample = seen[np.argsort(there[seen, 1])]
        self._x, self._y = np.ascontiguousarray(there[self._sample, :2].T)

    def samples_in(self, outline: tuple[Anchor, ...]) -> Indices:
        """(k,) the numbers, rising, of the samples within an outline drawn on this picture."""
        camera = self._drawn.camera
        polygon = camera.project(self._mesh.points(outline, self._drawn.body, camera.pose))[:, :2]
        (left, top), (right, foot) = polygon.min(axis=0), polygon.max(axis=0)
        level = slice(*np.searchsorted(self._y, [top, foot]))
        x, y, sample = self._x[level], self._y[level], self._sample[level]
        near = np.flatnonzero((x >= left) & (x <= right))
        turns = winding_of_sorted(x[near], y[near], polygon)
        return np.sort(sample[near[turns != 0]])


def winding_of_sorted(x: Points, y: Points, polygon: Points) -> Indices:
    """(n,) how many times the closed ``polygon`` (k, 2) runs around each spot, as
    ``areas.winding`` counts it; the spots' ``y`` (n,) rises.

    Each edge is asked only of the spots at its height, and all edges at once.
    """
    start, end = polygon, np.roll(polygon, -1, axis=0)
    first = np.searchsorted(y, np.minimum(start[:, 1], end[:, 1]))
    last = np.searchsorted(y, np.maximum(start[:, 1], end[:, 1]))
    edge = np.repeat(np.arange(len(polygon)), last - first)
    spot = np.arange(len(edge)) - (np.cumsum(last - first) - last)[edge]
    (x0, y0), (x1, y1) = start[edge].T, end[edge].T
    left_of = x[spot] < x0 + (y[spot] - y0) / (y1 - y0) * (x1 - x0)
    ways = np.where(y1 > y0, 1, -1)[left_of]
    return np.bincount(spot[left_of], ways, len(x)).astype(np.int64)
