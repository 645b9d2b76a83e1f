"""Which part of the body each quad of the skin belongs to.

A part follows the bone that moves the skin most. Cameras name parts: those that fill the picture,
and those that are left out because they would stand in front of it.
"""

from __future__ import annotations

import numpy as np

from tools.body_maps.hm08 import SKIN_VERTICES, Skeleton
from tools.body_maps.surface import IntArray

LIMB_BONES = {
    "upper_arm": ("upperarm",),
    "forearm": ("lowerarm",),
    "hand": ("wrist", "metacarpal", "finger"),
    "thigh": ("upperleg",),
    "lower_leg": ("lowerleg",),
    "foot": ("foot", "toe"),
}
TRUNK_BONES = ("root", "pelvis", "spine", "breast", "clavicle", "shoulder")
SIDES = {".L": "left", ".R": "right"}

PARTS = (
    "head",
    "neck",
    "trunk",
    *(f"{limb}_{side}" for limb in LIMB_BONES for side in SIDES.values()),
)


def parts_of(skeleton: Skeleton, quads: IntArray) -> IntArray:
    """The number in `PARTS` of each of the coarse `quads` (m, 4): (m,).

    A quad of which only some corners belong to a limb goes with the part nearer to the trunk.
    """
    of_bone = np.array([PARTS.index(_part(name)) for name in skeleton.names])
    strongest = np.asarray(skeleton.weights[:SKIN_VERTICES].argmax(axis=1)).ravel()
    return np.asarray(of_bone[strongest][quads].min(axis=1))


def _part(bone: str) -> str:
    if bone.startswith("neck"):
        return "neck"
    if bone.startswith(TRUNK_BONES):
        return "trunk"
    for limb, bones in LIMB_BONES.items():
        if bone.startswith(bones):
            return f"{limb}_{SIDES[bone[-2:]]}"
    return "head"  # the skull, the jaw and the many small bones of the face
