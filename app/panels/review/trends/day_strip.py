"""The days beneath the plots: one axis for all of them, with the day at the crosshair."""

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.panels.review.trends.days import labelled, place
from app.panels.review.trends.look import LEFT, PlotLook
from app.panels.texts import day

HEIGHT = 24
GAP = 12
LONGEST = "30 May 2000"
TICK = 4


def paint_days(
    painter: QPainter,
    area: QRectF,
    span: tuple[float, float],
    look: PlotLook,
    at: date | None = None,
) -> None:
    """Writes days into ``area``, whose left and right edges are the days of ``span``; the day
    ``at`` stands out, and no other one touches it.
    """
    painter.setFont(look.small)
    wide = QFontMetricsF(look.small).horizontalAdvance(LONGEST) + GAP
    low, high = span
    taken: list[float] = []
    for each in [*([at] if at else []), *labelled(low, high, max(int(area.width() // wide), 1))]:
        x = area.left() + (place(each) - low) / (high - low) * area.width()
        inside = area.left() <= x <= area.right()
        if not inside or any(abs(x - other) < wide for other in taken):
            continue
        taken.append(x)
        painter.setPen(look.grid)
        painter.drawLine(round(x), round(area.top()), round(x), round(area.top()) + TICK)
        painter.setPen(look.accent if each == at else look.faint)
        left = min(max(x - wide / 2, 0.0), area.right() - wide + GAP)
        box = QRectF(left, area.top() + TICK, wide, area.height() - TICK)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, day(each))


class DayStrip(QWidget):
    """Beneath the plots, and as wide as they are."""

    def __init__(self, look: PlotLook) -> None:
        super().__init__()
        self.look = look
        self.span = (0.0, 1.0)
        self.at: date | None = None
        self.left, self.right = LEFT, 0
        """px at the sides in which no day stands."""
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(self.left, 0, -self.right, 0)
        paint_days(painter, area, self.span, self.look, self.at)
        painter.end()
