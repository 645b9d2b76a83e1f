"""Coordinate systems in which a practitioner would say where something is.

All are for the figure's left side. Lengths across are in mm, places along a limb in per cent
of its length, angles in degrees round the limb: 0 in front, 90 lateral, 180 behind, 270 medial,
as the limb hangs in the anatomical position (palm forward).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from tools.anatomy.skin import Skin, Spots
from tools.body_maps.surface import FloatArray, unit

MM = 0.01  # dm
_FAR = 6.0  # dm: outside the figure in every direction

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Limb:
    """A limb or the neck as a straight axis, from `start` (0 per cent) to `end` (100), in dm."""

    start: Point
    end: Point

    def spot(self, skin: Skin, percent: float, degrees: float) -> Spots:
        start, end = np.array(self.start), np.array(self.end)
        along = unit(end - start)
        front = np.array([0.0, 0.0, 1.0])
        front = unit(front - (front @ along) * along)
        lateral = np.cross(along, front)
        lateral = lateral if lateral[0] > 0 else -lateral
        turn = np.radians(degrees)
        outward = np.cos(turn) * front + np.sin(turn) * lateral
        return skin.hit(start + percent / 100 * (end - start), outward, leaving=True)


LIMBS: Mapping[str, Limb] = {
    "arm": Limb((2.02, 13.70, 0.10), (2.53, 11.25, 0.20)),
    "forearm": Limb((2.53, 11.25, 0.20), (3.18, 8.66, 0.41)),
    "thigh": Limb((0.90, 9.15, 0.32), (1.05, 4.90, 0.20)),
    "leg": Limb((1.12, 4.90, 0.08), (1.25, 0.80, 0.08)),
    "neck": Limb((0.0, 14.60, 0.25), (0.0, 15.75, 0.45)),
}
"""Shoulder joint to elbow crease, elbow crease to wrist crease, level of the greater trochanter
to the knee joint, knee joint to ankle, level of C7 to the base of the skull."""

TRUNK_AXIS = (0.0, 0.30)  # x, z: the trunk's middle, from which trunk(level, degrees) looks out

WRIST, MIDDLE_FINGERTIP = np.array([3.20, 8.62]), np.array([3.58, 6.84])  # x, y
HEEL, SECOND_TOE = np.array([1.21, -0.46]), np.array([1.34, 2.08])  # x, z
EAR_CANAL = np.array([0.53, 16.08])  # z, y

Level = Callable[[str], float]
"""The height in dm of a landmark or vertebra."""


def limb(name: str) -> Callable[[Skin, float, float], Spots]:
    return LIMBS[name].spot


def front(skin: Skin, y: float, mm: float) -> Spots:
    """Seen from the front, `mm` lateral to the mid-line."""
    return skin.hit(np.array([mm * MM, y, _FAR]), np.array([0, 0, -1.0]))


def back(skin: Skin, y: float, mm: float) -> Spots:
    """Seen from behind, `mm` lateral to the mid-line."""
    return skin.hit(np.array([mm * MM, y, -_FAR]), np.array([0, 0, 1.0]))


def trunk(skin: Skin, y: float, degrees: float) -> Spots:
    """Round the trunk at one height, looking outwards from its middle."""
    turn = np.radians(degrees)
    start = np.array([TRUNK_AXIS[0], y, TRUNK_AXIS[1]])
    return skin.hit(start, np.array([np.sin(turn), 0, np.cos(turn)]), leaving=True)


def temple(skin: Skin, forward: float, up: float) -> Spots:
    """Seen from the side, mm in front of and above the ear canal."""
    z, y = EAR_CANAL + np.array([forward, up]) * MM
    return skin.hit(np.array([_FAR, y, z]), np.array([-1.0, 0, 0]))


def palm(skin: Skin, percent: float, mm: float) -> Spots:
    """Palm side of the hand: along from wrist crease to middle fingertip, `mm` to the thumb."""
    x, y = _across(WRIST, MIDDLE_FINGERTIP, percent, mm)
    return skin.hit(np.array([x, y, _FAR]), np.array([0, 0, -1.0]))


def hand_back(skin: Skin, percent: float, mm: float) -> Spots:
    """Back of the hand, measured as on the palm."""
    x, y = _across(WRIST, MIDDLE_FINGERTIP, percent, mm)
    return skin.hit(np.array([x, y, -_FAR]), np.array([0, 0, 1.0]))


def sole(skin: Skin, percent: float, mm: float) -> Spots:
    """Sole: along from the heel to the tip of the second toe, `mm` lateral to that line."""
    x, z = _across(HEEL, SECOND_TOE, percent, mm)
    return skin.hit(np.array([x, -_FAR, z]), np.array([0, 1.0, 0]))


def instep(skin: Skin, percent: float, mm: float) -> Spots:
    """Back of the foot seen from above, measured as on the sole; below 42 lies the ankle."""
    x, z = _across(HEEL, SECOND_TOE, percent, mm)
    return skin.hit(np.array([x, 1.0, z]), np.array([0, -1.0, 0]))


def _across(start: FloatArray, end: FloatArray, percent: float, mm: float) -> FloatArray:
    """A place beside a line in a plane, positive towards growing x."""
    along = unit(end - start)
    lateral = np.array([along[1], -along[0]])
    lateral = lateral if lateral[0] > 0 else -lateral
    return np.asarray(start + percent / 100 * (end - start) + mm * MM * lateral)


BY_LEVEL: Mapping[str, Callable[[Skin, float, float], Spots]] = {
    "front": front,
    "back": back,
    "trunk": trunk,
}
"""Charts whose first value is a height: a landmark, a vertebra or dm."""

BY_NUMBERS: Mapping[str, Callable[[Skin, float, float], Spots]] = {
    **{name: limb(name) for name in LIMBS},
    "temple": temple,
    "palm": palm,
    "hand_back": hand_back,
    "sole": sole,
    "instep": instep,
}
"""Charts of two numbers."""
