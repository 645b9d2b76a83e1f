"""The patient's sessions as dots along time; a press opens one beside today's."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from app.panels.sessions_panel import SessionRow, session_line
from app.panels.touch import at_least, least_target, when_restyled

DOT = 6.0
SIDE = 110
LEAST_LINE = 60
"""px between the two days: where there is less the days give way to the dots."""
CLOSEST = 16.0


class Timeline(QWidget):
    """Sessions from the oldest at the left to the newest; distances follow the dates."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        when_restyled(self, lambda: self.setFixedHeight(at_least(34)))
        self.setMouseTracking(True)
        self.setAccessibleName("Sessions along time")
        self._rows: list[SessionRow] = []
        self._hovered: int | None = None
        self._current = -1
        """The session that keys act on; -1 is the newest."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(300, 34)

    def show_sessions(self, rows: Sequence[SessionRow]) -> None:
        """``rows`` come newest first, as in the list."""
        self._rows = list(reversed(rows))
        self._hovered = None
        self._say_current()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk along time, Enter opens a session beside today's."""
        count, key = len(self._rows), event.key()
        here = self._current % count if count else 0
        goes = {
            int(Qt.Key.Key_Left): max(here - 1, 0),
            int(Qt.Key.Key_Right): min(here + 1, count - 1),
            int(Qt.Key.Key_Home): 0,
            int(Qt.Key.Key_End): count - 1,
        }
        if count and key in goes:
            self._current = goes[key]
            self._say_current()
            self.update()
        elif count and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._rows[here].on_desk:
                self.chosen.emit(self._rows[here].session.id)
        else:
            super().keyPressEvent(event)

    def _say_current(self) -> None:
        """For who does not see which dot has the ring."""
        if self._rows:
            self.setAccessibleDescription(session_line(self._rows[self._current % len(self._rows)]))

    @property
    def _side(self) -> int:
        """px at each end for the day of its session; in a narrow window for a dot alone."""
        return SIDE if self.width() - 2 * SIDE >= LEAST_LINE else round(2 * DOT)

    def places(self) -> list[QPointF]:
        """Where each session's dot lies, oldest first."""
        count = len(self._rows)
        left, right = self._side, self.width() - self._side
        y = self.height() / 2
        if count < 2:
            return [QPointF(right, y)] * count
        times = [row.session.started_at.timestamp() for row in self._rows]
        span = max(times[-1] - times[0], 1.0)
        wanted = [left + (t - times[0]) / span * (right - left) for t in times]
        if min(b - a for a, b in pairwise(wanted)) < CLOSEST:
            wanted = [left + k / (count - 1) * (right - left) for k in range(count)]
        return [QPointF(x, y) for x in wanted]

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        accent = palette.color(QPalette.ColorRole.Accent)
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        places = self.places()
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 3))
        painter.drawLine(places[0], places[-1])
        for k, (row, at) in enumerate(zip(self._rows, places, strict=True)):
            painter.setPen(QPen(accent if row.under or row.on_desk else faint, 2.2))
            filled = accent if row.on_desk else palette.color(QPalette.ColorRole.Window)
            painter.setBrush(filled)
            radius = DOT + (1.5 if k == self._hovered else 0)
            painter.drawEllipse(at, radius, radius)
            if self.hasFocus() and k == self._current % len(self._rows):
                painter.setPen(QPen(accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(at, DOT + 5, DOT + 5)
        font = QFont(self.font())
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(faint)
        if self._side < SIDE:
            painter.end()
            return
        area = QRectF(self.rect())
        middle = Qt.AlignmentFlag.AlignVCenter
        if len(self._rows) > 1:
            first = area.adjusted(0, 0, SIDE - 16 - area.width(), 0)
            painter.drawText(first, middle | Qt.AlignmentFlag.AlignRight, self._rows[0].title)
        last = area.adjusted(area.width() - SIDE + 16, 0, 0, 0)
        painter.drawText(last, middle | Qt.AlignmentFlag.AlignLeft, self._rows[-1].title)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self._at(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()
        if hovered is None:
            self.unsetCursor()
            QToolTip.hideText()
            return
        row = self._rows[hovered]
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        QToolTip.showText(
            event.globalPosition().toPoint(),
            f"{row.title}\n{row.summary}\n{row.pain}".strip(),
            self,
        )

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pressed = self._at(event.position())
        if pressed is not None and not self._rows[pressed].on_desk:
            self.chosen.emit(self._rows[pressed].session.id)

    def _at(self, position: QPointF) -> int | None:
        distances = [(at - position).manhattanLength() for at in self.places()]
        nearest = min(range(len(distances)), key=distances.__getitem__, default=None)
        return (
            nearest
            if nearest is not None and distances[nearest] <= max(14, least_target())
            else None
        )
