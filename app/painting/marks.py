"""Marks on a picture: areas, signs, and the number and side beside each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from app.domain.identity import UUID
from app.painting import ink, sprites
from app.painting.glyphs import GLYPH_DIAMETER, paint_ghost, paint_glyph
from app.painting.hatching import hatch
from app.painting.labels import LabelSpace, label_runs, label_size, paint_label
from app.painting.placing import PlacedMark

HATCH_SPACING = 7.0
DOT_RADIUS = 2.8


@dataclass(frozen=True, slots=True)
class Frame:
    """How picture px become painter px: ``painter = picture * scale + offset``.

    ``unit`` is the size of one unit of signs in painter px, ``label_unit`` that of labels:
    on a small picture signs shrink so that they do not cover each other, words stay legible.
    """

    scale: float
    dx: float = 0.0
    dy: float = 0.0
    unit: float = 1.0
    label_unit: float = 1.0
    sprites: bool = False
    """Whether signs and labels may be painted from kept pixels: on the screen, never on paper."""

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(x * self.scale + self.dx, y * self.scale + self.dy)


def paint_areas(painter: QPainter, placed: Iterable[PlacedMark], frame: Frame) -> None:
    """The areas of marks: a tint, a hatch and a dashed edge."""
    for each in placed:
        if each.loops:
            _paint_area(painter, each, frame)


def paint_signs(painter: QPainter, placed: Iterable[PlacedMark], frame: Frame) -> None:
    """The sign of each point mark; an area is its own sign."""
    for each in placed:
        if not each.loops:
            spot = frame.point(each.x, each.y)
            if frame.sprites:
                sprites.paint_sign(painter, each.mark.details, spot, frame.unit)
            else:
                paint_glyph(painter, each.mark.details, spot.x(), spot.y(), frame.unit)


def paint_labels(
    painter: QPainter,
    placed: Iterable[PlacedMark],
    frame: Frame,
    space: LabelSpace | None = None,
) -> None:
    """Number and side beside each mark, where they cover no earlier sign or number.

    ``space`` remembers what is taken, so that marks can be added to a painted picture.
    """
    space = space if space is not None else LabelSpace()
    for each in sorted(placed, key=lambda each: each.mark.number):
        spot = frame.point(each.x, each.y)
        runs = label_runs(each.mark)
        size = label_size(runs, frame.label_unit)
        box = space.place(spot, size, frame.unit, inside=bool(each.loops))
        paint = sprites.paint_label_sprite if frame.sprites else paint_label
        paint(painter, runs, box, frame.label_unit)


def paint_dots(painter: QPainter, placed: Iterable[PlacedMark], frame: Frame) -> None:
    """Marks on a picture too small for signs: a dot each in the colour of its kind."""
    for each in placed:
        if each.loops:
            continue
        painter.setPen(QPen(ink.HALO, 1.0))
        painter.setBrush(ink.OF_KIND[each.mark.kind])
        painter.drawEllipse(frame.point(each.x, each.y), DOT_RADIUS, DOT_RADIUS)


def paint_marks(painter: QPainter, placed: Collection[PlacedMark], frame: Frame) -> None:
    """Everything of the given marks: areas below, signs over them, labels on top."""
    paint_areas(painter, placed, frame)
    paint_signs(painter, placed, frame)
    paint_labels(painter, placed, frame)


def paint_ghosts(painter: QPainter, placed: Iterable[PlacedMark], frame: Frame) -> None:
    """Marks of an earlier session: pale, thin, dashed, without numbers."""
    for each in placed:
        if not each.loops:
            spot = frame.point(each.x, each.y)
            paint_ghost(painter, each.mark.kind, spot.x(), spot.y(), frame.unit)
            continue
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(ink.GHOST, 1.2 * frame.unit)
        pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
        painter.drawPath(area_path(each, frame))


def paint_selected(
    painter: QPainter, placed: Iterable[PlacedMark], selected: Collection[UUID], frame: Frame
) -> None:
    """A ring around each selected mark."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for each in placed:
        if each.mark.id not in selected:
            continue
        for colour, width in ((ink.HALO, 5.0), (ink.SELECTED, 2.4)):
            painter.setPen(QPen(colour, width * frame.unit))
            if each.loops:
                painter.drawPath(area_path(each, frame))
            else:
                radius = (GLYPH_DIAMETER / 2 + 5.5) * frame.unit
                painter.drawEllipse(frame.point(each.x, each.y), radius, radius)


def area_path(placed: PlacedMark, frame: Frame) -> QPainterPath:
    """The area's outline in painter px."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for loop in placed.loops:
        path.addPolygon(QPolygonF([frame.point(x, y) for x, y in loop]))
        path.closeSubpath()
    return path


def _paint_area(painter: QPainter, placed: PlacedMark, frame: Frame) -> None:
    colour = ink.OF_KIND[placed.mark.kind]
    fill = QColor(colour)
    fill.setAlpha(ink.AREA_FILL_ALPHA)
    path = area_path(placed, frame)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawPath(path)
    thin = QColor(colour)
    thin.setAlpha(120)
    painter.setPen(QPen(thin, 0.9 * frame.unit))
    for x0, y0, x1, y1 in hatch(placed.loops, HATCH_SPACING * frame.unit / frame.scale):
        painter.drawLine(frame.point(x0, y0), frame.point(x1, y1))
    pen = QPen(colour, 1.7 * frame.unit)
    pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
