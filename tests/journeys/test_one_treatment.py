"""From an empty practice to the PDF, closing and opening the program on the way."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from pypdf import PdfReader

from app.domain.anatomy import Side
from app.domain.marks import Activity, MarkKind, Shape, TriggerPoint, TwitchResponse
from app.domain.stages import Stage
from app.panels.record_forms import PatientForm, PractitionerForm
from tests.helpers.clinic import START, Clinic

RIGHT_SHOULDER = (0.60, 0.22)
LEFT_SHOULDER = (0.40, 0.22)
LOW_BACK = [(0.52, 0.36), (0.58, 0.36), (0.60, 0.39), (0.58, 0.42), (0.52, 0.42), (0.51, 0.39)]


def add_patient(clinic: Clinic) -> None:
    clinic.key("Ctrl+N")
    form = clinic.dialog(PatientForm)
    clinic.write(form.family_name, "Müller").write(form.given_name, "Anna")
    clinic.write(form.birth_date, "14 Mar 1981").segment(form, "Body picture: Female")
    clinic.click(form.done_button)


def start_first_session(clinic: Clinic) -> None:
    clinic.key("Ctrl+T")
    form = clinic.dialog(PractitionerForm)
    clinic.write(form.name, "Léa Brönnimann").click(form.done_button)


def chart_a_treatment(clinic: Clinic) -> None:
    clinic.key("Alt+2").key("T")
    clinic.press("posterior", *RIGHT_SHOULDER).press("posterior", *LEFT_SHOULDER)
    clinic.key("W").press("posterior", *RIGHT_SHOULDER).press("posterior", *RIGHT_SHOULDER)
    clinic.key("S").drag("posterior", *LOW_BACK)
    clinic.key("N").press("posterior", 0.45, 0.55)
    clinic.write(clinic.desk.chart.column.mark_editor.note, "tender on stairs")
    clinic.desk.chart.flush()


def test_a_practice_grows_from_nothing_to_a_pdf(
    open_clinic: Callable[..., Clinic], tmp_path: Path
) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    assert clinic.desk.store.patient is not None
    assert clinic.desk.store.patient.full_name == "Anna Müller"

    start_first_session(clinic)
    chart_a_treatment(clinic)
    kinds = [mark.kind for mark in clinic.marks]
    assert kinds == [
        MarkKind.TRIGGER_POINT, MarkKind.TRIGGER_POINT, MarkKind.TWITCH,
        MarkKind.SORENESS, MarkKind.NOTE,
    ]  # fmt: skip
    right, left, twitch, sore, note = clinic.marks
    assert (right.side, left.side) == (Side.RIGHT, Side.LEFT)
    assert twitch.parent_id == right.id
    assert twitch.details == TwitchResponse(count=2)
    assert (sore.shape, sore.side) == (Shape.AREA, Side.RIGHT)
    assert note.note == "tender on stairs"
    assert clinic.on_screen == clinic.marks

    out = tmp_path / "chart.pdf"
    session = clinic.desk.editor.session
    assert session is not None
    clinic.desk.reports.exporter.export(session.id, out, "a4")
    clinic.wait_until(lambda: "exported" in clinic.message)
    text = "\n".join(page.extract_text() for page in PdfReader(out).pages)
    assert "Müller" in text
    assert "tender on stairs" in text
    clinic.close()

    again = open_clinic(START + timedelta(hours=2))
    again.desk.open_patient(again.desk.find_patients("mull")[0].id)
    assert [mark.note for mark in again.marks][-1] == "tender on stairs"
    again.key("Ctrl+Z")
    assert [mark.note for mark in again.marks][-1] == ""
    again.key("Ctrl+Shift+Z")
    assert [mark.note for mark in again.marks][-1] == "tender on stairs"


def test_next_week_last_weeks_marks_lie_under_and_beside(
    open_clinic: Callable[..., Clinic],
) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    chart_a_treatment(clinic)
    clinic.close()

    next_week = open_clinic(START + timedelta(days=7))
    next_week.desk.open_patient(next_week.desk.find_patients("anna 1981")[0].id)
    chart = next_week.desk.chart
    assert next_week.desk.editor.session is None
    assert chart.under == {next_week.desk.store.sessions[0].id}

    next_week.key("Ctrl+T")
    assert len(next_week.desk.store.sessions) == 2
    assert next_week.marks == []
    next_week.key("B")
    assert chart.beside.isVisible()
    assert chart.beside.session_id == next_week.desk.store.sessions[1].id
    next_week.key("Alt+2").key("T").press("posterior", *RIGHT_SHOULDER)
    assert len(next_week.marks) == 1
    assert len(next_week.desk.store.marks(chart.beside.session_id)) == 5


def test_a_marks_fields_are_edited_in_place_and_undone_without_limit(
    open_clinic: Callable[..., Clinic],
) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.key("Alt+2").key("T").press("posterior", *RIGHT_SHOULDER)
    editor = clinic.desk.chart.column.mark_editor
    clinic.segment(editor, "Activity: Active").segment(editor, "Tenderness: III")
    assert clinic.marks[0].details == TriggerPoint(activity=Activity.ACTIVE, tenderness=3)
    clinic.segment(editor, "Activity: Active")
    assert clinic.marks[0].details == TriggerPoint(tenderness=3)
    for _step in range(4):
        clinic.key("Ctrl+Z")
    assert clinic.marks == []
    assert not clinic.window.actions_by_id["undo"].isEnabled()
    for _step in range(4):
        clinic.key("Ctrl+Y")
    assert clinic.marks[0].details == TriggerPoint(tenderness=3)


def test_escape_in_the_middle_of_a_drag_leaves_no_trace(
    open_clinic: Callable[..., Clinic],
) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.key("Alt+2").key("S").drag("posterior", *LOW_BACK, release=False)
    clinic.qtbot.keyClick(clinic.desk.chart.map, "\x1b")
    assert clinic.marks == []
    assert not clinic.window.actions_by_id["undo"].isEnabled()


def test_a_visit_from_the_screening_to_the_advice_and_the_next_one(
    open_clinic: Callable[..., Clinic], tmp_path: Path
) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    before = clinic.desk.chart.column.stages.page(Stage.BEFORE)
    clinic.click(before.screening.go_through)
    clinic.segment(before, "Epilepsy: Yes").click(before.screening.list.others_no)
    clinic.segment(before, "Consent: Written").segment(before, "Pain before: 7")
    clinic.key("Alt+2").key("T").press("posterior", *RIGHT_SHOULDER)
    clinic.key("F4").key("Shift+F4")
    after = clinic.desk.chart.column.stages.page(Stage.AFTER)
    clinic.segment(after, "Pain after: 4").write(after.next_step.next_step, "in a week")
    clinic.desk.flush()
    bar = clinic.desk.chart.column.stages.bar
    assert all(", done" in bar.button(each).accessibleName() for each in Stage)
    clinic.close()

    next_week = open_clinic(START + timedelta(days=7))
    next_week.desk.open_patient(next_week.desk.find_patients("mull")[0].id)
    next_week.key("Ctrl+T").key("Shift+F2")
    before = next_week.desk.chart.column.stages.page(Stage.BEFORE)
    next_week.click(before.consent.suggestion)
    next_week.segment(before.soreness.rows[0], f"{before.soreness.rows[0].name}, worst: 3")
    session = next_week.desk.editor.session
    assert session is not None
    out = tmp_path / "chart.pdf"
    next_week.desk.reports.exporter.export(session.id, out, "a4")
    next_week.wait_until(lambda: "exported" in next_week.message)
    text = " ".join("".join(page.extract_text() for page in PdfReader(out).pages).split())
    assert "Every item answered on 22 November 2026: 1 yes, 34 no" in text
    assert "Affirmed 29 November 2026" in text
    assert "Epilepsy: yes" in text
    assert "1 area asked, worst 3 of 10" in text
    assert "Adverse events Not asked" in text
