"""From a closed border to a field: how far each sample lies inside it, in mm.

Near the border the sign follows from the side of the nearest piece of it; the rest of the skin
takes the sign of the nearest skin for which that is known, along the mesh. The smaller side is
the inside.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import scipy.sparse as sparse
from scipy.sparse import csgraph
from scipy.spatial import cKDTree

from tools.anatomy.charts import MM
from tools.anatomy.lattice import Lattice, make_lattice
from tools.anatomy.skin import Skin, Spots
from tools.body_maps.surface import FloatArray, IntArray, quad_edges, unit

REACH = 12.7
"""Distances are kept up to this many mm on both sides."""
_BAND = 20 * MM
"""So near to a border its nearest piece is the right one to ask."""
_ALIKE = 0.2  # cosine between normals: skin that faces elsewhere belongs to another part


class FieldMaker:
    """Makes fields on one skin."""

    def __init__(self, skin: Skin) -> None:
        self.skin = skin

    @cached_property
    def lattice(self) -> Lattice:
        return make_lattice(self.skin)

    def field(self, border: Spots, *, one_sided: bool = True) -> FloatArray:
        """(s,) signed distance in mm to a closed border, positive inside, within `REACH`.

        What is `one_sided` ends at the mid-line.
        """
        side = _Side(border)
        vertex_sign = self._vertex_signs(side)
        lattice = self.lattice
        distance, sign = side.of(lattice.points, lattice.normals)
        unknown = sign == 0
        sign[unknown] = vertex_sign[lattice.corner[unknown]]
        if self._area(vertex_sign > 0) > self._area(vertex_sign < 0):
            sign = -sign
        field = np.clip(sign * np.where(unknown, np.inf, distance) / MM, -REACH, REACH)
        return np.minimum(field, lattice.points[:, 0] / MM) if one_sided else field

    def _vertex_signs(self, side: _Side) -> FloatArray:
        _, sign = side.of(self.skin.vertices, self.skin.normals, self._reach)
        known = np.flatnonzero(sign)
        _, _, source = csgraph.dijkstra(
            self._graph, indices=known, min_only=True, return_predecessors=True
        )
        reached = source >= 0
        sign[reached] = sign[source[reached]]
        return sign

    @cached_property
    def _reach(self) -> FloatArray:
        """(n,) how far from a border each vertex is asked on which side it lies: as far as its
        longest edge, lest a sign be handed on along an edge that crosses the border.
        """
        reach = np.full(len(self.skin.vertices), _BAND)
        start, end = quad_edges(self.skin.quads).T
        length = np.linalg.norm(self.skin.vertices[start] - self.skin.vertices[end], axis=1)
        for vertices in (start, end):
            np.maximum.at(reach, vertices, length)
        return reach

    def _area(self, chosen: IntArray) -> float:
        return float(self._vertex_area[chosen].sum())

    @cached_property
    def _vertex_area(self) -> FloatArray:
        a, b, c = (self.skin.vertices[self.skin.triangles[:, k]] for k in range(3))
        area = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 6
        return np.bincount(self.skin.triangles.ravel(), np.repeat(area, 3))

    @cached_property
    def _graph(self) -> sparse.csr_matrix:
        edges = np.unique(np.sort(quad_edges(self.skin.quads), axis=1), axis=0)
        length = np.linalg.norm(
            self.skin.vertices[edges[:, 0]] - self.skin.vertices[edges[:, 1]], axis=1
        )
        count = len(self.skin.vertices)
        half = sparse.csr_matrix(
            (np.maximum(length, 1e-6), (edges[:, 0], edges[:, 1])), (count,) * 2
        )
        return half + half.T


class _Side:
    """On which side of a border the skin near it lies."""

    def __init__(self, border: Spots) -> None:
        self._border = border
        ahead = np.roll(border.points, -1, axis=0) - np.roll(border.points, 1, axis=0)
        self._left = unit(np.cross(border.normals, ahead))
        self._tree = cKDTree(border.points)

    def of(
        self, points: FloatArray, normals: FloatArray, reach: FloatArray | float = _BAND
    ) -> tuple[FloatArray, FloatArray]:
        """(k,) distance in dm within `reach`, else infinite; and 1 to the left, -1 to the right,
        0 where that is not known.
        """
        distance = np.full(len(points), np.inf)
        nearest = np.zeros(len(points), dtype=np.int64)
        room = float(np.max(reach))
        low, high = self._border.points.min(axis=0) - room, self._border.points.max(axis=0) + room
        boxed = np.flatnonzero(((points >= low) & (points <= high)).all(axis=1))
        distance[boxed], nearest[boxed] = self._tree.query(points[boxed])
        distance[distance > reach] = np.inf
        near = np.flatnonzero(np.isfinite(distance))
        piece = nearest[near]
        alike = (normals[near] * self._border.normals[piece]).sum(axis=1) > _ALIKE
        near, piece = near[alike], piece[alike]
        beside = ((points[near] - self._border.points[piece]) * self._left[piece]).sum(axis=1)
        sign = np.zeros(len(points))
        sign[near] = np.where(beside >= 0, 1.0, -1.0)
        return distance, sign
