"""The direction in which a muscle's fibres run, since taut bands run along them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.body.mesh import BodyMesh, Indices, Points
from app.domain.anatomy import Anchor, Body


@dataclass(frozen=True)
class Fibres:
    """Lines along the fibres of all muscles, from origin to insertion, on the left side.

    ``muscle``, ``line``, ``triangle``, ``b1``, ``b2``: (k,) of their points, line by line.
    """

    muscle: Indices
    line: Indices
    triangle: Indices
    b1: Points
    b2: Points

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> "Fibres":
        return cls(
            packed["fibre_muscle"].astype(np.int64),
            packed["fibre_line"].astype(np.int64),
            packed["fibre_triangle"].astype(np.int64),
            packed["fibre_b1"].astype(np.float64),
            packed["fibre_b2"].astype(np.float64),
        )

    def direction(self, muscle: int, on_left: Anchor, mesh: BodyMesh, body: Body) -> Points:
        """(3,) unit vector along the fibres at a spot of the left side, on ``body``.

        The mean of all lines of the muscle, those that pass nearest counting most.
        """
        rows = np.flatnonzero(self.muscle == muscle)
        anchors = tuple(
            Anchor(int(self.triangle[k]), float(self.b1[k]), float(self.b2[k])) for k in rows
        )
        points = mesh.points(anchors, body)
        same_line = self.line[rows][1:] == self.line[rows][:-1]
        steps = np.diff(points, axis=0)[same_line]
        middles = ((points[1:] + points[:-1]) / 2)[same_line]
        away = np.linalg.norm(middles - mesh.point(on_left, body), axis=1)
        weights = 1 / (away + _SOFTNESS) ** 3
        mean = (weights[:, None] * steps / np.linalg.norm(steps, axis=1, keepdims=True)).sum(axis=0)
        return np.asarray(mean / np.linalg.norm(mean))


_SOFTNESS = 0.05  # dm: within 5 mm of a line nothing else counts much
