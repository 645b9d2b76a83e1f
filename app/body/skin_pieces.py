"""Which samples of the skin touch each other, and into how many pieces a set of them falls.

Samples are neighbours where they share an edge or a corner (the 8-neighbourhood of pixels,
carried over to the mesh). So skin that is near through the air alone, as that of two fingers, is
not joined.
"""

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.body.mesh import Indices
from app.body.skin_samples import SkinSamples

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class _Pairs(NamedTuple):
    """Samples that touch: the k-th of ``one`` (p,) and the k-th of ``other`` (p,)."""

    one: Indices
    other: Indices


class SkinGraph:
    """The samples and who touches whom."""

    def __init__(self, samples: SkinSamples) -> None:
        self._samples = samples

    @cached_property
    def touching(self) -> "csr_array":
        """(n, n) true in row i and column j, j and i, where the samples i and j touch."""
        from scipy.sparse import coo_array

        s = self._samples
        pairs = [*_within_quads(s), _over_edges(s), _around_vertices(s)]
        one, other = (np.concatenate([each[k] for each in pairs]) for k in (0, 1))
        both = np.concatenate([one, other]), np.concatenate([other, one])
        return coo_array((np.ones(len(both[0]), np.bool_), both), shape=(s.size, s.size)).tocsr()

    def pieces(self, covered: NDArray[np.bool_]) -> list[Indices]:
        """The connected pieces of the skin ``covered`` (n,): the samples of each, in the order of
        their first samples.
        """
        from scipy.sparse.csgraph import connected_components

        inside = np.flatnonzero(covered)
        if not len(inside):
            return []
        count, piece = connected_components(self.touching[inside][:, inside], directed=False)
        order = np.argsort(piece, kind="stable")
        ends = np.searchsorted(piece[order], np.arange(1, count))
        return sorted(np.split(inside[order], ends), key=lambda samples: int(samples[0]))


def _within_quads(s: SkinSamples) -> list[_Pairs]:
    """Each sample with those to its right, above it and across its two upper corners."""
    here, across = np.arange(s.size), s.across[s.quad]
    right, above = s.column + 1 < across, s.row + 1 < s.along[s.quad]
    steps = [
        (right, 1 + 0 * across),
        (above, across),
        (right & above, across + 1),
        ((s.column > 0) & above, across - 1),
    ]
    return [_Pairs(here[there], (here + step)[there]) for there, step in steps]


def _over_edges(s: SkinSamples) -> _Pairs:
    """Samples of two quads that touch along the quads' common edge."""
    quad = np.tile(np.flatnonzero(s.across > 0), 4)
    edge = np.repeat(np.arange(4), len(quad) // 4)
    start = s.mesh.quads[quad, edge].astype(np.int64)
    end = s.mesh.quads[quad, (edge + 1) % 4].astype(np.int64)
    key = np.minimum(start, end) * len(s.mesh.mirror) + np.maximum(start, end)
    order = np.argsort(key, kind="stable")
    common = np.flatnonzero(key[order][1:] == key[order][:-1])
    one, other = order[common], order[common + 1]
    cells = np.where(edge % 2 == 0, s.across[quad], s.along[quad])
    pair, i, j = _all_cells(cells[one], cells[other])
    one, other = one[pair], other[pair]
    near, far = cells[one], cells[other]
    # where the two edges run the other way round, so do the cells along them
    along = np.where(start[one] == start[other], j, far - 1 - j)
    meet = np.maximum(i * far, along * near) <= np.minimum((i + 1) * far, (along + 1) * near)
    one, other, i, j = one[meet], other[meet], i[meet], j[meet]
    return _Pairs(_at_edge(s, quad[one], edge[one], i), _at_edge(s, quad[other], edge[other], j))


def _all_cells(one: Indices, other: Indices) -> tuple[Indices, Indices, Indices]:
    """For each pair of edges with ``one`` (p,) and ``other`` (p,) cells all pairs of their cells:
    the number of the pair of edges, the cell on the one, the cell on the other.
    """
    count = one * other
    pair = np.repeat(np.arange(len(count)), count)
    within = np.arange(len(pair)) - (np.cumsum(count) - count)[pair]
    i, j = np.divmod(within, other[pair])
    return pair, i, j


def _at_edge(s: SkinSamples, quad: Indices, edge: Indices, place: Indices) -> Indices:
    """(k,) the samples that lie at ``place`` along an edge of a quad; edge e runs from corner e to
    the next.
    """
    last_column, last_row = s.across[quad] - 1, s.along[quad] - 1
    column = np.choose(edge, [place, last_column, last_column - place, np.zeros_like(place)])
    row = np.choose(edge, [np.zeros_like(place), place, last_row, last_row - place])
    return np.asarray(s.start[quad] + row * s.across[quad] + column)


def _around_vertices(s: SkinSamples) -> _Pairs:
    """Samples of quads that have a corner in common."""
    quad = np.tile(np.flatnonzero(s.across > 0), 4)
    corner = np.repeat(np.arange(4), len(quad) // 4)
    vertex = s.mesh.quads[quad, corner]
    order = np.argsort(vertex, kind="stable")
    vertex, sample = vertex[order], _at_edge(s, quad, corner, np.zeros_like(quad))[order]
    found = []
    for step in range(1, int(np.bincount(vertex).max(initial=0))):
        same = np.flatnonzero(vertex[step:] == vertex[:-step])
        found.append(_Pairs(sample[same], sample[same + step]))
    empty = sample[:0]
    one, other = (np.concatenate([empty, *(each[k] for each in found)]) for k in (0, 1))
    return _Pairs(one, other)
