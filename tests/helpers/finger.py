"""A finger on a touch screen: real touch events, from which Qt makes the rest."""

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_SCREEN = QTest.createTouchDevice()


class Finger:
    """Touches a widget, moves and lets go; px of the widget."""

    def __init__(self, widget: QWidget, number: int = 0) -> None:
        self._widget = widget
        self._number = number
        self._at = QPoint()

    def down(self, at: QPoint) -> "Finger":
        self._at = at
        QTest.touchEvent(self._widget, _SCREEN).press(self._number, at, self._widget).commit()
        return self._settled()

    def move(self, to: QPoint, steps: int = 4) -> "Finger":
        start = self._at
        for k in range(1, steps + 1):
            self._at = start + (to - start) * (k / steps)
            event = QTest.touchEvent(self._widget, _SCREEN)
            event.move(self._number, self._at, self._widget).commit()
            self._settled()
        return self

    def up(self) -> "Finger":
        event = QTest.touchEvent(self._widget, _SCREEN)
        event.release(self._number, self._at, self._widget).commit()
        return self._settled()

    def tap(self, at: QPoint) -> "Finger":
        return self.down(at).up()

    def _settled(self) -> "Finger":
        QApplication.processEvents()
        return self
