"""The number and the side beside each mark: what is written, and where there is room for it."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.domain.marks import Mark, Soreness
from app.domain.words import SIDE_LETTERS
from app.painting import ink
from app.painting.glyphs import GLYPH_DIAMETER, glyph_font

LABEL_SIZE = 13.0
LABEL_GAP = 4.5
_RUN_GAP = 3.0
_CELL = 48.0

Runs = tuple[str, str]
"""A label's number, and what stands aside in smaller letters."""


def label_runs(mark: Mark) -> Runs:
    """What is written beside a mark: its number, then its side and an area's 0-10."""
    aside = SIDE_LETTERS[mark.side]
    if isinstance(mark.details, Soreness) and mark.details.intensity is not None:
        aside += f" · {mark.details.intensity}/10"
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
    for text, font in zip(runs, (glyph_font(LABEL_SIZE), _aside_font()), strict=True):
        halo = QPainterPath()
        halo.addText(QPointF(left, baseline), font, text)
        painter.strokePath(halo, pen)
        painter.setFont(font)
        painter.setPen(ink.TEXT)
        painter.drawText(QPointF(left, baseline), text)
        left += QFontMetricsF(font).horizontalAdvance(text) + _RUN_GAP
    painter.restore()


class LabelSpace:
    """What signs and labels cover on one picture, in a grid of cells, to find room quickly."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRectF]] = defaultdict(list)

    def place(
        self, spot: QPointF, size: tuple[float, float], unit: float, *, inside: bool
    ) -> QRectF:
        """Takes the first free place around a mark at ``spot``, and the place of its sign.

        Right, left, above, below, then the corners; on the spot itself for an area
        (``inside``), which has no sign there. Where all are taken, the first.
        """
        boxes = list(_places(spot, size, unit, inside=inside))
        box = next((box for box in boxes if self._is_free(box)), boxes[0])
        self._take(box)
        if not inside:
            half = GLYPH_DIAMETER / 2 * unit
            self._take(QRectF(spot.x() - half, spot.y() - half, 2 * half, 2 * half))
        return box

    def _is_free(self, box: QRectF) -> bool:
        return not any(box.intersects(other) for cell in _cells(box) for other in self._cells[cell])

    def _take(self, box: QRectF) -> None:
        for cell in _cells(box):
            self._cells[cell].append(box)


def _places(
    spot: QPointF, size: tuple[float, float], unit: float, *, inside: bool
) -> Iterator[QRectF]:
    width, height = size
    x, y = spot.x(), spot.y()
    if inside:
        yield QRectF(x - width / 2, y - height / 2, width, height)
    out = (GLYPH_DIAMETER / 2 + LABEL_GAP) * unit
    corner = out * 0.75
    for left, top in (
        (x + out, y - height / 2),
        (x - out - width, y - height / 2),
        (x - width / 2, y - out - height),
        (x - width / 2, y + out),
        (x + corner, y - corner - height),
        (x + corner, y + corner),
        (x - corner - width, y - corner - height),
        (x - corner - width, y + corner),
    ):
        yield QRectF(left, top, width, height)


def _cells(box: QRectF) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left() // _CELL), int(box.right() // _CELL) + 1):
        for row in range(int(box.top() // _CELL), int(box.bottom() // _CELL) + 1):
            yield column, row


def _aside_font() -> QFont:
    font = glyph_font(LABEL_SIZE * 0.85)
    font.setWeight(QFont.Weight.Medium)
    return font
