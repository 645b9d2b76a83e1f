"""Lays the grid of samples (app/body/sample_grid.py) over the left half of one figure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.body.sample_grid import SampleGrid
from tools.anatomy.charts import MM
from tools.anatomy.skin import Skin
from tools.body_maps.surface import FloatArray, IntArray

SPACING = 6 * MM
"""Neighbouring samples are at most this far apart: half a narrow muscle."""
_REACH = 4 * MM  # beyond the mid-line, so that quads that touch it are there whole


@dataclass(frozen=True)
class Lattice:
    """`points`, `normals` (s, 3) of every sample; `corner` (s,) the nearest vertex of its `quad`
    (s,), and `weights` (s, 4) of that quad's corners.
    """

    grid: SampleGrid
    points: FloatArray
    normals: FloatArray
    corner: IntArray
    quad: IntArray
    weights: FloatArray

    def on(self, skin: Skin, chosen: NDArray[np.bool_]) -> tuple[FloatArray, FloatArray]:
        """Points and normals (k, 3) of the chosen samples on another figure or in another pose."""
        corners, weights = skin.quads[self.quad[chosen]], self.weights[chosen]
        return (
            np.einsum("sc,scd->sd", weights, skin.vertices[corners]),
            np.einsum("sc,scd->sd", weights, skin.normals[corners]),
        )


def make_lattice(skin: Skin) -> Lattice:
    corners = skin.vertices[skin.quads]
    side = [np.linalg.norm(corners[:, k] - corners[:, (k + 1) % 4], axis=1) for k in range(4)]
    across = np.maximum(np.ceil(np.maximum(side[0], side[2]) / SPACING), 1).astype(np.int64)
    along = np.maximum(np.ceil(np.maximum(side[1], side[3]) / SPACING), 1).astype(np.int64)
    left = corners[:, :, 0].max(axis=1) > -_REACH
    grid = SampleGrid(np.where(left, across, 0), np.where(left, along, 0))
    quad = np.repeat(np.arange(len(skin.quads)), np.diff(grid.start))
    within = np.arange(len(quad)) - grid.start[quad]
    u = (within % (across[quad] + 1)) / across[quad]
    v = (within // (across[quad] + 1)) / along[quad]
    weights = _corner_weights(u, v)
    of_quad = skin.quads[quad]
    return Lattice(
        grid=grid,
        points=np.einsum("sc,scd->sd", weights, skin.vertices[of_quad]),
        normals=np.einsum("sc,scd->sd", weights, skin.normals[of_quad]),
        corner=of_quad[np.arange(len(quad)), weights.argmax(axis=1)],
        quad=quad,
        weights=weights,
    )


def _corner_weights(u: FloatArray, v: FloatArray) -> FloatArray:
    """(s, 4) weights of a quad's corners, cut into its two triangles as the mesh is."""
    first = u >= v  # triangle 0 1 2; the other one is 0 2 3
    return np.stack(
        [
            1 - np.where(first, u, v),
            np.where(first, u - v, 0),
            np.where(first, v, u),
            np.where(first, 0, v - u),
        ],
        axis=1,
    )
