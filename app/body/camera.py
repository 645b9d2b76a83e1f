"""An orthographic camera: how a view's picture was taken, and so where skin lies on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.body.mesh import Points


@dataclass(frozen=True)
class Camera:
    """``right``, ``up``, ``toward`` are unit vectors in body axes, ``toward`` points at the
    camera. ``centre`` is what lies at the middle of the picture, in dm along right and up.
    ``scale`` is in pixels a dm; ``width`` and ``height`` are in pixels.
    """

    right: Points
    up: Points
    toward: Points
    centre: tuple[float, float]
    scale: float
    width: int
    height: int

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Camera":
        right, up, toward = (np.asarray(entry[k], dtype=float) for k in ("right", "up", "toward"))
        x, y = entry["centre"]
        return cls(right, up, toward, (x, y), entry["scale"], entry["width"], entry["height"])

    def project(self, points: Points) -> Points:
        """(n, 3) dm in body axes to (n, 3): x px, y px, depth in dm (larger is nearer)."""
        x = (points @ self.right - self.centre[0]) * self.scale + self.width / 2
        y = self.height / 2 - (points @ self.up - self.centre[1]) * self.scale
        return np.stack([x, y, points @ self.toward], axis=-1)
