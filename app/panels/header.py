"""The line that never leaves the patient in doubt, and says what is saved."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.marks import Mark
from app.domain.needles import needles_are
from app.domain.records import Patient, TreatmentSession
from app.domain.visits import LONGEST_SESSION
from app.domain.words import local_day
from app.panels.session_clock import pace_words
from app.panels.texts import ElidedLabel, PlainLabel, born, clock_time, day
from app.panels.touch import at_least, when_restyled

LINE_HEIGHT = 56
WARNINGS_BESIDE = 380
"""px: warnings wider than this together stand in a line of their own."""
WIDEST_WARNING = 480
MARGIN, SPACING, GAP = 16, 12, 8


class Header(QWidget):
    """Patient, warnings, "Saved 14:03:22", the session's clock, and the way to paper.

    Where there is little room the name is shortened with dots; birth date, number and warnings
    never are.
    """

    patient_asked = Signal()
    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: tuple[Patient, tuple[str, ...], date] | None = None
        self._full_name = ""
        self._name = PlainLabel("", "name")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._facts = PlainLabel("", "faint")
        self._warnings: list[PlainLabel] = []
        self._beside = QHBoxLayout()
        self._beside.setSpacing(8)
        self._below = QWidget()
        self._rows = QVBoxLayout(self._below)
        self._rows.setContentsMargins(0, 0, 0, 10)
        self._rows.setSpacing(6)
        self.saved = PlainLabel("", "faint")
        self.saved.setAccessibleName("Saved state")
        self.saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.clock = PlainLabel("", "clock")
        self.clock.setToolTip("Time since the session began")
        self.needles = PlainLabel("", "warning")
        self.needles.hide()
        self.pace = ElidedLabel("", "small")
        self.pace.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.pace.hide()
        self._details = QPushButton("Details")
        self._details.setObjectName("quiet")
        self._details.setToolTip("Patient's details (Ctrl+I)")
        self._details.clicked.connect(self.patient_asked)
        self.export = QPushButton("Export PDF")
        self.export.setToolTip(
            "Export chart as PDF (Ctrl+E); other reports, a preview and printing: Ctrl+Shift+E"
        )
        self.export.clicked.connect(self.export_asked)

        self._line = QWidget()
        line = self._line
        when_restyled(line, lambda: line.setFixedHeight(at_least(LINE_HEIGHT - 8) + 8))
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addWidget(self._name, 1)
        row.addWidget(self._facts)
        row.addLayout(self._beside)
        row.addStretch(2)
        for widget in (
            self.needles, self._details, self.saved, self.clock, self.pace, self.export,
        ):  # fmt: skip
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 0, MARGIN, 0)
        column.setSpacing(0)
        column.addWidget(self._line)
        column.addWidget(self._below)

    def show_only_patient(self) -> None:
        """Leaves out what belongs to the session on the desk, but for needles that are in."""
        for widget in (self._details, self.saved, self.clock, self.pace, self.export):
            widget.hide()

    def show_patient(self, patient: Patient, more: tuple[str, ...], today: date) -> None:
        """``more``: what is said of the screening and the no-needle zones, after the warnings
        that were written by hand.
        """
        if (patient, more, today) == self._shown:
            return
        self._shown = (patient, more, today)
        self._full_name = patient.full_name
        self._facts.setText(f"{born(patient.birth_date, today)} · No. {patient.number}")
        self._show_warnings((*patient.warnings, *more))
        self._fit_name()

    def show_saved(self, at: datetime | None, today: date) -> None:
        """When the last change reached the disk; None where nothing was changed here yet."""
        words = "Saved"
        if at is not None and local_day(at) == today:
            words = f"Saved {clock_time(at, seconds=True)}"
        elif at is not None:
            words = f"Saved {day(at)}"
        self._say("faint", words)

    def show_writing(self) -> None:
        """Something is typed that is not stored yet."""
        self._say("faint", "Writing …")

    def show_not_saved(self) -> None:
        self._say("fault", "Not saved")

    def show_clock(self, session: TreatmentSession | None, now: datetime) -> None:
        """Hours, minutes and seconds of a session that runs; none for one that is over. Beside it
        a word where a session takes another time than is usual.
        """
        known = session is not None and (session.ended_at is not None or _runs(session, now))
        self.pace.setText(pace_words(session, now) if known else "")
        self.pace.setVisible(bool(self.pace.text()))
        if session is None or session.ended_at is not None or not _runs(session, now):
            self.clock.setText("")
            return
        seconds = max(int((now - session.started_at).total_seconds()), 0)
        minutes, seconds = divmod(seconds, 60)
        self.clock.setText(f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}")

    def show_needles(self, needles: Sequence[Mark], *, folded: bool) -> None:
        """How many needles are in, while the column that says it is folded away."""
        self.needles.setVisible(folded and bool(needles))
        self.needles.setText(f"{len(needles)} in")
        self.needles.setToolTip(needles_are(needles, "in") if needles else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name()
        if event.oldSize().width() != event.size().width():
            self._place_warnings()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:  # other sizes: keep words from jumping
            self.saved.setMinimumWidth(self.saved.fontMetrics().horizontalAdvance("Saved 00:00:00"))

    def _show_warnings(self, warnings: tuple[str, ...]) -> None:
        for label in self._warnings:
            label.hide()
            label.deleteLater()
        self._warnings = [PlainLabel(warning, "warning") for warning in warnings]
        for label in self._warnings:
            label.setMaximumWidth(WIDEST_WARNING)
            label.setToolTip(label.text())
        self._place_warnings()

    def _place_warnings(self) -> None:
        """Beside the name where they are short, else in as many lines below as they need."""
        widths = [min(label.sizeHint().width(), WIDEST_WARNING) + GAP for label in self._warnings]
        beside = sum(widths) <= self._room_beside()
        while (row := self._rows.takeAt(0)) is not None:
            if (layout := row.layout()) is not None:
                while layout.takeAt(0) is not None:  # once taken, it would not see a label deleted
                    pass
                layout.deleteLater()
        for label in self._warnings:
            self._beside.removeWidget(label)
        line, room = self._beside, sum(widths) if beside else 0
        for label, width in zip(self._warnings, widths, strict=True):
            if width > room:
                line, room = self._new_row(), self.width() - 2 * MARGIN
            line.insertWidget(line.count() - (not beside), label, 0, Qt.AlignmentFlag.AlignVCenter)
            room -= width
        self._below.setVisible(not beside)

    def _room_beside(self) -> int:
        """px that warnings may take in the line of the name; a clock needs none of it."""
        clock = self.clock.fontMetrics().horizontalAdvance("00:00:00")
        others = (self._facts, self._details, self.saved, self.export)
        taken = sum(each.sizeHint().width() + SPACING for each in others) + clock + SPACING
        name = self._name.fontMetrics().horizontalAdvance(self._full_name)
        least = min(name, self.width() // 5) + SPACING
        return min(WARNINGS_BESIDE, self.width() - 2 * MARGIN - taken - least - SPACING)

    def _new_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addStretch()
        self._rows.addLayout(row)
        return row

    def _fit_name(self) -> None:
        """The name, shortened with dots where the line has no room for it."""
        metrics = self._name.fontMetrics()
        whole = metrics.horizontalAdvance(self._full_name) + 4
        self._name.setMaximumWidth(whole)
        self._name.setMinimumWidth(min(whole, max(self.width() // 5, 80)))
        room = max(self._name.width(), self._name.minimumWidth())
        elide = Qt.TextElideMode.ElideRight
        self._name.setText(metrics.elidedText(self._full_name, elide, room))

    def _say(self, name: str, text: str) -> None:
        if self.saved.objectName() != name:
            self.saved.setObjectName(name)
            self.saved.style().unpolish(self.saved)
            self.saved.style().polish(self.saved)
        self.saved.setText(text)


def _runs(session: TreatmentSession, now: datetime) -> bool:
    return timedelta(0) <= now - session.started_at < LONGEST_SESSION
