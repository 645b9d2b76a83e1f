"""Finding, adding and changing patients in the window."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.panels.patients_page import listed_name
from app.panels.record_forms import PatientForm
from app.panels.rows import RowsModel
from tests.helpers.clinic import Clinic

OpenClinic = Callable[..., Clinic]


def add(clinic: Clinic, family: str, given: str = "", birth: str = "") -> None:
    clinic.key("Ctrl+N")
    form = clinic.dialog(PatientForm)
    clinic.write(form.family_name, family).write(form.given_name, given)
    clinic.write(form.birth_date, birth).segment(form, "Body picture: Male")
    clinic.click(form.done_button)
    clinic.key("Ctrl+F")


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add(clinic, "Müller", "Anna", "14 Mar 1981")
    add(clinic, "Nguyễn", "Linh", "2 Jan 1975")
    add(clinic, "O'Brien", "Seán")
    return clinic


def found(clinic: Clinic) -> list[str]:
    page = clinic.window.patients
    return [row.family_name for row in page.model.rows]


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("mul", ["Müller"]),
        ("MÜL", ["Müller"]),
        ("anna m", ["Müller"]),
        ("nguyen", ["Nguyễn"]),
        ("1975", ["Nguyễn"]),
        ("14.03.1981", ["Müller"]),
        ("sean", ["O'Brien"]),
        ("obrien", ["O'Brien"]),
        ("O’Bri", ["O'Brien"]),
        ("3", None),
        ("zzz", []),
        ("%", []),
    ],
)
def test_any_part_of_any_name_finds_a_patient_as_you_type(
    clinic: Clinic, search: str, names: list[str] | None
):
    page = clinic.window.patients
    before = page.model.rowCount()
    clinic.write(page.search, search)
    clinic.wait_until(lambda: not page._pause.isActive())
    if names is None:
        assert 0 < page.model.rowCount() <= before
    else:
        assert found(clinic) == names
        assert page.list.isVisible() == bool(names)
        assert page.nobody.isVisible() != bool(names)


def test_down_and_enter_open_the_chart(clinic: Clinic):
    page = clinic.window.patients
    second = found(clinic)[1]
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert clinic.desk.store.patient is not None
    assert clinic.desk.store.patient.family_name == second


def test_enter_right_after_typing_searches_first(clinic: Clinic):
    page = clinic.window.patients
    clinic.write(page.search, "nguyen")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert clinic.desk.store.patient is not None
    assert clinic.desk.store.patient.given_name == "Linh"


def test_a_press_opens_the_chart(clinic: Clinic):
    page = clinic.window.patients
    middle = page.list.visualRect(page.model.index(0)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert clinic.desk.store.patient is not None


def test_the_list_is_a_sound_model(clinic: Clinic, qtmodeltester):
    model = RowsModel(listed_name)
    qtmodeltester.check(model)
    model.show_rows(clinic.desk.find_patients(""))
    qtmodeltester.check(model)


def test_every_fault_is_shown_at_its_field_at_once(open_clinic: OpenClinic):
    clinic = open_clinic()
    clinic.key("Ctrl+N")
    form = clinic.dialog(PatientForm)
    clinic.write(form.birth_date, "1 Jan 2031").write(form.email, "nobody")
    clinic.click(form.done_button)
    assert form.isVisible()
    assert form.field("family_name").fault == "Enter the family name."
    assert "future" in form.field("birth_date").fault
    assert "e-mail" in form.field("email").fault
    assert "picture" in form.field("body").fault
    assert clinic.desk.find_patients("") == []

    clinic.write(form.family_name, "Born")
    form.birth_date.setText("31 Feb 1981")
    clinic.click(form.done_button)
    assert form.field("family_name").fault == ""
    assert "no such day" in form.field("birth_date").fault
    clinic.answer("Discard", form.reject)


def test_a_number_that_is_taken_is_a_fault_of_its_field(clinic: Clinic):
    clinic.key("Ctrl+N")
    form = clinic.dialog(PatientForm)
    clinic.write(form.family_name, "Double").segment(form, "Body picture: Female")
    form.number.setText("1")
    clinic.click(form.done_button)
    assert form.field("number").fault != ""
    assert not clinic.window.messages.isVisible()
    assert len(clinic.desk.find_patients("")) == 3
    clinic.answer("Discard", form.reject)


def test_details_are_changed_and_shown_at_the_top(clinic: Clinic):
    clinic.desk.open_patient(clinic.desk.find_patients("muller")[0].id)
    clinic.key("Ctrl+I")
    form = clinic.dialog(PatientForm)
    assert form.birth_date.text() == "14 Mar 1981"
    form.warnings.setPlainText("Anticoagulant\n\nFaints: needles, blood ")
    clinic.click(form.done_button)
    patient = clinic.desk.store.patient
    assert patient is not None
    assert patient.warnings == ("Anticoagulant", "Faints: needles, blood")
    assert patient.birth_date == date(1981, 3, 14)
    shown = clinic.desk.chart.header._warnings
    assert [label.text() for label in shown] == list(patient.warnings)


def test_however_many_warnings_there_are_birth_date_and_number_are_never_cut(clinic: Clinic):
    clinic.desk.open_patient(clinic.desk.find_patients("muller")[0].id)
    clinic.key("Ctrl+I")
    form = clinic.dialog(PatientForm)
    form.family_name.setText("Wolfeschlegelsteinhausenbergerdorff-" * 3)
    form.warnings.setPlainText("\n".join(f"Warning number {k} of many" for k in range(6)))
    clinic.click(form.done_button)
    clinic.window.resize(960, 620)
    QApplication.processEvents()
    header = clinic.desk.chart.header
    assert header._facts.width() >= header._facts.sizeHint().width()
    assert all(label.width() >= label.sizeHint().width() for label in header._warnings)
    assert header._name.text().endswith("…")


def test_markup_in_a_name_is_only_letters(open_clinic: OpenClinic):
    clinic = open_clinic()
    add(clinic, "<b>Bold</b><img src=file:///etc/passwd>")
    clinic.desk.open_patient(clinic.desk.find_patients("bold")[0].id)
    label = clinic.desk.chart.header._name
    assert label.text().startswith("<b>Bold")
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_filled_form_is_not_thrown_away_unasked(open_clinic: OpenClinic):
    clinic = open_clinic()
    clinic.key("Ctrl+N")
    form = clinic.dialog(PatientForm)
    clinic.write(form.family_name, "Müller")
    clinic.answer("Go on writing", form.reject)
    assert form.isVisible()
    clinic.answer("Discard", form.reject)
    assert clinic.desk.find_patients("") == []
