"""Coordinates in 16 bits: a standing adult is kept to a fiftieth of a millimetre."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.body_maps.surface import FloatArray

STEPS = 65_535


def quantise(vertices: FloatArray) -> tuple[NDArray[np.uint16], FloatArray]:
    """Steps (n, 3) from the lowest to the highest coordinate, and those two as bounds (2, 3)."""
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    steps = np.rint((vertices - low) / (high - low) * STEPS)
    return steps.astype(np.uint16), np.stack([low, high])


def restore(steps: NDArray[np.uint16], bounds: FloatArray) -> FloatArray:
    """The coordinates (n, 3) that the application will see."""
    return np.asarray(bounds[0] + steps / STEPS * (bounds[1] - bounds[0]))
