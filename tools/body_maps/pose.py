"""Poses the figure: in the anatomical position, and with both arms raised.

In the anatomical position it stands upright, arms at the sides, palms forward. With the arms
raised the flank and the axilla lie open, and the hips are not behind a hand.

The source figure stands in an A with bent elbows and palms down. Bones are turned from the trunk
outwards and the skin follows by linear blend skinning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.body_maps.hm08 import Skeleton
from tools.body_maps.rotations import rotation, rotation_between, twist_about
from tools.body_maps.surface import FloatArray

FORWARD = np.array([0.0, 0.0, 1.0])

TOE_OUT = 4.0  # degrees
STANCE = 0.12  # decimetres that each ankle stands outside its hip joint

# Supination of about 90 degrees would wring the wrist like a sweet paper if one bone had to make
# it, so each bone from the humerus down takes a share; the wrist makes the rest.
TWIST_SHARES = {"upperarm02": 0.22, "lowerarm01": 0.23, "lowerarm02": 0.30}
# How far each finger closes towards the middle finger, 1 being parallel to it.
FINGER_CLOSING = {"finger2-1": 0.60, "finger4-1": 0.60, "finger5-1": 0.65}


@dataclass(frozen=True)
class ArmPose:
    """How both arms are held.

    `clavicle` and `scapula` are degrees by which the shoulder girdle is raised. Abductions are
    degrees from hanging straight down, in the plane of the body; `forward` leans the limb out of
    that plane, in parts of its length. `thumb_outward` is the side to which a palm that faces
    forward turns its thumb.
    """

    clavicle: float
    scapula: float
    arm_abduction: float
    arm_forward: float
    forearm_abduction: float
    forearm_forward: float
    thumb_outward: bool


ARMS = {
    # the carrying angle is the difference of the abductions
    "anatomical": ArmPose(-4.0, 0.0, 11.0, -0.03, 15.0, 0.10, thumb_outward=True),
    # as the arm is raised, the girdle makes about a third of the way
    "overhead": ArmPose(16.0, 23.0, 152.0, 0.20, 168.0, 0.12, thumb_outward=False),
}
POSES = tuple(ARMS)


class _Chain:
    """Turns bones one after the other, each carried along by those before it."""

    def __init__(self) -> None:
        self.carried = np.eye(3)
        self.turns: dict[str, FloatArray] = {}

    def turn(self, bone: str, turn: FloatArray) -> None:
        self.turns[bone] = turn
        self.carried = self.carried @ turn

    def aim(self, bone: str, rest: FloatArray, wanted: FloatArray, twist: float = 0.0) -> None:
        """Turn `bone` so that what pointed along `rest` at rest points along `wanted`."""
        aimed = rotation_between(rest, self.carried.T @ wanted)
        self.turn(bone, aimed @ rotation(rest, twist))


def turns_of(pose: str, skeleton: Skeleton) -> dict[str, FloatArray]:
    """Bone name -> its own turn (3, 3) about its head, in the axes of the rest pose."""
    turns: dict[str, FloatArray] = {}
    for side, sign in ((".L", 1.0), (".R", -1.0)):
        turns |= _arm(ARMS[pose], skeleton, side, sign)
        turns |= _fingers(skeleton, side)
        turns |= _leg(skeleton, side, sign)
    return turns


def _arm(arm: ArmPose, skeleton: Skeleton, side: str, sign: float) -> dict[str, FloatArray]:
    heads = skeleton.heads
    humerus = heads["lowerarm01" + side] - heads["upperarm01" + side]
    forearm = heads["wrist" + side] - heads["lowerarm01" + side]
    knuckles = heads["finger2-1" + side] - heads["finger5-1" + side]
    thumb = np.array([sign if arm.thumb_outward else -sign, 0.0, 0.0])
    humerus_goal = _abducted(sign, arm.arm_abduction, arm.arm_forward)
    forearm_goal = _abducted(sign, arm.forearm_abduction, arm.forearm_forward)

    chain = _Chain()
    chain.turn("clavicle" + side, rotation(FORWARD, sign * arm.clavicle))
    if arm.scapula:
        chain.turn("shoulder01" + side, rotation(FORWARD, sign * arm.scapula))
    chain.aim("upperarm01" + side, humerus, humerus_goal)
    # With the palm forward the index finger's knuckle lies on the thumb's side of the little one's.
    straight = rotation_between(forearm, chain.carried.T @ forearm_goal)
    twist = twist_about(forearm_goal, chain.carried @ straight @ knuckles, thumb)
    chain.turn("upperarm02" + side, rotation(humerus, twist * TWIST_SHARES["upperarm02"]))
    share = twist * TWIST_SHARES["lowerarm01"]
    chain.aim("lowerarm01" + side, forearm, forearm_goal, share)
    share = twist * TWIST_SHARES["lowerarm02"]
    chain.turn("lowerarm02" + side, rotation(forearm, share))
    rest_of_twist = twist_about(forearm_goal, chain.carried @ knuckles, thumb)
    wring = rotation(forearm, rest_of_twist)
    hand = heads["finger3-1" + side] - heads["wrist" + side]
    hand_goal = forearm_goal + 0.06 * FORWARD
    straighten = rotation_between(hand, (chain.carried @ wring).T @ hand_goal)
    chain.turn("wrist" + side, wring @ straighten)
    return chain.turns


def _abducted(sign: float, abduction: float, forward: float) -> FloatArray:
    angle = np.radians(abduction)
    direction = np.array([sign * np.sin(angle), -np.cos(angle), forward])
    return np.asarray(direction / np.linalg.norm(direction))


def _fingers(skeleton: Skeleton, side: str) -> dict[str, FloatArray]:
    def direction(finger: str) -> FloatArray:
        along = skeleton.tails[f"{finger}-3{side}"] - skeleton.heads[f"{finger}-1{side}"]
        return np.asarray(along / np.linalg.norm(along))

    middle = direction("finger3")
    turns = {}
    for bone, closing in FINGER_CLOSING.items():
        spread = direction(bone[:-2])
        goal = (1 - closing) * spread + closing * middle
        turns[bone + side] = rotation_between(spread, goal)
    return turns


def _leg(skeleton: Skeleton, side: str, sign: float) -> dict[str, FloatArray]:
    leg = skeleton.heads["foot" + side] - skeleton.heads["upperleg01" + side]
    goal = np.array([sign * STANCE, leg[1], leg[2]])
    turn = rotation_between(leg, goal)
    # the foot undoes the leg's turn, so that the sole stays flat on the floor
    foot = turn.T @ rotation(np.array([0.0, 1.0, 0.0]), sign * TOE_OUT)
    return {"upperleg01" + side: turn, "foot" + side: foot}


def pose(vertices: FloatArray, skeleton: Skeleton, turns: dict[str, FloatArray]) -> FloatArray:
    """`vertices` (n, 3) after the bones have made their `turns`, by linear blend skinning."""
    transforms: dict[str, FloatArray] = {}

    def transform(bone: str) -> FloatArray:
        """(4, 4) from the rest pose to the posed figure."""
        if bone not in transforms:
            parent = skeleton.parents[bone]
            own = np.eye(4)
            if bone in turns:
                head = skeleton.heads[bone]
                own[:3, :3] = turns[bone]
                own[:3, 3] = head - turns[bone] @ head
            transforms[bone] = transform(parent) @ own if parent else own
        return transforms[bone]

    rows = np.stack([transform(bone)[:3].ravel() for bone in skeleton.names])
    blended = (skeleton.weights[: len(vertices)] @ rows).reshape(-1, 3, 4)
    turned = np.einsum("nij,nj->ni", blended[:, :, :3], vertices)
    return np.asarray(turned + blended[:, :, 3])
