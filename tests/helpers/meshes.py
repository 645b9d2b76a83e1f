"""Bodies of known shape: areas and distances on them can be reckoned by hand."""

from pathlib import Path

import numpy as np

from app.body.mesh import BodyMesh, Indices, Points
from app.domain.anatomy import Body

MM = 0.01
"""In dm, in which a mesh is measured."""


def mesh_of(vertices: Points, quads: Indices, mirror: Indices | None = None) -> BodyMesh:
    count = len(quads)
    return BodyMesh(
        vertices=dict.fromkeys(Body, vertices),
        quads=quads,
        mirror=np.arange(len(vertices)) if mirror is None else mirror,
        pickable=np.ones(count, dtype=bool),
        part=np.zeros(count, dtype=np.uint8),
        file=Path(),
    )


def plane(columns: int, rows: int, width_mm: float, height_mm: float) -> BodyMesh:
    """A flat sheet in x (leftward, its middle at 0) and y, quad by quad from right to left and
    from foot to top, seen from +z.
    """
    x, y = np.meshgrid(
        (np.arange(columns + 1) - columns / 2) * width_mm * MM, np.arange(rows + 1) * height_mm * MM
    )
    vertices = np.stack([x.ravel(), y.ravel(), np.zeros(x.size)], axis=1)
    number = np.arange(x.size).reshape(rows + 1, columns + 1)
    quads = np.stack(
        [number[:-1, :-1], number[:-1, 1:], number[1:, 1:], number[1:, :-1]], axis=-1
    ).reshape(-1, 4)
    return mesh_of(vertices, quads, number[:, ::-1].ravel())


def tube(radius_mm: float, around: int, rings: int, ring_mm: float) -> BodyMesh:
    """An open tube along z, ``around`` quads around; its left half has x > 0. ``around`` is
    even, and no vertex lies at x = 0.
    """
    turn = (np.arange(around) + 0.5) * 2 * np.pi / around - np.pi / 2
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) * radius_mm * MM
    vertices = np.concatenate(
        [np.column_stack([ring, np.full(around, z * ring_mm * MM)]) for z in range(rings + 1)]
    )
    number = np.arange(len(vertices)).reshape(rings + 1, around)
    on = np.roll(number, -1, axis=1)
    quads = np.stack([number[:-1], on[:-1], on[1:], number[1:]], axis=-1).reshape(-1, 4)
    return mesh_of(vertices, quads, number[:, ::-1].ravel())
