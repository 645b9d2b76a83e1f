"""What was used of needles: by size, by lot, and in which sessions a lot was used."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.practice_summaries import FoundSession, NeedleFigures, SizeUse
from app.exchange.practice_tables import (
    LOT_SESSIONS,
    LOTS,
    SIZES,
    found_rows,
    lot_rows,
    size_rows,
    sizes_words,
)  # fmt: skip
from app.panels.practice.period_choice import PeriodChoice
from app.panels.practice.tab import NOT_READ, READING, PracticeTab, SavedTable, Sources
from app.panels.practice.table import Column, PracticeTable, TableModel
from app.panels.texts import PlainLabel, day
from app.review.needle_use import LotUse, lots

NONE_PLACED = "No needle was placed in this period."
NO_LOTS = "No box of needles is entered, and no needle was placed in this period."
COUNTED_OUT = "Counted out: so many needles by hand, in so many of the sessions."
OPEN_A_LOT = "Press on a lot, or Enter, for the sessions in which it was used."
NO_BOX = "No box recorded"
SIZES_WIDTH = 268
"""px that sizes need."""
ROOM_FOR_ALL = 700
"""px: with less, how many boxes there are is left out, rather than that no lot can be read."""


class NeedlesTab(PracticeTab):
    name = "Needles"

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.lot: LotUse | None = None
        """The one whose sessions are listed."""
        self.period = PeriodChoice(lambda: sources.today)
        self.period.changed.connect(self.refresh)
        head = QHBoxLayout()
        head.addWidget(self.period)
        head.addStretch()
        self.column.addLayout(head)
        self.sizes = PracticeTable("Needles by size", TableModel(_SIZE_COLUMNS), opens=False)
        self.lots = PracticeTable(
            "Needles by lot", TableModel((*_LOT_COLUMNS, Column("Expires", self._expires)))
        )
        self.sizes.setMinimumWidth(SIZES_WIDTH)
        self.lots.opened.connect(self._open_lot)
        self.size_words = self.words(READING, "faint")
        self.lot_words = self.words(OPEN_A_LOT, "strong")
        self.sessions = PracticeTable("Sessions of the lot", TableModel(_SESSION_COLUMNS))
        self.sessions.opened.connect(lambda row: self.visit_asked.emit(row.visit))
        left, right, both = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        both.setSpacing(16)
        for column, title, widgets in (
            (left, "BY SIZE", ((self.size_words, 0), (self.sizes, 1))),
            (
                right,
                "BY LOT",
                (
                    (self.lots, 1),
                    (self.words(COUNTED_OUT), 0),
                    (self.lot_words, 0),
                    (self.sessions, 2),
                ),
            ),
        ):
            column.addWidget(PlainLabel(title, "section"))
            for widget, share in widgets:
                column.addWidget(widget, share)
        left.addStretch()
        both.addLayout(left, 2)
        both.addLayout(right, 5)
        self.column.addLayout(both, 1)
        self.sessions.hide()

    def refresh(self) -> None:
        overview, period = self.sources.repository.overview, self.period.period
        self.sources.asking.ask(
            "needles", lambda: overview.needle_figures(period), self._show, self._show_none
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        boxes = [each.heading for each in _LOT_COLUMNS].index("Boxes")
        self.lots.setColumnHidden(boxes, self.width() - SIZES_WIDTH < ROOM_FOR_ALL)

    def saved(self) -> list[SavedTable]:
        of_lots = list(lot_rows(self.lots.table.rows))
        of_sizes = list(size_rows(self.sizes.table.rows))
        of_sessions = list(found_rows(self.sessions.table.rows))
        tables = [
            SavedTable("Needles by lot", LOTS, lambda: of_lots),
            SavedTable("Needles by size", SIZES, lambda: of_sizes),
        ]
        if self.lot is not None:
            title = f"Sessions: {lot_name(self.lot)}"
            tables.insert(0, SavedTable(title, LOT_SESSIONS, lambda: of_sessions))
        return tables

    def take_focus(self) -> None:
        self.lots.setFocus()

    def _show(self, figures: NeedleFigures) -> None:
        rows = lots(figures)
        self.sizes.show_rows(figures.sizes)
        self.lots.show_rows(rows)
        self.sizes.setVisible(bool(figures.sizes))
        self.size_words.setVisible(not figures.sizes)
        self.size_words.setText(NONE_PLACED)
        self.lots.setVisible(bool(rows))
        again = next((row for row in rows if _is_same(row, self.lot)), None)
        if again is not None:
            self._open_lot(again)
        else:
            self._close_lot(OPEN_A_LOT if rows else NO_LOTS)

    def _show_none(self) -> None:
        self._show(NeedleFigures())
        self.size_words.setText(NOT_READ)
        self._close_lot(NOT_READ)

    def _open_lot(self, lot: LotUse) -> None:
        self.lot = lot
        overview, period = self.sources.repository.overview, self.period.period
        ids = lot.box_ids

        def show(found: list[FoundSession]) -> None:
            if _is_same(lot, self.lot):
                self._show_sessions(lot, found)

        self.sources.asking.ask(
            "lot",
            lambda: overview.sessions_of_boxes(ids, period),
            show,
            lambda: self._close_lot(NOT_READ),
        )

    def _show_sessions(self, lot: LotUse, found: list[FoundSession]) -> None:
        self.sessions.show_rows(found)
        self.sessions.setVisible(bool(found))
        self.sessions.setAccessibleName(f"Sessions of {lot_name(lot)}")
        many = "1 session" if len(found) == 1 else f"{len(found):,} sessions"
        people = len({row.visit.patient_id for row in found})
        patients = "1 patient" if people == 1 else f"{people:,} patients"
        where = f"{many} of {patients}" if found else "no session in this period"
        self.lot_words.setText(f"{lot_name(lot)}: {where}.")

    def _close_lot(self, words: str) -> None:
        self.lot = None
        self.sessions.show_rows(())
        self.sessions.hide()
        self.lot_words.setText(words)

    def _expires(self, row: LotUse) -> str:
        if row.expires_on is None:
            return "–"
        over = " · expired" if row.expires_on < self.sources.today else ""
        return f"{day(row.expires_on)}{over}"


def lot_name(row: LotUse) -> str:
    """ "Lot A17, Maker": the lot is what a recall names."""
    if not row.boxes:
        return NO_BOX
    return f"Lot {row.lot}, {row.maker}" if row.lot else f"Lot not recorded, {row.maker}"


def _is_same(row: LotUse, lot: LotUse | None) -> bool:
    return lot is not None and row.box_ids == lot.box_ids


def _size(row: SizeUse) -> str:
    """ "0.25 × 30 mm"; what was not recorded says so."""
    diameter = "diameter not recorded" if row.diameter_mm is None else f"{row.diameter_mm:.2f}"
    length = "length not recorded" if row.length_mm is None else f"{row.length_mm} mm"
    if row.diameter_mm is None and row.length_mm is None:
        return "Size not recorded"
    return f"{diameter} × {length}"


def _counted(row: LotUse) -> str:
    """ "40 in 12": of sessions in which nobody counted, no count is taken for 0."""
    return f"{row.counted:,} in {row.counted_sessions:,}" if row.sessions else "–"


_SIZE_COLUMNS = (
    Column("Size", _size, grows=True),
    Column("Needles", lambda row: f"{row.needles:,}", figures=True),
    Column("Sessions", lambda row: f"{row.sessions:,}", figures=True),
)
_LOT_COLUMNS = (
    Column("Lot", lambda row: lot_name(row).removeprefix("Lot "), grows=True),
    Column("Size, mm", sizes_words),
    Column("Boxes", lambda row: f"{len(row.boxes):,}", figures=True),
    Column("Patients", lambda row: f"{row.patients:,}", figures=True),
    Column("Sessions", lambda row: f"{row.sessions:,}", figures=True),
    Column("Needles", lambda row: f"{row.needles:,}", figures=True),
    Column("Counted out", _counted, figures=True),
)
_SESSION_COLUMNS = (
    Column("Session", lambda row: day(row.visit.day)),
    Column("Patient", lambda row: row.visit.patient),
    Column("No.", lambda row: row.visit.number),
    Column("Practitioner", lambda row: row.visit.practitioner),
    Column("Problem", lambda row: row.visit.problem or "–", grows=True),
    Column("Needles", lambda row: f"{row.marks:,}", figures=True),
)
