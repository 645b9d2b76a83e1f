"""How far two spots are from each other along the skin, and not through the air.

Exact shortest ways over the triangles of the mesh (Mitchell, Mount & Papadimitriou 1987, as the
library pygeodesic computes them), on the patch of skin around the first spot.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.body.mesh import BodyMesh, Indices, Points, Pose
from app.domain.anatomy import Anchor, Body

MM_PER_DM = 100.0
INSIDE = 1e-3
"""The least weight of a corner: on an edge a spot would make triangles without any area."""


class SkinDistances:
    """Distances on one body in the anatomical position."""

    def __init__(self, mesh: BodyMesh, body: Body) -> None:
        self._mesh = mesh
        self._body = body
        self._at = mesh.positions(body, Pose.ANATOMICAL) * MM_PER_DM

    def from_spot(
        self, start: Anchor, ends: Sequence[Anchor], limit_mm: float
    ) -> NDArray[np.float64]:
        """(k,) mm from ``start`` to each of ``ends``; infinite where it is over ``limit_mm``.

        IndexError where the body has no such triangle.
        """
        found = np.full(len(ends), np.inf)
        spots = [_inside(spot) for spot in (start, *ends)]
        for spot in spots:
            self._mesh.corners(spot)
        at = self._mesh.points(tuple(spots), self._body) * MM_PER_DM
        straight = np.linalg.norm(at[1:] - at[0], axis=1)
        near = np.flatnonzero(straight <= limit_mm)  # through the air it is never longer
        if len(near):
            wanted = [0, *(near + 1)]
            found[near] = self._over_skin([spots[k] for k in wanted], at[wanted], limit_mm)
        found[found > limit_mm] = np.inf
        return found

    def _over_skin(
        self, spots: Sequence[Anchor], at: Points, limit_mm: float
    ) -> NDArray[np.float64]:
        """(k - 1,) mm from the first of ``spots`` (k), which lie ``at`` (k, 3), to the others."""
        from pygeodesic.geodesic import PyGeodesicAlgorithmExact

        patch = self._reached(at[0], limit_mm)
        vertices, corners = np.unique(self._mesh.triangles[patch], return_inverse=True)
        faces, names = _with_spots(patch, corners.reshape(-1, 3), spots, len(vertices))
        points = np.concatenate([self._at[vertices], at])
        ways = np.full(len(at) - 1, np.inf)
        piece = _pieces(faces)
        of_spot = [piece[(faces == name).any(axis=1)][0] for name in names]
        reached = np.flatnonzero(np.array(of_spot[1:]) == of_spot[0])
        if len(reached):  # of skin that the patch does not join, the library answers nonsense
            joined = faces[piece == of_spot[0]]
            used, joined = np.unique(joined, return_inverse=True)
            solver = PyGeodesicAlgorithmExact(points[used], joined.reshape(-1, 3))
            source, *targets = np.searchsorted(used, [names[0], *np.array(names[1:])[reached]])
            ways[reached], _nearest = solver.geodesicDistances([source], targets)
        return ways

    def _reached(self, spot: Points, limit_mm: float) -> Indices:
        """Numbers of the triangles of which a part is within ``limit_mm`` of ``spot``."""
        middles, radii = self._balls
        near = np.linalg.norm(middles - spot, axis=1) <= limit_mm + radii
        return np.flatnonzero(near & self._mesh.pickable_triangles)

    @cached_property
    def _balls(self) -> tuple[Points, NDArray[np.float64]]:
        """(n, 3) the middle of each triangle, and (n,) how far its corners are from that."""
        corners = self._at[self._mesh.triangles]
        middles = corners.mean(axis=1)
        return middles, np.linalg.norm(corners - middles[:, None], axis=2).max(axis=1)


def _pieces(faces: Indices) -> Indices:
    """(n,) for each of the faces (n, 3) the number of the piece of skin that it belongs to. Faces
    that touch in one vertex alone are not joined: no way leads through a point.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(faces)
    ends = np.sort(faces[:, [[0, 1], [1, 2], [2, 0]]], axis=2).reshape(-1, 2)
    edges, edge = np.unique(ends, axis=0, return_inverse=True)
    size = count + len(edges)
    of_face = np.repeat(np.arange(count), 3)
    graph = coo_array((np.ones(len(edge)), (of_face, count + edge.ravel())), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1][:count])


def _inside(spot: Anchor) -> Anchor:
    """The same spot, at least a little within its triangle."""
    weights = np.clip([1 - spot.b1 - spot.b2, spot.b1, spot.b2], INSIDE, 1)
    _b0, b1, b2 = weights / weights.sum()
    return Anchor(spot.triangle, float(b1), float(b2))


def _with_spots(
    patch: Indices, corners: Indices, spots: Sequence[Anchor], count: int
) -> tuple[Indices, list[int]]:
    """Faces of a patch in which every spot is a vertex: a triangle with a spot is cut into three.

    ``patch``: numbers of the triangles, ``corners``: (n, 3) their vertices, of which there are
    ``count``; spots are numbered on from there. Gives the faces and the vertex of each spot.
    """
    place = {int(number): k for k, number in enumerate(patch)}
    cut: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    weights: dict[int, tuple[float, float, float]] = {}
    names: list[int] = []
    known: dict[Anchor, int] = {}
    for k, spot in enumerate(spots):
        if spot in known:  # two marks at the very same spot
            names.append(known[spot])
            continue
        name = known[spot] = count + k
        names.append(name)
        row = corners[place[spot.triangle]]
        if spot.triangle not in cut:
            a, b, c = (int(corner) for corner in row)
            cut[spot.triangle] = [(a, b, c)]
        a, b, c = (int(corner) for corner in row)
        weights |= {a: (1, 0, 0), b: (0, 1, 0), c: (0, 0, 1)}
        weights[name] = (1 - spot.b1 - spot.b2, spot.b1, spot.b2)
        pieces = cut[spot.triangle]
        piece = max(pieces, key=lambda face: _least_weight(name, face, weights))
        pieces.remove(piece)
        p, q, r = piece
        pieces += [(p, q, name), (q, r, name), (r, p, name)]
    whole = [k for k, number in enumerate(patch) if int(number) not in cut]
    added = [face for pieces in cut.values() for face in pieces]
    return np.concatenate([corners[whole], np.array(added, corners.dtype)]), names


def _least_weight(
    spot: int, face: tuple[int, int, int], weights: dict[int, tuple[float, float, float]]
) -> float:
    """How far within ``face`` a spot lies: the least of its three weights there."""
    corners = np.array([weights[corner] for corner in face]).T
    return float(np.linalg.solve(corners, weights[spot]).min())
