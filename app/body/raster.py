"""A coarse picture of which skin is seen where, for questions about areas."""

from dataclasses import dataclass

import numpy as np

from app.body.mesh import BodyMesh, Indices, Points, Pose
from app.body.picking import EDGE_SLACK, Picker, barycentric, cells_of_boxes
from app.domain.anatomy import Anchor, Body

STEP = 4
"""Distance of the samples in picture px: about 3.5 mm on the skin."""


@dataclass(frozen=True)
class SkinRaster:
    """One sample every ``STEP`` px of a picture; only those that hit skin are kept.

    ``shape``: rows and columns of the whole grid. ``row``, ``column``: (k,) place of each
    sample. ``triangle``, ``b1``, ``b2``: (k,) its anchor. ``points``: (k, 3) its spot in dm, in
    the pose of the picture.
    ``depth``: (rows, columns) depth in dm, -inf where there is no skin.
    """

    shape: tuple[int, int]
    row: Indices
    column: Indices
    triangle: Indices
    b1: Points
    b2: Points
    points: Points
    depth: Points

    @classmethod
    def of(cls, mesh: BodyMesh, body: Body, picker: Picker) -> "SkinRaster":
        """Casts a ray for every sample of the picture, all at once."""
        columns, rows = picker.camera.width // STEP, picker.camera.height // STEP
        corners = picker.corners
        limits = np.array([columns - 1, rows - 1])
        # the sample i lies at (i + 1/2) * STEP
        first = np.ceil(corners[:, :, :2].min(axis=1) / STEP - 0.5).astype(int)
        last = np.floor(corners[:, :, :2].max(axis=1) / STEP - 0.5).astype(int)
        of_box, column, row = cells_of_boxes(np.maximum(first, 0), np.minimum(last, limits))
        samples = np.stack([column + 0.5, row + 0.5], axis=1) * STEP
        b1, b2 = barycentric(corners[of_box], samples)
        inside = (b1 >= -EDGE_SLACK) & (b2 >= -EDGE_SLACK) & (b1 + b2 <= 1 + EDGE_SLACK)
        of_box, column, row = of_box[inside], column[inside], row[inside]
        b1, b2 = b1[inside], b2[inside]
        a, b, c = (corners[of_box, k, 2] for k in range(3))
        depth = a + b1 * (b - a) + b2 * (c - a)

        order = np.lexsort((-depth, row * columns + column))  # by sample, nearest skin first
        cell = (row * columns + column)[order]
        kept = order[np.r_[True, cell[1:] != cell[:-1]]] if len(order) else order
        triangle = picker.facing[of_box[kept]]
        grid = np.full((rows, columns), -np.inf)
        grid[row[kept], column[kept]] = depth[kept]
        positions = mesh.positions(body, picker.camera.pose)
        return cls(
            shape=(rows, columns),
            row=row[kept],
            column=column[kept],
            triangle=triangle,
            b1=b1[kept],
            b2=b2[kept],
            points=_points(positions[mesh.triangles[triangle]], b1[kept], b2[kept]),
            depth=grid,
        )

    @property
    def pixels(self) -> Points:
        """(k, 2) the samples' places in picture px."""
        return np.stack([self.column + 0.5, self.row + 0.5], axis=1) * STEP

    def points_on(self, mesh: BodyMesh, body: Body, pose: Pose) -> Points:
        """(k, 3) the same skin in dm, on any body and in any pose."""
        corners = mesh.positions(body, pose)[mesh.triangles[self.triangle]]
        return _points(corners, self.b1, self.b2)

    def anchor(self, sample: int) -> Anchor:
        return Anchor(int(self.triangle[sample]), float(self.b1[sample]), float(self.b2[sample]))


def _points(corners: Points, b1: Points, b2: Points) -> Points:
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    return np.asarray(a + b1[:, None] * (b - a) + b2[:, None] * (c - a))
