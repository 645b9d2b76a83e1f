"""The grid of samples at which fields on the skin are kept.

Every quad of the mesh is sampled on a grid of its own, since quads measure from 1 mm on the face
to 30 mm on the leg. Quads of the right half of the body have no samples: fields are kept for the
left half and read through the mirror (app/body/mirror.py).
"""

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.body.mesh import Indices, Points
from app.domain.anatomy import Anchor


class QuadSpots(NamedTuple):
    """Spots on the mesh by quad: ``quad`` (k,), ``u`` and ``v`` (k,) from 0 to 1.

    A quad's corners 0 1 2 3 have (u, v) = (0, 0) (1, 0) (1, 1) (0, 1).
    """

    quad: Indices
    u: Points
    v: Points

    @classmethod
    def of(cls, triangle: Indices, b1: Points, b2: Points) -> "QuadSpots":
        """Of anchors. Quad q is cut into the triangles 2q (corners 0 1 2) and 2q + 1 (0 2 3)."""
        first = triangle % 2 == 0
        return cls(triangle // 2, np.where(first, b1 + b2, b1), np.where(first, b2, b1 + b2))

    @classmethod
    def one(cls, anchor: Anchor) -> "QuadSpots":
        """Of a single anchor: arrays of length 1."""
        return cls.of(*(np.array([each]) for each in (anchor.triangle, anchor.b1, anchor.b2)))

    def anchor(self) -> Anchor:
        """Of a single spot."""
        quad, u, v = int(self.quad[0]), float(self.u[0]), float(self.v[0])
        return Anchor(2 * quad, u - v, v) if u >= v else Anchor(2 * quad + 1, u, v - u)

    def weights(self) -> tuple[Indices, Points, Points]:
        """The triangle (k,) of each spot and its weights b1 and b2, (k,) each: its anchor."""
        first = self.u >= self.v
        triangle = 2 * self.quad + ~first
        b1, b2 = np.where(first, self.u - self.v, self.u), np.where(first, self.v, self.v - self.u)
        return triangle, b1, b2

    def chosen(self, which: Indices) -> "QuadSpots":
        return QuadSpots(self.quad[which], self.u[which], self.v[which])


class SampleGrid:
    """``across`` and ``along``, (m,): into how many steps u and v of each quad are cut.

    Quad q has ``(across[q] + 1) * (along[q] + 1)`` samples, row by row from ``start[q]``; none
    where ``across`` is 0.
    """

    def __init__(self, across: Indices, along: Indices) -> None:
        self.across = across.astype(np.int64)
        self.along = along.astype(np.int64)

    @cached_property
    def start(self) -> Indices:
        """(m + 1,) the first sample of each quad, and how many there are in all."""
        count = np.where(self.across > 0, (self.across + 1) * (self.along + 1), 0)
        return np.concatenate([[0], np.cumsum(count)])

    @property
    def size(self) -> int:
        return int(self.start[-1])

    def has(self, quad: Indices) -> NDArray[np.bool_]:
        """(k,) whether each of the quads is sampled."""
        return np.asarray(self.across[quad] > 0)

    def spots(self, samples: Indices) -> QuadSpots:
        """Where samples (k,) lie."""
        quad = np.searchsorted(self.start, samples, side="right") - 1
        row, column = np.divmod(samples - self.start[quad], self.across[quad] + 1)
        return QuadSpots(quad, column / self.across[quad], row / self.along[quad])

    def around(self, spots: QuadSpots) -> tuple[Indices, Points]:
        """The samples around spots on sampled quads, (k, 4), and their bilinear weights, (k, 4)."""
        quad = spots.quad
        across, along = self.across[quad], self.along[quad]
        u, v = spots.u * across, spots.v * along
        i = np.clip(np.floor(u).astype(np.int64), 0, across - 1)
        j = np.clip(np.floor(v).astype(np.int64), 0, along - 1)
        u, v = u - i, v - j
        row = across + 1
        corner = self.start[quad] + j * row + i
        samples = np.stack([corner, corner + 1, corner + row, corner + row + 1], axis=-1)
        weights = np.stack([(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v], axis=-1)
        return samples, weights
