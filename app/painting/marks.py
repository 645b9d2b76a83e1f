"""Marks on a picture: areas, signs, and the number and side beside each."""

from collections.abc import Collection, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPen,
)

from app.painting import ink, sprites
from app.painting.glyphs import paint_ghost, paint_glyph, paint_overdue, paint_ring
from app.painting.hatching import hatch
from app.painting.labels import label_runs, paint_label
from app.painting.layout import Frame, LaidMark, Layout
from app.painting.placing import PlacedMark
from app.painting.regions import drawn_path

HATCH_SPACING = 7.0
DOT_RADIUS = 2.8


def lay_out(placed: Iterable[PlacedMark], frame: Frame) -> list[LaidMark]:
    """Places for the signs and labels of all marks of a picture."""
    return Layout(frame).lay_out(placed)


def paint_marks(painter: QPainter, placed: Iterable[PlacedMark], frame: Frame) -> None:
    """Everything of the given marks, laid out among themselves."""
    paint_laid(painter, lay_out(placed, frame), frame)


def paint_laid(painter: QPainter, laid: Collection[LaidMark], frame: Frame) -> None:
    """Marks where they were laid out: areas below, signs over them, labels on top."""
    for each in laid:
        if each.placed.loops:
            paint_area(painter, each.placed, frame)
        if each.placed.line is not None:
            _paint_line(painter, each.placed, frame)
    for each in laid:
        if each.stepped_aside:
            _paint_leader(painter, each, frame)
    for each in laid:
        if not each.placed.loops:
            _paint_sign(painter, each, frame)
    for each in laid:
        _paint_label(painter, each, frame)


def paint_dots(painter: QPainter, placed: Iterable[PlacedMark], frame: Frame) -> None:
    """Marks on a picture too small for signs: a dot or a patch in the colour of their kind."""
    for each in placed:
        colour = ink.OF_KIND[each.mark.kind]
        if each.loops:
            patch = QColor(colour)
            patch.setAlpha(ink.PATCH_ALPHA)
            painter.fillPath(area_path(each, frame), patch)
            continue
        painter.setPen(QPen(ink.HALO, 1.0))
        painter.setBrush(colour)
        painter.drawEllipse(frame.point(each.x, each.y), DOT_RADIUS, DOT_RADIUS)


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


def paint_selected(painter: QPainter, laid: Iterable[LaidMark], frame: Frame) -> None:
    """A ring around each mark, to say that it is selected."""
    for each in laid:
        if each.placed.loops:
            _paint_edge(painter, area_path(each.placed, frame), frame)
        elif frame.sprites:
            sprites.paint_ring_sprite(painter, each.sign, frame.unit)
        else:
            paint_ring(painter, each.sign.x(), each.sign.y(), frame.unit)
        _paint_label(painter, each, frame)  # the ring must not cover it


def paint_needles_overdue(painter: QPainter, laid: Iterable[LaidMark], frame: Frame) -> None:
    """Says of these needles that they have been in for long enough."""
    for each in laid:
        paint_overdue(painter, each.sign.x(), each.sign.y(), frame.unit)
        _paint_label(painter, each, frame)  # the ring must not cover it


def _paint_edge(painter: QPainter, path: QPainterPath, frame: Frame) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((ink.HALO, 5.0), (ink.SELECTED, 2.4)):
        painter.setPen(QPen(colour, width * frame.unit))
        painter.drawPath(path)


def area_path(placed: PlacedMark, frame: Frame) -> QPainterPath:
    """The area's outline in painter px."""
    return drawn_path(placed.loops, frame)


def _paint_line(painter: QPainter, placed: PlacedMark, frame: Frame) -> None:
    assert placed.line is not None
    points = [frame.point(x, y) for x, y in placed.line]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((ink.HALO, 4.5), (ink.OF_KIND[placed.mark.kind], 2.0)):
        painter.setPen(QPen(colour, width * frame.unit))
        painter.drawPolyline(points)


def _paint_sign(painter: QPainter, laid: LaidMark, frame: Frame) -> None:
    details = laid.placed.mark.details
    if frame.sprites:
        sprites.paint_sign(painter, details, laid.sign, frame.unit)
    else:
        paint_glyph(painter, details, laid.sign.x(), laid.sign.y(), frame.unit)


def _paint_label(painter: QPainter, laid: LaidMark, frame: Frame) -> None:
    if not laid.label.isEmpty():
        paint = sprites.paint_label_sprite if frame.sprites else paint_label
        paint(painter, label_runs(laid.placed.mark), laid.label, frame.label_unit)


def _paint_leader(painter: QPainter, laid: LaidMark, frame: Frame) -> None:
    """From the true spot to the sign that had to step aside."""
    for colour, width in ((ink.HALO, 3.0), (ink.OF_KIND[laid.placed.mark.kind], 1.2)):
        painter.setPen(QPen(colour, width * frame.unit))
        painter.drawLine(laid.spot, laid.sign)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.OF_KIND[laid.placed.mark.kind])
    painter.drawEllipse(laid.spot, 1.8 * frame.unit, 1.8 * frame.unit)


def paint_area(painter: QPainter, placed: PlacedMark, frame: Frame) -> None:
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
