"""The keystroke-level model: what a hand's events would take a practised user, in seconds.

It shows the least a task can take, not what a practitioner needs; only watching some would tell.
The events are counted where they reach the window, so that what a script says it does and what
it did cannot differ. Of the model's operators only the thoughts are said by the script: where
a choice is made (another kind, what is to change), not for a press on the spot under the finger.
"""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog  # noqa: TID251 - a dialog is one of its kind

KEY_S, POINT_S, HOME_S, THINK_S = 0.2, 1.1, 0.4, 1.35
"""K, P, H and M of Card, Moran and Newell, as in the evidence that the goals were taken from."""
NEAR_KEYS = frozenset("12345QWERTASDFGZXCVB ")
"""What the other hand reaches while one holds the pointer. A key beyond these moves it there."""


@dataclass(slots=True)
class Tally:
    """The events of one task."""

    clicks: int = 0
    keys: int = 0
    held: int = 0
    """Keys held down with others: Shift of Shift+O."""
    far: int = 0
    """Keys for which a hand leaves its place."""
    drags: int = 0
    thoughts: int = 0
    dialogs: int = 0

    @property
    def actions(self) -> int:
        """A key with Shift is one action, and a dialog is one that nobody asked for."""
        return self.clicks + self.keys + self.dialogs

    @property
    def seconds(self) -> float:
        return (
            self.clicks * (POINT_S + KEY_S)
            + self.drags * POINT_S
            + (self.keys + self.held) * KEY_S
            + self.far * HOME_S
            + self.thoughts * THINK_S
        )


class Watch(QObject):
    """Counts what reaches the windows of the program while it is entered."""

    def __init__(self) -> None:
        super().__init__()
        self.tally = Tally()
        self._from = QPointF()

    def __enter__(self) -> Self:
        _application().installEventFilter(self)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        _application().removeEventFilter(self)

    def think(self) -> None:
        """The user decides something here."""
        self.tally.thoughts += 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of each stroke the window hears first, once, whether or not it is a shortcut."""
        if isinstance(watched, QWindow):
            if isinstance(event, QMouseEvent):
                self._count_mouse(event)
            elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
                self._count_key(event)
        elif isinstance(watched, QDialog) and event.type() is QEvent.Type.Show:
            self.tally.dialogs += 1
        return False

    def _count_mouse(self, event: QMouseEvent) -> None:
        if event.type() is QEvent.Type.MouseButtonPress:
            self.tally.clicks += 1
            self._from = event.position()
        elif event.type() is QEvent.Type.MouseButtonRelease:
            way = (event.position() - self._from).manhattanLength()
            self.tally.drags += way > QGuiApplication.styleHints().startDragDistance()

    def _count_key(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS:
            return  # counted with the key that it changes
        self.tally.keys += 1
        self.tally.held += len([each for each in _HELD if event.modifiers() & each])
        name = chr(event.key()) if event.key() < 128 else ""
        self.tally.far += name not in NEAR_KEYS


_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_HELD = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
