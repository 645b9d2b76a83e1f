"""A pointer for the keyboard: a crosshair on the map that arrows move and Enter presses with."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.canvas.body_map import BodyMap
from app.domain.identity import UUID
from app.editing.tools.tool import PointerEvent

SIZE = 44
GAP, ARM = 5.0, 19.0
"""px from the middle, where the skin stays in sight, to the end of an arm."""
STEP, FINE_STEP, LONG_STEP = 8.0, 1.0, 40.0
"""px that an arrow moves it; with Shift, and with Ctrl."""
_HALO, _LINE = QColor("#FFFFFF"), QColor("#0B2E2E")
_DIRECTIONS = {
    int(Qt.Key.Key_Left): QPointF(-1, 0),
    int(Qt.Key.Key_Right): QPointF(1, 0),
    int(Qt.Key.Key_Up): QPointF(0, -1),
    int(Qt.Key.Key_Down): QPointF(0, 1),
}
_HIDES = {
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.FocusOut,
    QEvent.Type.Resize,
}


class Crosshair(QWidget):
    """Acts as a pointer of ``body_map`` while it is seen; a mouse that moves puts it away.

    Enter presses and lets go. Shift+Enter presses and holds, so that arrows draw or drag, and
    Enter lets go then. The first arrow only shows it: nothing is placed where nobody looks.

    Where there are ``stops``, as the outlines of last time, arrows go from one to the next, as one
    reads, and round; Enter then presses on that very one, also where others lie on it.
    """

    def __init__(self, body_map: BodyMap) -> None:
        super().__init__(body_map)
        self._map = body_map
        self._at = QPointF(-1, -1)
        self._holds = False
        self.is_wanted: Callable[[], bool] = lambda: False
        """Whether arrows are meant for it now; else they move the picture."""
        self.stops: Callable[[], Mapping[UUID, QPointF]] = dict
        """The ghosts to which arrows go, and where they are; none: arrows move it by steps."""
        self._stop: UUID | None = None
        """The one at which it is."""
        self.setFixedSize(SIZE, SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        body_map.rebuilt.connect(self.put_away)
        body_map.key_pointer = self.on_key
        body_map.key_pointer_leads = self.leads

    @property
    def at(self) -> QPointF:
        """The widget point of the map at which it points."""
        return self._at

    def leads(self) -> bool:
        """Whether arrows go from ghost to ghost, also while the one just repeated is selected."""
        return self.isVisible() and bool(self.stops())

    def on_key(self, event: QKeyEvent) -> bool:
        """Whether the key was meant for the crosshair or for moving the picture."""
        key, modifiers = event.key(), event.modifiers()
        if key in _DIRECTIONS:
            by = _DIRECTIONS[key] * _step(modifiers)
            if self.is_wanted() or self._holds:
                self._move(by)
            else:
                self._map.pan(by * -1)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_wanted():
            self._press(hold=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
            return True
        return False

    def put_away(self) -> None:
        if self._holds:
            self._holds = False
            self._map.cancelled.emit()
        if self.isVisible():
            self._map.removeEventFilter(self)
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HIDES:
            self.put_away()
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._holds = False  # the map says that the gesture is dropped
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(SIZE / 2, SIZE / 2)
        for colour, width in ((_HALO, 5.0), (_LINE, 2.0)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for way in _DIRECTIONS.values():
                painter.drawLine(middle + way * GAP, middle + way * ARM)
            if self._holds:
                painter.drawEllipse(middle, GAP, GAP)
        painter.end()

    def _move(self, by: QPointF) -> None:
        if not self.isVisible():
            self._show()
            return
        stops = {} if self._holds else self.stops()
        if stops:
            self._go_on(stops, forward=by.x() + by.y() > 0)
            return
        room = self._map.large_rect
        wanted = self._at + by
        kept = QPointF(
            min(max(wanted.x(), room.left()), room.right()),
            min(max(wanted.y(), room.top()), room.bottom()),
        )
        if kept != wanted and not self._holds:
            self._map.pan(kept - wanted)  # at the edge the picture comes along
        self._point_at(kept)

    def _show(self) -> None:
        self._map.installEventFilter(self)
        room: QRectF = self._map.large_rect
        self.show()
        self.raise_()
        stops, at = self.stops(), self._at if room.contains(self._at) else room.center()
        if stops:
            nearest = min(stops, key=lambda each: (stops[each] - at).manhattanLength())
            self._point_at(stops[nearest], nearest)
        else:
            self._point_at(at)

    def _go_on(self, stops: Mapping[UUID, QPointF], *, forward: bool) -> None:
        """To the next ghost, or the one before: from the top down, and from left to right."""
        places = sorted((at.y(), at.x(), str(each), each) for each, at in stops.items())
        here = (self._at.y(), self._at.x(), str(self._stop or ""))
        after = [place for place in places if place[:3] > here]
        before = [place for place in places if place[:3] < here]
        y, x, _order, stop = (after or places)[0] if forward else (before or places)[-1]
        self._point_at(QPointF(x, y), stop)

    def _pointer(self) -> PointerEvent | None:
        """What lies at the crosshair; of several the ghost to which an arrow led."""
        pointer = self._map.point_at(self._at)
        if pointer is None or self._stop is None or self._stop not in self.stops():
            return pointer
        pointer = replace(pointer, hit=None, ghost=self._stop)
        self._map.hovered.emit(pointer)
        return pointer

    def _point_at(self, at: QPointF, stop: UUID | None = None) -> None:
        self._at, self._stop = at, stop
        self.move((at - QPointF(SIZE / 2, SIZE / 2)).toPoint())
        pointer = self._pointer()
        if self._holds and pointer is not None:
            self._map.moved.emit(pointer)

    def _press(self, *, hold: bool) -> None:
        if not self.isVisible():
            self._show()
            return
        pointer = self._pointer()
        if pointer is None:
            return
        if not self._holds:
            self._map.pressed.emit(pointer)
        self._holds = hold and not self._holds
        if not self._holds:
            self._map.released.emit(pointer)
        self.update()


def _step(modifiers: Qt.KeyboardModifier) -> float:
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return FINE_STEP
    return LONG_STEP if modifiers & Qt.KeyboardModifier.ControlModifier else STEP
