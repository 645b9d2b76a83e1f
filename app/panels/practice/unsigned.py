"""Drafts of earlier days, and what is in the way of signing each."""

from collections.abc import Sequence
from dataclasses import replace

from app.body.needling import what_marks_say
from app.domain.note_words import needling_of_note
from app.domain.practice_summaries import Unsigned
from app.domain.signing_rules import in_the_way
from app.exchange.practice_tables import UNSIGNED, unsigned_rows
from app.panels.practice.tab import NOT_READ, READING, PracticeTab, SavedTable, Sources
from app.panels.practice.table import Column, PracticeTable, TableModel
from app.panels.texts import day

NOTHING_IN_THE_WAY = "Nothing: it can be signed."
ALL_SIGNED = "Every session of an earlier day is signed."


class UnsignedTab(PracticeTab):
    name = "Not signed"

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.empty = self.words(READING, "faint")
        model = TableModel(self._columns(), lambda row: row.facts.needles_in > 0)
        self.list = PracticeTable("Sessions of earlier days that are not signed", model)
        self.list.opened.connect(lambda row: self.visit_asked.emit(row.visit))
        self.column.addWidget(self.empty)
        self.column.addWidget(self.list, 1)
        self.column.addStretch()  # without a list, what is said stands at the top
        sources.todays.changed.connect(self._show)
        self.list.hide()

    def refresh(self) -> None:
        self.sources.todays.read()

    def saved(self) -> list[SavedTable]:
        rows = list(unsigned_rows(self.rows, self.why))
        return [SavedTable("Sessions not signed", UNSIGNED, lambda: rows)]

    def take_focus(self) -> None:
        self.list.setFocus()

    @property
    def rows(self) -> Sequence[Unsigned]:
        return self.list.table.rows

    def why(self, row: Unsigned) -> str:
        """What the button to sign it would say; "" where it can be signed."""
        if row.note is None:
            return in_the_way(row.facts)
        says = what_marks_say(self.sources.atlas, row.marks)
        outdated = needling_of_note(row.note, says, locked=False).outdated
        return in_the_way(replace(row.facts, note_outdated=outdated))

    def _columns(self) -> list[Column]:
        return [
            Column("Session", lambda row: day(row.visit.day)),
            Column("Patient", lambda row: row.visit.patient),
            Column("No.", lambda row: row.visit.number),
            Column("Practitioner", lambda row: row.visit.practitioner),
            Column("Needles in", _needles_in),
            Column(
                "In the way of signing", lambda row: self.why(row) or NOTHING_IN_THE_WAY, grows=True
            ),
        ]

    def _show(self) -> None:
        found = self.sources.todays.found
        rows = found.unsigned if found is not None else ()
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.setText(NOT_READ if found is None else ALL_SIGNED)
        self.counted.emit(None if found is None else len(rows))


def _needles_in(row: Unsigned) -> str:
    """With a sign before it, so that it is seen without colour."""
    return f"▲ {row.facts.needles_in} still in" if row.facts.needles_in else "none"
