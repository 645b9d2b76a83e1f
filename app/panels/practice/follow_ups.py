"""Sessions after which nobody has asked yet how sore it was."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from app.domain.practice_summaries import FollowUp
from app.exchange.practice_tables import FOLLOW_UPS, follow_up_rows, places_words
from app.panels.lines import WholeFigure
from app.panels.practice.tab import NOT_READ, READING, PracticeTab, SavedTable, Sources
from app.panels.practice.table import Column, PracticeTable, TableModel
from app.panels.texts import PlainLabel, day
from app.review.follow_up import MOST_DAYS, USUAL_SORENESS, FollowUpWindow

ASKED_WHERE = (
    "Asked is what the Before stage of a later session records of it, or a sore area “later” in "
    "the session itself. A call by telephone has no record of its own yet."
)


class FollowUpsTab(PracticeTab):
    name = "Follow-ups due"

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        window = sources.todays.window
        self.first = self._figure("Days since, at least", window.first)
        self.last = self._figure("Days since, at most", window.last)
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (
            PlainLabel("Needled"), self.first, PlainLabel("to"), self.last, PlainLabel("days ago"),
        ):  # fmt: skip
            line.addWidget(widget)
        line.addStretch()
        self.column.addLayout(line)
        self.column.addWidget(self.words(f"{USUAL_SORENESS} {ASKED_WHERE}"))
        self.empty = self.words(READING, "faint")
        self.list = PracticeTable("Follow-ups due", TableModel(self._columns()), lines=3)
        self.list.opened.connect(lambda row: self.visit_asked.emit(row.visit))
        self.column.addWidget(self.empty)
        self.column.addWidget(self.list, 1)
        self.column.addStretch()  # without a list, what is said stands at the top
        sources.todays.changed.connect(self._show)
        self.list.hide()

    def refresh(self) -> None:
        self.sources.todays.read()

    def saved(self) -> list[SavedTable]:
        rows = list(follow_up_rows(self.rows, self.sources.atlas.catalogue.name))
        return [SavedTable("Follow-ups due", FOLLOW_UPS, lambda: rows)]

    def take_focus(self) -> None:
        (self.list if self.rows else self.first.line).setFocus()

    @property
    def rows(self) -> Sequence[FollowUp]:
        return self.list.table.rows

    def _columns(self) -> list[Column]:
        name = self.sources.atlas.catalogue.name
        return [
            Column("Patient", lambda row: row.visit.patient),
            Column("No.", lambda row: row.visit.number),
            Column("Session", lambda row: day(row.visit.day)),
            Column("Days since", self._days_since, figures=True),
            Column("Needled", lambda row: places_words(row, name), grows=True),
            Column("Next step, as recorded", lambda row: row.next_step or "–", grows=True),
        ]

    def _days_since(self, row: FollowUp) -> str:
        return str((self.sources.today - row.visit.day).days)

    def _figure(self, name: str, days: int) -> WholeFigure:
        figure = WholeFigure(name, 0, MOST_DAYS)
        figure.show_value(None, days)
        figure.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

        def keep(_subject: object, _text: str) -> bool:
            self._change_window()
            return True

        figure.keeper.store = keep
        return figure

    def _change_window(self) -> None:
        """A figure that was emptied leaves the window as it was."""
        was = self.sources.todays.window
        first = self.first.read(self.first.line.text())
        last = self.last.read(self.last.line.text())
        self.sources.todays.change_window(
            FollowUpWindow(
                was.first if first is None else first, was.last if last is None else last
            )
        )

    def _show(self) -> None:
        found = self.sources.todays.found
        rows = found.follow_ups if found is not None else ()
        first, last = sorted(self.sources.todays.window)
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.setText(
            NOT_READ
            if found is None
            else f"Nobody who was needled {first} to {last} days ago waits to be asked how sore it "
            "was."
        )
        self.counted.emit(None if found is None else len(rows))
