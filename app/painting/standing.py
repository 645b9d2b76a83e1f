"""The signs of a difference between two sessions, each told apart by its shape and its colour.

New: a plus. Marked again: a disc. Not marked again: a hollow diamond. The colours are apart for
colour-blind eyes, and dark enough for skin.
"""

from enum import Enum

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.painting import ink


class Sign(Enum):
    """A shape, which has one colour."""

    PLUS = "#00528A"
    DISC = "#1B1D21"
    DIAMOND = "#8F3300"


ARM, RADIUS, POINT = 6.0, 5.5, 9.0


def paint_standing(
    painter: QPainter, sign: Sign, at: QPointF, unit: float, halo: QColor = ink.HALO
) -> None:
    """Paints the sign around ``at``; ``unit`` is one unit of signs in painter px."""
    painter.save()
    painter.translate(at)
    painter.scale(unit, unit)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    colour = QColor(sign.value)
    for ink_of, width in ((halo, 6.0), (colour, 2.8)):
        painter.setPen(QPen(ink_of, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if sign is Sign.PLUS:
            painter.drawLine(QPointF(-ARM, 0), QPointF(ARM, 0))
            painter.drawLine(QPointF(0, -ARM), QPointF(0, ARM))
        elif sign is Sign.DISC:
            painter.setBrush(ink_of)
            painter.drawEllipse(QPointF(), RADIUS, RADIUS)
        else:
            corners = [(0, -POINT), (POINT, 0), (0, POINT), (-POINT, 0)]
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    painter.restore()
