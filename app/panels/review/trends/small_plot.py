"""One plot: figures over time, the band of what may be noise, and the words that belong to both."""

from collections.abc import Sequence
from datetime import date

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.panels.review.trends.days import place
from app.panels.review.trends.look import LEFT, PLOT_HEIGHT, SIGN_PX, PlotLook
from app.panels.texts import PlainLabel
from app.review.axis import ticks
from app.review.trend import LINE_SIGNS, Trend

NOT_MEASURED = "not measured"
HEADROOM = 0.08
"""Of the axis: so that a figure at its end is seen whole."""
ZOOM_PER_NOTCH = 0.8
UNDER_THE_BOX = -200
"""pyqtgraph has its boxes at -100."""


class Canvas(pg.GraphicsView):  # type: ignore[misc]
    """The plot itself. The wheel scrolls the column; with Ctrl it zooms time."""

    pointed = Signal(float)
    """A press, or a drag with the crosshair in hand, at this x."""
    zoomed = Signal(float, float)
    """By this factor, around this x."""
    moved = Signal(float, float)
    """Another part of time is in sight, from one x to another."""

    def __init__(self, look: PlotLook) -> None:
        super().__init__(background=look.ground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(PLOT_HEIGHT)
        self.setAntialiasing(True)
        self.setMouseTracking(False)
        self.layout_item = pg.GraphicsLayout()
        self.layout_item.setSpacing(0)
        self.layout_item.setContentsMargins(0, 0, 0, 0)
        self.setCentralItem(self.layout_item)
        self.axis = pg.AxisItem("left", maxTickLength=0)
        self.axis.setWidth(LEFT)
        self.axis.setZValue(UNDER_THE_BOX)  # so its lines lie under the figures
        self.axis.setStyle(tickTextOffset=6, autoExpandTextSpace=False)
        self.box = pg.ViewBox(enableMenu=False, defaultPadding=0)
        self.box.setMouseEnabled(x=True, y=False)
        self.layout_item.addItem(self.axis, 0, 0)
        self.layout_item.addItem(self.box, 0, 1)
        self.axis.linkToView(self.box)
        self._origin = 0.0
        """The x that pyqtgraph has for 0: an SVG has six figures, and dates have more."""
        self.box.sigXRangeChanged.connect(lambda _box, span: self.moved.emit(*self._dated(span)))

    @property
    def span(self) -> tuple[float, float]:
        """What of time is in sight."""
        return self._dated(self.box.viewRange()[0])

    def show_span(self, low: float, high: float) -> None:
        if self.span != (low, high):
            self.box.setXRange(low - self._origin, high - self._origin, padding=0)

    def begin(self, origin: float) -> None:
        """Takes away what was drawn; x is counted from ``origin``."""
        span = self.span
        self.box.clear()
        self._origin = origin
        self.show_span(*span)

    def x(self, on: date) -> float:
        """Where a day is drawn."""
        return place(on) - self._origin

    def _dated(self, span: Sequence[float]) -> tuple[float, float]:
        return span[0] + self._origin, span[1] + self._origin

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / 120
            self.zoomed.emit(ZOOM_PER_NOTCH**notches, self._x(event.position().x()))
            event.accept()
        else:
            event.ignore()  # the column takes it

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self.pointed.emit(self._x(event.position().x()))

    def _x(self, at: float) -> float:
        return float(self.box.mapSceneToView(self.mapToScene(int(at), 0)).x()) + self._origin


class SmallPlot(QWidget):
    """A plot with its title above and what may be said of it below."""

    def __init__(self, trend: Trend, look: PlotLook) -> None:
        super().__init__()
        self.trend = trend
        self.canvas = Canvas(look)
        self.canvas.setAccessibleName(trend.title)
        self._title = TallLabel("strong")
        self.at = PlainLabel("", "strong")
        """The figures of the day at the crosshair."""
        self.at.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.said, self.about = TallLabel(), TallLabel("small")
        head = QHBoxLayout()
        head.setContentsMargins(LEFT, 0, 0, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self.at)
        below = QVBoxLayout()
        below.setContentsMargins(LEFT, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.said)
        below.addWidget(self.about)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.canvas)
        column.addLayout(below)
        self.crosshair = pg.InfiniteLine(angle=90, movable=False)
        self.show_trend(trend, look)

    @property
    def labels(self) -> tuple[PlainLabel, ...]:
        """What belongs to the plot wherever it is seen."""
        return self._title, self.said, self.about

    def show_trend(self, trend: Trend, look: PlotLook) -> None:
        """Draws ``trend`` in the colours of ``look``."""
        self.trend = trend
        self._title.setText(trend.title)
        self.said.setText("\n".join(_said(trend)))
        self.about.setText(trend.about)
        self.setAccessibleName(trend.words)
        canvas, axis = self.canvas, trend.axis
        canvas.setBackground(look.ground)
        canvas.begin(place(min(trend.days)))
        room = (axis.highest - axis.lowest) * HEADROOM
        canvas.box.setYRange(axis.lowest - room, axis.highest + room, padding=0)
        canvas.axis.setTicks([[(value, f"{value:g}") for value in ticks(axis)]])
        canvas.axis.setStyle(tickFont=look.small)
        canvas.axis.setTextPen(look.faint)
        canvas.axis.setPen(look.grid)
        canvas.axis.setTickPen(look.grid)
        canvas.axis.setGrid(255)
        self._draw_band(trend, look)
        for line_place, line in enumerate(trend.lines):
            spots = [(canvas.x(each.on), each.value) for each in line.values]
            self._draw_line(line_place, spots, look)
        self.crosshair.setPen(look.crosshair)
        canvas.box.addItem(self.crosshair, ignoreBounds=True)

    def point_at(self, on: date) -> None:
        """Moves the crosshair to a day, and says its figures."""
        self.crosshair.setPos(self.canvas.x(on))
        self.at.setText(self.trend.at(on) or NOT_MEASURED)

    def _draw_band(self, trend: Trend, look: PlotLook) -> None:
        first, band = trend.first, trend.axis.band
        if first is None or band is None:
            return
        low, high = max(first - band, trend.axis.lowest), min(first + band, trend.axis.highest)
        region = pg.LinearRegionItem(
            (low, high), orientation="horizontal", movable=False, brush=look.band,
            pen=pg.mkPen(None),
        )  # fmt: skip
        region.setZValue(-20)
        self.canvas.box.addItem(region, ignoreBounds=True)

    def _draw_line(self, line: int, spots: list[tuple[float, float]], look: PlotLook) -> None:
        if not spots:
            return
        x, y = [spot[0] for spot in spots], [spot[1] for spot in spots]
        symbol, filling, edge = look.sign(line)
        if len(spots) > 1:
            self.canvas.box.addItem(pg.PlotCurveItem(x, y, pen=look.line(line), antialias=True))
        self.canvas.box.addItem(
            pg.ScatterPlotItem(
                x, y, symbol=symbol, size=SIGN_PX, brush=filling, pen=edge, useCache=False
            )
        )


class TallLabel(PlainLabel):
    """A label beneath a plot, exactly as high as its words need at its width."""

    def __init__(self, name: str = "") -> None:
        super().__init__("", name)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        self.setVisible(bool(self.text()))
        self.setMinimumHeight(0)  # or it would be no less high than before
        self.setFixedHeight(max(self.heightForWidth(self.width()), 0))


def _said(trend: Trend) -> list[str]:
    """What may be said of each line, after its sign where there are two."""
    return [
        f"{LINE_SIGNS[k]} {line.name}   {line.said}" if line.name else line.said
        for k, line in enumerate(trend.lines)
        if line.said
    ]
