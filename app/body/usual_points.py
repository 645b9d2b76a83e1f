"""Where a mark goes that is placed by a muscle's name alone.

These points are a drawing aid and no clinical statement: they are the middle of the drawn region,
not where trigger points are found, and say nothing of where or how deep to needle. They were
read in no source. Who places a mark by name looks where it went, and moves it to the spot that
was palpated.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.body.anatomy import Anatomy
from app.body.mesh import BodyMesh, Points
from app.body.region_fields import REACH
from app.domain.anatomy import Anchor, Body

LEAST_APART_MM = 10.0
"""Two points closer than this would be one spot under a fingertip."""
SHARE_OF_PART = 0.5
"""Of its part of the muscle's length, a point keeps to so much in the middle."""
AS_DEEP_MM = 1.0
"""Of points that lie as deep but for this, the one that is most in line with the first counts."""
FEW_SAMPLES = 60
"""Enough to tell which picture shows most of a muscle."""
_MM_PER_DM = 100.0
_FLAT = 0.05
_BLOCK = 512


def usual_anchors(
    anatomy: Anatomy,
    mesh: BodyMesh,
    muscle_id: str,
    count: int,
    body: Body,
    *,
    half_midline: float,
    views: Iterable[str],
    is_seen: Callable[[Anchor, str], bool],
) -> tuple[Anchor, ...]:
    """The usual points of a muscle of the left side: on that one of ``views`` that shows most of
    it, where any does. What lies within ``half_midline`` dm of the mid-line, where skin has no
    side, is taken only where there is nothing else.
    """
    anchors, inside = anatomy.muscle_samples(muscle_id)
    points = mesh.points(tuple(anchors), body)
    depth = interior(points, inside)
    across = np.mean([mesh.points(tuple(anchors), each)[:, 0] for each in Body], axis=0)
    kept = _where(across > half_midline)
    anchors, points, depth = [anchors[k] for k in kept], points[kept], depth[kept]

    few = anchors[:: len(anchors) // FEW_SAMPLES + 1]
    best = max(views, key=lambda view: sum(is_seen(anchor, view) for anchor in few))
    kept = _where(np.array([is_seen(anchor, best) for anchor in anchors]))
    anchors, points, depth = [anchors[k] for k in kept], points[kept], depth[kept]

    along = anatomy.direction(muscle_id, anchors[int(depth.argmax())], body)
    return tuple(anchors[k] for k in usual_points(points, depth, along, count))


def _where(wanted: NDArray[np.bool_]) -> Sequence[int]:
    """The places of what is wanted; all of them where nothing is."""
    return [int(k) for k in np.flatnonzero(wanted if wanted.any() else ~wanted)]


def usual_points(points: Points, depth: Points, along: Points, count: int) -> list[int]:
    """Which of the ``points`` (k, 3) dm of a region are its ``count`` usual ones.

    ``depth``: (k,) how many mm each lies inside; ``along``: (3,) the direction of the fibres. A
    single one is the most interior point. Several are spread along the fibres: the length is cut
    into equal parts, and in the middle of each the most interior point is taken, as far as may be
    in one line. Fewer are answered where the region has no room for so many.
    """
    innermost = int(depth.argmax())
    if count == 1:
        return [innermost]
    length = points @ along
    ahead = (length - length[innermost])[:, None] * along
    beside = np.linalg.norm(points - points[innermost] - ahead, axis=1)
    first, last = float(length.min()), float(length.max())
    part = (last - first) / count
    chosen = []
    for k in range(count):
        off = np.abs(length - (first + (k + 0.5) * part))
        near = np.flatnonzero(off <= max(part * SHARE_OF_PART / 2, float(off.min())))
        deepest = near[depth[near] >= depth[near].max() - AS_DEEP_MM]
        chosen.append(int(deepest[beside[deepest].argmin()]))
    return _apart(points, chosen)


def interior(points: Points, inside: Points) -> Points:
    """(k,) mm: like ``inside``, which ends at ``REACH``, and beyond that the distance to the
    nearest point where it ends.
    """
    deep = np.flatnonzero(inside >= REACH - _FLAT)
    rim = points[inside < REACH - _FLAT]
    depth = inside.astype(np.float64)
    if len(rim):
        for start in range(0, len(deep), _BLOCK):
            block = deep[start : start + _BLOCK]
            away = np.linalg.norm(points[block, None] - rim, axis=2).min(axis=1)
            depth[block] = REACH + away * _MM_PER_DM
    return depth


def _apart(points: Points, chosen: list[int]) -> list[int]:
    """Without those that are too close to an earlier one."""
    kept: list[int] = []
    for each in chosen:
        away = [float(np.linalg.norm(points[each] - points[other])) for other in kept]
        if all(distance * _MM_PER_DM >= LEAST_APART_MM for distance in away):
            kept.append(each)
    return kept
