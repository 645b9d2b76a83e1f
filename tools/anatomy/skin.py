"""The skin on which regions are authored: rays, nearest spots and normals of one figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from app.body.mesh import BodyMesh, Pose
from app.domain.anatomy import Body
from tools.body_maps.surface import FloatArray, IntArray, averaging, unit, vertex_normals

AUTHORED_ON = Body.MALE
"""Regions are drawn on this figure, on its left side; the other ones share the mesh."""

_NORMAL_SMOOTHING = 3  # passes: a crease must not turn "outward" round
_EDGE_SLACK = 1e-9  # share of the triangle: a ray never slips between two of them
_NEIGHBOURS = 12  # vertices whose triangles are searched for the nearest spot


class NoSkinError(ValueError):
    """A ray or a search that should have found skin found none."""


@dataclass(frozen=True)
class Spots:
    """Places on the skin: `points` (k, 3) dm, `triangle` (k,), `normals` (k, 3) outward."""

    points: FloatArray
    triangle: IntArray
    normals: FloatArray

    def __len__(self) -> int:
        return len(self.points)

    def joined(self, other: Spots) -> Spots:
        return Spots(
            np.concatenate([self.points, other.points]),
            np.concatenate([self.triangle, other.triangle]),
            np.concatenate([self.normals, other.normals]),
        )

    def __getitem__(self, which: int | slice | IntArray) -> Spots:
        rows = [which] if isinstance(which, int) else which
        return Spots(self.points[rows], self.triangle[rows], self.normals[rows])


class Skin:
    """One figure's skin, in dm; x grows towards the patient's left."""

    def __init__(
        self, mesh: BodyMesh, body: Body = AUTHORED_ON, pose: Pose = Pose.ANATOMICAL
    ) -> None:
        self.mesh = mesh
        self.body = body
        self.pose = pose
        self.vertices: FloatArray = mesh.positions(body, pose)
        self.quads = np.asarray(mesh.quads, dtype=np.int64)
        self.triangles = np.asarray(mesh.triangles, dtype=np.int64)

    @classmethod
    def load(cls, folder: Path, body: Body = AUTHORED_ON) -> Skin:
        return cls(BodyMesh.load(folder / "body.npz"), body)

    def posed(self, pose: Pose) -> Skin:
        """This figure in any pose."""
        return self if pose is self.pose else self._other_poses[pose]

    @cached_property
    def _other_poses(self) -> dict[Pose, Skin]:
        return {pose: Skin(self.mesh, self.body, pose) for pose in Pose if pose is not self.pose}

    def triangles_without(self, quads: NDArray[np.bool_] | None) -> IntArray:
        """(t, 3) the triangles; those of some `quads` (m,) have shrunk to nothing."""
        if quads is None:
            return self.triangles
        return np.where(np.repeat(quads, 2)[:, None], 0, self.triangles)

    @cached_property
    def normals(self) -> FloatArray:
        """(n, 3) outward at each vertex, smoothed a little."""
        normals = vertex_normals(self.vertices, self.quads)
        average = averaging(self.quads, len(normals))
        for _ in range(_NORMAL_SMOOTHING):
            normals = average @ normals
        return unit(normals)

    def hit(self, start: FloatArray, direction: FloatArray, *, leaving: bool = False) -> Spots:
        """The first skin through which a ray from `start` (3,) along `direction` (3,) enters the
        body; with `leaving`, the first through which it leaves the part in which it began.
        Where arm and chest touch, their skins may lie a little within each other.
        """
        along = unit(np.asarray(direction, dtype=float))
        middle, radius = self._balls
        there = middle - start
        beside = (there**2).sum(axis=1) - (there @ along) ** 2
        candidates = np.flatnonzero(beside <= radius**2)
        a, b, c = np.moveaxis(self.vertices[self.triangles[candidates]], 1, 0)
        normal = np.cross(b - a, c - a)
        slope = normal @ along
        meant = slope > 0 if leaving else slope < 0
        candidates, slope = candidates[meant], slope[meant]
        a, b, c, normal = a[meant], b[meant], c[meant], normal[meant]
        away = ((a - start) * normal).sum(axis=1) / slope
        points = start + away[:, None] * along
        met = np.flatnonzero((away > 0) & _hold(np.stack([a, b, c], axis=1), points))
        if not len(met):
            raise NoSkinError(f"no skin from {np.round(start, 2)} along {np.round(along, 2)}")
        first = met[away[met].argmin()]
        return self._spots(points[first][None], candidates[[first]])

    def nearest(self, points: FloatArray, facing: FloatArray | None = None) -> Spots:
        """The skin nearest to each of `points` (k, 3).

        With `facing` (k, 3), only skin whose outward normal is within 90 degrees of it: so a
        spot on the arm never lands on the chest beside it.
        """
        _, near = self._vertex_tree.query(points, k=_NEIGHBOURS)
        spots = [
            self._nearest_one(point, vertices, None if facing is None else facing[row])
            for row, (point, vertices) in enumerate(zip(points, near, strict=True))
        ]
        return self._spots(np.array([p for p, _ in spots]), np.array([t for _, t in spots]))

    def _nearest_one(
        self, point: FloatArray, vertices: IntArray, facing: FloatArray | None
    ) -> tuple[FloatArray, int]:
        if facing is not None and not (self.normals[vertices] @ facing > 0).any():
            _, vertices = self._vertex_tree.query(point, k=40 * _NEIGHBOURS)
        candidates = np.unique(np.concatenate([self._triangles_of(v) for v in vertices]))
        corners = self.vertices[self.triangles[candidates]]
        if facing is not None:
            face = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
            fits = face @ facing > 0
            if not fits.any():
                raise NoSkinError(f"no skin that faces the right way near {np.round(point, 2)}")
            candidates, corners = candidates[fits], corners[fits]
        closest = closest_on_triangles(corners, point)
        best = int(((closest - point) ** 2).sum(axis=1).argmin())
        return closest[best], int(candidates[best])

    def _spots(self, points: FloatArray, triangle: IntArray) -> Spots:
        corners = self.triangles[triangle]
        weights = barycentric(self.vertices[corners], points)
        normals = unit(np.einsum("kc,kcd->kd", weights, self.normals[corners]))
        return Spots(points, triangle, normals)

    def carried(self, spots: Spots, home: Skin) -> Spots:
        """The same places of the mesh on this figure, for `spots` on the figure `home`."""
        corners = self.vertices[self.triangles[spots.triangle]]
        return self._spots(np.einsum("kc,kcd->kd", home.weights(spots), corners), spots.triangle)

    def weights(self, spots: Spots) -> FloatArray:
        """(k, 3) barycentric weights of `spots` in their triangles."""
        return barycentric(self.vertices[self.triangles[spots.triangle]], spots.points)

    def _triangles_of(self, vertex: int) -> IntArray:
        start, order = self._incidence
        return order[start[vertex] : start[vertex + 1]] // 3

    @cached_property
    def _incidence(self) -> tuple[IntArray, IntArray]:
        flat = self.triangles.ravel()
        order = np.argsort(flat, kind="stable")
        return np.searchsorted(flat[order], np.arange(len(self.vertices) + 1)), order

    @cached_property
    def _balls(self) -> tuple[FloatArray, FloatArray]:
        """(t, 3) and (t,) a ball round every triangle: few of them lie in the way of a ray."""
        corners = self.vertices[self.triangles]
        middle = corners.mean(axis=1)
        return middle, np.linalg.norm(corners - middle[:, None], axis=2).max(axis=1)

    @cached_property
    def _vertex_tree(self) -> cKDTree:
        return cKDTree(self.vertices)


def _hold(corners: FloatArray, points: FloatArray) -> NDArray[np.bool_]:
    """(k,) whether each triangle (k, 3, 3) holds the point of its plane, (k, 3)."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    normal = np.cross(b - a, c - a)
    sides = [
        (np.cross(end - start, points - start) * normal).sum(axis=1)
        for start, end in ((a, b), (b, c), (c, a))
    ]
    slack = -_EDGE_SLACK * (normal**2).sum(axis=1)
    return np.asarray((np.stack(sides) >= slack).all(axis=0))


