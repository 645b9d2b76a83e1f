"""Hatch lines inside an outline, as plain line segments.

Pattern brushes and clip paths do not survive every way into a PDF; line segments do.
"""

import numpy as np

from app.body.mesh import Points

Segment = tuple[float, float, float, float]


def hatch(loops: tuple[Points, ...], spacing: float) -> list[Segment]:
    """Segments (x0, y0, x1, y1) at 45 degrees, ``spacing`` apart, inside ``loops``.

    Inside goes by the non-zero winding rule, as everywhere: see app.body.areas.
    """
    turned = [
        np.stack([loop[:, 0] + loop[:, 1], loop[:, 1] - loop[:, 0]], axis=1) for loop in loops
    ]
    step = spacing * np.sqrt(2.0)
    low = min(loop[:, 1].min() for loop in turned)
    high = max(loop[:, 1].max() for loop in turned)
    segments: list[Segment] = []
    for level in np.arange(np.ceil(low / step) * step, high, step):
        for start, end in _spans(np.concatenate([_crossings(loop, level) for loop in turned])):
            x0, y0 = (start - level) / 2, (start + level) / 2
            x1, y1 = (end - level) / 2, (end + level) / 2
            segments.append((float(x0), float(y0), float(x1), float(y1)))
    return segments


def _spans(crossings: Points) -> list[tuple[float, float]]:
    """From where to where the line is inside, given its ``crossings`` (k, 2): place, turn."""
    spans = []
    start, turns = 0.0, 0.0
    for place, turn in crossings[np.argsort(crossings[:, 0], kind="stable")]:
        if turns == 0:
            start = place
        turns += turn
        if turns == 0:
            spans.append((start, place))
    return spans


def _crossings(loop: Points, level: float) -> Points:
    """Where the closed ``loop`` crosses the horizontal line at ``level``: (k, 2) place, and
    1 or -1 for the way that it takes.
    """
    start, end = loop, np.roll(loop, -1, axis=0)
    crosses = (start[:, 1] > level) != (end[:, 1] > level)
    a, b = start[crosses], end[crosses]
    share = (level - a[:, 1]) / (b[:, 1] - a[:, 1])
    place = a[:, 0] + share * (b[:, 0] - a[:, 0])
    return np.stack([place, np.where(b[:, 1] > a[:, 1], 1.0, -1.0)], axis=1)
