"""Draws triangles into a depth buffer, and looks values up in what was drawn."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from tools.body_maps.cameras import Camera
from tools.body_maps.surface import FloatArray, IntArray

Float32Array = NDArray[np.float32]


class Buffer:
    """What a camera sees at each pixel of a picture `oversampling` times as fine as its own.

    `mask` (h, w) says where there is skin; `depth` (h, w) is in decimetres, larger is nearer.
    """

    def __init__(
        self, camera: Camera, vertices: FloatArray, faces: IntArray, oversampling: int
    ) -> None:
        points = camera.project(vertices)
        points[:, :2] *= oversampling
        shape = (camera.height * oversampling, camera.width * oversampling)
        self.oversampling = oversampling
        self._faces = faces
        self._hit, self._b, self._c, self.depth = _draw(points, faces, *shape)
        self.mask = self._hit >= 0

    def places(self) -> tuple[NDArray[np.int32], Float32Array, Float32Array]:
        """Triangle, b1 and b2 of what each pixel of the mask shows, in row order: (p,) each."""
        return self._hit[self.mask], self._b[self.mask], self._c[self.mask]

    def values(self, of_vertices: FloatArray) -> Float32Array:
        """Vertex values (n, k) interpolated at the pixels of the mask, in row order: (p, k)."""
        corners = self._faces[self._hit[self.mask]]
        b = self._b[self.mask][:, None]
        c = self._c[self.mask][:, None]
        single = of_vertices.astype(np.float32)
        return np.asarray(
            single[corners[:, 0]] * (1 - b - c)
            + single[corners[:, 1]] * b
            + single[corners[:, 2]] * c
        )


@numba.njit(cache=True)
def _draw(points, faces, height, width):  # type: ignore[no-untyped-def]
    """Nearest front face, its barycentric coordinates and depth at every pixel centre."""
    hit = np.full((height, width), -1, np.int32)
    bs = np.zeros((height, width), np.float32)
    cs = np.zeros((height, width), np.float32)
    depths = np.full((height, width), -np.inf, np.float32)
    for face in range(faces.shape[0]):
        ax, ay, az = points[faces[face, 0]]
        bx, by, bz = points[faces[face, 1]]
        cx, cy, cz = points[faces[face, 2]]
        # y runs downwards in a picture, so the area of a front face is negative
        area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        if area > -1e-12:
            continue
        left = max(int(np.floor(min(ax, bx, cx) - 0.5)), 0)
        right = min(int(np.ceil(max(ax, bx, cx) + 0.5)), width - 1)
        top = max(int(np.floor(min(ay, by, cy) - 0.5)), 0)
        bottom = min(int(np.ceil(max(ay, by, cy) + 0.5)), height - 1)
        for row in range(top, bottom + 1):
            dy = row + 0.5 - ay
            for column in range(left, right + 1):
                dx = column + 0.5 - ax
                b = (dx * (cy - ay) - (cx - ax) * dy) / area
                c = ((bx - ax) * dy - dx * (by - ay)) / area
                if b < -1e-7 or c < -1e-7 or b + c > 1 + 1e-7:
                    continue
                depth = az + b * (bz - az) + c * (cz - az)
                if depth > depths[row, column]:
                    hit[row, column] = face
                    bs[row, column] = b
                    cs[row, column] = c
                    depths[row, column] = depth
    return hit, bs, cs, depths
