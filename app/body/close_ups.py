"""Which close-up fits a spot: the one that shows it, faces it best and is the largest."""

from collections.abc import Iterable
from math import log2
from typing import NamedTuple

import numpy as np

from app.body.mesh import BodyMesh, Points
from app.body.picking import Picker
from app.body.view import View
from app.domain.anatomy import Anchor, Body

LEAST_FACING = 0.2
"""Cosine of the steepest angle at which skin can still be charted on a picture."""
MORE_SLANTED = 0.35
"""Where a close-up sees a spot so much more slantwise than the picture that one comes from, it
is no gain. Counted as the difference of the cosines."""
EDGE = 0.04
"""A spot this close to the edge, as a share of the picture, lacks its surroundings."""
OFF_CENTRE = 0.5
"""How much a spot at the edge of a picture counts less than one at its middle."""
SAME_WAY = 0.35
"""How much it counts that a close-up looks the same way as the picture that one comes from."""
TWICE_AS_LARGE = 0.1
"""How much it counts that a close-up shows the spot twice as large as another one."""


class Box(NamedTuple):
    """A rectangle on a picture, in px."""

    left: float
    top: float
    right: float
    bottom: float


def by_fitness(
    mesh: BodyMesh, views: Iterable[View], anchor: Anchor, body: Body, came_from: View
) -> list[View]:
    """The ``views`` whose frame holds the spot and that face it, best first.

    Skin in front of it is not looked for here.
    """
    rated = [(_fitness(mesh, view, anchor, body, came_from), view) for view in views]
    fitting = [each for each in rated if each[0] is not None]
    return [view for _fitness, view in sorted(fitting, key=lambda each: -(each[0] or 0.0))]


def whole_like(close_up: View, wholes: Iterable[View]) -> View:
    """Of the views of the whole body, the one that looks most the same way as a close-up."""
    return max(wholes, key=lambda whole: float(whole.camera.toward @ close_up.camera.toward))


def box_on(mesh: BodyMesh, close_up: View, picker: Picker, whole: View) -> Box:
    """What of the picture ``whole`` the close-up, whose ``picker`` is given, shows larger."""
    corners = np.unique(mesh.triangles[picker.facing])
    seen = whole.camera.project(mesh.positions(close_up.body, whole.camera.pose)[corners])[:, :2]
    (left, top), (right, bottom) = seen.min(axis=0), seen.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))


def _fitness(
    mesh: BodyMesh, view: View, anchor: Anchor, body: Body, came_from: View
) -> float | None:
    """How well a close-up fits; None where it cannot show the spot."""
    camera = view.camera
    if not camera.shows(mesh.part[anchor.triangle // 2]):
        return None
    straight = facing(mesh, anchor, body, view)
    needed = max(LEAST_FACING, facing(mesh, anchor, body, came_from) - MORE_SLANTED)
    x, y, _depth = camera.project(np.array(mesh.point(anchor, body, camera.pose)))
    across, down = abs(2 * x / view.width - 1), abs(2 * y / view.height - 1)
    if straight < needed or max(across, down) > 1 - 2 * EDGE:
        return None
    return (
        straight
        - OFF_CENTRE * float(max(across, down)) ** 2
        + SAME_WAY * float(camera.toward @ came_from.camera.toward)
        + TWICE_AS_LARGE * log2(camera.scale / came_from.camera.scale)
    )


def facing(mesh: BodyMesh, anchor: Anchor, body: Body, view: View) -> float:
    """Cosine of the angle between the skin at a spot and the camera: 1 where it is met straight."""
    a, b, c = mesh.positions(body, view.camera.pose)[mesh.triangles[anchor.triangle]]
    normal: Points = np.cross(b - a, c - a)
    return float(normal @ view.camera.toward) / max(float(np.linalg.norm(normal)), 1e-12)
