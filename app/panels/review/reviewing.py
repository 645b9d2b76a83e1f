"""The review page joined to the desk: how it is opened and left, and what keys mean on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from app.body.picture_style import PictureStyle
from app.domain.errors import KnownError
from app.domain.identity import UUID
from app.panels.review.page import ReviewPage
from app.panels.review.room import Around
from app.panels.theme import Theme
from app.settings import Settings

if TYPE_CHECKING:
    from app.panels.desk import Desk


class Reviewing:
    """One open practice's review page. Whoever leaves it is on the chart again."""

    def __init__(
        self, desk: Desk, settings: Settings, theme: Theme, clock: Callable[[], datetime]
    ) -> None:
        self._desk = desk
        self.page = ReviewPage(
            Around(
                desk.editor, desk.practice, settings, desk.notifier, desk.jobs, clock,
                self._toggle_lines, theme, self._style,
            )
        )  # fmt: skip
        self.page.back_asked.connect(desk.chart_asked)
        self.page.desk_asked.connect(self._open_on_desk)
        self.page.beside_asked.connect(self._open_beside)
        self.page.room_changed.connect(desk.state_changed)

    def open(self) -> bool:
        """Reads the open chart for the page; False where it cannot be read, which was then said."""
        if not self._desk.flush():
            return False
        self.page.set_style(self._style)
        try:
            self.page.open()
        except KnownError as error:
            self._desk.notifier.trouble(error)
            return False
        return True

    def close(self) -> None:
        """Nothing may ask the practice once it is closed."""
        self.page.close_rooms()

    def set_theme(self, theme: Theme) -> None:
        self.page.set_look(theme, self._style)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What actions do while the page is in sight, by their id."""
        return self.page.deeds() | {"reports": self._ask_progress}

    @property
    def _style(self) -> PictureStyle:
        return PictureStyle.LINE if self._desk.lines else PictureStyle.CLAY

    def _toggle_lines(self) -> None:
        self._desk.toggle_lines()
        self.page.set_style(self._style)

    def _ask_progress(self) -> None:
        """The report that says on paper what this page shows."""
        from app.report.kinds import ReportKind

        self._desk.reports.ask(ReportKind.PROGRESS)

    def _open_on_desk(self, session_id: UUID) -> None:
        self._desk.chart_asked.emit()
        self._desk.chart.open_session(session_id)

    def _open_beside(self, session_id: UUID) -> None:
        """Also where it stands beside the desk's already: there it stays."""
        self._desk.chart_asked.emit()
        if self._desk.chart.beside.session_id != session_id:
            self._desk.chart.open_beside(session_id)
