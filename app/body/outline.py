"""The outline of an area: from the line that a hand drew to spots on the skin, and elsewhere.

An outline can hold spots of skin only, but a hand also draws beside the body.
"""

from itertools import pairwise

import numpy as np

from app.body.mesh import Points
from app.body.picking import Picker
from app.body.raster import STEP
from app.domain.anatomy import Anchor

OUTLINE_SPACING = 4.0
"""Least distance in px of two points of an outline; a hand draws no finer."""
FARTHEST_BESIDE = 8.0
"""Outside of the picture a line is known no farther than this, in px: there is no skin."""
CARRY_REACH = 3.0
"""A point of an outline that is carried this far off the skin, in px, is put at its edge."""
CARRY_SHARE = 0.05
"""Share of an outline that may be put at the edge so; with more its shape would wear away."""
UNMOVED = 0.1
"""A spot found within this, in px, was found where it was looked for."""

_HALVINGS = 6  # 8 px of uncertainty become an eighth of a px


def draw_outline(picker: Picker, line: Points, rim: Points) -> tuple[Anchor, ...]:
    """The closed freehand ``line`` ((k, 2) px) as an outline around the skin inside it.

    Where the line runs beside the body, the outline follows the edge of the enclosed skin,
    ``rim`` ((n, 2) px, at least one sample): each point is taken to the nearest of it, however
    far off. So a loose line around an arm never jumps to the trunk, and none of the skin inside
    the line is cut off.
    """
    anchors: list[Anchor] = []
    last_point: Points | None = None
    last_near = -1
    for drawn in _finely(picker, line):
        point, anchor = drawn, picker.pick(float(drawn[0]), float(drawn[1]))
        if anchor is None:
            near = int(np.hypot(*(rim - drawn).T).argmin())
            if near == last_near:
                continue
            last_near = near
            point, anchor = _edge_between(picker, rim[near], drawn)
        too_close = last_point is not None and np.hypot(*(point - last_point)) < OUTLINE_SPACING
        if anchor is not None and not too_close:
            anchors.append(anchor)
            last_point = point
    return tuple(anchors)


def _finely(picker: Picker, line: Points) -> list[Points]:
    """The points of ``line``, with more between them where it runs beside the body."""
    limits = np.array([picker.camera.width, picker.camera.height]) + FARTHEST_BESIDE
    kept = np.clip(line, -FARTHEST_BESIDE, limits)
    on_skin = [picker.pick(float(x), float(y)) is not None for x, y in kept]
    points: list[Points] = []
    for (start, start_on), (end, end_on) in pairwise(
        zip([*kept, kept[0]], [*on_skin, on_skin[0]], strict=True)
    ):
        points.append(start)
        if not (start_on and end_on):
            parts = int(np.hypot(*(end - start)) // OUTLINE_SPACING) + 1
            points.extend(start + (end - start) * k / parts for k in range(1, parts))
    return points


def _edge_between(picker: Picker, skin: Points, beside: Points) -> tuple[Points, Anchor | None]:
    """The last spot of skin on the way from a sample of ``skin`` to a point ``beside`` it."""
    way = beside - skin
    longest = min(1.0, 2 * STEP / max(float(np.hypot(*way)), 1e-9))
    low, high = 0.0, longest
    for _halving in range(_HALVINGS):
        middle = (low + high) / 2
        x, y = skin + way * middle
        if picker.pick(float(x), float(y)) is not None:
            low = middle
        else:
            high = middle
    spot = skin + way * low
    return spot, picker.pick(float(spot[0]), float(spot[1]))


def carry_outline(picker: Picker, line: Points) -> tuple[Anchor, ...] | None:
    """The spots under each point of ``line`` ((k, 2) px), an outline that was carried there.

    None where it does not fit there: a point lies off the skin, or many lie at its edge. So an
    outline keeps its shape wherever it is carried, and comes back as it was.
    """
    anchors = []
    left = int(CARRY_SHARE * len(line))  # how many more may be put at the edge
    for x, y in line:
        anchor = picker.pick(float(x), float(y))
        if anchor is None:
            anchor = picker.pick(float(x), float(y), reach=CARRY_REACH)
            if anchor is None:
                return None
            spot = picker.locate(anchor)
            left -= bool(np.hypot(spot.x - x, spot.y - y) > UNMOVED)
            if left < 0:
                return None
        anchors.append(anchor)
    return tuple(anchors)
