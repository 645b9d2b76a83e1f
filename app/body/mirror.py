"""The mirror image of spots on the skin: left becomes right."""

import numpy as np
from numpy.typing import NDArray

from app.body.mesh import Indices
from app.body.sample_grid import QuadSpots
from app.domain.anatomy import Anchor


class Mirror:
    """The partner of every quad on the other side of the body.

    A mirror image runs round the other way, so corner k of a quad is the mirror of corner
    ``(turn - k) % 4`` of its partner. ``partner`` and ``turn``: (m,).
    """

    def __init__(self, partner: Indices, turn: Indices) -> None:
        self.partner = partner
        self.turn = turn

    @classmethod
    def of(cls, quads: Indices, mirror: Indices) -> "Mirror":
        """Of a mesh. ``quads``: (m, 4). ``mirror``: (n,) partner of each vertex."""
        keys = _keys(quads)
        order = np.argsort(keys)
        partner = order[np.searchsorted(keys, _keys(mirror[quads]), sorter=order)]
        return cls(partner, (quads[partner] == mirror[quads[:, :1]]).argmax(axis=1))

    def spots(self, spots: QuadSpots) -> QuadSpots:
        turn = self.turn[spots.quad]
        u, v = spots.u, spots.v
        swapped = turn % 2 == 0
        across, along = np.where(swapped, v, u), np.where(swapped, u, v)
        back_u, back_v = (turn == 1) | (turn == 2), (turn == 2) | (turn == 3)
        return QuadSpots(
            self.partner[spots.quad],
            np.where(back_u, 1 - across, across),
            np.where(back_v, 1 - along, along),
        )

    def anchor(self, anchor: Anchor) -> Anchor:
        """The mirror image of one spot."""
        return self.spots(QuadSpots.one(anchor)).anchor()


def _keys(quads: Indices) -> NDArray[np.uint64]:
    """A number for each quad that does not depend on which corner comes first."""
    corners = np.sort(quads.astype(np.uint64), axis=1)
    keys = corners[:, 0]
    for k in (1, 2, 3):
        keys = keys << np.uint64(16) | corners[:, k]
    return keys
