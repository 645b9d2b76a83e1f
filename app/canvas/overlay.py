"""What lies over the stored marks and is painted live: captions, selection, what is in hand."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.canvas.arrangement import CAPTION_HEIGHT
from app.canvas.layer import PaneLayer
from app.canvas.look import MapLook
from app.canvas.pane import Pane
from app.editing.tools.tool import Preview
from app.painting.body_picture import paint_letters
from app.painting.fonts import FAMILY
from app.painting.layout import LaidMark
from app.painting.marks import paint_marks, paint_selected
from app.painting.placing import PlacedMark

ERASED = QColor("#B3201B")
LETTER_INSET = 18


def paint_card(painter: QPainter, pane: Pane, look: MapLook, *, current: bool) -> None:
    """The card behind a thumbnail; the enlarged view's has an edge in the accent colour."""
    painter.setPen(QPen(look.accent if current else look.edge, 2 if current else 1))
    painter.setBrush(look.card)
    painter.drawRoundedRect(pane.rect.adjusted(-5, -5, 5, CAPTION_HEIGHT - 2), 8, 8)


def paint_selection(painter: QPainter, pane: Pane, selected: Collection[LaidMark]) -> None:
    painter.save()
    painter.setClipRect(pane.rect)
    paint_selected(painter, selected, pane.frame)
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


def paint_caption(painter: QPainter, pane: Pane, look: MapLook, *, seen: int, titled: bool) -> None:
    """The patient's L and R; below a picture its title and how many marks it shows."""
    if not pane.thumbnail:
        area = pane.rect.adjusted(LETTER_INSET, 4, -LETTER_INSET, 0)
        paint_letters(painter, pane.view, area, look.faint, 1.0)
    if not titled:
        return
    font = QFont(FAMILY)
    font.setPixelSize(11)
    painter.setFont(font)
    painter.setPen(look.text if seen else look.faint)
    below = QRectF(pane.rect.left(), pane.rect.bottom(), pane.rect.width(), CAPTION_HEIGHT - 4)
    words = pane.view.title if not seen else f"{pane.view.title} {seen}"
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)


def _paint_crossed_out(painter: QPainter, pane: Pane, marks: Collection[LaidMark]) -> None:
    painter.setPen(QPen(ERASED, 2.5))
    reach = QPointF(12 * pane.frame.unit, 0)
    for each in marks:
        painter.drawLine(each.sign - reach, each.sign + reach)
