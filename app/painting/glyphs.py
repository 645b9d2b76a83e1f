"""The signs of the kinds of mark, each told apart by its shape and fill alone.

Active trigger point: filled disc. Latent: ring. Neither said: ring with a dot. Needle that is
in: cross in a dotted ring; out: cross; neither said: cross with a gap; in for longer than was
planned: a full ring with an exclamation mark. Twitch: star with its count. Soreness: hatched.
Reaction: triangle. Note: speech bubble.
"""

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from app.domain.marks import (
    Activity,
    Details,
    MarkKind,
    Needle,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.needles import NeedleState, state_of
from app.painting import ink
from app.painting.fonts import font

GLYPH_DIAMETER = 17.0
"""In units: a unit is a screen px at 100 %, and 0.19 mm on paper."""
RING_RADIUS = GLYPH_DIAMETER / 2 + 5.5
HALO_WIDTH = 2.0
NEEDLE_RING_RADIUS = 9.8
"""Around a needle that is in."""
_BADGE = QPointF(9.0, -9.0)
STAR_POINTS = 8


def paint_glyph(painter: QPainter, details: Details, x: float, y: float, unit: float) -> None:
    """Paints the sign of one mark, centred on (x, y); ``unit`` is one unit in painter px."""
    painter.save()
    painter.translate(x, y)
    painter.scale(unit, unit)
    _GLYPHS[details.kind](painter, details, ink.OF_KIND[details.kind])
    painter.restore()


def paint_ring(painter: QPainter, x: float, y: float, unit: float) -> None:
    """Paints the ring around the sign of a selected mark, centred on (x, y)."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((ink.HALO, 5.0), (ink.SELECTED, 2.4)):
        painter.setPen(QPen(colour, width * unit))
        painter.drawEllipse(QPointF(x, y), RING_RADIUS * unit, RING_RADIUS * unit)


def sign_key(details: Details) -> tuple[object, ...]:
    """What decides how a sign looks: signs with equal keys look the same."""
    if isinstance(details, TriggerPoint):
        return (details.kind, details.activity)
    if isinstance(details, TwitchResponse):
        return (details.kind, details.response, details.count)
    if isinstance(details, Needle):
        return (details.kind, state_of(details))
    return (details.kind,)


def paint_ghost(painter: QPainter, kind: MarkKind, x: float, y: float, unit: float) -> None:
    """Paints the pale outline of a mark of an earlier session: thin, dashed, without a fill."""
    painter.save()
    painter.translate(x, y)
    painter.scale(unit, unit)
    outline = _ghost_outline(kind)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 150), 2.6))
    painter.drawPath(outline)
    pen = QPen(ink.GHOST, 1.1)
    pen.setDashPattern([2.4, 2.0])
    painter.setPen(pen)
    painter.drawPath(outline)
    painter.restore()


def _ghost_outline(kind: MarkKind) -> QPainterPath:
    path = QPainterPath()
    if kind is MarkKind.TWITCH:
        path.addPolygon(star(GLYPH_DIAMETER * 0.5, 0.55))
        path.closeSubpath()
    elif kind is MarkKind.NOTE:
        path.addRoundedRect(QRectF(-7, -6, 14, 11), 2.5, 2.5)
    else:
        path.addEllipse(QPointF(0, 0), 6.0, 6.0)
    return path


def star(radius: float, inner: float) -> QPolygonF:
    """A star of ``STAR_POINTS`` rays; its notches lie at ``inner`` times ``radius``."""
    count = STAR_POINTS * 2
    return QPolygonF(
        [
            QPointF(
                radius * (inner if k % 2 else 1.0) * math.sin(math.pi * 2 * k / count),
                -radius * (inner if k % 2 else 1.0) * math.cos(math.pi * 2 * k / count),
            )
            for k in range(count)
        ]
    )


def _trigger_point(painter: QPainter, details: Details, colour: QColor) -> None:
    assert isinstance(details, TriggerPoint)
    radius = GLYPH_DIAMETER / 2 - 1.5
    centre = QPointF(0, 0)
    painter.setPen(QPen(ink.HALO, 3 + 2 * HALO_WIDTH))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius, radius)
    filled = details.activity is Activity.ACTIVE
    painter.setPen(QPen(colour, 3.0))
    painter.setBrush(QBrush(colour) if filled else QBrush(QColor(255, 255, 255, 120)))
    painter.drawEllipse(centre, radius, radius)
    if details.activity is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(centre, 2.4, 2.4)


def _needle(painter: QPainter, details: Details, colour: QColor) -> None:
    assert isinstance(details, Needle)
    state = state_of(details)
    if state is NeedleState.IN:
        _ring(painter, colour, NEEDLE_RING_RADIUS, dotted=True)
    arm = GLYPH_DIAMETER / 2 - (2.9 if state is NeedleState.IN else 1.0)
    inner = 2.6 if state is NeedleState.NOT_RECORDED else 0.0
    for pen in (QPen(ink.HALO, 3.2 + 2 * HALO_WIDTH), QPen(colour, 3.2)):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for x, y in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            painter.drawLine(QPointF(inner * x, inner * y), QPointF(arm * x, arm * y))


def _ring(painter: QPainter, colour: QColor, radius: float, *, dotted: bool) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink.HALO, 2.0 + 2 * HALO_WIDTH * 0.7))
    painter.drawEllipse(QPointF(0, 0), radius, radius)
    pen = QPen(colour, 2.0)
    if dotted:
        pen.setDashPattern([1.5, 1.4])
    painter.setPen(pen)
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def paint_overdue(painter: QPainter, x: float, y: float, unit: float) -> None:
    """Paints over a needle's sign, centred on (x, y), that it has been in for long enough."""
    painter.save()
    painter.translate(x, y)
    painter.scale(unit, unit)
    _ring(painter, ink.OVERDUE, NEEDLE_RING_RADIUS, dotted=False)
    painter.setPen(QPen(ink.HALO, 1.5))
    painter.setBrush(ink.OVERDUE)
    painter.drawEllipse(_BADGE, 6.0, 6.0)
    painter.setPen(QPen(ink.HALO, 1.8, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(_BADGE + QPointF(0, -3.2), _BADGE + QPointF(0, 0.6))
    painter.drawPoint(_BADGE + QPointF(0, 3.2))
    painter.restore()


def _twitch(painter: QPainter, details: Details, colour: QColor) -> None:
    assert isinstance(details, TwitchResponse)
    shape = star(GLYPH_DIAMETER * 0.66, 0.66)
    seen = details.response is Twitch.PRESENT
    painter.setPen(QPen(ink.HALO, 2 * HALO_WIDTH + 1.5, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(shape)
    painter.setPen(QPen(colour, 1.5, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QBrush(colour) if seen else QBrush(QColor(255, 255, 255, 200)))
    painter.drawPolygon(shape)
    inscription = _twitch_inscription(details)
    if inscription:
        painter.setFont(glyph_font(9.5 if len(inscription) < 2 else 8.0))
        painter.setPen(QColor("white") if seen else colour)
        area = QRectF(-10, -10, 20, 20)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, inscription)


def _twitch_inscription(twitch: TwitchResponse) -> str:
    """The count; 0 for "absent", ? for "unsure", – for "not sought"."""
    if twitch.count is not None:
        return str(twitch.count)
    return {Twitch.ABSENT: "0", Twitch.UNSURE: "?", Twitch.NOT_SOUGHT: "–"}.get(twitch.response, "")


def _soreness(painter: QPainter, _details: Details, colour: QColor) -> None:
    radius = GLYPH_DIAMETER / 2 - 1.0
    painter.setPen(QPen(ink.HALO, 2 + 2 * HALO_WIDTH))
    painter.setBrush(QColor(255, 255, 255, 130))
    painter.drawEllipse(QPointF(0, 0), radius, radius)
    painter.setPen(QPen(colour, 1.6))
    for offset in (-4.4, 0.0, 4.4):
        half = math.sqrt(radius**2 - offset**2) / math.sqrt(2.0)
        shift = offset / math.sqrt(2.0)
        painter.drawLine(QPointF(shift - half, shift + half), QPointF(shift + half, shift - half))
    pen = QPen(colour, 1.8)
    pen.setDashPattern([2.2, 1.4])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(0, 0), radius, radius)


def _referred_pain(painter: QPainter, _details: Details, colour: QColor) -> None:
    _outlined(painter, _ghost_outline(MarkKind.REFERRED_PAIN), colour, None)


def _taut_band(painter: QPainter, _details: Details, colour: QColor) -> None:
    band = QPainterPath(QPointF(-8, 3))
    band.cubicTo(QPointF(-3, -8), QPointF(3, 8), QPointF(8, -3))
    _outlined(painter, band, colour, None)


def _reaction(painter: QPainter, _details: Details, colour: QColor) -> None:
    triangle = QPainterPath()
    triangle.addPolygon(QPolygonF([QPointF(0, -8), QPointF(8, 6.5), QPointF(-8, 6.5)]))
    triangle.closeSubpath()
    _outlined(painter, triangle, colour, colour)


def _note(painter: QPainter, _details: Details, colour: QColor) -> None:
    bubble = QPainterPath()
    bubble.addRoundedRect(QRectF(-8, -8, 16, 12), 3, 3)
    tail = QPainterPath()
    tail.addPolygon(QPolygonF([QPointF(-4, 3), QPointF(-4, 9), QPointF(2, 3)]))
    tail.closeSubpath()
    _outlined(painter, bubble.united(tail), colour, colour)
    painter.setPen(QPen(QColor("white"), 1.3))
    painter.drawLine(QPointF(-5, -4.2), QPointF(5, -4.2))
    painter.drawLine(QPointF(-5, -0.8), QPointF(2, -0.8))


def _outlined(painter: QPainter, path: QPainterPath, colour: QColor, fill: QColor | None) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink.HALO, 2 * HALO_WIDTH + 1.6, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.setPen(QPen(colour, 1.8, j=Qt.PenJoinStyle.RoundJoin))
    if fill is not None:
        painter.setBrush(fill)
    painter.drawPath(path)


def glyph_font(size: float) -> QFont:
    """The font of figures in and beside marks; ``size`` in units."""
    return font(max(round(size), 1), QFont.Weight.Bold)


_GLYPHS: dict[MarkKind, Callable[[QPainter, Details, QColor], None]] = {
    MarkKind.TRIGGER_POINT: _trigger_point,
    MarkKind.NEEDLE: _needle,
    MarkKind.TWITCH: _twitch,
    MarkKind.SORENESS: _soreness,
    MarkKind.REFERRED_PAIN: _referred_pain,
    MarkKind.TAUT_BAND: _taut_band,
    MarkKind.REACTION: _reaction,
    MarkKind.NOTE: _note,
}
