"""All sessions along time, and the slider that leads through them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from app.panels.review.track_painting import (
    ALONE,
    HEIGHT,
    LEFT,
    RIGHT,
    Track,
    TrackLook,
    paint_columns,
    paint_slider,
)
from app.panels.touch import at_least, when_restyled
from app.review.timeline import Glance

CLOSEST = 12.0
"""px: where dates would bring two sessions closer than this, all stand at equal distances."""
FAR_STEP = 5


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One session as the track shows it."""

    glance: Glance
    day: str
    problem: str
    words: str
    """All of it, for who points at it or does not see it."""


class TimeTrack(QAbstractSlider):
    """A column for each session, oldest at the left. The value is the place of a session."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setPageStep(FAR_STEP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Sessions along time")
        self._rows: tuple[TrackRow, ...] = ()
        self._places: list[float] = []
        self._track = Track.of((), (), (), ())
        self._painted: QPixmap | None = None
        self.valueChanged.connect(self._say)
        when_restyled(self, lambda: self.setFixedHeight(max(HEIGHT, at_least(0))))

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    @property
    def rows(self) -> tuple[TrackRow, ...]:
        return self._rows

    def show_rows(self, rows: Sequence[TrackRow], place: int) -> None:
        """Shows these sessions, oldest first, with the slider at ``place``."""
        self._rows = tuple(rows)
        with QSignalBlocker(self):
            self.setRange(0, max(len(rows) - 1, 0))
            self.setValue(place)
        self._measure()
        self._say()
        self.update()

    def place_of(self, place: int) -> QPointF:
        """The widget point at the middle of a session's column."""
        return QPointF(self._places[place], self.height() / 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self._rows:
            look = TrackLook.of(self.palette(), self.font())
            painter.drawPixmap(0, 0, self._columns(look))
            paint_slider(painter, area, look, self._track, self.value())
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
        painter.end()

    def _columns(self, look: TrackLook) -> QPixmap:
        """All columns, painted once: a step of the slider changes one of them."""
        ratio = self.devicePixelRatioF()
        if self._painted is None or self._painted.devicePixelRatio() != ratio:
            pixels = QPixmap(self.size() * ratio)
            pixels.setDevicePixelRatio(ratio)
            pixels.fill(look.ground)
            painter = QPainter(pixels)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_columns(painter, QRectF(self.rect()), look, self._track)
            painter.end()
            self._painted = pixels
        return self._painted

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._painted = None  # in other colours, or another font

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down are left to whoever scrolls."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)
        nearest = self._nearest(event.position().x())
        if nearest is not None:
            QToolTip.showText(event.globalPosition().toPoint(), self._rows[nearest].words, self)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            return True  # it follows the pointer
        return super().event(event)

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        super().sliderChange(change)
        self.update()

    def _go(self, event: QMouseEvent) -> None:
        nearest = self._nearest(event.position().x())
        if nearest is not None:
            self.setValue(nearest)

    def _nearest(self, x: float) -> int | None:
        distances = [abs(place - x) for place in self._places]
        return min(range(len(distances)), key=distances.__getitem__, default=None)

    def _measure(self) -> None:
        """Where each session's column lies."""
        self._places = _places(
            [row.glance.session.started_at.timestamp() for row in self._rows],
            float(LEFT),
            float(self.width() - RIGHT),
        )
        spans = [
            (title, [place for place, _row in group])
            for title, group in groupby(enumerate(self._rows), key=lambda each: each[1].problem)
        ]
        glances = [row.glance for row in self._rows]
        self._track = Track.of(glances, [row.day for row in self._rows], spans, self._places)
        self._painted = None

    def _say(self) -> None:
        shown = self._rows[self.value()].words if self._rows else "No session"
        place = f"{self.value() + 1} of {len(self._rows)}: " if self._rows else ""
        self.setAccessibleDescription(place + shown)


def _places(times: Sequence[float], left: float, right: float) -> list[float]:
    """The x of each column: distances follow the dates, unless that crowds them."""
    count = len(times)
    if count < 2:
        return [left + ALONE / 2] * count
    span = max(times[-1] - times[0], 1.0)
    wanted = [left + (time - times[0]) / span * (right - left) for time in times]
    if min(b - a for a, b in pairwise(wanted)) < CLOSEST:
        wanted = [left + place / (count - 1) * (right - left) for place in range(count)]
    return wanted
