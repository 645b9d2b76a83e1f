"""Raises the bony landmarks of the back that the source mesh leaves flat.

Practitioners orient by the shoulder blade, the vertebra prominens and the dimples over the
posterior iliac spines, and the smooth source figure shows none of them. They are modelled as low
ridges, a few millimetres high. This is a drawing aid in customary places (root of the scapular
spine at T3, inferior angle at T7, posterior superior iliac spine at S2), not a measured anatomy.

Paths are given as seen from behind on the posed male, (distance from the midline, height above the
soles) in decimetres; the same vertices are moved on the female. Both sides are treated alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tools.body_maps.surface import FloatArray, IntArray, averaging, unit, vertex_normals

Path2D = tuple[tuple[float, float], ...]

NORMAL_SMOOTHING = 12  # passes, so that a ridge rises in one direction along its course


@dataclass(frozen=True)
class Ridge:
    """A bell-shaped ridge along `path`; `width` is its standard deviation and `height` its rise.

    All in decimetres. A path of one point makes a bump, a negative height a hollow.
    """

    path: Path2D
    width: float
    height: float


BACK = (
    # scapula: spine to the acromion, medial border, inferior angle, lateral border
    Ridge(((0.80, 14.02), (1.20, 14.16), (1.60, 14.22), (1.95, 14.15)), 0.14, 0.030),
    Ridge(((0.84, 14.30), (0.78, 14.00), (0.80, 13.60), (0.92, 13.12)), 0.18, 0.024),
    Ridge(((0.95, 13.12),), 0.22, 0.018),
    Ridge(((0.97, 13.10), (1.27, 13.37), (1.57, 13.70)), 0.18, 0.018),
    # the hollows that set it off: beside the vertebrae, and below the scapular spine
    Ridge(((0.50, 14.00), (0.52, 13.50), (0.62, 13.05)), 0.15, -0.014),
    Ridge(((1.10, 13.86), (1.45, 13.90)), 0.16, -0.012),
    # furrow over the spinous processes, T1 to L5
    Ridge(((0.0, 14.30), (0.0, 10.60)), 0.13, -0.022),
    # iliac crest, from the posterior superior spine upwards
    Ridge(((0.55, 10.20), (0.85, 10.58), (1.25, 10.74)), 0.13, 0.018),
    # vertebra prominens (C7), posterior superior iliac spines (S2)
    Ridge(((0.0, 14.70),), 0.14, 0.030),
    Ridge(((0.46, 10.08),), 0.13, -0.030),
)


def rises(bodies: Mapping[str, FloatArray], quads: IntArray) -> dict[str, FloatArray]:
    """How far each vertex of each body rises, (n,) in decimetres.

    `bodies` (n, 3) stand in the anatomical position, soles at y = 0.
    """
    rise = _rise(bodies["male"], quads)
    tallest = bodies["male"][:, 1].max()
    return {body: vertices[:, 1].max() / tallest * rise for body, vertices in bodies.items()}


def raised(vertices: FloatArray, quads: IntArray, rise: FloatArray) -> FloatArray:
    """A figure (n, 3) in any pose, each vertex moved by `rise` (n,) along its smoothed normal."""
    average = averaging(quads, len(rise))
    normals = vertex_normals(vertices, quads)
    for _ in range(NORMAL_SMOOTHING):
        normals = average @ normals
    return np.asarray(vertices + rise[:, None] * unit(normals))


def _rise(male: FloatArray, quads: IntArray) -> FloatArray:
    """(n,) rise in decimetres; nothing where the skin does not face backwards."""
    seen = np.column_stack([np.abs(male[:, 0]), male[:, 1]])
    facing = np.clip(-2 * vertex_normals(male, quads)[:, 2], 0, 1)
    total = np.zeros(len(male))
    for ridge in BACK:
        total += ridge.height * np.exp(-0.5 * (_distance(seen, ridge.path) / ridge.width) ** 2)
    return np.asarray(total * facing)


def _distance(points: FloatArray, path: Path2D) -> FloatArray:
    """From each of the points (n, 2) to the nearest place on the path, (n,)."""
    corners = np.array(path)
    nearest = np.linalg.norm(points - corners[0], axis=1)
    for start, end in itertools.pairwise(corners):
        along = end - start
        share = np.clip((points - start) @ along / (along @ along), 0, 1)
        nearest = np.minimum(
            nearest, np.linalg.norm(points - start - share[:, None] * along, axis=1)
        )
    return np.asarray(nearest)
