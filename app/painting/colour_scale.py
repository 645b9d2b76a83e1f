"""A scale of colours for "how often": even to the eye, safe for colour-blind eyes, clear in grey.

A straight line in OKLab (Ottosson 2020, from memory) from pale yellow to dark blue. Equal steps
along it look equally large, since OKLab is made so; yellow and blue are what eyes without red or
green still tell apart; and lightness falls all the way, so a copier keeps the order.
"""

import math

import numpy as np
from numpy.typing import NDArray

STEPS = 256
_FEWEST = (0.93, -0.02, 0.11)
"""Lightness, green to red, blue to yellow: pale yellow, near to the clay of the body."""
_MOST = (0.33, 0.01, -0.13)
"""Dark blue."""
MOST_STOPS = 6
"""As many figures as a legend can show beside each other."""

_LMS = np.array(
    [
        [1.0, 0.3963377774, 0.2158037573],
        [1.0, -0.1055613458, -0.0638541728],
        [1.0, -0.0894841775, -1.2914855480],
    ]
)
_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


def _from_oklab(lab: NDArray[np.float64]) -> NDArray[np.uint8]:
    """(n, 3) sRGB, 0 to 255, of (n, 3) OKLab."""
    linear = np.clip((lab @ _LMS.T) ** 3 @ _RGB.T, 0, 1)
    curved = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(curved * 255).astype(np.uint8))


SCALE: NDArray[np.uint8] = _from_oklab(np.linspace(_FEWEST, _MOST, STEPS))
"""(STEPS, 3) sRGB from the fewest to the most."""


def colours(values: NDArray[np.float64], highest: float) -> NDArray[np.uint8]:
    """(n, 3) sRGB of ``values`` (n,) on a scale from 0 to ``highest``; beyond either end they have
    the colour of that end. ValueError where ``highest`` is no number above 0.
    """
    if not (math.isfinite(highest) and highest > 0):
        raise ValueError(f"a scale cannot end at {highest}")
    place = np.clip(np.asarray(values) / highest, 0, 1)
    return np.asarray(SCALE[np.rint(place * (STEPS - 1)).astype(np.intp)])


def legend_stops(highest: float) -> tuple[int, ...]:
    """The whole numbers that a legend shows: 0, then steps of 1, 2 or 5 times a power of ten, at
    most ``MOST_STOPS`` in all; the last is ``highest`` or the next step above it, and is where the
    scale should end. (0, 1) for a map without marks. ValueError where it is no number, or negative.
    """
    if not (math.isfinite(highest) and highest >= 0):
        raise ValueError(f"a legend cannot end at {highest}")
    step, factors = 1, (2, 2.5, 2)
    rounds = 0
    while math.ceil(highest / step) > MOST_STOPS - 1:
        step = round(step * factors[rounds % 3])
        rounds += 1
    return tuple(range(0, step * max(math.ceil(highest / step), 1) + 1, step))
