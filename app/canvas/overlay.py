"""What lies over the stored marks and is painted live: captions, selection, what is in hand."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QRegion

from app.canvas.arrangement import CAPTION_HEIGHT
from app.canvas.layer import HALO, PaneLayer
from app.canvas.look import MapLook
from app.canvas.pane import Pane
from app.editing.tools.tool import Preview
from app.painting.body_picture import LETTER_SIZE, paint_letters
from app.painting.fonts import font
from app.painting.glyphs import GLYPH_DIAMETER
from app.painting.layout import Frame, LaidMark
from app.painting.marks import area_path, paint_marks, paint_needles_overdue, paint_selected
from app.painting.placing import PlacedMark

ERASED = QColor("#B3201B")
CAPTION_SIZE, SMALLEST_CAPTION = 11, 9
LETTER_INSET = 18
SMALL_LETTERS = 0.6
"""How large the letters of a thumbnail are, against those of a large picture."""
RING_REACH = 6.0
"""Units that the ring of a selection reaches beyond its mark."""
SIGN_REACH = 24.0
"""px that a sign and the height of its label may reach from its spot."""
LABEL_REACH = 120.0
"""px that a label, or a leader to a sign that stepped aside, may reach from a mark's spot."""


def paint_card(painter: QPainter, pane: Pane, look: MapLook, *, current: bool) -> None:
    """The card behind a thumbnail; the enlarged view's has an edge in the accent colour."""
    painter.setPen(QPen(look.accent if current else look.edge, 2 if current else 1))
    painter.setBrush(look.card)
    painter.drawRoundedRect(card_box(pane).adjusted(1, 1, -1, -3), 8, 8)


def paint_box(painter: QPainter, pane: Pane, box: QRectF, look: MapLook) -> None:
    """Frames on a thumbnail what a close-up shows: ``box``, in px of the thumbnail's picture."""
    corners = pane.frame.point(box.left(), box.top()), pane.frame.point(box.right(), box.bottom())
    painter.setPen(QPen(look.accent, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(*corners).intersected(pane.rect), 2, 2)


def card_box(pane: Pane) -> QRectF:
    """All that is painted for a pane: its picture, the card around it and its caption."""
    return pane.rect.adjusted(-6, -6, 6, CAPTION_HEIGHT)


def caption_box(pane: Pane) -> QRectF:
    """Where a picture's title is written, below it."""
    return QRectF(pane.rect.left(), pane.rect.bottom(), pane.rect.width(), CAPTION_HEIGHT - 4)


def box_of_selection(laid: LaidMark, frame: Frame) -> QRectF:
    """What is painted for a selected mark: the ring around it, and its label once more."""
    if laid.placed.loops:
        return _grown(area_path(laid.placed, frame).boundingRect(), RING_REACH)
    ring = _grown(QRectF(laid.sign, laid.sign), (GLYPH_DIAMETER + RING_REACH) * frame.unit)
    return ring if laid.label.isEmpty() else ring.united(_grown(laid.label, HALO))


def box_in_hand(placed: PlacedMark, frame: Frame, *, alone: bool) -> QRectF:
    """What a mark covers that a tool has in hand: its sign or area, and its label.

    ``alone``: no other mark is in hand, so that the label of a point is at its right.
    """
    spot = frame.point(placed.x, placed.y)
    box = QRectF(spot, spot)
    if placed.loops:
        return _grown(box, LABEL_REACH).united(area_path(placed, frame).boundingRect())
    if alone and placed.line is None:
        return box.adjusted(-SIGN_REACH, -SIGN_REACH, LABEL_REACH, SIGN_REACH)
    return _grown(box, LABEL_REACH)


def _grown(box: QRectF, by: float) -> QRectF:
    return box.adjusted(-by, -by, by, by)


def paint_selection(painter: QPainter, pane: Pane, selected: Collection[LaidMark]) -> None:
    if selected:
        painter.save()
        painter.setClipRect(pane.rect)
        paint_selected(painter, selected, pane.frame)
        painter.restore()


def paint_overdue(painter: QPainter, pane: Pane, overdue: Collection[LaidMark]) -> None:
    """Needles that have been in for longer than was planned."""
    if overdue:
        painter.save()
        painter.setClipRect(pane.rect)
        paint_needles_overdue(painter, overdue, pane.frame)
        painter.restore()


def paint_preview(
    painter: QPainter,
    pane: Pane,
    layer: PaneLayer,
    preview: Preview,
    placed: Collection[PlacedMark],
    look: MapLook,
) -> None:
    """What a tool has in hand: ``placed`` marks, a freehand line, marks that will be erased."""
    painter.save()
    painter.setClipRect(pane.rect)
    paint_marks(painter, placed, pane.frame)
    _paint_crossed_out(painter, pane, layer.laid_marks(preview.hidden))
    if preview.line and preview.line_view == pane.view.name:
        painter.setPen(QPen(look.accent, 2.5))
        painter.drawPolyline([pane.frame.point(x, y) for x, y in preview.line])
    painter.restore()


def paint_caption(
    painter: QPainter, pane: Pane, look: MapLook, due: QRegion, *, seen: int, titled: bool
) -> None:
    """The patient's L and R; below a picture its title and how many marks it shows.

    Only what lies in ``due`` is painted.
    """
    unit = SMALL_LETTERS if pane.thumbnail else 1.0
    inset = LETTER_INSET * unit**3  # a thumbnail has little room beside the body
    letters = pane.rect.adjusted(inset, 4 * unit, -inset, 0)
    letters.setHeight(LETTER_SIZE * 1.6 * unit)
    if due.intersects(letters.toAlignedRect()):
        paint_letters(painter, pane.view, letters, look.faint, unit)
    below = caption_box(pane)
    if not titled or not due.intersects(below.toAlignedRect()):
        return
    words = pane.view.title if not seen else f"{pane.view.title} {seen}"
    painter.setFont(_font_that_fits(words, below.width()))
    painter.setPen(look.text if seen else look.faint)
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)


def _font_that_fits(words: str, width: float) -> QFont:
    """A little smaller where a narrow thumbnail has no room for its caption."""
    sizes = range(CAPTION_SIZE, SMALLEST_CAPTION, -1)
    fonts = (font(size) for size in sizes)
    fits = (each for each in fonts if QFontMetricsF(each).horizontalAdvance(words) <= width)
    return next(fits, font(SMALLEST_CAPTION))


def _paint_crossed_out(painter: QPainter, pane: Pane, marks: Collection[LaidMark]) -> None:
    painter.setPen(QPen(ERASED, 2.5))
    reach = QPointF(12 * pane.frame.unit, 0)
    for each in marks:
        painter.drawLine(each.sign - reach, each.sign + reach)
