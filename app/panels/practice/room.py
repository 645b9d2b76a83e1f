"""The page of the practice joined to the desk: how it is opened and left, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from app.body.picture_style import PictureStyle
from app.domain.practice_summaries import Visit
from app.panels.practice.asking import Asking
from app.panels.practice.page import PracticePage
from app.panels.practice.search import SearchTab
from app.panels.practice.tab import Sources
from app.panels.practice.todays import TodaysReader
from app.panels.theme import Theme
from app.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.panels.desk import Desk


class PracticeRoom:
    """One open practice's page. It needs no chart; one that is open stays so behind it."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        clock: Callable[[], datetime],
        theme: Theme,
        window: QWidget,
    ) -> None:
        self._desk = desk
        self._theme = theme
        repository = desk.store.repository
        self._asking = Asking(desk.notifier.trouble)
        todays = TodaysReader(repository.overview, settings, self._asking, clock)
        sources = Sources(
            repository, desk.editor.atlas, settings, self._asking, clock, todays, desk.jobs,
            desk.notifier, theme, self._style,
        )  # fmt: skip
        self.page = PracticePage(sources, desk.notifier, window)
        self.page.visit_asked.connect(self._open_visit)

    def open(self) -> bool:
        """Reads the practice for the page; False where the open chart may not be left: words could
        not be stored, or a needle is in and the user wants to stay.
        """
        if not self._desk.flush() or not self._desk.bedside.may_leave_session():
            return False
        self.page.set_look(self._theme, self._style)
        self.page.open()
        return True

    def search(self) -> None:
        """Shows the search, with the cursor in its first line."""
        self.page.show_tab(SearchTab).take_focus()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.page.set_look(theme, self._style)

    @property
    def _style(self) -> PictureStyle:
        return PictureStyle.LINE if self._desk.lines else PictureStyle.CLAY

    def close(self) -> None:
        """Nothing may ask the practice once it is closed."""
        self._asking.close()
        self.page.close_tabs()

    def _open_visit(self, visit: Visit) -> None:
        """The chart with this session on the desk, read-only where it is signed."""
        self._desk.open_patient(visit.patient_id)
        if self._desk.store.has_session(visit.session_id):
            self._desk.chart.open_session(visit.session_id)
