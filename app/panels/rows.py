"""What the painted lists have in common: one elided line of text in its place."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
BOTTOM_LEFT = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def paint_line(
    painter: QPainter,
    area: QRect,
    text: str,
    colour: QColor,
    align: Qt.AlignmentFlag,
    *,
    size: int = 13,
    bold: bool = False,
) -> int:
    """Writes one line into ``area``, shortened with dots where it is too long; its width in px."""
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, align, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
