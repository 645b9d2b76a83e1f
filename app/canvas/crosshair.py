"""A pointer for the keyboard: a crosshair on the map that arrows move and Enter presses with."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.canvas.body_map import BodyMap

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
    """

    def __init__(self, body_map: BodyMap) -> None:
        super().__init__(body_map)
        self._map = body_map
        self._at = QPointF(-1, -1)
        self._holds = False
        self.is_wanted: Callable[[], bool] = lambda: False
        """Whether arrows are meant for it now; else they move the picture."""
        self.setFixedSize(SIZE, SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        body_map.rebuilt.connect(self.put_away)
        body_map.key_pointer = self.on_key

    @property
    def at(self) -> QPointF:
        """The widget point of the map at which it points."""
        return self._at

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
        self._point_at(self._at if room.contains(self._at) else room.center())

    def _point_at(self, at: QPointF) -> None:
        self._at = at
        self.move((at - QPointF(SIZE / 2, SIZE / 2)).toPoint())
        pointer = self._map.point_at(at)
        if self._holds and pointer is not None:
            self._map.moved.emit(pointer)

    def _press(self, *, hold: bool) -> None:
        if not self.isVisible():
            self._show()
            return
        pointer = self._map.point_at(self._at)
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
