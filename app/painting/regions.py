"""Paints regions of the skin: muscles of a layer, a muscle that is lit up, hazard zones, and
those zones that were drawn for one patient.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from app.body.mesh import Points
from app.body.muscles import Layer, Severity
from app.painting import ink
from app.painting.fonts import font
from app.painting.layout import Frame
from app.painting.text_outlines import text_outline


@dataclass(frozen=True)
class RegionLook:
    """How a region is tinted and bounded; ``dashes`` in line widths, none for a plain line."""

    fill: QColor
    line: QColor
    width: float
    dashes: tuple[float, ...] = ()


def _look(colour: str, fill: int, line: int, width: float, *dashes: float) -> RegionLook:
    tint, edge = QColor(colour), QColor(colour)
    tint.setAlpha(fill)
    edge.setAlpha(line)
    return RegionLook(tint, edge, width, dashes)


LIT = _look("#0E6B6B", 62, 235, 1.8)
"""The muscle that is meant or was searched for."""
OF_LAYER = {
    Layer.SUPERFICIAL: _look("#C4543A", 40, 130, 1.0),
    Layer.INTERMEDIATE: _look("#8A5BB0", 44, 140, 1.0),
    Layer.DEEP: _look("#2F6DB5", 46, 150, 1.0),
}
OF_ZONE = {
    Severity.HIGH: _look("#B3261E", 15, 90, 1.0, 4, 3),
    Severity.MEDIUM: _look("#A86A00", 16, 90, 1.0, 2, 3),
}
OWN_ZONE = _look("#B3261E", 54, 230, 1.8, 5, 3)
"""Drawn for one patient: not to be needled."""
OWN_ZONE_PATCH = _look("#B3261E", ink.PATCH_ALPHA, 0, 0.0)
"""The same on a picture that is too small for lines."""
CHOSEN = (_look("#FFFFFF", 0, 235, 5.0), _look("#0E6B6B", 0, 255, 2.4))
"""Painted over a zone that is selected, one after the other: the edge of a selected area."""


SEGMENT = _look("#3B4656", 14, 150, 1.0)
"""A segment of the pain drawing, on whichever side."""
_NUMBER_SIZE = 11
_NUMBER_HALO = 3.0
_ROOM = 6.0
"""px round a number that its region must have."""


def paint_number(painter: QPainter, path: QPainterPath, number: str) -> None:
    """Writes a number in the middle of a region's largest part, with a halo to read on skin. A part
    that is seen so aslant that it has no room for it goes without.
    """
    parts = [QPolygonF(part) for part in path.toSubpathPolygons()]
    if not parts:
        return
    middle = max((part.boundingRect() for part in parts), key=lambda b: b.width() * b.height())
    face = font(_NUMBER_SIZE)
    size = QFontMetricsF(face).tightBoundingRect(number)
    roomy = middle.width() > size.width() + _ROOM and middle.height() > size.height() + _ROOM
    if not roomy or not path.contains(middle.center()):
        return
    outline = text_outline(number, face).translated(middle.center() - size.center())
    painter.strokePath(outline, QPen(QBrush(ink.HALO), _NUMBER_HALO))
    painter.fillPath(outline, ink.TEXT)


def paint_region(painter: QPainter, path: QPainterPath, look: RegionLook, unit: float) -> None:
    """Paints one region; ``unit`` is how wide a line of one unit is, in painter px."""
    pen = QPen(look.line, look.width * unit)
    if look.dashes:
        pen.setDashPattern(list(look.dashes))
    painter.setPen(pen)
    painter.setBrush(look.fill)
    painter.drawPath(path)


def region_path(loops: Iterable[Points], frame: Frame) -> QPainterPath:
    """The region that ``loops``, (k, 2) px of the picture each, bound, in painter px. A loop
    within a loop is a hole.
    """
    return _path(loops, frame, Qt.FillRule.OddEvenFill)


def drawn_path(loops: Iterable[Points], frame: Frame) -> QPainterPath:
    """The same of a region that a hand drew: what it circled twice is still inside."""
    winding = Qt.FillRule.WindingFill  # as app.body.areas tells inside from outside
    return _path(loops, frame, winding)


def _path(loops: Iterable[Points], frame: Frame, rule: Qt.FillRule) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(rule)
    for loop in loops:
        path.addPolygon([QPointF(x, y) for x, y in loop.tolist()])
        path.closeSubpath()
    return QTransform(frame.scale, 0, 0, frame.scale, frame.dx, frame.dy).map(path)
