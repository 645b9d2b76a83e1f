"""By how much an outcome score must change to have changed: the published minimal changes.

Directions (whether high is bad) stand with the scales themselves, ``app.domain.outcomes.SCALES``.
Source: the project's clinical content, section 7. What it marks as read was read in the named
place; what it marks as memory, or does not mark, is from memory here and must be shown as such.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from app.domain.outcomes import SCALES, Measure
from app.review.noise import Verdict

ROUNDING = 1e-9
"""From 0.3 to 2.3 is 2, though a computer finds a little less."""


class MinimalChange(NamedTuple):
    """How large a change of a score, either way, is more than noise.

    Where the literature gives a range, a change below ``lower`` is within noise, one of ``upper``
    or more is a change, and between the two it is not known.
    """

    lower: float
    upper: float
    was_read: bool
    """False: from memory."""
    source: str


MINIMAL_CHANGES: Mapping[Measure, MinimalChange] = MappingProxyType(
    {
        Measure.PAIN: MinimalChange(2, 2, False, "about 2"),
        Measure.PSFS: MinimalChange(2, 2, False, "about 2, for the mean of activities"),
        Measure.NDI: MinimalChange(
            5, 5, True, "5 raw points, detectable and important change by its author (Vernon)"
        ),
        Measure.ODI: MinimalChange(10, 10, False, "about 10"),
        Measure.QUICKDASH: MinimalChange(10, 15, False, "10 to 15"),
        Measure.LEFS: MinimalChange(9, 9, True, "9, minimal detectable change at 90 %"),
        Measure.HIT6: MinimalChange(2.5, 6, False, "about 2.5 to 6"),
    }
)
"""None for the pressure pain threshold, the range of motion and RMDQ: no figure was found."""


def is_beyond_noise(score_name: str, before: float, after: float) -> Verdict:
    """Whether a score has changed by more than noise: |after - before| against its minimal change.

    ``score_name``: the value of a ``Measure`` ("ndi"). "not known" for a score without a published
    figure, and within a published range. A change says nothing of its cause. ValueError for a
    score that is no number or beyond its scale.
    """
    if score_name not in set(Measure):
        return Verdict.NOT_KNOWN
    measure = Measure(score_name)
    _check(measure, before)
    _check(measure, after)
    least = MINIMAL_CHANGES.get(measure)
    apart = abs(after - before) + ROUNDING
    if least is None or (least.lower <= apart < least.upper):
        return Verdict.NOT_KNOWN
    return Verdict.CHANGED if apart >= least.upper else Verdict.WITHIN_NOISE


def _check(measure: Measure, score: float) -> None:
    scale = SCALES[measure]
    if not scale.lowest <= score <= scale.highest:  # nor is what is no number
        raise ValueError(f"{score} is no score of {scale.name}")
