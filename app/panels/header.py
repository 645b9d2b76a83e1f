"""The line that never leaves the patient in doubt, and says what is saved."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.domain.records import Patient, TreatmentSession
from app.panels.session_words import LONGEST_SESSION
from app.panels.texts import PlainLabel, born, clock_time, day


class Header(QWidget):
    """Patient, warnings, "Saved 14:03:22", the session's clock, and the way to paper."""

    patient_asked = Signal()
    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(56)
        self._shown: tuple[Patient, date] | None = None
        self._name = PlainLabel("", "name")
        self._facts = PlainLabel("", "faint")
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._warnings = QHBoxLayout()
        self._warnings.setSpacing(8)
        self.saved = PlainLabel("", "faint")
        self.saved.setAccessibleName("Saved state")
        self.clock = PlainLabel("", "clock")
        self.clock.setToolTip("Time since the session began")
        details = QPushButton("Details")
        details.setObjectName("quiet")
        details.setToolTip("Patient's details (Ctrl+I)")
        details.clicked.connect(self.patient_asked)
        self.export = QPushButton("Export PDF")
        self.export.setToolTip("Export chart as PDF (Ctrl+E)")
        self.export.clicked.connect(self.export_asked)

        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self._name)
        row.addWidget(self._facts, 1)
        row.addLayout(self._warnings)
        row.addWidget(details)
        row.addStretch(0)
        row.addWidget(self.saved)
        row.addWidget(self.clock)
        row.addWidget(self.export)

    def show_patient(self, patient: Patient, today: date) -> None:
        if (patient, today) == self._shown:
            return
        self._shown = (patient, today)
        self._name.setText(patient.full_name)
        self._facts.setText(f"{born(patient.birth_date, today)} · No. {patient.number}")
        while (item := self._warnings.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for warning in patient.warnings:
            self._warnings.addWidget(
                PlainLabel(warning, "warning"), 0, Qt.AlignmentFlag.AlignVCenter
            )

    def show_saved(self, at: datetime | None, today: date) -> None:
        """When the last change reached the disk; None where nothing was changed here yet."""
        words = "Saved"
        if at is not None and at.astimezone().date() == today:
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
        """Hours, minutes and seconds of a session that runs; none for one of another day."""
        if session is None or session.ended_at is not None or not _runs(session, now):
            self.clock.setText("")
            return
        seconds = max(int((now - session.started_at).total_seconds()), 0)
        minutes, seconds = divmod(seconds, 60)
        self.clock.setText(f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}")

    def _say(self, name: str, text: str) -> None:
        if self.saved.objectName() != name:
            self.saved.setObjectName(name)
            self.saved.style().unpolish(self.saved)
            self.saved.style().polish(self.saved)
        self.saved.setText(text)


def _runs(session: TreatmentSession, now: datetime) -> bool:
    return timedelta(0) <= now - session.started_at < LONGEST_SESSION
