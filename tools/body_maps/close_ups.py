"""The close-ups: one part of the body each, from where it is seen best.

A shot is described once, for the left side or the midline, and holds for both bodies: it names
the parts that are to fill the picture, and the camera is set up around them. The shots of the
right side are the mirror images of the left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from tools.body_maps.cameras import Axis, Camera, whole_pixels
from tools.body_maps.parts import PARTS
from tools.body_maps.surface import FloatArray, IntArray

LONGER_EDGE = 1400  # pixels
MARGIN = 0.05  # share of the longer edge left free around the subject

LEG = ("thigh", "lower_leg", "foot")
ARM = ("upper_arm", "forearm", "hand")


@dataclass(frozen=True)
class Shot:
    """A close-up, described for the patient's left.

    `azimuth` is 0 from the front and 90 from the patient's left, `elevation` positive from above,
    `lean` turns the camera about its axis, clockwise; all in degrees. `subject` names the parts
    that fill the picture, cut to the heights `between` (shares of the stature, soles to crown) and
    to what lies at most `across` decimetres beyond the midline. `shown` names the parts that are
    painted, all where it is empty. A `paired` shot has a mirror image for the right side; in its
    names `{side}` stands for the side.
    """

    view: str
    title: str
    group: str
    azimuth: float
    subject: tuple[str, ...]
    elevation: float = 0.0
    lean: float = 0.0
    pose: str = "anatomical"
    between: tuple[float, float] = (-1.0, 9.0)
    across: float | None = None
    shown: tuple[str, ...] = ()
    paired: bool = True


HEAD = ("head", "neck")
SHOULDER = ("trunk", "upper_arm")
HAND = ("forearm", "hand")
FOOT = ("lower_leg", "foot")
HIPS = ("trunk", "thigh")

SHOTS = (
    Shot("head_neck_anterior", "Head and neck, anterior", "head_neck", 0, HEAD, paired=False),
    Shot("head_neck_posterior", "Head and neck, posterior", "head_neck", 180, HEAD, paired=False),
    Shot("head_neck_{side}", "Head and neck, {side}", "head_neck", 90, HEAD),
    Shot("shoulder_{side}_anterior", "{Side} shoulder, anterior", "shoulder", 0, SHOULDER,
         between=(0.68, 0.86), across=0.3),
    Shot("shoulder_{side}_posterior", "{Side} shoulder, posterior", "shoulder", 180, SHOULDER,
         between=(0.68, 0.86), across=0.3),
    Shot("shoulder_{side}_lateral", "{Side} shoulder, lateral", "shoulder", 90, SHOULDER,
         between=(0.68, 0.86)),
    Shot("axilla_{side}", "{Side} axilla, arm raised", "shoulder", 72, SHOULDER, elevation=-18,
         pose="overhead", between=(0.70, 0.94), across=0.3),
    Shot("hand_{side}_palmar", "{Side} forearm and hand, palmar", "hand", 0, HAND,
         elevation=6, lean=-15, shown=ARM),
    Shot("hand_{side}_dorsal", "{Side} forearm and hand, dorsal", "hand", 180, HAND,
         elevation=-6, lean=15, shown=ARM),
    Shot("trunk_posterior", "Trunk, posterior", "trunk", 180, SHOULDER,
         between=(0.56, 0.86), paired=False),
    Shot("trunk_{side}_overhead", "{Side} flank, arm raised", "trunk", 90, SHOULDER,
         pose="overhead", between=(0.56, 0.87)),
    Shot("pelvis_{side}_lateral", "{Side} hip, lateral", "pelvis", 90, HIPS, pose="overhead",
         between=(0.40, 0.63)),
    Shot("pelvis_posterior", "Low back and pelvis, posterior", "pelvis", 180, HIPS, pose="overhead",
         between=(0.42, 0.68), paired=False),
    Shot("leg_{side}_medial", "{Side} leg, medial", "leg", -90, ("thigh", "lower_leg"),
         between=(0.05, 0.42), shown=LEG),
    Shot("foot_{side}_plantar", "{Side} foot, plantar", "foot", 0, ("foot",), elevation=-90,
         shown=("foot",)),
    Shot("foot_{side}_dorsal", "{Side} foot, dorsal", "foot", 0, ("foot",), elevation=52,
         shown=LEG),
    Shot("foot_{side}_medial", "{Side} foot, medial", "foot", -90, FOOT,
         between=(0.0, 0.09), shown=LEG),
    Shot("foot_{side}_lateral", "{Side} foot, lateral", "foot", 90, FOOT,
         between=(0.0, 0.09), shown=LEG),
)  # fmt: skip


@dataclass(frozen=True)
class _Skin:
    """A body in one pose: `vertices` (n, 3), `quads` (m, 4), the `part` (m,) of each quad."""

    vertices: FloatArray
    quads: IntArray
    part: IntArray
    stature: float


def close_ups(figures: Mapping[str, FloatArray], quads: IntArray, part: IntArray) -> list[Camera]:
    """The cameras of all close-ups of one body.

    `figures` holds its vertices (n, 3) in each pose; `part` (m,) numbers the parts of `quads`.
    """
    stature = float(figures["anatomical"][:, 1].max())
    return [
        _camera(shot, side, _Skin(figures[shot.pose], quads, part, stature))
        for shot in SHOTS
        for side in (("left", "right") if shot.paired else ("",))
    ]


def _camera(shot: Shot, side: str, skin: _Skin) -> Camera:
    mirror = np.array([-1.0 if side == "right" else 1.0, 1.0, 1.0])
    right, up, toward = _axes(shot, mirror)
    points = _subject(shot, side, skin, mirror)
    across, along = points @ np.array(right), points @ np.array(up)
    width, height = float(np.ptp(across)), float(np.ptp(along))
    scale = LONGER_EDGE * (1 - 2 * MARGIN) / max(width, height)
    room = 2 * MARGIN * LONGER_EDGE
    names = {"side": side, "Side": side.capitalize()}
    return Camera(
        view=shot.view.format(**names),
        title=shot.title.format(**names),
        group=shot.group,
        side=side or None,
        pose=shot.pose,
        parts=_sided(shot.shown, side),
        right=right,
        up=up,
        toward=toward,
        centre=(float(across.min()) + width / 2, float(along.min()) + height / 2),
        scale=scale,
        width=whole_pixels(width * scale + room),
        height=whole_pixels(height * scale + room),
    )


def _axes(shot: Shot, mirror: FloatArray) -> tuple[Axis, Axis, Axis]:
    """right, up and toward, each times `mirror`, which keeps the picture the right way round."""
    azimuth, elevation, lean = np.radians([shot.azimuth, shot.elevation, shot.lean])
    toward = np.array(
        [
            np.sin(azimuth) * np.cos(elevation),
            np.sin(elevation),
            np.cos(azimuth) * np.cos(elevation),
        ]
    )
    level = np.array([np.cos(azimuth), 0.0, -np.sin(azimuth)])
    up = np.cos(lean) * np.cross(toward, level) + np.sin(lean) * level
    toward, up = toward * mirror, up * mirror
    return _axis(np.cross(up, toward)), _axis(up), _axis(toward)


def _axis(vector: FloatArray) -> Axis:
    # 12 digits: no camera depends on the last bits of a machine's sine
    x, y, z = (round(float(value), 12) + 0.0 for value in vector)
    return x, y, z


def _subject(shot: Shot, side: str, skin: _Skin, mirror: FloatArray) -> FloatArray:
    """The vertices (k, 3) that are to fill the picture."""
    wanted = [PARTS.index(name) for name in _sided(shot.subject, side)]
    points = skin.vertices[np.unique(skin.quads[np.isin(skin.part, wanted)])]
    lowest, highest = (share * skin.stature for share in shot.between)
    chosen = (points[:, 1] >= lowest) & (points[:, 1] <= highest)
    if shot.across is not None:
        chosen &= (points * mirror)[:, 0] >= -shot.across
    return np.asarray(points[chosen])


def _sided(names: Iterable[str], side: str) -> tuple[str, ...]:
    """Part names with their side; with both sides where the shot is not of one."""
    sides = (side,) if side else ("left", "right")
    return tuple(
        full
        for name in names
        for full in ([name] if name in PARTS else [f"{name}_{each}" for each in sides])
    )
