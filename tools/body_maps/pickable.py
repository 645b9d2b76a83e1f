"""Decides which quads a needle can be charted on.

The skin is one closed surface that goes on into the mouth and the nostrils and folds under the
closed eyelids. A click must never land in there: it would be stored as a site that no view shows.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from tools.body_maps.surface import FloatArray, IntArray, quad_edges

Mask = NDArray[np.bool_]

# A quad whose most open corner is less open than this lies out of sight.
HIDDEN = 0.04
# Mouth and throat and the two eye sockets have more than a thousand quads each. Smaller pockets,
# as where the upper arm rests against the chest, are skin that another pose may show.
SMALLEST_POCKET = 500


def pickable(quads: IntArray, openness: FloatArray) -> Mask:
    """(m,) from `openness` (n,) of the vertices; False in closed pockets of the surface."""
    hidden = openness[quads].max(axis=1) < HIDDEN
    labels = _pockets(quads, hidden)
    sizes = np.bincount(labels[hidden], minlength=labels.max() + 1)
    return np.asarray(~(hidden & (sizes[labels] >= SMALLEST_POCKET)))


def _pockets(quads: IntArray, chosen: Mask) -> IntArray:
    """A label for each quad (m,), the same for chosen quads that share an edge."""
    edges = np.sort(quad_edges(quads), axis=1)
    owners = np.tile(np.arange(len(quads)), 4)
    order = np.lexsort((edges[:, 1], edges[:, 0]))
    edges, owners = edges[order], owners[order]
    shared = np.all(edges[1:] == edges[:-1], axis=1)
    left, right = owners[:-1][shared], owners[1:][shared]
    both = chosen[left] & chosen[right]
    count = len(quads)
    links = sparse.csr_matrix((np.ones(both.sum()), (left[both], right[both])), (count, count))
    return np.asarray(sparse.csgraph.connected_components(links, directed=False)[1])
