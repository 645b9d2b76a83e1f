"""The skin as many small samples, so that what is marked can be measured, counted and compared.

Each quad of the mesh that can be seen is cut into a grid of cells; a cell is a sample. The cut
belongs to the mesh and not to a figure: it is fine enough for both, and the same on the left and
on the right, so that a set of samples means the same skin on every body, and its mirror image is
a set of samples too. Only areas differ between the figures.
"""

from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from app.body.mesh import BodyMesh, Indices, Points, Pose
from app.body.mirror import Mirror
from app.body.sample_grid import QuadSpots
from app.domain.anatomy import Body

LARGEST_MM = 4.0
"""How long a sample's edges are at most, on either figure. Some quads measure 35 mm."""
MM_PER_DM = 100.0
ROUNDING = 1e-6
"""By how much of itself an edge may be longer than so many samples and still be cut into them."""


class SkinSamples:
    """All samples of the skin of one mesh, numbered quad by quad, and row by row in each.

    ``across`` and ``along``, (m,): into how many cells u and v of each quad are cut (see
    ``QuadSpots``); 0 for skin that nobody can see. ``start``, (m + 1,): the first sample of each
    quad, and how many there are in all. ``quad``, ``column``, ``row``, (n,): where each lies.
    """

    def __init__(self, mesh: BodyMesh, half_midline: float, largest_mm: float = LARGEST_MM) -> None:
        """``half_midline``: distance from the mid-line, in dm, within which skin has no side."""
        self.mesh = mesh
        self._half_midline = half_midline
        self._mirror = Mirror.of(mesh.quads, mesh.mirror)
        self.across, self.along = self._cut(largest_mm)
        self.start = np.concatenate([[0], np.cumsum(self.across * self.along)])
        self.quad = np.repeat(np.arange(len(mesh.quads)), self.across * self.along)
        within = np.arange(self.size) - self.start[self.quad]
        self.row, self.column = np.divmod(within, self.across[self.quad])
        self.area_mm2 = lru_cache(maxsize=len(Body))(self._measure)
        """``area_mm2(body)``: (n,) the area of each sample in mm2, in the anatomical position."""

    @property
    def size(self) -> int:
        """How many samples there are."""
        return int(self.start[-1])

    @cached_property
    def middles(self) -> QuadSpots:
        """The middle of each sample: where its quad has it."""
        across, along = self.across[self.quad], self.along[self.quad]
        return QuadSpots(self.quad, (self.column + 0.5) / across, (self.row + 0.5) / along)

    @cached_property
    def weights(self) -> tuple[Indices, Points, Points]:
        """The anchors of the middles: triangle, b1 and b2, (n,) each."""
        return self.middles.weights()

    def points(self, body: Body, pose: Pose = Pose.ANATOMICAL) -> Points:
        """(n, 3) dm: the middles on a body and in a pose."""
        triangle, b1, b2 = self.weights
        a, b, c = self.mesh.triangles[triangle].T
        axes = np.ascontiguousarray(self.mesh.positions(body, pose).T)
        return np.stack([x[a] + b1 * (x[b] - x[a]) + b2 * (x[c] - x[a]) for x in axes], axis=1)

    def holding(self, triangle: Indices, b1: Points, b2: Points) -> Indices:
        """(k,) the sample that each anchor lies in; -1 on skin that nobody can see.

        IndexError where the body has no such triangle, as of spots on own pictures.
        """
        if len(triangle) and triangle.min() < 0:  # would be counted from the end
            raise IndexError(f"the body has no triangle {triangle.min()}")
        return self._cells(QuadSpots.of(triangle, b1, b2))

    @cached_property
    def left(self) -> NDArray[np.bool_]:
        """(n,) whether a sample is on the patient's left, by the rule of ``Atlas.side``."""
        return np.asarray(self._leftward > self._half_midline)

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """(n,) whether a sample is on the patient's right; neither left nor right: mid-line."""
        return np.asarray(self._leftward < -self._half_midline)

    @cached_property
    def mirrored(self) -> Indices:
        """(n,) the partner of each sample on the other side: ``mask[mirrored]`` is the mirror
        image of ``mask`` (n,).
        """
        return self._cells(self._mirror.spots(self.middles))

    @cached_property
    def _leftward(self) -> Points:
        triangle, b1, b2 = self.weights
        a, b, c = self.mesh.leftward[self.mesh.triangles[triangle]].T
        return np.asarray(a + b1 * (b - a) + b2 * (c - a))

    def _cells(self, spots: QuadSpots) -> Indices:
        across, along = self.across[spots.quad], self.along[spots.quad]
        column = np.clip(np.floor(spots.u * across), 0, across - 1).astype(np.int64)
        row = np.clip(np.floor(spots.v * along), 0, along - 1).astype(np.int64)
        return np.where(across > 0, self.start[spots.quad] + row * across + column, -1)

    def _cut(self, largest_mm: float) -> tuple[Indices, Indices]:
        """``across`` and ``along``: as many as either side of either figure asks for."""
        edges = np.max([self._edges_mm(body) for body in Body], axis=0)
        cells = np.maximum(np.ceil(edges / largest_mm - ROUNDING), 1).astype(np.int64)
        across = np.where(self.mesh.pickable, cells[:, [0, 2]].max(axis=1), 0)
        along = np.where(self.mesh.pickable, cells[:, [1, 3]].max(axis=1), 0)
        partner, swapped = self._mirror.partner, self._mirror.turn % 2 == 0
        other = np.where(swapped, along[partner], across[partner])
        other_along = np.where(swapped, across[partner], along[partner])
        return np.maximum(across, other), np.maximum(along, other_along)

    def _edges_mm(self, body: Body) -> Points:
        """(m, 4) how long the edge from each corner of a quad to its next is."""
        corners = self.mesh.vertices[body][self.mesh.quads] * MM_PER_DM
        return np.asarray(np.linalg.norm(np.roll(corners, -1, axis=1) - corners, axis=2))

    def _measure(self, body: Body) -> Points:
        """Exact, also where a cell has a part in each of its quad's two triangles."""
        first, second = triangle_areas_mm2(self.mesh, body).reshape(-1, 2)[self.quad].T
        across, along = self.across[self.quad], self.along[self.quad]
        below = _below_diagonal(self.column, self.row, across, along)
        return np.asarray(2 * (first * below + second * (1 / (across * along) - below)))


def triangle_areas_mm2(mesh: BodyMesh, body: Body) -> Points:
    """(2m,) the area of each triangle of a mesh in mm2, in the anatomical position."""
    a, b, c = (mesh.vertices[body][mesh.triangles[:, k]] * MM_PER_DM for k in range(3))
    return np.asarray(np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2)


def _below_diagonal(column: Indices, row: Indices, across: Indices, along: Indices) -> Points:
    """(n,) how much of each cell, as a share of its quad's unit square, has v < u."""
    low, high = row / along, (row + 1) / along

    def until(u: Points) -> Points:
        """The part of the cell's rows that lies left of ``u`` and below the diagonal."""
        rising = np.clip(u - low, 0, high - low)
        return np.asarray(rising**2 / 2 + np.maximum(u - high, 0) * (high - low))

    return until((column + 1) / across) - until(column / across)
