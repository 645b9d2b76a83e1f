"""The body mesh: two figures that share one topology, so that an anchor fits both."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.anatomy import Anchor, Body

Points = NDArray[np.float64]
Indices = NDArray[np.integer[Any]]

_STEPS = 65535  # vertices are stored as 16-bit fractions of the figure's bounding box


class Pose(StrEnum):
    """How the body stands. Sides and distances are measured in the anatomical position."""

    ANATOMICAL = "anatomical"
    OVERHEAD = "overhead"


@dataclass(frozen=True, eq=False)
class BodyMesh:
    """Skin of both figures, subdivided once from the MakeHuman hm08 base mesh.

    ``vertices``: (n, 3) dm for each body in the anatomical position. ``quads``: (m, 4) corner
    indices, counter-clockwise seen from outside. ``mirror``: (n,) index of each vertex's partner
    on the other side.
    ``pickable``: (m,) False for skin that nobody can see or needle (inside of the mouth ...).
    ``part``: (m,) number of the part of the body that each quad belongs to. ``file``: where
    other poses are read from when one is first asked for.
    """

    vertices: dict[Body, Points]
    quads: Indices
    mirror: Indices
    pickable: NDArray[np.bool_]
    part: NDArray[np.uint8]
    file: Path

    @classmethod
    def load(cls, path: Path) -> "BodyMesh":
        """Reads ``body.npz``, whose layout tools/body_maps/pack.py describes."""
        with np.load(path) as packed:
            return cls(
                vertices={body: _decoded(packed, body.value) for body in Body},
                quads=packed["quads"].astype(np.int32),
                mirror=packed["mirror"].astype(np.int32),
                pickable=packed["pickable"].astype(np.bool_),
                part=packed["part"],
                file=path,
            )

    def positions(self, body: Body, pose: Pose) -> Points:
        """(n, 3) dm: the vertices of a body in any pose."""
        return self.vertices[body] if pose is Pose.ANATOMICAL else self._overhead[body]

    @cached_property
    def _overhead(self) -> dict[Body, Points]:
        with np.load(self.file) as packed:
            return {body: _decoded(packed, f"{body}_{Pose.OVERHEAD}") for body in Body}

    @cached_property
    def triangles(self) -> Indices:
        """(2m, 3): quad q is cut into the triangles 2q (corners 0 1 2) and 2q+1 (0 2 3)."""
        return np.stack([self.quads[:, [0, 1, 2]], self.quads[:, [0, 2, 3]]], axis=1).reshape(-1, 3)

    @cached_property
    def pickable_triangles(self) -> NDArray[np.bool_]:
        """(2m,) like ``pickable``, a value a triangle."""
        return np.repeat(self.pickable, 2)

    @cached_property
    def leftward(self) -> Points:
        """(n,) how far each vertex lies to the patient's left, in dm; the mean of both bodies."""
        return np.asarray(np.mean([self.vertices[body][:, 0] for body in Body], axis=0))

    def corners(self, anchor: Anchor) -> Indices:
        """(3,) the vertices around ``anchor``. IndexError where the body has no such triangle."""
        if not 0 <= anchor.triangle < len(self.triangles):
            raise IndexError(f"the body has no triangle {anchor.triangle}")
        return np.asarray(self.triangles[anchor.triangle])

    def point(self, anchor: Anchor, body: Body, pose: Pose = Pose.ANATOMICAL) -> tuple[float, ...]:
        """The spot of ``anchor`` on ``body``: x, y, z in dm. IndexError where there is none."""
        return spot_between(self.positions(body, pose)[self.corners(anchor)], anchor)

    def points(
        self, anchors: tuple[Anchor, ...], body: Body, pose: Pose = Pose.ANATOMICAL
    ) -> Points:
        """(k, 3) the spots of many anchors at once."""
        wanted = [anchor.triangle for anchor in anchors]
        corners = self.positions(body, pose)[self.triangles[wanted]]
        b1 = np.array([[anchor.b1] for anchor in anchors])
        b2 = np.array([[anchor.b2] for anchor in anchors])
        a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
        return np.asarray(a + b1 * (b - a) + b2 * (c - a))


def spot_between(corners: Points, anchor: Anchor) -> tuple[float, ...]:
    """The spot of ``anchor`` between the ``corners`` (3, n) of its triangle, however measured.

    In plain numbers: for a single spot arrays take longer than the arithmetic.
    """
    return tuple(
        a + anchor.b1 * (b - a) + anchor.b2 * (c - a)
        for a, b, c in zip(*corners.tolist(), strict=True)
    )


def _decoded(packed: Mapping[str, NDArray[Any]], name: str) -> Points:
    lowest, highest = packed[f"bounds_{name}"]
    steps = packed[f"vertices_{name}"].astype(np.float64)
    return np.asarray(lowest + steps / _STEPS * (highest - lowest))
