"""Who needs somebody today: read once for the two tabs that list it and the line above them."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.domain.ports import Overview
from app.domain.practice_summaries import Todays
from app.domain.words import local_day
from app.panels.practice.asking import Asking
from app.review.follow_up import FollowUpWindow
from app.settings import Settings


class TodaysReader(QObject):
    """``found`` is None before it was read for the first time, and where it cannot be read."""

    changed = Signal()

    def __init__(
        self,
        overview: Overview,
        settings: Settings,
        asking: Asking,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._overview = overview
        self._settings = settings
        self._asking = asking
        self._clock = clock
        self.found: Todays | None = None

    @property
    def window(self) -> FollowUpWindow:
        """When it is due to ask, as the user set it."""
        values = self._settings.values
        return FollowUpWindow(values.follow_up_first_day, values.follow_up_last_day)

    def change_window(self, window: FollowUpWindow) -> None:
        first, last = window
        self._settings.change(follow_up_first_day=first, follow_up_last_day=last)
        self.read()

    def read(self) -> None:
        now = self._clock()
        period = self.window.period(local_day(now))
        self._asking.ask(
            "today",
            lambda: self._overview.todays(period, now),
            self._show,
            lambda: self._show(None),
        )

    def _show(self, found: Todays | None) -> None:
        self.found = found
        self.changed.emit()


def todays_line(found: Todays) -> str:
    """ "3 follow-ups due · 2 sessions not signed · 1 needle still in"."""
    return " · ".join(
        (
            _counted(len(found.follow_ups), "follow-up", "due"),
            _counted(len(found.unsigned), "session", "not signed"),
            _counted(found.needles_in, "needle", "still in"),
        )
    )


def _counted(count: int, what: str, state: str) -> str:
    if not count:
        return f"No {what} {state}"
    return f"{count:,} {what}{'' if count == 1 else 's'} {state}"
