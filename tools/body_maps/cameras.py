"""The orthographic cameras, and the four of them that see the whole body.

x_px = (P . right - centre x) * scale + width / 2
y_px = height / 2 - (P . up - centre y) * scale
depth = P . toward, larger is nearer (decimetres)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tools.body_maps.surface import FloatArray

WHOLE_VIEWS = ("anterior", "posterior", "left", "right")
PICTURE_HEIGHT = 2048
MARGIN = 40  # pixels between the figure and the edge of the picture

Axis = tuple[float, float, float]

# right, up, toward. "left" looks at the patient's left side, so it sees the front on its left.
_AXES: dict[str, tuple[Axis, Axis, Axis]] = {
    "anterior": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "posterior": ((-1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, -1.0)),
    "left": ((0.0, 0.0, -1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 0.0)),
    "right": ((0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (-1.0, 0.0, 0.0)),
}


@dataclass(frozen=True)
class Camera:
    """One picture of one body: what it shows, and from where.

    `pose` is one of `pose.POSES`. `parts` names those of `parts.PARTS` that are painted; the
    others would stand in front of them. Empty means all. `side` is "left" or "right" where only
    that side of the patient is shown. `centre` in decimetres along `right` and
    `up`; `scale` in pixels per decimetre.
    """

    view: str
    title: str
    group: str
    side: str | None
    pose: str
    parts: tuple[str, ...]
    right: Axis
    up: Axis
    toward: Axis
    centre: tuple[float, float]
    scale: float
    width: int
    height: int

    def project(self, vertices: FloatArray) -> FloatArray:
        """(n, 3) decimetres -> (n, 3): x and y in pixels (y downwards), depth in decimetres."""
        x = (vertices @ np.array(self.right) - self.centre[0]) * self.scale + self.width / 2
        y = self.height / 2 - (vertices @ np.array(self.up) - self.centre[1]) * self.scale
        return np.stack([x, y, vertices @ np.array(self.toward)], axis=1)


def whole_body(vertices: FloatArray) -> list[Camera]:
    """The four cameras of one body, so that the pictures match side by side.

    All have the same scale and the same height of centre. `vertices` (n, 3) stand in the
    anatomical position.
    """
    low, high = float(vertices[:, 1].min()), float(vertices[:, 1].max())
    scale = (PICTURE_HEIGHT - 2 * MARGIN) / (high - low)
    return [_whole(view, vertices, scale, (low + high) / 2) for view in WHOLE_VIEWS]


def whole_pixels(size: float) -> int:
    """`size` pixels rounded up to a multiple of 16: encoders and textures do without padding."""
    return math.ceil(size / 16) * 16


def _whole(view: str, vertices: FloatArray, scale: float, centre_y: float) -> Camera:
    right, up, toward = _AXES[view]
    across = vertices @ np.array(right)
    low, high = float(across.min()), float(across.max())
    return Camera(
        view=view,
        title=view.capitalize(),
        group="whole",
        side=view if view in ("left", "right") else None,
        pose="anatomical",
        parts=(),
        right=right,
        up=up,
        toward=toward,
        centre=((low + high) / 2, centre_y),
        scale=scale,
        width=whole_pixels((high - low) * scale + 2 * MARGIN),
        height=PICTURE_HEIGHT,
    )
