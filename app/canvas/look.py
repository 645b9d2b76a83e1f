"""The colours of the map's surroundings, given by the theme."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from app.body.picture_style import PictureStyle


@dataclass(frozen=True, slots=True)
class MapLook:
    ground: QColor
    """Behind the body."""
    card: QColor
    """Behind a thumbnail."""
    edge: QColor
    accent: QColor
    text: QColor
    faint: QColor
    skin: float = 1.0
    """How bright the body is shown, 0 to 1: on a dark ground it would glare."""
    style: PictureStyle = PictureStyle.CLAY
