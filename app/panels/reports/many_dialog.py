"""The dialog of reports of many: which report, of whom, of which days, and where to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.domain.findings import Finding
from app.domain.folding import words_of
from app.domain.identity import UUID
from app.domain.period import Period
from app.domain.records import Patient
from app.panels.fields import Choice, Segments
from app.panels.file_dialogs import export_folder, folder_dialog, path_line
from app.panels.forms import FormDialog
from app.panels.patients_page import listed_name
from app.panels.record_forms import read_optional_day
from app.panels.reports.certificate_form import TICK, TICK_HINT, ask_certificate
from app.panels.reports.choices import NAMES_HINT, PAPERS
from app.panels.reports.wanted import KINDS, Kind
from app.panels.texts import PlainLabel
from app.panels.touch import scroll_by_finger
from app.report.certificate import Signing, unsigned
from app.report.papers import Paper
from app.settings import Settings

_ID = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class ManyWanted:
    """``patients``: their ids; None for all."""

    kind: Kind
    patients: tuple[UUID, ...] | None
    period: Period
    paper: Paper
    names: bool
    folder: Path
    sign: Signing


class PatientTicks(QWidget):
    """Patients with a tick each, and a line that finds them; ticks stay while others are found."""

    changed = Signal()

    def __init__(self, patients: Sequence[Patient]) -> None:
        super().__init__()
        self._items = QStandardItemModel(self)
        for patient in sorted(patients, key=listed_name):
            self._items.appendRow(_row(patient))
        self._found = _Found(self)
        self._found.setSourceModel(self._items)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Name or number")
        self.search.setAccessibleName("Find among the patients")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._found.look_for)
        self.list = QListView()
        self.list.setObjectName("rows")
        self.list.setModel(self._found)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Patients, with a tick each")
        self.list.setMinimumHeight(150)
        scroll_by_finger(self.list)
        self.count = PlainLabel("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.search, self.list, self.count):
            column.addWidget(widget)
        self._items.itemChanged.connect(lambda _item: self._say_count())
        self._say_count()

    @property
    def ticked(self) -> tuple[UUID, ...]:
        items = (self._items.item(row) for row in range(self._items.rowCount()))
        return tuple(each.data(_ID) for each in items if each.checkState() is Qt.CheckState.Checked)

    def tick(self, patient_id: UUID) -> None:
        for row in range(self._items.rowCount()):
            if self._items.item(row).data(_ID) == patient_id:
                self._items.item(row).setCheckState(Qt.CheckState.Checked)

    def _say_count(self) -> None:
        count = len(self.ticked)
        self.count.setText("1 patient ticked" if count == 1 else f"{count:,} patients ticked")
        self.changed.emit()


class _Found(QSortFilterProxyModel):
    """The patients whose name or number holds every word that is looked for."""

    _words: tuple[str, ...] = ()

    def look_for(self, text: str) -> None:
        self.beginFilterChange()
        self._words = words_of(text)
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, _parent: QModelIndex | QPersistentModelIndex) -> bool:
        told = " ".join(self.sourceModel().index(row, 0).data(_WORDS))
        return all(word in told for word in self._words)


def _row(patient: Patient) -> QStandardItem:
    item = QStandardItem(f"{listed_name(patient)} · No. {patient.number}")
    item.setCheckable(True)
    item.setEditable(False)
    item.setData(patient.id, _ID)
    item.setData(list(words_of(item.text())), _WORDS)
    return item


class ManyDialog(FormDialog):
    """``start`` is given what is wanted, and says what stands against it; nothing starts then."""

    keeps_record = False

    def __init__(
        self,
        patients: Sequence[Patient],
        start: Callable[[ManyWanted], list[Finding]],
        settings: Settings,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Reports of many", "Make files", self._try, parent)
        self._start = start
        self._settings = settings
        self._clock = clock
        self.kind = Choice()
        for index, words in enumerate(KINDS):
            self.kind.addItem(words.name, index)
        self.add_field("kind", "Report", self.kind)
        self.kind.currentIndexChanged.connect(lambda _row: self._say_what_comes())
        self.whose = Segments(
            "Of whom", [("all", "All patients"), ("ticked", "Patients I tick")], optional=False
        )
        self.whose.show_value("all")
        self.whose.chosen.connect(self._show_whose)
        self.patients = PatientTicks(patients)
        self.patients.changed.connect(lambda: self.field("patients").show_fault(""))
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.whose)
        column.addWidget(self.patients)
        around.setFocusProxy(self.whose)
        self.add_field("patients", "Of whom", around)
        self.first = self.add_line("first", "From", "", "1 Jan 2026, or empty: from the beginning")
        self.last = self.add_line("last", "To", "", "31 Dec 2026, or empty: until today")
        self.paper = Segments("Paper", PAPERS, optional=False)
        self.paper.show_value("us-letter" if settings.values.paper == "us-letter" else "a4")
        self.add_field("paper", "Paper", self.paper)
        self.names = QCheckBox("Patients’ names in the names of files")
        self.add_field("names", "Names", self.names)
        self.field("names").show_hint(NAMES_HINT)
        self.folder = QLineEdit(export_folder(settings))
        self.folder.setAccessibleName("Folder")
        line = path_line(self.folder, "Choose a folder", self._ask_folder)
        self.add_field("folder", "Folder", line)
        self.signs = QCheckBox(TICK)
        self.add_field("sign", "Signature", self.signs)
        self.field("sign").show_hint(TICK_HINT)
        self.resize(640, 760 if parent is None else min(760, parent.height() - 20))
        self._show_whose("all")
        self._say_what_comes()

    def choose_whose(self, whose: str) -> None:
        """ "all", or "ticked"."""
        self.whose.show_value(whose)
        self._show_whose(whose)

    def _show_whose(self, whose: str) -> None:
        self.patients.setVisible(whose == "ticked")
        self.field("patients").show_fault("")

    def _say_what_comes(self) -> None:
        words = KINDS[self.kind.currentData()]
        self.field("kind").show_hint(words.hint)
        days = (
            "Sessions of these days, a file each."
            if words.kind is None
            else "Patients who were treated on these days; the report tells of all their sessions."
        )
        self.field("last").show_hint(days)

    def _ask_folder(self) -> None:
        dialog = folder_dialog(self, "Folder for the files", self.folder.text())
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _try(self) -> list[Finding]:
        first, unclear = read_optional_day(self.first, "first")
        last, more = read_optional_day(self.last, "last")
        findings = [*unclear, *more]
        if first and last and first > last:
            findings.append(Finding("last", "The last day lies before the first."))
        ticked = self.patients.ticked if self.whose.value == "ticked" else None
        if ticked == ():
            findings.append(Finding("patients", "Tick at least one patient."))
        if not self.folder.text().strip():
            findings.append(Finding("folder", "Choose a folder for the files."))
        if findings:
            return findings
        sign = self._signing()
        if sign is None:
            return [Finding("sign", "No certificate was opened.")]
        paper: Paper = self.paper.value
        return self._start(
            ManyWanted(
                KINDS[self.kind.currentData()].kind,
                ticked,
                Period(first, last),
                paper,
                self.names.isChecked(),
                Path(self.folder.text().strip()),
                sign,
            )
        )

    def _signing(self) -> Signing | None:
        """What signs each file; None where a certificate was wanted and none was opened."""
        if not self.signs.isChecked():
            return unsigned
        certificate = ask_certificate(self._settings, self._clock, self)
        return None if certificate is None else certificate.sign
