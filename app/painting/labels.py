"""The number and the side beside each mark: what is written, and how."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

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
    pen = QPen(QBrush(ink.HALO), 4.0)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(_outline(runs), pen)
    painter.setPen(ink.TEXT)
    for text, face, at in _written(runs):
        painter.setFont(face)
        painter.drawText(at, text)
    painter.restore()


@lru_cache(maxsize=1024)
def _outline(runs: Runs) -> QPainterPath:
    """The letters of a label, of which its halo is made."""
    path = QPainterPath()
    for text, face, at in _written(runs):
        path.addPath(text_outline(text, face).translated(at))
    return path


@lru_cache(maxsize=4096)
def _written(runs: Runs) -> list[tuple[str, QFont, QPointF]]:
    """What is written of a label, in which font, and where in its box."""
    number, aside = runs
    bold, plain = glyph_font(LABEL_SIZE), _aside_font()
    left = QFontMetricsF(bold).horizontalAdvance(number) + _RUN_GAP
    baseline = LABEL_SIZE * 0.95
    places = (number, bold, QPointF(0.0, baseline)), (aside, plain, QPointF(left, baseline))
    return [each for each in places if each[0]]


def _aside_font() -> QFont:
    return font(round(LABEL_SIZE * 0.85), QFont.Weight.Medium)
