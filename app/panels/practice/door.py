"""How the window enters and leaves the page of the whole practice, which is imported and made when
it is first wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.settings import Settings

if TYPE_CHECKING:
    from app.panels.main_window import MainWindow
    from app.panels.practice.room import PracticeRoom
    from app.panels.theme import Theme

TITLE = "Practice – Needlepoint"
"""No name: titles show up in task lists."""


class PracticeDoor(QObject):
    """It remembers from where one came, and leads back there as it was left."""

    passed = Signal()
    """The page came into sight, or was left."""

    def __init__(
        self,
        window: MainWindow,
        pages: QStackedWidget,
        settings: Settings,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pages = pages
        self._settings = settings
        self._clock = clock
        self._room: PracticeRoom | None = None
        self._before: QWidget | None = None
        self._title_before = window.windowTitle()

    @property
    def room(self) -> PracticeRoom:
        if self._room is None:
            from app.panels.practice.room import PracticeRoom

            window = self._window
            self._room = PracticeRoom(
                window.desk, self._settings, self._clock, window.theme, window
            )
            self._room.page.back_asked.connect(self.leave)
            self._pages.addWidget(self._room.page)
        return self._room

    @property
    def is_inside(self) -> bool:
        """Whether the page is the one in sight."""
        return self._room is not None and self._pages.currentWidget() is self._room.page

    def toggle(self) -> None:
        """Shows the page, or leads back to where one was."""
        if self.is_inside:
            self.leave()
        else:
            self.enter()

    def search(self) -> None:
        """Shows the search over the sessions of all patients."""
        if self.enter():
            self.room.search()

    def enter(self) -> bool:
        """Whether the page is in sight then: a chart with a needle in is not left unasked."""
        if self.is_inside:
            return True
        before, room = self._pages.currentWidget(), self.room
        if not room.open():
            return False
        self._before, self._title_before = before, self._window.windowTitle()
        self._pages.setCurrentWidget(room.page)
        room.page.bar.setFocus()
        self._window.setWindowTitle(TITLE)
        self.passed.emit()
        return True

    def leave(self) -> None:
        """Back to the page before, with the cursor where it was."""
        assert self._before is not None, "nobody has come in"
        self._pages.setCurrentWidget(self._before)
        self._window.setWindowTitle(self._title_before)
        had_focus = self._before.focusWidget()
        if had_focus is not None:
            had_focus.setFocus()
        self.passed.emit()

    def set_theme(self, theme: Theme) -> None:
        if self._room is not None:
            self._room.set_theme(theme)

    def close(self) -> None:
        """Nothing may ask the practice once it is closed."""
        if self._room is not None:
            self._room.close()
