"""Which of many spots on a picture lie within a line, for many lines: sorted once."""

import numpy as np

from app.body.mesh import Indices, Points


class SpotsOnPicture:
    """Spots on a picture, from its top to its foot."""

    def __init__(self, pixels: Points) -> None:
        """``pixels``: (n, 2) px."""
        self._order = np.argsort(pixels[:, 1]).astype(np.int32)
        self._x, self._y = np.ascontiguousarray(pixels[self._order].T)

    def within(self, polygon: Points) -> Indices:
        """(k,) the places, rising, of those spots that the closed ``polygon`` (m, 2) px holds, by
        the non-zero winding rule.
        """
        (left, top), (right, foot) = polygon.min(axis=0), polygon.max(axis=0)
        level = slice(*np.searchsorted(self._y, [top, foot]))
        x, y, place = self._x[level], self._y[level], self._order[level]
        near = np.flatnonzero((x >= left) & (x <= right))
        turns = winding_of_sorted(x[near], y[near], polygon)
        return np.sort(place[near[turns != 0]])


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
