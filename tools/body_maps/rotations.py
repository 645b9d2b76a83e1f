"""Rotations of three-dimensional space as (3, 3) matrices that multiply column vectors."""

from __future__ import annotations

import numpy as np

from tools.body_maps.surface import FloatArray


def rotation(axis: FloatArray, degrees: float) -> FloatArray:
    """The turn about `axis` (3,), counter-clockwise when the axis points at the observer.

    Rodrigues' formula.
    """
    x, y, z = axis / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = np.radians(degrees)
    turned: FloatArray = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
    return turned


def rotation_between(start: FloatArray, end: FloatArray) -> FloatArray:
    """The shortest turn that takes the direction `start` (3,) to the direction `end` (3,)."""
    start = start / np.linalg.norm(start)
    end = end / np.linalg.norm(end)
    axis = np.cross(start, end)
    length = float(np.linalg.norm(axis))
    if length < 1e-12:
        if start @ end > 0:
            return np.eye(3)
        # opposite directions: any axis at a right angle will do, so take one from the weakest axis
        axis = np.cross(start, np.eye(3)[np.argmin(np.abs(start))])
        return rotation(axis, 180)
    return rotation(axis, float(np.degrees(np.arctan2(length, start @ end))))


def twist_about(axis: FloatArray, start: FloatArray, end: FloatArray) -> float:
    """Degrees to turn about `axis` so that `start` comes as near as it can to `end`."""
    axis = axis / np.linalg.norm(axis)
    start = start - axis * (start @ axis)
    end = end - axis * (end @ axis)
    return float(np.degrees(np.arctan2(np.cross(start, end) @ axis, start @ end)))
