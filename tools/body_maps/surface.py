"""Small tools for a surface of quads: triangles, edges, normals and neighbourhoods.

Shapes: `vertices` (n, 3) float, `quads` (m, 4) int, `triangles` (2m, 3) int.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def triangles(quads: IntArray) -> IntArray:
    """Quad k (a, b, c, d) becomes triangles 2k (a, b, c) and 2k + 1 (a, c, d).

    The application cuts quads in the same way; a stored mark names one of these triangles.
    """
    return quads[:, [[0, 1, 2], [0, 2, 3]]].reshape(-1, 3)


def quad_edges(quads: IntArray) -> IntArray:
    """The directed edges of all quads, (4m, 2): first every quad's side 0, then every side 1..."""
    return np.concatenate([quads[:, [side, (side + 1) % 4]] for side in range(4)])


def unit(vectors: FloatArray) -> FloatArray:
    """`vectors` (..., 3) scaled to length 1; a vector of no length stays nought."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12))


def vertex_normals(vertices: FloatArray, quads: IntArray) -> FloatArray:
    """Outward unit normals (n, 3): the sum of the adjoining triangles' normals, by area."""
    corners = triangles(quads)
    a, b, c = (vertices[corners[:, k]] for k in range(3))
    faces = np.cross(b - a, c - a)
    normals = np.empty_like(vertices)
    for axis in range(3):
        weights = np.repeat(faces[:, axis], 3)
        normals[:, axis] = np.bincount(corners.ravel(), weights, len(vertices))
    return unit(normals)


def averaging(quads: IntArray, count: int) -> sparse.csr_matrix:
    """The matrix (count, count) that replaces every vertex value by its neighbours' mean."""
    edges = quad_edges(quads)
    ends = np.concatenate([edges, edges[:, ::-1]])
    adjacency = sparse.csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), (count, count))
    adjacency.data[:] = 1
    degrees = np.asarray(adjacency.sum(axis=1)).ravel()
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(degrees, 1)) @ adjacency)
