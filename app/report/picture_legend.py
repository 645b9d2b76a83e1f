"""The legend below an exported map: the signs that occur on it, with their words, in rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from app.painting.fonts import font
from app.painting.legend import SIGN_BOX, paint_sign, paint_zone_sign
from app.report.blocks_setting import ZONE_WORDS
from app.report.legend import LegendEntry

WORDS_PX = 14
"""Height of the letters in units; those of a mark's number have about as many."""
_WORDS_INK = QColor("#3A3633")
_GAP, _BETWEEN, _EDGE = 4.0, 18.0, 12.0
"""Units between a sign and its words, between two entries, and around all of them."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sign's place; without a sign of a mark it is that of a no-needle zone."""

    sign: LegendEntry | None
    words: str
    x: float
    y: float


class PictureLegend:
    """Laid out for a picture of a width in units; ``height`` is what it needs below it."""

    def __init__(self, signs: Sequence[LegendEntry], *, zones: bool, width: float) -> None:
        told: list[tuple[LegendEntry | None, str]] = [(each, each.words) for each in signs]
        if zones:
            told.append((None, ZONE_WORDS))
        self._entries = _laid_out(told, width)
        self.height = self._entries[-1].y + SIGN_BOX + _EDGE if self._entries else 0.0

    def paint(self, painter: QPainter, top: float) -> None:
        face = font(WORDS_PX)
        metrics = QFontMetricsF(face)
        for each in self._entries:
            painter.save()
            painter.translate(each.x, top + each.y)
            if each.sign is None:
                paint_zone_sign(painter, 1.0)
            else:
                paint_sign(painter, each.sign.details, each.sign.shape, 1.0)
            painter.setFont(face)
            painter.setPen(_WORDS_INK)
            baseline = (SIGN_BOX + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(SIGN_BOX + _GAP, baseline), each.words)
            painter.restore()


def _laid_out(told: Sequence[tuple[LegendEntry | None, str]], width: float) -> list[_Entry]:
    """From left to right, in a further row where there is no room."""
    metrics = QFontMetricsF(font(WORDS_PX))
    entries: list[_Entry] = []
    x, y = _EDGE, _EDGE
    for sign, words in told:
        length = SIGN_BOX + _GAP + metrics.horizontalAdvance(words)
        if x > _EDGE and x + length > width - _EDGE:
            x, y = _EDGE, y + SIGN_BOX
        entries.append(_Entry(sign, words, x, y))
        x += length + _BETWEEN
    return entries
