"""The number and the side beside each mark: what is written, and how."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPen

from app.domain.marks import Mark, Soreness
from app.domain.words import SIDE_LETTERS
from app.painting import ink
from app.painting.fonts import font
from app.painting.glyphs import glyph_font
from app.painting.text_outlines import text_outline

LABEL_SIZE = 13.0
LABEL_GAP = 4.5
_RUN_GAP = 3.0

Runs = tuple[str, str]
"""A label's number, and what stands aside in smaller letters."""


def label_runs(mark: Mark) -> Runs:
    """What is written beside a mark: its number, then its side and an area's 0-10.

    No letter stands there where the side is not known.
    """
    aside = "" if mark.side is None else SIDE_LETTERS[mark.side]
    if isinstance(mark.details, Soreness) and mark.details.intensity is not None:
        strength = f"{mark.details.intensity}/10"
        aside = f"{aside} · {strength}" if aside else strength
    return str(mark.number), aside


@lru_cache(maxsize=4096)
def label_size(runs: Runs, unit: float) -> tuple[float, float]:
    """Width and height of a label in painter px."""
    bold, plain = QFontMetricsF(glyph_font(LABEL_SIZE)), QFontMetricsF(_aside_font())
    width = bold.horizontalAdvance(runs[0]) + _RUN_GAP + plain.horizontalAdvance(runs[1])
    return width * unit, LABEL_SIZE * 1.1 * unit


def paint_label(painter: QPainter, runs: Runs, box: QRectF, unit: float) -> None:
    """Writes a label into ``box``, with a halo so that it reads on skin."""
    painter.save()
    painter.translate(box.left(), box.top())
    painter.scale(unit, unit)
    baseline = LABEL_SIZE * 0.95
    pen = QPen(QBrush(ink.HALO), 4.0)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    left = 0.0
    for text, face in zip(runs, (glyph_font(LABEL_SIZE), _aside_font()), strict=True):
        painter.strokePath(text_outline(text, face).translated(left, baseline), pen)
        painter.setFont(face)
        painter.setPen(ink.TEXT)
        painter.drawText(QPointF(left, baseline), text)
        left += QFontMetricsF(face).horizontalAdvance(text) + _RUN_GAP
    painter.restore()


def _aside_font() -> QFont:
    return font(round(LABEL_SIZE * 0.85), QFont.Weight.Medium)
