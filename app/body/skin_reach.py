"""Which skin lies within some millimetres of marked spots, along the skin and not through the air.

For measuring: unlike what is spread for display (``skin_smoothing``), skin near to ten spots is no
larger than skin near to one.
"""

import math
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.body.mesh import Indices
from app.body.skin_pieces import SkinGraph
from app.body.skin_samples import MM_PER_DM, SkinSamples
from app.domain.anatomy import Body

if TYPE_CHECKING:
    from scipy.sparse import csr_array

EIGHT_WAYS = math.sqrt(math.pi / (8 * math.sin(math.pi / 4) / 2))
"""1.05: ways from sample to sample go in eight directions and so are a little too long; what they
reach on flat skin is an octagon. So much further they reach as much skin as a circle holds
(derived)."""


class SkinReach:
    """Ways over the skin of one figure, from the middle of one sample to that of the next."""

    def __init__(self, skin: SkinSamples, body: Body) -> None:
        self._skin = skin
        self._body = body

    def within(self, spots: Indices, mm: float) -> NDArray[np.bool_]:
        """(n,) the samples that lie within ``mm`` of any of the samples ``spots`` (k,); these are
        among them. The first call takes half a second; each, up to 0.1 s where all skin is near.
        """
        from scipy.sparse.csgraph import dijkstra

        if not len(spots):
            return np.zeros(self._skin.size, dtype=np.bool_)
        apart = dijkstra(self._ways, indices=spots, limit=mm * EIGHT_WAYS, min_only=True)
        return np.asarray(np.isfinite(apart))

    @cached_property
    def _ways(self) -> "csr_array":
        """(n, n) mm from each sample to those that touch it."""
        from scipy.sparse import csr_array

        touching = SkinGraph(self._skin).touching.tocoo()
        at = self._skin.points(self._body) * MM_PER_DM
        mm = np.linalg.norm(at[touching.row] - at[touching.col], axis=1)
        return csr_array((mm, (touching.row, touching.col)), shape=touching.shape)
