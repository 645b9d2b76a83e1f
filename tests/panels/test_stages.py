"""Before, Needles, After: which stage is shown, which is done, and by which keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.domain.stages import Stage
from app.panels.stages import DONE
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

OpenClinic = Callable[..., Clinic]
SHOULDER = (0.60, 0.22)


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic.key("Alt+2")


def stage(clinic: Clinic) -> Stage:
    return clinic.desk.chart.column.stages.stage


def test_a_new_session_opens_on_before_and_nothing_blocks(clinic: Clinic):
    assert stage(clinic) is Stage.BEFORE
    clinic.key("T").press("posterior", *SHOULDER)
    assert stage(clinic) is Stage.NEEDLES
    assert len(clinic.marks) == 1


def test_keys_and_segments_lead_to_each_stage(clinic: Clinic):
    column = clinic.desk.chart.column
    for key, wanted in (("F4", Stage.AFTER), ("F3", Stage.NEEDLES), ("F2", Stage.BEFORE)):
        clinic.key(key)
        assert stage(clinic) is wanted
        assert clinic.window.focusWidget() is column.stages.bar.button(wanted)
    clinic.click(column.stages.bar.button(Stage.AFTER))
    assert stage(clinic) is Stage.AFTER
    assert column.stages.page(Stage.AFTER).isVisible()
    assert not column.mark_list.isVisible()
    assert column.counter.isVisible()


def test_folded_panels_come_back_with_a_stage(clinic: Clinic):
    clinic.key("F9").key("F4")
    assert clinic.desk.chart.column.isVisible()


def test_what_is_selected_is_shown_and_stays_out_of_the_way(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER).key("F4")
    assert stage(clinic) is Stage.AFTER
    page = clinic.desk.chart.column.stages.page(Stage.AFTER)
    clinic.segment(page, "Tolerated: Good")
    assert stage(clinic) is Stage.AFTER
    clinic.desk.editor.selection.clear()
    assert stage(clinic) is Stage.AFTER
    clinic.desk.editor.selection.set([clinic.on_screen[0].id])
    assert stage(clinic) is Stage.NEEDLES


def test_a_session_with_marks_opens_on_its_needles(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER)
    patient = clinic.desk.store.patient
    clinic.key("Ctrl+F")
    clinic.desk.open_patient(patient.id)
    assert stage(clinic) is Stage.NEEDLES


def test_what_is_done_is_said_in_words_and_by_a_sign(clinic: Clinic):
    bar = clinic.desk.chart.column.stages.bar
    after = bar.button(Stage.AFTER)
    assert (after.text(), after.accessibleName()) == ("After", "After, not done yet")
    clinic.key("Shift+F4")
    assert (after.text(), after.accessibleName()) == (f"{DONE} After", "After, done")
    assert "not done" in bar.button(Stage.NEEDLES).accessibleName()
    clinic.key("T").press("posterior", *SHOULDER)
    assert "done" in bar.button(Stage.NEEDLES).accessibleName()


def test_without_a_session_there_are_no_stages(clinic: Clinic):
    clinic.desk.remove_session(clinic.desk.editor.session.id)
    assert not clinic.desk.chart.column.stages.bar.isVisible()
    assert not clinic.window.actions_by_id["stage.before"].isEnabled()


def test_a_session_with_papers_is_not_empty(clinic: Clinic):
    session = clinic.desk.editor.session
    clinic.key("Shift+F4")
    clinic.desk.remove_session(session.id)
    assert "Something is recorded" in clinic.message
    assert clinic.desk.store.has_session(session.id)


def test_everything_on_the_pages_that_takes_the_focus_has_a_name(clinic: Clinic):
    stages = clinic.desk.chart.column.stages
    before, after = stages.page(Stage.BEFORE), stages.page(Stage.AFTER)
    clinic.key("F2").click(before.screening.go_through)
    clinic.segment(before, "Epilepsy: Yes")
    clinic.key("F4").segment(after, "Something happened: Other")
    clinic.segment(after, "Other treatment: Massage")
    kinds = QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox
    focusable = [
        widget
        for page in (before, after)
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and isinstance(widget, kinds)
    ]
    assert len(focusable) > 200
    unnamed = [
        each for each in focusable if not (each.accessibleName() or getattr(each, "text", str)())
    ]
    assert unnamed == []


def test_pages_are_made_when_they_are_first_shown(clinic: Clinic):
    stages = clinic.desk.chart.column.stages
    assert set(stages._pages) == {Stage.BEFORE}
    clinic.key("F4")
    assert set(stages._pages) == {Stage.BEFORE, Stage.AFTER}


def test_no_page_is_wider_than_the_column(clinic: Clinic):
    stages = clinic.desk.chart.column.stages
    for key, stage in (("F2", Stage.BEFORE), ("F4", Stage.AFTER)):
        clinic.key(key)
        page = stages.page(stage)
        assert page.widget().width() == page.viewport().width()
        for card in page.cards:
            assert card.width() >= card.minimumSizeHint().width(), card.title.text()
