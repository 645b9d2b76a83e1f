"""A rate with its interval on a scale, and other rates as ticks: told by shape, not by colour."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

BAR_HEIGHT = 10
TICK_HEIGHT = 20
RATE_WIDTH = 3


def paint_rate_bar(
    painter: QPainter,
    area: QRectF,
    interval: tuple[float, float] | None,
    rate: float | None,
    ticks: Sequence[float],
    end: float,
    ink: QColor,
    soft: QColor,
) -> None:
    """Paints the ``interval`` as a bar with a stroke at its ``rate``, and each of ``ticks`` as a
    thin line with a hollow head above it.

    Rates are shares from 0 to ``end``, which is the right edge of ``area``; the baseline is its
    middle. ``ink`` paints lines, ``soft`` the scale. Without an interval there is no bar.
    """

    def across(share: float) -> float:
        return area.left() + min(max(share / end, 0.0), 1.0) * area.width()

    middle = area.center().y()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(soft, 1))
    painter.drawLine(QLineF(area.left(), middle, area.right(), middle))
    if interval is not None and rate is not None:
        low, high = map(across, interval)
        painter.setPen(QPen(ink, 1))
        fill = QColor(ink)
        fill.setAlpha(70)
        painter.setBrush(fill)
        painter.drawRect(QRectF(low, middle - BAR_HEIGHT / 2, max(high - low, 1.0), BAR_HEIGHT))
        painter.setPen(QPen(ink, RATE_WIDTH, c=Qt.PenCapStyle.FlatCap))
        at = across(rate)
        painter.drawLine(QLineF(at, middle - BAR_HEIGHT / 2, at, middle + BAR_HEIGHT / 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.4))
    for share in ticks:
        at, half = across(share), TICK_HEIGHT / 2
        painter.drawLine(QLineF(at, middle - half + 5, at, middle + half))
        painter.drawEllipse(QPointF(at, middle - half + 2.5), 2.5, 2.5)
    painter.restore()
