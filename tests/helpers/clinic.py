"""A driver that uses the real window on a real practice, in the words of a user.

``clinic.key("T").press("posterior", 0.62, 0.2)`` takes the trigger point tool and presses on
the picture; shares are of the picture's width and height, origin top left.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Self, TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.body.atlas import Atlas
from app.domain.marks import Mark
from app.domain.needles import needles_in
from app.panels import theme as themes
from app.panels.application import make_application
from app.panels.desk import Desk
from app.panels.main_window import MainWindow
from app.settings import Settings
from db.practice import open_practice

_W = TypeVar("_W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton
START = datetime.fromisoformat("2026-11-22T14:03:22+01:00")


class Clock:
    """A clock that moves one second each time it is read, from a fixed start."""

    def __init__(self, start: datetime = START) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Clinic:
    """The program, open on the practice in ``folder``."""

    def __init__(self, qtbot: QtBot, atlas: Atlas, folder: Path, start: datetime = START) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self._atlas = atlas
        self._closed = False
        self.clock = Clock(start)
        make_application(themes.LIGHT)
        self.practice = open_practice(folder / "practice", clock=self.clock)
        self.window = MainWindow(Settings(folder / "settings.ini"), self.clock, themes.LIGHT)
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.close())
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()
        self.window.open_practice(self.practice.repository, atlas)
        self.ticks: list[int] = []
        """A 1 for each tick that was to be heard."""
        self.desk.tick.play = lambda: self.ticks.append(1)
        QApplication.processEvents()

    # -- what there is ---------------------------------------------------------------------

    @property
    def desk(self) -> Desk:
        return self.window.desk

    @property
    def marks(self) -> list[Mark]:
        """The marks on the desk, read anew from the database."""
        session = self.desk.editor.session
        return [] if session is None else self.practice.repository.marks(session.id)

    @property
    def on_screen(self) -> list[Mark]:
        return list(self.desk.editor.marks)

    @property
    def message(self) -> str:
        return self.window.messages.text

    # -- what a user does ------------------------------------------------------------------

    def key(self, key: str) -> Self:
        """Chooses a menu's action by its shortcut, as the window does for a key."""
        for item in self.window.actions_by_id.values():
            if any(each.toString() == key for each in item.shortcuts()) and item.isEnabled():
                item.trigger()
                QApplication.processEvents()
                return self
        raise AssertionError(f"no enabled action has the key {key}")

    def strike(self, widget: QWidget, *keys: Qt.Key, shift: bool = False) -> Self:
        """Strikes real keys while ``widget`` has the focus: what they mean the window decides."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        widget.setFocus()
        modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(widget, key, modifiers)
            QApplication.processEvents()
        return self

    def at(self, view: str, x: float, y: float) -> QPoint:
        """The widget point of a place on a picture."""
        body_map = self.desk.chart.map
        shown = self._atlas.view(self.desk.editor.body, view)
        return body_map.pane_point(view, x * shown.width, y * shown.height).toPoint()

    def press(self, view: str, x: float, y: float) -> Self:
        """Presses and releases on a picture."""
        QTest.mouseClick(self.desk.chart.map, LEFT, pos=self.at(view, x, y))
        QApplication.processEvents()
        return self

    def drag(self, view: str, *places: tuple[float, float], release: bool = True) -> Self:
        """Presses at the first place and moves over the others."""
        body_map = self.desk.chart.map
        points = [self.at(view, x, y) for x, y in places]
        QTest.mousePress(body_map, LEFT, pos=points[0])
        for start, end in pairwise(points):
            for share in (0.25, 0.5, 0.75, 1.0):
                QTest.mouseMove(body_map, start + (end - start) * share)
                QApplication.processEvents()
        if release:
            QTest.mouseRelease(body_map, LEFT, pos=points[-1])
        QApplication.processEvents()
        return self

    def click(self, widget: QWidget) -> Self:
        QTest.mouseClick(widget, LEFT)
        QApplication.processEvents()
        return self

    def segment(self, within: QWidget, name: str) -> Self:
        """Presses the segment that is seen under the accessible name ``name``."""
        button = next(
            each
            for each in within.findChildren(QWidget)
            if each.accessibleName() == name and each.isVisible()
        )
        return self.click(button)

    def write(self, widget: QWidget, text: str) -> Self:
        """Types any letters, also those that QTest has no keys for."""
        widget.setFocus()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(widget, event)
        QApplication.processEvents()
        return self

    def dialog(self, kind: type[_W]) -> _W:
        """The open dialog of a kind."""
        found: list[_W] = []

        def is_open() -> bool:
            found[:] = [each for each in self.window.findChildren(kind) if each.isVisible()]
            return bool(found)

        self.qtbot.waitUntil(is_open)
        return found[-1]

    def answer(
        self,
        text: str,
        ask: Callable[[], object],
        tap: Callable[[QWidget], object] | None = None,
    ) -> Self:
        """Does what asks a question, and answers it with the button called ``text``; ``tap``
        presses it, if not by the mouse.
        """

        def press() -> None:
            for box in QApplication.topLevelWidgets():
                if isinstance(box, QMessageBox) and box.isVisible():
                    (tap or self.click)(self.button(box, text))
                    return
            QTimer.singleShot(5, press)

        QTimer.singleShot(0, press)
        ask()
        return self

    def button(self, within: QWidget, text: str) -> QPushButton:
        return next(each for each in within.findChildren(QPushButton) if each.text() == text)

    def wait_until(self, fact: Callable[[], bool]) -> Self:
        self.qtbot.waitUntil(fact, timeout=20_000)
        return self

    def wheel(self, view: str, x: float, y: float, notches: int) -> Self:
        body_map = self.desk.chart.map
        at = QPointF(self.at(view, x, y))
        event = QWheelEvent(
            at, body_map.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(body_map, event)
        QApplication.processEvents()
        return self

    def close(self) -> None:
        """Closes the window and the practice, as at the end of a day; also with needles in."""
        if self._closed:
            return
        self._closed = True
        still = len(needles_in(self.marks)) if self.window.isVisible() else 0
        if still:
            many = "the needle" if still == 1 else f"{still} needles"
            self.answer(f"Close with {many} in", self.window.close)
        else:
            self.window.close()
        self.practice.close()
        QApplication.processEvents()
