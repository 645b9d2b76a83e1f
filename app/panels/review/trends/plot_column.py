"""All plots under each other along one axis of time, with a crosshair through them."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.panels.review.trends.day_strip import DayStrip
from app.panels.review.trends.days import nearest, place, room_for, step_after
from app.panels.review.trends.look import LEFT, PlotLook
from app.panels.review.trends.small_plot import SmallPlot
from app.panels.rows import paint_focus
from app.panels.texts import day
from app.panels.touch import scroll_by_finger
from app.review.trend import Trend

EDGE = 14
AT_ONCE = 4
"""Plots that are drawn before the window is painted; the others follow, one in each turn of the
event loop.
"""
LEAST_DAYS = 6.0
"""How far time can be zoomed in."""
ROUNDING = 1e-6
SCROLL_STEP = 60
_STEPS = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}
_SCROLLS = {int(Qt.Key.Key_Up): -SCROLL_STEP, int(Qt.Key.Key_Down): SCROLL_STEP}


class PlotColumn(QWidget):
    """Left and Right lead the crosshair from day to day, Home and End to the first and last."""

    day_changed = Signal()
    """The crosshair stands at another day."""

    def __init__(self, look: PlotLook) -> None:
        super().__init__()
        self._look = look
        self._days: list[date] = []
        self._room = (0.0, 1.0)
        self._span = self._room
        self._moves = False
        self.at: date | None = None
        """The day at the crosshair."""
        self._undrawn: list[tuple[int, Trend]] = []
        self.plots: list[SmallPlot] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Figures over time")
        inner = QWidget()
        self._within = QVBoxLayout(inner)
        self._within.setContentsMargins(EDGE, 8, EDGE, 8)
        self._within.setSpacing(0)
        self._within.addStretch()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        self._area.viewport().installEventFilter(self)
        scroll_by_finger(self._area)
        self.strip = DayStrip(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 3, 3, 3)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(self.strip)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._draw_next)

    # -- showing ---------------------------------------------------------------------------

    @property
    def trends(self) -> list[Trend]:
        """What is drawn, or will be in a moment."""
        shown = {k: plot.trend for k, plot in enumerate(self.plots)}
        return [trend for _k, trend in sorted((shown | dict(self._undrawn)).items())]

    @property
    def days(self) -> list[date]:
        """The days between which the crosshair steps: those with a figure."""
        return self._days

    @property
    def span(self) -> tuple[float, float]:
        """What of time is in sight."""
        return self._span

    def show_trends(self, trends: Sequence[Trend]) -> None:
        """Draws these; time is shown whole, and the crosshair stays where it can."""
        self._days = sorted({on for trend in trends for on in trend.days})
        self._keep(len(trends))
        self._room = room_for(self._days) if self._days else (0.0, 1.0)
        self._span = self._room
        self._undrawn = list(enumerate(trends))
        self.strip.setVisible(bool(trends))
        for _each in range(min(AT_ONCE, len(self._undrawn))):
            self._draw_next()
        self._set_span(self._room)
        self._point_at(self._nearest_day())

    def clear(self) -> None:
        """As if nothing had been drawn yet."""
        self._undrawn.clear()
        self._keep(0)

    def _keep(self, count: int) -> None:
        """Drops all plots but the first ``count``."""
        for plot in self.plots[count:]:
            self._within.removeWidget(plot)
            plot.hide()
            plot.deleteLater()
        del self.plots[count:]

    def set_look(self, look: PlotLook) -> None:
        self._look = self.strip.look = look
        for plot in self.plots:
            plot.show_trend(plot.trend, look)
        self._set_span(self._span)
        self.strip.update()

    def finish(self) -> None:
        """Draws all that is still to be drawn, as for a file."""
        while self._undrawn:
            self._draw_next()

    def _draw_next(self) -> None:
        if not self._undrawn:
            return
        k, trend = self._undrawn.pop(0)
        if k < len(self.plots):
            self.plots[k].show_trend(trend, self._look)
        else:
            self._add_plot(SmallPlot(trend, self._look))
        self._moves = True
        self.plots[k].canvas.show_span(*self._span)
        self._moves = False
        if self.at is not None:
            self.plots[k].point_at(self.at)
        if self._undrawn:
            self._more.start()

    def _add_plot(self, plot: SmallPlot) -> None:
        self._within.insertWidget(len(self.plots), plot)
        self.plots.append(plot)
        plot.canvas.pointed.connect(self._point_near)
        plot.canvas.zoomed.connect(self.zoom)
        plot.canvas.moved.connect(self._follow)

    # -- time ------------------------------------------------------------------------------

    def zoom(self, factor: float, around: float | None = None) -> None:
        """Shows ``factor`` times as many days, with ``around`` where it is; the crosshair's day
        without it.
        """
        low, high = self._span
        if around is None:
            around = (low + high) / 2 if self.at is None else place(self.at)
        self._set_span((around - (around - low) * factor, around + (high - around) * factor))

    def show_all(self) -> None:
        """Time as a whole."""
        self._set_span(self._room)

    def _follow(self, low: float, high: float) -> None:
        """One plot was moved by hand: all others go with it."""
        apart = abs(low - self._span[0]) + abs(high - self._span[1])
        if not self._moves and apart > ROUNDING:
            self._set_span((low, high))

    def _set_span(self, wanted: tuple[float, float]) -> None:
        whole = self._room[1] - self._room[0]
        wide = min(max(wanted[1] - wanted[0], min(LEAST_DAYS, whole)), whole)
        low = min(max(wanted[0], self._room[0]), self._room[1] - wide)
        self._span = (low, low + wide)
        self._moves = True
        for plot in self.plots:
            plot.canvas.show_span(*self._span)
        self._moves = False
        self.strip.span = self._span
        self.strip.update()

    # -- the crosshair ---------------------------------------------------------------------

    def _nearest_day(self) -> date | None:
        """The newest day at first, else that which is nearest to where the crosshair was."""
        if not self._days:
            return None
        return self._days[-1 if self.at is None else nearest(self._days, place(self.at))]

    def _point_near(self, x: float) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._days:
            self._point_at(self._days[nearest(self._days, x)])

    def _point_at(self, on: date | None) -> None:
        self.at = self.strip.at = on
        if on is not None:
            for plot in self.plots:
                plot.point_at(on)
            low, high = self._span
            if not low <= place(on) <= high:
                middle = place(on) - (high - low) / 2
                self._set_span((middle, middle + high - low))
        self.strip.update()
        self.setAccessibleDescription(self.words)
        self.day_changed.emit()

    @property
    def words(self) -> str:
        """The figures of the day at the crosshair, for who does not see them."""
        if self.at is None:
            return "No figures"
        on = self.at
        told = [f"{trend.title}: {said}" for trend in self.trends if (said := trend.at(on))]
        return f"{day(on)}. {'; '.join(told)}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """False where the key means nothing here."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in _SCROLLS:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + _SCROLLS[key])
        elif key in _STEPS and self.at is not None:
            self._point_at(step_after(self._days, self.at, _STEPS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._days:
            self._point_at(self._days[0 if key == Qt.Key.Key_Home else -1])
        else:
            return False
        return True

    # -- the widget ------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The days stand under the plots, whether there is a scroll bar or not."""
        if event.type() is QEvent.Type.Resize:
            self.strip.left = EDGE + LEFT
            self.strip.right = self._area.width() - self._area.viewport().width() + EDGE
            self.strip.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring of what keys act on."""
        if self.hasFocus():
            painter = QPainter(self)
            paint_focus(painter, self.rect().adjusted(-1, -1, 1, 1), self.palette())
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
