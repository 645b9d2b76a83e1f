"""A practitioner's own picture as a view: flat, without skin, sides or depth.

Its places are anchors on two triangles, so that x and y come back as they were. All px here are
those of a frame whose longer edge is ``PICTURE_EDGE``, whatever the file has: a hand that draws
moves as far on every picture.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.body.areas import DrawnArea, inside_polygon
from app.body.camera import Camera
from app.body.mesh import Points
from app.body.outline import OUTLINE_SPACING
from app.body.picking import Spot
from app.body.raster import STEP
from app.body.view import View
from app.domain.anatomy import Anchor, Body, Side
from app.domain.own_pictures import FLAT_TRIANGLES, OwnPicture, lies_on_picture

PICTURE = "picture"
"""The group of these views. They are opened and left as close-ups are."""
PICTURE_EDGE = 2400
"""px of the longer edge."""
SAME_SPOT = 12.0
"""Two marks of one kind this close, in px, are one: a sign is as large on the screen."""

_UPPER, _LOWER = FLAT_TRIANGLES


@dataclass(frozen=True, eq=False)
class PictureView(View):
    """The view of one picture, on whichever body a patient is charted."""

    picture: OwnPicture

    @property
    def letters(self) -> tuple[str, str]:
        """None: at the edges of a picture nobody knows the sides."""
        return ("", "")

    @property
    def letter(self) -> str:
        """None: it would be lost on a photograph. The side is said beside it, in words."""
        return ""


def picture_view(picture: OwnPicture) -> PictureView:
    longer = max(picture.width, picture.height)
    width, height = (
        max(round(edge * PICTURE_EDGE / longer), 1) for edge in (picture.width, picture.height)
    )
    right, up, toward = np.eye(3)
    return PictureView(
        body=Body.FEMALE,
        name=picture.version,
        title=picture.title,
        group=PICTURE,
        side=picture.side,
        images={},
        camera=Camera(right, up, toward, (width / 2, -height / 2), 1.0, width, height),
        picture=picture,
    )


class FlatPicture:
    """Places on one picture, from px to anchors and back."""

    def __init__(self, view: PictureView) -> None:
        self.view = view
        self._size = np.array([view.width, view.height], dtype=float)

    @property
    def side(self) -> Side | None:
        return self.view.side

    def pick(self, x: float, y: float, reach: float = 0.0) -> Anchor | None:
        """The spot under (x, y) px; beside the picture the one at its edge, within ``reach``."""
        width, height = self.view.width, self.view.height
        inside_x, inside_y = min(max(x, 0.0), width), min(max(y, 0.0), height)
        if abs(inside_x - x) > reach or abs(inside_y - y) > reach:
            return None
        return _anchor(inside_x / width, inside_y / height)

    def locate(self, anchor: Anchor) -> Spot:
        """Where ``anchor`` lies. What lies on a body is not to be seen here."""
        if not lies_on_picture(anchor):
            return Spot(0.0, 0.0, visible=False)
        across, down = _shares(anchor)
        return Spot(across * self.view.width, down * self.view.height, visible=True)

    def line(self, outline: Iterable[Anchor]) -> Points:
        """(k, 2) px of an outline."""
        return np.asarray(np.array([_shares(anchor) for anchor in outline]) * self._size)

    def draw_area(self, line: Points) -> DrawnArea | None:
        """The area inside a closed freehand line of (k, 2) px; None where it encloses nothing."""
        return self._area(_thinned(np.clip(line, 0.0, self._size)))

    def carry_area(self, line: Points) -> DrawnArea | None:
        """The area whose outline was carried to ``line``; None where it leaves the picture."""
        return self._area(line) if self._holds(line) else None

    def carry_outline(self, line: Points) -> tuple[Anchor, ...] | None:
        """The spots under each point of ``line``; None where one lies beside the picture."""
        return self._outline(line) if self._holds(line) else None

    def _area(self, line: Points) -> DrawnArea | None:
        samples = _samples(line)
        inside = samples[inside_polygon(samples, line)]
        if not len(inside):
            return None
        x, y = inside[np.hypot(*(inside - inside.mean(axis=0)).T).argmin()]
        return DrawnArea(self._outline(line), self._spot(x, y), self.side)

    def _outline(self, line: Points) -> tuple[Anchor, ...]:
        return tuple(self._spot(x, y) for x, y in line)

    def _spot(self, x: float, y: float) -> Anchor:
        return _anchor(float(x) / self.view.width, float(y) / self.view.height)

    def _holds(self, line: Points) -> bool:
        return bool(((line >= 0) & (line <= self._size)).all())


def is_same_spot(one: Anchor, other: Anchor) -> bool:
    """Whether two spots of one picture are the same but for the hand."""
    (x0, y0), (x1, y1) = _shares(one), _shares(other)
    return max(abs(x0 - x1), abs(y0 - y1)) * PICTURE_EDGE <= SAME_SPOT


def _anchor(across: float, down: float) -> Anchor:
    """The picture is cut from its upper left to its lower right corner. The first corner of both
    triangles is the upper left one, then they go on clockwise.
    """
    if across >= down:
        return Anchor(_UPPER, across - down, down)
    return Anchor(_LOWER, across, down - across)


def _shares(anchor: Anchor) -> tuple[float, float]:
    """How far to the right and down a spot lies, from 0 to 1."""
    if anchor.triangle == _UPPER:
        return anchor.b1 + anchor.b2, anchor.b2
    return anchor.b1, anchor.b1 + anchor.b2


def _samples(line: Points) -> Points:
    """(n, 2) px on a grid that covers a closed line."""
    (left, top), (right, bottom) = line.min(axis=0), line.max(axis=0)
    columns = np.arange(left + STEP / 2, right, STEP)
    rows = np.arange(top + STEP / 2, bottom, STEP)
    return np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)


def _thinned(line: Points) -> Points:
    """The points of a freehand line that add something to its shape."""
    kept = [line[0]]
    for point in line[1:]:
        if np.hypot(*(point - kept[-1])) >= OUTLINE_SPACING:
            kept.append(point)
    return np.array(kept)
