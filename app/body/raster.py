"""A coarse picture of which skin is seen where, for questions about areas."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.body.mesh import BodyMesh, Indices, Points, Pose
from app.body.picking import EDGE_SLACK, Picker, cells_of_boxes
from app.domain.anatomy import Anchor, Body

AT_ONCE = 30_000
STEP = 4
"""Distance of the samples in picture px: about 3.5 mm on the skin."""


@dataclass(frozen=True, eq=False)
class SkinRaster:
    """One sample every ``STEP`` px of a picture; only those that hit skin are kept.

    ``shape``: rows and columns of the whole grid. ``row``, ``column``: (k,) place of each
    sample. ``triangle``, ``b1``, ``b2``: (k,) its anchor.
    ``depth``: (rows, columns) depth in dm, -inf where there is no skin.
    """

    shape: tuple[int, int]
    row: Indices
    column: Indices
    triangle: Indices
    b1: Points
    b2: Points
    depth: Points

    @classmethod
    def of(cls, picker: Picker) -> "SkinRaster":
        """Casts a ray for every sample of the picture, all at once."""
        columns, rows = picker.camera.width // STEP, picker.camera.height // STEP
        corners = picker.corners
        low, high = picker.boxes
        limits = np.array([columns - 1, rows - 1], dtype=np.int32)
        # the sample i lies at (i + 1/2) * STEP
        first = np.maximum(np.ceil(low / STEP - 0.5).astype(np.int32), 0)
        last = np.minimum(np.floor(high / STEP - 0.5).astype(np.int32), limits)
        grid = np.full(rows * columns, -np.inf)
        found = np.full(rows * columns, -1, dtype=np.int32)
        weights = np.empty((2, rows * columns))
        for some in _in_parts(first, last):
            of_box, column, row = cells_of_boxes(first[some], last[some])
            b1, b2 = _weights(corners[some], of_box, np.stack([column + 0.5, row + 0.5]) * STEP)
            inside = (b1 >= -EDGE_SLACK) & (b2 >= -EDGE_SLACK) & (b1 + b2 <= 1 + EDGE_SLACK)
            of_box, cell = of_box[inside], (row * columns + column)[inside]
            b1, b2 = b1[inside], b2[inside]
            a, b, c = (corners[some, k, 2][of_box] for k in range(3))
            depth = a + b1 * (b - a) + b2 * (c - a)
            before = grid[cell]
            np.maximum.at(grid, cell, depth)
            # where two are equally near, the first stays: backwards, the last one written is it
            nearest = np.flatnonzero((depth == grid[cell]) & (depth > before))[::-1]
            found[cell[nearest]] = of_box[nearest] + some.start
            weights[:, cell[nearest]] = b1[nearest], b2[nearest]
        kept = np.flatnonzero(found >= 0).astype(np.int32)
        b1, b2 = weights[:, kept]
        triangle = picker.facing[found[kept]]
        return cls(
            shape=(rows, columns),
            row=kept // columns,
            column=kept % columns,
            triangle=triangle,
            b1=b1,
            b2=b2,
            depth=grid.reshape(rows, columns),
        )

    @property
    def pixels(self) -> Points:
        """(k, 2) the samples' places in picture px."""
        return np.stack([self.column + 0.5, self.row + 0.5], axis=1) * STEP

    def points_on(self, mesh: BodyMesh, body: Body, pose: Pose) -> Points:
        """(k, 3) the samples' spots in dm, on any body and in any pose."""
        a, b, c = (mesh.triangles[self.triangle, k] for k in range(3))
        axes = np.ascontiguousarray(mesh.positions(body, pose).T)
        return np.stack(
            [x[a] + self.b1 * (x[b] - x[a]) + self.b2 * (x[c] - x[a]) for x in axes], axis=1
        )

    def anchor(self, sample: int) -> Anchor:
        return Anchor(int(self.triangle[sample]), float(self.b1[sample]), float(self.b2[sample]))


def _in_parts(first: Indices, last: Indices) -> Iterator[slice]:
    """Cuts many boxes of samples into parts of some ``AT_ONCE`` samples, so that little memory is
    asked for at a time.
    """
    samples = np.cumsum(np.maximum(last - first + 1, 0).prod(axis=1))
    ends = np.searchsorted(samples, np.arange(AT_ONCE, samples[-1] + AT_ONCE, AT_ONCE)) + 1
    return (slice(start, end) for start, end in pairwise([0, *ends.tolist()]))


def _weights(corners: Points, which: Indices, spots: Points) -> tuple[Points, Points]:
    """Barycentric weights b1, b2 of ``spots`` (2, k) px in those triangles that ``which`` (k,)
    names of ``corners`` (f, 3, 2+). As ``barycentric`` reckons
    them; but each triangle's edges once, since it holds dozens of spots.
    """
    (ax, ay), (bx, by), (cx, cy) = (corners[:, k, :2].T for k in range(3))
    ux, uy, vx, vy = bx - ax, by - ay, cx - ax, cy - ay
    area = (ux * vy - uy * vx)[which]
    px, py = spots[0] - ax[which], spots[1] - ay[which]
    return (px * vy[which] - py * vx[which]) / area, (ux[which] * py - uy[which] * px) / area