def barycentric(corners: FloatArray, points: FloatArray) -> FloatArray:
    """(k, 3) weights of `points` (k, 3) in the planes of `corners` (k, 3, 3), none negative."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    normal = np.cross(b - a, c - a)
    size = np.maximum((normal**2).sum(axis=1), 1e-20)
    wb = (np.cross(points - a, c - a) * normal).sum(axis=1) / size
    wc = (np.cross(b - a, points - a) * normal).sum(axis=1) / size
    weights = np.clip(np.stack([1 - wb - wc, wb, wc], axis=1), 0, None)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def closest_on_triangles(corners: FloatArray, point: FloatArray) -> FloatArray:
    """(k, 3) the spot of each triangle (k, 3, 3) that is nearest to `point` (3,)."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    normal = np.cross(b - a, c - a)
    size = np.maximum((normal**2).sum(axis=1), 1e-20)
    wb = (np.cross(point - a, c - a) * normal).sum(axis=1) / size
    wc = (np.cross(b - a, point - a) * normal).sum(axis=1) / size
    inside = (wb >= 0) & (wc >= 0) & (wb + wc <= 1)
    closest = a + wb[:, None] * (b - a) + wc[:, None] * (c - a)
    outside = np.flatnonzero(~inside)
    start = corners[outside]
    along = np.roll(start, -1, axis=1) - start
    length = np.maximum((along**2).sum(axis=2), 1e-20)
    share = np.clip(((point - start) * along).sum(axis=2) / length, 0, 1)
    on_edges = start + share[:, :, None] * along
    edge = ((on_edges - point) ** 2).sum(axis=2).argmin(axis=1)
    closest[outside] = on_edges[np.arange(len(outside)), edge]
    return np.asarray(closest)
