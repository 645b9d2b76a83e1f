"""How often each bit of skin was needled or sore, for whichever marks are counted.

Marks come as arrays (triangles and weights of points, samples covered by areas), as a query
gives them: objects for a practice's 185,000 marks would take longer than counting them. A count
is kept and brought up to date, mark by mark, with ``add`` and ``take_out``.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from app.body.mesh import Indices, Points
from app.body.skin_samples import SkinSamples
from app.body.skin_smoothing import SkinSmoothing


class SkinCount:
    """``counts`` (n,): how often each sample of the skin was marked. Never smoothed."""

    def __init__(self, size: int) -> None:
        self.counts: NDArray[np.int64] = np.zeros(size, dtype=np.int64)

    def add(self, samples: Indices) -> None:
        """Counts once more each of ``samples`` (k,), as often as it is named; -1 is skin that
        nobody can see, and not counted.
        """
        self.counts += self._tally(samples)

    def take_out(self, samples: Indices) -> None:
        """Undoes ``add``. ValueError, and nothing is changed, where they were not counted."""
        left = self.counts - self._tally(samples)
        if left.min(initial=0) < 0:
            raise ValueError("these were not counted")
        self.counts = left

    def _tally(self, samples: Indices) -> NDArray[np.int64]:
        return np.bincount(samples[samples >= 0], minlength=len(self.counts))


def points_count(skin: SkinSamples, triangle: Indices, b1: Points, b2: Points) -> SkinCount:
    """How many of the points at these anchors, (k,) each, lie in each sample.

    IndexError where the body has no such triangle.
    """
    count = SkinCount(skin.size)
    count.add(skin.holding(triangle, b1, b2))
    return count


def areas_count(sessions: Iterable[Indices], size: int) -> SkinCount:
    """In how many of ``sessions`` each of ``size`` samples was marked; each session is given by
    the samples that its areas cover, each sample once (``marked_samples``).

    The sum of masks over sessions (Dixit & Lee 2022, from the notes of a survey).
    """
    count = SkinCount(size)
    count.add(np.concatenate([np.empty(0, dtype=np.int64), *sessions]))
    return count


def share_of_sessions(count: SkinCount, sessions: int) -> Points | None:
    """(n,) ``counts`` / number of sessions, 0 to 1 for areas; None for no session."""
    return count.counts / sessions if sessions > 0 else None


def frequency_map(
    points: SkinCount | None, areas: SkinCount | None, smoothing: SkinSmoothing, size: int
) -> Points:
    """(size,) how often each sample was marked, to be painted: areas as they are, points spread
    by ``smoothing`` so that one alone reads 1 at its spot and 1/2 at 15 mm from it.

    ``SkinSamples.holding`` tells which value a spot of the picture has.
    """
    values = np.zeros(size)
    if points is not None and points.counts.any():
        values += smoothing.spread(points.counts.astype(np.float64))
    if areas is not None:
        values += areas.counts
    return values
