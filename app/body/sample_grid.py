"""The grid of samples at which fields on the skin are kept.

Every quad of the mesh is sampled on a grid of its own, since quads measure from 1 mm on the face
to 30 mm on the leg. Sample (i, j) of a quad lies at u = i / across, v = j / along, where its
corners 0 1 2 3 have (u, v) = (0, 0) (1, 0) (1, 1) (0, 1). Quads of the right half of the body have
no samples: fields are kept for the left half and read through the mirror.
"""

from dataclasses import dataclass

import numpy as np

from app.body.mesh import Indices, Points


@dataclass(frozen=True)
class SampleGrid:
    """Quad q has ``(across[q] + 1) * (along[q] + 1)`` samples, row by row from ``start[q]``.

    ``start``: (m + 1,). ``across``, ``along``: (m,).
    """

    start: Indices
    across: Indices
    along: Indices

    @property
    def size(self) -> int:
        return int(self.start[-1])

    def around(self, triangle: Indices, b1: Points, b2: Points) -> tuple[Indices, Points]:
        """The samples around many spots, (k, 4), and their bilinear weights, (k, 4).

        All spots must lie on quads that are sampled.
        """
        quad = triangle // 2
        first = triangle % 2 == 0  # corners 0 1 2; the other triangle has 0 2 3
        across, along = self.across[quad], self.along[quad]
        u = np.where(first, b1 + b2, b1) * across
        v = np.where(first, b2, b1 + b2) * along
        i = np.clip(np.floor(u).astype(np.int64), 0, across - 1)
        j = np.clip(np.floor(v).astype(np.int64), 0, along - 1)
        u, v = u - i, v - j
        row = across + 1
        corner = self.start[quad] + j * row + i
        samples = np.stack([corner, corner + 1, corner + row, corner + row + 1], axis=-1)
        weights = np.stack([(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v], axis=-1)
        return samples, weights
