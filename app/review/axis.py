"""What the figures of a plot go from and to, on paper and in the window."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.outcomes import SCALES, Measure
from app.review.outcome_changes import MINIMAL_CHANGES

WIDEST = 100.0
"""A scale that goes beyond this says what a device can measure, and nothing of a patient."""


@dataclass(frozen=True, slots=True)
class Axis:
    """``band``: half the height of the noise around the first figure; None: not known."""

    lowest: float
    highest: float
    band: float | None = None


def axis_of(measure: Measure, values: Iterable[float]) -> Axis:
    """The scale of ``measure`` with what may be noise: a figure within the band has not changed,
    or it is not known whether it has.
    """
    scale, least = SCALES[measure], MINIMAL_CHANGES.get(measure)
    high = scale.highest if scale.highest <= WIDEST else round_up(max(values, default=0) or 1.0)
    return Axis(scale.lowest, high, least.upper if least else None)


def axis_up_to(values: Iterable[float], band: float | None = None) -> Axis:
    """From 0 to a round figure that none of ``values`` (0 or more) is above."""
    return Axis(0, round_up(max(values, default=0) or 1.0), band)


def ticks(axis: Axis) -> list[float]:
    """Round figures on the axis, four to eight of them."""
    room = axis.highest - axis.lowest
    scale = 10.0 ** math.floor(math.log10(room))
    step = next(
        scale * share for share in (0.2, 0.25, 0.5, 1.0, 2.0) if room / (scale * share) < 7.5
    )
    first = math.ceil(axis.lowest / step - 1e-9)
    return [k * step for k in range(first, math.floor(axis.highest / step + 1e-9) + 1)]


def round_up(value: float) -> float:
    """The next of 1, 2, 4, 6, 8, 10, 20, 40 ... that is not below ``value``, which is positive."""
    scale = 10.0 ** math.floor(math.log10(value))
    return next(scale * share for share in (1, 2, 4, 6, 8, 10) if scale * share >= value)
