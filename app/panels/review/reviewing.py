"""The review page joined to the desk: how it is opened and left, and what keys mean on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from app.body.picture_style import PictureStyle
from app.domain.errors import KnownError
from app.domain.identity import UUID
from app.panels.deeds import ZOOM_STEP
from app.panels.review.page import ReviewPage
from app.panels.review.site_desk import SiteDesk
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
        sites = SiteDesk(desk.editor, desk.practice, settings, desk.notifier)
        self.page = ReviewPage(desk.editor, sites, theme, clock)
        self.page.back_asked.connect(desk.chart_asked)
        self.page.desk_asked.connect(self._open_on_desk)
        self.page.beside_asked.connect(self._open_beside)

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
        self.page.sites.follower.close()

    def set_theme(self, theme: Theme) -> None:
        self.page.set_look(theme, self._style)

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What actions do while the page is in sight, by their id."""
        body_map = self.page.map
        deeds: dict[str, Callable[[], object]] = {
            "view.all": lambda: body_map.enlarge(None),
            "view.close_up": body_map.toggle_close_up,
            "view.line": self._toggle_lines,
            "view.in": lambda: body_map.zoom(ZOOM_STEP),
            "view.out": lambda: body_map.zoom(1 / ZOOM_STEP),
            "view.fit": body_map.fit,
            "view.panels": self.page.toggle_panels,
            "reports": self._ask_progress,
        }
        for name in ("anterior", "posterior", "left", "right"):
            deeds[f"view.{name}"] = lambda name=name: body_map.enlarge(name)  # type: ignore[misc]
        return deeds

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
