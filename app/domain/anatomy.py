"""The few anatomical words that every record needs."""

from dataclasses import dataclass
from enum import StrEnum


class Body(StrEnum):
    """Which of the two body pictures a chart is drawn on. Marks themselves live on both."""

    FEMALE = "female"
    MALE = "male"


class Side(StrEnum):
    """The PATIENT's side, never the screen's."""

    LEFT = "left"
    RIGHT = "right"
    MIDLINE = "midline"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A spot on the skin: a triangle of the body mesh and two barycentric weights.

    The spot is ``(1 - b1 - b2) * A + b1 * B + b2 * C`` for the corners A, B, C of
    ``triangle``. It means the same spot on every body and in every pose of one body version.
    A flat picture is two triangles, so that an anchor on it keeps x and y
    (``app.domain.own_pictures``).
    """

    triangle: int
    b1: float
    b2: float
