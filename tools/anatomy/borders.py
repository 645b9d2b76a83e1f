"""Smooth lines along the skin through a few given spots: borders of regions, and fibres."""

from __future__ import annotations

import numpy as np

from tools.anatomy.charts import MM
from tools.anatomy.skin import Skin, Spots
from tools.body_maps.surface import FloatArray, unit

LONGEST_CHORD = 45 * MM
"""Two neighbouring spots further apart get one more between them, on the skin: a straight chord
would cut too deep into a limb for the nearest skin to be the one meant."""
SAMPLE_STEP = 1.5 * MM
_SOFTENING = 6  # passes of a three-point mean: takes the kinks off where triangles meet


def closed_border(skin: Skin, corners: Spots) -> Spots:
    """A closed line through `corners`, sampled about every `SAMPLE_STEP`."""
    return _line(skin, corners, closed=True)


def open_line(skin: Skin, corners: Spots) -> Spots:
    """A line from the first of `corners` to the last, sampled about every `SAMPLE_STEP`."""
    return _line(skin, corners, closed=False)


def _line(skin: Skin, corners: Spots, *, closed: bool) -> Spots:
    dense = _filled(skin, corners, closed)
    points = _catmull_rom(dense.points, closed)
    points = _even(points, closed)
    facing = dense.normals[_nearest_rows(points, dense.points)]
    on_skin = skin.nearest(points, facing)
    softened = on_skin.points
    for _ in range(_SOFTENING):
        softened = _softened(softened, closed)
    return skin.nearest(softened, on_skin.normals)


def _filled(skin: Skin, spots: Spots, closed: bool) -> Spots:
    """`spots` with further ones between those that are far apart."""
    while True:
        ends = np.arange(len(spots) if closed else len(spots) - 1)
        following = (ends + 1) % len(spots)
        length = np.linalg.norm(spots.points[following] - spots.points[ends], axis=1)
        long = ends[length > LONGEST_CHORD]
        if not len(long):
            return spots
        after = (long + 1) % len(spots)
        middles = skin.nearest(
            (spots.points[long] + spots.points[after]) / 2,
            unit(spots.normals[long] + spots.normals[after]),
        )
        order = np.argsort(np.concatenate([np.arange(len(spots)), long + 0.5]), kind="stable")
        spots = spots.joined(middles)[order]


def _catmull_rom(points: FloatArray, closed: bool) -> FloatArray:
    """Samples of the centripetal Catmull-Rom curve through `points` (k, 3).

    Centripetal, because it makes no loops where spots are unevenly spaced (Yuksel, Schaefer and
    Keyser, "Parameterization and applications of Catmull-Rom curves", 2011).
    """
    if closed:
        padded = np.concatenate([points[-1:], points, points[:2]])
    else:
        before, after = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
        padded = np.concatenate([before[None], points, after[None]])
    knots = np.sqrt(np.maximum(np.linalg.norm(np.diff(padded, axis=0), axis=1), 1e-6))
    pieces = []
    for i in range(len(padded) - 3):
        p0, p1, p2, p3 = padded[i : i + 4]
        d0, d1, d2 = knots[i : i + 3]
        start = d1 * ((p1 - p0) / d0 - (p2 - p0) / (d0 + d1)) + (p2 - p1)
        end = d1 * ((p3 - p2) / d2 - (p3 - p1) / (d1 + d2)) + (p2 - p1)
        count = max(int(np.linalg.norm(p2 - p1) / (SAMPLE_STEP / 2)), 2)
        t = np.arange(count)[:, None] / count
        pieces.append(
            (2 * t**3 - 3 * t**2 + 1) * p1
            + (t**3 - 2 * t**2 + t) * start
            + (-2 * t**3 + 3 * t**2) * p2
            + (t**3 - t**2) * end
        )
    if not closed:
        pieces.append(points[-1:])
    return np.concatenate(pieces)


def _even(points: FloatArray, closed: bool) -> FloatArray:
    """The same line with its samples at equal distances."""
    ring = np.concatenate([points, points[:1]]) if closed else points
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    count = max(int(along[-1] / SAMPLE_STEP), 4)
    wanted = np.linspace(0, along[-1], count, endpoint=not closed)
    return np.stack([np.interp(wanted, along, ring[:, k]) for k in range(3)], axis=1)


def _softened(points: FloatArray, closed: bool) -> FloatArray:
    softened = (np.roll(points, 1, axis=0) + 2 * points + np.roll(points, -1, axis=0)) / 4
    if not closed:
        softened[[0, -1]] = points[[0, -1]]
    return np.asarray(softened)


def _nearest_rows(points: FloatArray, among: FloatArray) -> FloatArray:
    return np.asarray(((points[:, None] - among[None]) ** 2).sum(axis=2).argmin(axis=1))
