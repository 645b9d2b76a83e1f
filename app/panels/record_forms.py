"""The forms of patients, practitioners and problems: record in, record out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QLineEdit, QWidget

from app.domain.anatomy import Body, Side
from app.domain.findings import Finding
from app.domain.identity import UUID, new_id
from app.domain.paper_words import title
from app.domain.records import Condition, Patient, Practitioner, Problem, Record
from app.domain.rules import MOST_PLANNED_SESSIONS
from app.panels.days import UnclearDayError, read_day
from app.panels.fields import Choice, Counter, Segments
from app.panels.forms import FormDialog
from app.panels.texts import born, day
from app.panels.typing import TextBox

_R = TypeVar("_R", bound=Record)

Save = Callable[[_R, list[Finding]], list[Finding]]

TITLES = (
    "Neck pain", "Low back pain", "Upper back pain", "Shoulder pain", "Knee pain", "Headache",
    "Myofascial pain syndrome", "Muscle strain", "Sports injury", "Chronic pain", "Fibromyalgia",
    "Neurological condition",
)  # fmt: skip
"""Offered while a title is typed; any other can be written."""
CONDITIONS = (None, *Condition)
"""As they stand in the list, from the top."""


class RecordForm(FormDialog, Generic[_R]):
    """A form of one record. ``save`` stores it, or answers what stands against it, together
    with what the form itself could not read.
    """

    stored = Signal(object)
    """The id of the record that was stored."""

    def __init__(
        self,
        title: str,
        done_word: str,
        save: Save[_R],
        parent: QWidget | None,
    ) -> None:
        super().__init__(title, done_word, self._try, parent)
        self._save_record: Save[_R] = save
        self._stored_id: UUID | None = None
        self.accepted.connect(lambda: self.stored.emit(self._stored_id))

    def _try(self) -> list[Finding]:
        """Reads the fields and stores the record."""
        raise AssertionError("every form reads its own fields")

    def _store(self, record: _R, unclear: list[Finding]) -> list[Finding]:
        """Stores ``record`` unless fields were ``unclear``; what stands against it."""
        self._stored_id = record.id
        return self._save_record(record, unclear)


def read_optional_day(line: QLineEdit, key: str) -> tuple[date | None, list[Finding]]:
    """The day in a line, or what the field ``key`` says of it."""
    text = line.text().strip()
    if not text:
        return None, []
    try:
        return read_day(text), []
    except UnclearDayError as unclear:
        return None, [Finding(key, str(unclear))]


class PatientForm(RecordForm[Patient]):
    """Adds or changes a patient. ``save`` stores the record, or answers what stands against it."""

    def __init__(
        self,
        patient: Patient | None,
        number: str,
        today: date,
        save: Save[Patient],
        parent: QWidget | None = None,
    ) -> None:
        name = "New patient" if patient is None else "Patient's details"
        super().__init__(name, "Add patient" if patient is None else "Done", save, parent)
        self._id = patient.id if patient is not None else new_id()
        self._today = today
        known = patient or Patient(id=self._id, family_name="", number=number, body=Body.FEMALE)
        self.family_name = self.add_line("family_name", "Family name", known.family_name)
        self.given_name = self.add_line("given_name", "Given name", known.given_name)
        birth = day(known.birth_date) if known.birth_date else ""
        self.birth_date = self.add_line("birth_date", "Birth date", birth, "14 Mar 1981")
        self.birth_date.textChanged.connect(self._say_what_was_read)
        self.number = self.add_line("number", "Number", known.number)
        self.body = Segments(
            "Body picture", [(Body.FEMALE, "Female"), (Body.MALE, "Male")], optional=False
        )
        self.body.show_value(patient.body if patient is not None else None)
        self.add_field("body", "Body picture", self.body)
        self.warnings = TextBox("Warnings", "Anticoagulant")
        self.warnings.show_value(None, "\n".join(known.warnings))
        self.add_field("warnings", "Warnings", self.warnings)
        self.field("warnings").show_hint("Always shown at the top of the chart. One on each line.")
        self.phone = self.add_line("phone", "Phone", known.phone)
        self.email = self.add_line("email", "E-mail", known.email)
        self.note = TextBox("Note", "Anything else", lines=3)
        self.note.show_value(None, known.note)
        self.add_field("note", "Note", self.note)
        self.resize(560, 600)
        self._say_what_was_read()

    def _try(self) -> list[Finding]:
        birth_date, findings = read_optional_day(self.birth_date, "birth_date")
        body = self.body.value
        if body is None:
            findings.append(Finding("body", "Choose the picture on which this patient is charted."))
        patient = Patient(
            id=self._id,
            family_name=self.family_name.text().strip(),
            given_name=self.given_name.text().strip(),
            birth_date=birth_date,
            number=self.number.text().strip(),
            body=body or Body.FEMALE,
            phone=self.phone.text().strip(),
            email=self.email.text().strip(),
            warnings=tuple(
                each.strip() for each in self.warnings.toPlainText().splitlines() if each.strip()
            ),
            note=self.note.toPlainText(),
        )
        return self._store(patient, findings)

    def _say_what_was_read(self) -> None:
        text = self.birth_date.text().strip()
        try:
            read = born(read_day(text), self._today) if text else ""
        except UnclearDayError:
            read = ""
        self.field("birth_date").show_hint(read)


class PractitionerForm(RecordForm[Practitioner]):
    """Who is treating: one of those whom the practice knows, or somebody new.

    The details of a known person stand in every past record of theirs, so they are changed
    only after the box that says so was ticked.
    """

    def __init__(
        self,
        known: Sequence[Practitioner],
        current: Practitioner | None,
        save: Save[Practitioner],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Who is treating?", "Done", save, parent)
        self._people = [*known, Practitioner(id=new_id(), name="")]
        self.who = Choice()
        self.who.addItems([*(each.name for each in known), "Somebody new"])
        self.correct = QCheckBox("Correct this person's details, in past records too")
        if known:
            self.add_field("", "Practitioner", self.who)
        self.name = self.add_line("name", "Name", "", "As it is signed on the chart")
        self.profession = self.add_line("profession", "Profession", "", "Physiotherapist")
        self.licence = self.add_line("licence_number", "Licence number", "")
        self.credential = self.add_line("credential", "Dry-needling credential", "", "Course, year")
        if known:
            self.add_field("correct", "", self.correct)
        self.who.currentIndexChanged.connect(self._show_person)
        self.correct.toggled.connect(self._allow_changes)
        self.who.setCurrentIndex(self._people.index(current) if current in self._people else 0)
        self._show_person(self.who.currentIndex())
        self.resize(540, 420)

    @property
    def _is_new(self) -> bool:
        return self.who.currentIndex() == len(self._people) - 1

    def _show_person(self, row: int) -> None:
        person = self._people[row]
        self.name.setText(person.name)
        self.profession.setText(person.profession)
        self.licence.setText(person.licence_number)
        self.credential.setText(person.credential)
        self.correct.setChecked(False)
        self.correct.setEnabled(not self._is_new)
        self._allow_changes()

    def _allow_changes(self) -> None:
        allowed = self._is_new or self.correct.isChecked()
        for line in (self.name, self.profession, self.licence, self.credential):
            line.setEnabled(allowed)

    def _try(self) -> list[Finding]:
        practitioner = replace(
            self._people[self.who.currentIndex()],
            name=self.name.text().strip(),
            profession=self.profession.text().strip(),
            licence_number=self.licence.text().strip(),
            credential=self.credential.text().strip(),
        )
        return self._store(practitioner, [])


class ProblemForm(RecordForm[Problem]):
    """The condition that is treated, its goals and how many sessions are planned."""

    def __init__(
        self,
        problem: Problem | None,
        patient_id: UUID,
        save: Save[Problem],
        parent: QWidget | None = None,
    ) -> None:
        name = "New problem" if problem is None else "Problem"
        super().__init__(name, "Add problem" if problem is None else "Done", save, parent)
        known = problem or Problem(id=new_id(), patient_id=patient_id, title="")
        self._known = known
        self.title = Choice()
        self.title.setEditable(True)
        popup = QCompleter.CompletionMode.PopupCompletion  # "Knee" must not become "Knee pain"
        completer = self.title.completer()
        if completer is not None:
            completer.setCompletionMode(popup)
        self.title.addItems(TITLES)
        self.title.setCurrentText(known.title)
        self.add_field("title", "What is treated", self.title)
        self.condition = Choice()
        self.condition.addItem("not recorded")
        self.condition.addItems([title(each) for each in Condition])
        self.condition.setCurrentIndex(CONDITIONS.index(known.condition))
        self.condition.view().setAccessibleName("Conditions")
        self.add_field("condition", "Condition", self.condition)
        self.code = self.add_line("code", "Code", known.code, "As your classification writes it")
        self.side = Segments(
            "Side", [(Side.LEFT, "Left"), (Side.RIGHT, "Right"), (Side.MIDLINE, "Mid-line")]
        )
        self.side.show_value(known.side)
        self.add_field("side", "Side", self.side)
        self.onset = self.add_line(
            "onset", "Since", day(known.onset) if known.onset else "", "1 Sep 2026"
        )
        self.planned = Counter("Planned sessions", MOST_PLANNED_SESSIONS)
        self.planned.show_value(known.planned_sessions)
        self.add_field("planned_sessions", "Planned sessions", self.planned)
        self.goals = TextBox("Goals", "What the patient wants to do again", lines=3)
        self.goals.show_value(None, known.goals)
        self.add_field("goals", "Goals", self.goals)
        self.other_treatment = TextBox("Other treatment", "Exercise, manual therapy, massage ...")
        self.other_treatment.show_value(None, known.other_treatment)
        self.add_field("other_treatment", "Other treatment", self.other_treatment)
        self.resize(540, 620)

    def _try(self) -> list[Finding]:
        onset, findings = read_optional_day(self.onset, "onset")
        problem = replace(
            self._known,
            title=self.title.currentText().strip(),
            side=self.side.value,
            onset=onset,
            planned_sessions=self.planned.value,
            goals=self.goals.toPlainText(),
            condition=CONDITIONS[self.condition.currentIndex()],
            code=self.code.text().strip(),
            other_treatment=self.other_treatment.toPlainText(),
        )
        return self._store(problem, findings)
