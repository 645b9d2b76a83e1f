"""The legend of a map of "how often": a bar of colours with whole numbers under it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.painting.fonts import font
from app.painting.skin_heat import paint_scale, stop_place

BAR_HEIGHT, NUMBER_PX = 14, 11
HEIGHT = 34
MARGIN = 12
"""px at either end, for numbers that reach beyond the bar."""


class ScaleBar(QWidget):
    """Says nothing itself to who does not see it: the words beside it do."""

    def __init__(self) -> None:
        super().__init__()
        self._stops: Sequence[int] = (0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def show_stops(self, stops: Sequence[int]) -> None:
        self._stops = stops
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        bar = QRectF(MARGIN, 1.5, self.width() - 2 * MARGIN, BAR_HEIGHT)
        palette = self.palette()
        paint_scale(painter, bar, palette.color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(font(NUMBER_PX))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        for stop in self._stops:
            x = stop_place(bar, stop, self._stops[-1])
            painter.drawLine(round(x), round(bar.bottom()), round(x), round(bar.bottom()) + 3)
            box = QRectF(x - 30, bar.bottom() + 3, 60, HEIGHT - BAR_HEIGHT - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{stop:,}")
        painter.end()
