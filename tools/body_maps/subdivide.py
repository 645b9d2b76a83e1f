"""Catmull-Clark subdivision of a mesh of quads, as one sparse matrix.

Rules after E. Catmull and J. Clark, "Recursively generated B-spline surfaces on arbitrary
topological meshes", Computer-Aided Design 10 (1978); open edges are treated as cubic B-spline
curves. Because the rules are linear, the same matrix also carries any other value that belongs to
a vertex (occlusion, a field, a mask) to the finer mesh.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from tools.body_maps.surface import FloatArray, IntArray, quad_edges


@dataclass(frozen=True)
class Subdivision:
    """One step from n vertices and m quads to n + e + m vertices and 4m quads.

    The new vertices are the old ones in their order, then one for each edge, then one for each
    quad. Child k of quad i is quad 4i + k and begins at corner k of its parent.
    `matrix` (n + e + m, n) gives the fine values: `fine = matrix @ coarse`.
    """

    matrix: sparse.csr_matrix
    quads: IntArray
    edges: IntArray


@dataclass(frozen=True)
class _Topology:
    quads: IntArray
    edges: IntArray  # (e, 2), each with its smaller index first
    sides: IntArray  # (m, 4): the edge on side k of each quad
    open: NDArray[np.bool_]  # (e,): edges that only one quad has
    count: int


def subdivide(quads: IntArray, count: int) -> Subdivision:
    """Subdivide a mesh of `count` vertices once."""
    directed = np.sort(quad_edges(quads), axis=1)
    edges, which, uses = np.unique(directed, axis=0, return_inverse=True, return_counts=True)
    sides = which.reshape(4, len(quads)).T
    topology = _Topology(quads, edges, sides, uses == 1, count)
    to_quads = _incidence(quads, count) * 0.25
    to_middles = _incidence(edges, count) * 0.5
    to_edges = _edge_points(topology, to_quads, to_middles)
    to_vertices = _vertex_points(topology, to_quads, to_middles)
    matrix = sparse.csr_matrix(sparse.vstack([to_vertices, to_edges, to_quads]))
    return Subdivision(matrix, _children(topology), edges)


def lift_mirror(mirror: IntArray, quads: IntArray, step: Subdivision) -> IntArray:
    """The mirror table of the fine mesh, from the table `mirror` (n,) of the coarse mesh."""
    count = len(mirror)
    edge_of = {tuple(edge): index for index, edge in enumerate(step.edges.tolist())}
    quad_of = {tuple(sorted(quad)): index for index, quad in enumerate(quads.tolist())}
    edges = [edge_of[tuple(sorted(edge))] for edge in mirror[step.edges].tolist()]
    faces = [quad_of[tuple(sorted(quad))] for quad in mirror[quads].tolist()]
    first_face = count + len(edges)
    return np.concatenate([mirror, np.array(edges) + count, np.array(faces) + first_face])


def _incidence(groups: IntArray, count: int) -> sparse.csr_matrix:
    """(len(groups), count): 1 where a group (an edge, a quad) has a vertex."""
    rows = np.repeat(np.arange(len(groups)), groups.shape[1])
    return sparse.csr_matrix((np.ones(groups.size), (rows, groups.ravel())), (len(groups), count))


def _edge_points(
    topology: _Topology, to_quads: sparse.csr_matrix, to_middles: sparse.csr_matrix
) -> sparse.csr_matrix:
    """The mean of the edge's middle and its two quads' centres; an open edge's middle."""
    quad_count, edge_count = len(topology.quads), len(topology.edges)
    beside = sparse.csr_matrix(
        (
            np.full(4 * quad_count, 0.5),
            (topology.sides.ravel(), np.repeat(np.arange(quad_count), 4)),
        ),
        (edge_count, quad_count),
    )
    keep = sparse.diags(np.where(topology.open, 1.0, 0.5))
    add = sparse.diags(np.where(topology.open, 0.0, 0.5))
    return keep @ to_middles + add @ beside @ to_quads


def _vertex_points(
    topology: _Topology, to_quads: sparse.csr_matrix, to_middles: sparse.csr_matrix
) -> sparse.csr_matrix:
    """(mean of quads + 2 x mean of edge middles + (v - 3) x vertex) / v, for valence v.

    On an open edge a vertex takes a quarter of each open neighbour middle and half of itself.
    """
    at_quads = _incidence(topology.quads, topology.count).T
    at_edges = _incidence(topology.edges, topology.count).T
    valence = np.maximum(np.asarray(at_edges.sum(axis=1)).ravel(), 1)
    quads_here = np.maximum(np.asarray(at_quads.sum(axis=1)).ravel(), 1)
    inner = (
        sparse.diags(1 / (valence * quads_here)) @ at_quads @ to_quads
        + sparse.diags(2 / valence**2) @ at_edges @ to_middles
        + sparse.diags((valence - 3) / valence)
    )
    at_open = at_edges @ sparse.diags(topology.open.astype(float))
    open_here = np.asarray(at_open.sum(axis=1)).ravel()
    curve = at_open @ to_middles * 0.25 + sparse.identity(topology.count) * 0.5
    return (
        sparse.diags((open_here == 0).astype(float)) @ inner
        + sparse.diags((open_here == 2).astype(float)) @ curve
        # where more than two open edges meet the surface is not a manifold: leave the vertex
        + sparse.diags((~np.isin(open_here, (0, 2))).astype(float))
    )


def _children(topology: _Topology) -> IntArray:
    quads, sides = topology.quads, topology.sides
    first_edge = topology.count
    centres = first_edge + len(topology.edges) + np.arange(len(quads))
    children = [
        np.stack(
            [quads[:, k], first_edge + sides[:, k], centres, first_edge + sides[:, k - 1]], axis=1
        )
        for k in range(4)
    ]
    return np.stack(children, axis=1).reshape(-1, 4)


def subdivided(step: Subdivision, values: FloatArray) -> FloatArray:
    """`values` (n, ...) of the coarse vertices, carried to the fine ones."""
    return np.asarray(step.matrix @ values)


def inherited(of_quads: IntArray) -> IntArray:
    """Values (m,) of the coarse quads, given to each one's four children: (4m,)."""
    return np.repeat(of_quads, 4)
