"""Side columns take more room where the window has plenty: fewer words are cut, and the body still
has all the room that it can use.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

PLENTY = 1280
"""px of the window up to which a column is as narrow as it can be."""
SHARE = 0.12
"""Of each px beyond that, a column takes so much."""


class SideWidth(QObject):
    """Keeps ``column`` between ``least`` and ``most`` px wide, as its window has room."""

    def __init__(self, column: QWidget, least: int, most: int) -> None:
        super().__init__(column)
        self._column = column
        self._least, self._most = least, most
        self._window: QWidget | None = None
        column.setFixedWidth(least)
        column.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and watched is self._column:
            self._follow(self._column.window())
        elif isinstance(event, QResizeEvent) and watched is self._window:
            self._measure(event.size().width())
        return False

    def _follow(self, window: QWidget) -> None:
        if window is not self._window:
            if self._window is not None:
                self._window.removeEventFilter(self)
            self._window = window
            window.installEventFilter(self)
        self._measure(window.width())

    def _measure(self, room: int) -> None:
        wanted = self._least + round(max(room - PLENTY, 0) * SHARE)
        self._column.setFixedWidth(min(wanted, self._most))
