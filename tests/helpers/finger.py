"""A finger on a touch screen: real touch events, from which Qt makes the rest."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.panels import theme as themes
from app.panels.touch import set_least_target

_SCREEN = QTest.createTouchDevice()


@pytest.fixture
def quick_taps(qapp: QApplication) -> Iterator[None]:
    """Presses that follow each other at once are no double ones; after it there is no touch mode,
    whatever was touched.
    """
    interval = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    yield
    qapp.setDoubleClickInterval(interval)
    set_least_target(0)
    themes.dress(qapp, themes.LIGHT)


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


class NoOtherHand(QObject):
    """Notes every key and every press of a mouse: where fingers alone are meant, there is none."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.noted: list[str] = []
        application.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self.noted.append(f"key {event.key()}")
        elif (
            isinstance(event, QMouseEvent)
            and event.type() is QEvent.Type.MouseButtonPress
            and event.device().type() is not QInputDevice.DeviceType.TouchScreen
        ):
            self.noted.append(f"mouse at {event.position()}")
        return False


def spread(widget: QWidget, middle: QPoint, start: int, end: int, down: QPoint) -> None:
    """Two fingers go apart round ``middle``, from ``start`` to ``end`` px, and move together."""
    first, second = Finger(widget, 0), Finger(widget, 1)
    first.down(middle - QPoint(start, 0))
    event = QTest.touchEvent(widget, _SCREEN)
    event.stationary(0).press(1, middle + QPoint(start, 0), widget).commit()
    for k in range(1, 9):
        reach, by = start + (end - start) * k // 8, down * (k / 8)
        event = QTest.touchEvent(widget, _SCREEN)
        event.move(0, middle - QPoint(reach, 0) + by, widget)
        event.move(1, middle + QPoint(reach, 0) + by, widget).commit()
        QApplication.processEvents()
    event = QTest.touchEvent(widget, _SCREEN)
    event.release(0, middle - QPoint(end, 0) + down, widget)
    event.release(1, middle + QPoint(end, 0) + down, widget).commit()
    second._settled()
