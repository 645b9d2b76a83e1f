"""The signs of a legend: painted by the code that paints the marks, so that they are the same."""

from PySide6.QtGui import QPainter

from app.domain.marks import Details
from app.painting.glyphs import paint_glyph

SIGN_BOX = 28.0
"""Edge, in units, of the square that holds any sign with its halo."""


def paint_sign(painter: QPainter, details: Details, unit: float) -> None:
    """Paints one sign into the square of ``SIGN_BOX`` units at the painter's origin."""
    middle = SIGN_BOX / 2 * unit
    paint_glyph(painter, details, middle, middle, unit)
