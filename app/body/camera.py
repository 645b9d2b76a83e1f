"""An orthographic camera: how a view's picture was taken, and so where skin lies on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.body.mesh import Points, Pose


@dataclass(frozen=True)
class Camera:
    """``right``, ``up``, ``toward`` are unit vectors in body axes, ``toward`` points at the
    camera. ``centre`` is what lies at the middle of the picture, in dm along right and up.
    ``scale`` is in pixels a dm; ``width`` and ``height`` are in pixels. ``pose`` is how the
    body stood. ``parts`` are the parts of the mesh that were taken: the others, which would
    stand in front of them, were left out. None for all.
    """

    right: Points
    up: Points
    toward: Points
    centre: tuple[float, float]
    scale: float
    width: int
    height: int
    pose: Pose = Pose.ANATOMICAL
    parts: frozenset[int] | None = None

    @classmethod
    def from_json(cls, entry: Mapping[str, Any], parts: Sequence[str]) -> "Camera":
        """``parts`` are the names of the mesh's parts, in their order."""
        right, up, toward = (np.asarray(entry[k], dtype=float) for k in ("right", "up", "toward"))
        x, y = entry["centre"]
        return cls(
            right,
            up,
            toward,
            (x, y),
            entry["scale"],
            entry["width"],
            entry["height"],
            Pose(entry["pose"]),
            frozenset(parts.index(name) for name in entry["parts"]) or None,
        )

    def shows(self, part: int) -> bool:
        """Whether skin of that part of the mesh was taken, as far as it lies in the frame."""
        return self.parts is None or int(part) in self.parts

    def frames(self, x: float, y: float) -> bool:
        """Whether (x, y) px lies on the picture."""
        return 0 <= x <= self.width and 0 <= y <= self.height

    def project(self, points: Points) -> Points:
        """(n, 3) dm in body axes to (n, 3): x px, y px, depth in dm (larger is nearer).

        No product of matrices: for one of this size numpy starts a thread for each core, and
        these stay awake for some hundredths of a second, in the way of the one that decodes the
        picture.
        """
        right, up, depth = (
            np.einsum("...k,k->...", points, axis) for axis in (self.right, self.up, self.toward)
        )
        x = (right - self.centre[0]) * self.scale + self.width / 2
        y = self.height / 2 - (up - self.centre[1]) * self.scale
        return np.stack([x, y, depth], axis=-1)

    def project_spot(self, spot: Sequence[float]) -> tuple[float, float, float]:
        """The same of one spot, in plain numbers: for one, arrays take longer than the
        arithmetic.
        """
        right, up, depth = (
            sum(part * along for part, along in zip(spot, axis.tolist(), strict=True))
            for axis in (self.right, self.up, self.toward)
        )
        x = (right - self.centre[0]) * self.scale + self.width / 2
        return x, self.height / 2 - (up - self.centre[1]) * self.scale, depth
