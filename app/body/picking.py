"""From a pixel of a picture to a spot on the skin, and back.

A pick is a ray cast along the camera's axis: of the triangles that face the camera under the
pixel, the nearest wins. A grid of cells over the picture keeps the candidates few, so that a
pick takes some hundredths of a millisecond.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.body.camera import Camera
from app.body.mesh import BodyMesh, Indices, Points
from app.domain.anatomy import Anchor, Body

CELL = 8
"""Edge of a grid cell in px: some dozen candidates a cell on the trunk."""
AT_ONCE = 16_000
"""Triangles that are looked at together while a grid is built."""
EDGE_SLACK = 1e-9
"""Barycentric slack, so that a pixel on the common edge of two triangles falls into one."""
HIDDEN_BEHIND = 1e-6
"""How much nearer, in dm, other skin must lie to hide a spot: no more than rounding. With half
a millimetre, one spot in a hundred came back from another view up to half a pixel away."""


SAME_EDGE = 0.05
"""Edges whose distance from a click differs by less, in px, are equally near: the two sides of
the body are the same but for rounding."""


class Spot(NamedTuple):
    """Where an anchor lies on a picture, in px, and whether the skin there can be seen."""

    x: float
    y: float
    visible: bool


class Picker:
    """Picks on one picture of one body."""

    def __init__(self, mesh: BodyMesh, body: Body, camera: Camera) -> None:
        self.camera = camera
        self._mesh = mesh
        self._body = body
        projected = camera.project(mesh.positions(body, camera.pose))
        self._columns = camera.width // CELL + 1
        self._rows = camera.height // CELL + 1
        self.facing, of_box, cell = self._look_through(projected)
        """(f,) the triangles that face the camera, as far as they are on the picture."""
        self._points, self._triangles = _compact(projected, mesh.triangles, self.facing)
        self._start, self._candidates = self._build_grid(of_box, cell)
        self._picked: tuple[Anchor, Spot] | None = None
        """The last pick by a ray: who clicks asks next where on the picture that is."""

    @property
    def corners(self) -> Points:
        """(f, 3, 3) the corners of each of ``facing`` in px and depth."""
        return np.asarray(self._points[self._triangles])

    @property
    def boxes(self) -> tuple[Points, Points]:
        """(f, 2) the upper left and the lower right corner, in px, of the box around each of
        ``facing``.
        """
        x, y = self._points[:, 0], self._points[:, 1]
        of_corners = [(x[corner], y[corner]) for corner in self._triangles.T]
        return _boxes(*zip(*of_corners, strict=True))

    def pick(self, x: float, y: float, reach: float = 0.0) -> Anchor | None:
        """The spot under (x, y) px; outside the outline the nearest one within ``reach`` px."""
        hit = self._cast(x, y)
        if hit is not None:
            triangle, b1, b2, _depth = hit
            if self._mesh.pickable_triangles[triangle]:
                anchor = Anchor(triangle, b1 + 0.0, b2 + 0.0)  # never -0.0: files would differ
                self._picked = anchor, Spot(x, y, True)
                return anchor
        return self._nearest(x, y, reach) if reach > 0 and self.camera.frames(x, y) else None

    def locate(self, anchor: Anchor) -> Spot:
        """Where ``anchor`` lies on the picture.

        It is hidden where other skin is nearer, beside the picture, and on parts left out of it.
        """
        if self._picked is not None and self._picked[0] is anchor:
            return self._picked[1]
        spot = self._mesh.point(anchor, self._body, self.camera.pose)
        x, y, depth = self.camera.project_spot(spot)
        visible = False
        if self.camera.shows(self._mesh.part[anchor.triangle // 2]):
            hit = self._cast(x, y)
            visible = hit is not None and hit[3] <= depth + HIDDEN_BEHIND
        return Spot(x, y, visible)

    def _look_through(self, projected: Points) -> tuple[Indices, Indices, Indices]:
        """Those of ``facing``, and each cell that the box of one of them touches: the place of the
        triangle in ``facing``, and the cell.

        ``AT_ONCE`` triangles at a time: the memory of larger arrays is fetched anew from the
        system for each, which takes longer than the arithmetic.
        """
        across, down = np.ascontiguousarray(projected[:, :2].T)
        found: list[tuple[Indices, Indices, Indices]] = []
        count = 0
        for start in range(0, len(self._mesh.triangles), AT_ONCE):
            corners = self._mesh.triangles[start : start + AT_ONCE].T
            x, y = [across.take(each) for each in corners], [down.take(each) for each in corners]
            # y points down on a picture: what is counter-clockwise on the skin is negative here
            turned = (x[1] - x[0]) * (y[2] - y[0]) < (x[2] - x[0]) * (y[1] - y[0])
            some = np.flatnonzero(turned)
            low, high = _boxes([each.take(some) for each in x], [each.take(some) for each in y])
            some += start
            seen = np.flatnonzero(self._is_on_picture(some, low, high))
            of_box, cell = self._cells(low.take(seen, axis=0), high.take(seen, axis=0))
            found.append((some.take(seen), of_box + count, cell))
            count += len(seen)
        facing, of_boxes, cells = (np.concatenate(each) for each in zip(*found, strict=True))
        return facing.astype(np.int32), of_boxes, cells

    def _is_on_picture(self, triangles: Indices, low: Points, high: Points) -> NDArray[np.bool_]:
        on = (high[:, 0] >= 0) & (low[:, 0] <= self.camera.width)
        on &= (high[:, 1] >= 0) & (low[:, 1] <= self.camera.height)
        if self.camera.parts is not None:
            on &= np.isin(self._mesh.part.take(triangles // 2), list(self.camera.parts))
        return on

    def _cells(self, low: Points, high: Points) -> tuple[Indices, Indices]:
        """The cells that boxes touch: the number of the box, and the cell."""
        limits = np.array([self._columns - 1, self._rows - 1], dtype=np.int32)
        first = np.clip(np.floor(low / CELL).astype(np.int32), 0, limits)
        last = np.clip(np.floor(high / CELL).astype(np.int32), 0, limits)
        of_box, column, row = cells_of_boxes(first, last)
        # there are some 9,000 cells, and numbers of 16 bits are sorted much faster
        return of_box, _small(row * self._columns + column, self._columns * self._rows)

    def _build_grid(self, of_box: Indices, cell: Indices) -> tuple[Indices, Indices]:
        """The places in ``facing`` of each cell's triangles:
        ``candidates[start[cell]:start[cell + 1]]``.
        """
        start = np.zeros(self._columns * self._rows + 1, dtype=np.int32)
        np.cumsum(np.bincount(cell, minlength=len(start) - 1), out=start[1:])
        candidates = _small(of_box, len(self.facing))
        return start, candidates.take(np.argsort(cell, kind="stable"))

    def _cell(self, column: int, row: int) -> Indices:
        if not (0 <= column < self._columns and 0 <= row < self._rows):
            return self._candidates[:0]
        cell = row * self._columns + column
        return self._candidates[self._start[cell] : self._start[cell + 1]]

    def _cast(self, x: float, y: float) -> tuple[int, float, float, float] | None:
        """(triangle, b1, b2, depth) of the nearest facing skin under (x, y), or None.

        In plain numbers: for a dozen candidates arrays take longer than the arithmetic.
        """
        if not self.camera.frames(x, y):
            return None
        candidates = self._cell(int(x // CELL), int(y // CELL))
        found, nearest = None, -math.inf
        corners = self._points[self._triangles[candidates]].tolist()
        for k, ((ax, ay, az), (bx, by, bz), (cx, cy, cz)) in enumerate(corners):
            ux, uy, vx, vy, px, py = bx - ax, by - ay, cx - ax, cy - ay, x - ax, y - ay
            area = ux * vy - uy * vx
            b1 = (px * vy - py * vx) / area
            b2 = (ux * py - uy * px) / area
            if b1 < -EDGE_SLACK or b2 < -EDGE_SLACK or b1 + b2 > 1 + EDGE_SLACK:
                continue
            depth = az + b1 * (bz - az) + b2 * (cz - az)
            if depth > nearest:
                found, nearest = (k, b1, b2), depth
        if found is None:
            return None
        k, b1, b2 = found
        return int(self.facing[candidates[k]]), b1, b2, nearest

    def _nearest(self, x: float, y: float, reach: float) -> Anchor | None:
        """The spot on the edge of pickable skin that is nearest to (x, y), within ``reach``."""
        columns = range(int((x - reach) // CELL), int((x + reach) // CELL) + 1)
        rows = range(int((y - reach) // CELL), int((y + reach) // CELL) + 1)
        near = np.concatenate([self._cell(column, row) for row in rows for column in columns])
        near = near[self._mesh.pickable_triangles[self.facing[near]]]
        if not len(near):
            return None
        corners = self._points[self._triangles[near], :2]
        distance, spot = nearest_on_edges(corners, np.array([x, y]))
        if distance.min() > reach:
            return None
        # In profile the far arm ends behind the near one: what is nearer to the camera is meant.
        level = np.flatnonzero(distance <= distance.min() + SAME_EDGE)
        depth = self._depths(near[level], spot[level])
        best = int(level[depth.argmax()])
        b1, b2 = barycentric(corners[best : best + 1], spot[best])
        first = min(max(float(b1[0]), 0.0), 1.0)
        return Anchor(int(self.facing[near[best]]), first, min(max(float(b2[0]), 0.0), 1.0 - first))

    def _depths(self, triangles: Indices, spots: Points) -> Points:
        """(k,) how near to the camera ``spots`` (k, 2) px of those of ``facing`` lie, in dm."""
        corners = self._points[self._triangles[triangles]]
        b1, b2 = barycentric(corners, spots)
        a, b, c = corners[:, 0, 2], corners[:, 1, 2], corners[:, 2, 2]
        return np.asarray(a + b1 * (b - a) + b2 * (c - a))


def _compact(points: Points, triangles: Indices, some: Indices) -> tuple[Points, Indices]:
    """Only those of ``points`` (n, 3) that ``some`` (f,) of the triangles use, and these triangles
    with their corners renumbered.
    """
    corners = [corner.take(some) for corner in triangles.T]
    used = np.zeros(len(points), dtype=np.bool_)
    for corner in corners:
        used[corner] = True
    kept = points[used]
    number = _small(np.cumsum(used, dtype=np.int32) - 1, len(kept))
    return kept, np.stack([number.take(corner) for corner in corners], axis=1)


def _boxes(x: Sequence[Points], y: Sequence[Points]) -> tuple[Points, Points]:
    """(f, 2) two corners of the box around each triangle, whose corners are at ``x`` and ``y``.

    Corner by corner: a minimum along an axis of length 3 takes ten times as long.
    """
    low = [np.minimum(np.minimum(a, b), c) for a, b, c in (x, y)]
    high = [np.maximum(np.maximum(a, b), c) for a, b, c in (x, y)]
    return np.stack(low, axis=1), np.stack(high, axis=1)


def _small(numbers: Indices, count: int) -> Indices:
    """``numbers`` below ``count`` in as few bytes as hold them: there are 72 pictures."""
    return numbers.astype(np.uint16 if count <= 2**16 else np.int32)


def cells_of_boxes(first: Indices, last: Indices) -> tuple[Indices, Indices, Indices]:
    """Lists every cell of many boxes of cells at once.

    ``first`` and ``last`` are (k, 2): the column and row of each box's two corners, inclusive.
    Returns for each cell: the index of its box, its column, its row.
    """
    size = np.maximum(last - first + 1, 0)
    count = size[:, 0] * size[:, 1]
    of_box = np.repeat(np.arange(len(first), dtype=np.int32), count)
    within = np.arange(len(of_box), dtype=np.int32)
    within -= (np.cumsum(count, dtype=np.int32) - count)[of_box]
    down = within // size[:, 0][of_box]
    column = first[:, 0][of_box] + within - down * size[:, 0][of_box]
    return of_box, column, first[:, 1][of_box] + down


def barycentric(corners: Points, points: Points) -> tuple[Points, Points]:
    """Weights b1, b2 of ``points`` ((2,) or (k, 2) px) in triangles ``corners`` (k, 3, 2+)."""
    a = corners[:, 0, :2]
    ab, ac, ap = corners[:, 1, :2] - a, corners[:, 2, :2] - a, points - a
    area = _cross(ab, ac)
    return _cross(ap, ac) / area, _cross(ab, ap) / area


def nearest_on_edges(corners: Points, point: Points) -> tuple[Points, Points]:
    """(k,) distance and (k, 2) spot on the edges of each triangle that is nearest to ``point``."""
    start = corners
    along = np.roll(corners, -1, axis=1) - corners
    length = np.maximum((along**2).sum(axis=2), 1e-18)
    share = np.clip(((point - start) * along).sum(axis=2) / length, 0, 1)
    spots = start + share[:, :, None] * along
    distance = np.hypot(*np.moveaxis(spots - point, -1, 0))
    edge = distance.argmin(axis=1)
    each = np.arange(len(corners))
    return distance[each, edge], spots[each, edge]


def _cross(a: Points, b: Points) -> Points:
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])
