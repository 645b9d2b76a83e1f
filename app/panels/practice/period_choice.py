"""Of which days something is shown: all, the last twelve months, this year, or own dates."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.domain.period import ALWAYS, Period
from app.panels.fields import Choice
from app.panels.lines import DayLine

ALL, TWELVE_MONTHS, THIS_YEAR, OWN = range(4)
NAMES = ("All time", "Last 12 months", "This year", "Own dates")


class PeriodChoice(QWidget):
    """A list of usual periods; with own dates, two fields for the first and the last day."""

    changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._own: dict[str, date | None] = {"since": None, "until": None}
        self.choice = Choice()
        self.choice.setAccessibleName("Period")
        self.choice.view().setAccessibleName("Periods")
        self.choice.addItems(NAMES)
        self.choice.activated.connect(self._choose)
        self.since = self._day_line("since", "From, first day")
        self.until = self._day_line("until", "To, last day")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.choice, self.since, self.until):
            row.addWidget(widget)
        self._choose_quietly(ALL)

    @property
    def period(self) -> Period:
        chosen, today = self.choice.currentIndex(), self._today()
        if chosen == TWELVE_MONTHS:
            return Period(_a_year_before(today) + timedelta(days=1), today)
        if chosen == THIS_YEAR:
            return Period(date(today.year, 1, 1), today)
        return Period(self._own["since"], self._own["until"]) if chosen == OWN else ALWAYS

    def show_period(self, period: Period) -> None:
        """Shows days that somebody else chose; nothing is emitted."""
        self._own = {"since": period.since, "until": period.until}
        for name, line in (("since", self.since), ("until", self.until)):
            line.show_value((name, self._own[name]), self._own[name])
        self._choose_quietly(ALL if period == ALWAYS else OWN)

    def _choose_quietly(self, chosen: int) -> None:
        self.choice.setCurrentIndex(chosen)
        for line in (self.since, self.until):
            line.setVisible(chosen == OWN)

    def _choose(self, chosen: int) -> None:
        self._choose_quietly(chosen)
        self.changed.emit()

    def _day_line(self, name: str, words: str) -> DayLine:
        line = DayLine(words, self._today, words.split(",", maxsplit=1)[0])
        line.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

        def keep(_subject: object, text: str) -> bool:
            self._own[name] = line.read(text)
            self.changed.emit()
            return True

        line.keeper.store = keep
        return line


def _a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February, 28 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
