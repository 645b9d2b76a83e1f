"""The charting screen: what is shown where, and what its buttons do."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu

from app.body.picture_style import PictureStyle
from app.domain.marks import (
    Criterion,
    PainQuality,
    Soreness,
    SorenessTime,
    Strength,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.editing.tool_keys import ToolKey
from app.panels.record_forms import PractitionerForm, ProblemForm
from app.panels.theme import DARK
from tests.helpers.clinic import START, Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

OpenClinic = Callable[..., Clinic]
SHOULDER, HIP, KNEE = (0.60, 0.22), (0.58, 0.45), (0.42, 0.68)


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic.key("Alt+2").key("F3")


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow beyond a kilobyte."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def saved(clinic: Clinic) -> str:
    return clinic.desk.chart.header.saved.text()


def test_saved_is_a_fact_with_a_time(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER)
    steps = clinic.practice.repository.steps(clinic.desk.editor.session.id)
    at = steps[-1].stamp.at
    assert saved(clinic) == f"Saved {at:%H:%M:%S}"


def test_what_is_still_being_typed_is_not_called_saved(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER)
    note = clinic.desk.chart.column.mark_editor.note
    clinic.write(note, "deep")
    assert saved(clinic) == "Writing …"
    assert clinic.marks[0].note == ""
    clinic.wait_until(lambda: not note.keeper.is_pending)
    assert clinic.marks[0].note == "deep"
    assert saved(clinic).startswith("Saved ")


def test_one_stay_in_a_note_is_one_step_back(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER)
    note = clinic.desk.chart.column.mark_editor.note
    for word in ("deep ", "and ", "dull"):
        clinic.write(note, word)
        note.keeper.settle()
    assert clinic.marks[0].note == "deep and dull"
    clinic.key("Ctrl+Z")
    assert clinic.marks[0].note == ""
    assert note.toPlainText() == ""


def test_trouble_with_the_disk_is_said_and_nothing_is_called_saved(clinic: Clinic):
    clinic.key("T")
    with full_disk():
        clinic.press("posterior", *SHOULDER)
    assert saved(clinic) == "Not saved"
    assert clinic.window.messages.isVisible()
    assert "was not saved" in clinic.message
    assert clinic.on_screen == clinic.marks == []
    clinic.press("posterior", *SHOULDER)
    assert saved(clinic).startswith("Saved ")
    assert clinic.on_screen == clinic.marks != []


def test_every_kind_of_mark_has_its_fields(clinic: Clinic):
    editor = clinic.desk.chart.column.mark_editor
    clinic.key("T").press("posterior", *SHOULDER)
    clinic.segment(editor, "Found: Taut band").segment(editor, "Found: Recognised")
    clinic.write(editor.threshold, "245,5")
    clinic.key("W").press("posterior", *SHOULDER)
    clinic.segment(editor, "Twitches: more").segment(editor, "Strength: Strong")
    clinic.key("S").press("posterior", *KNEE)
    clinic.segment(editor, "Soreness: 6").segment(editor, "Quality: Tight")
    clinic.segment(editor, "When: Later").segment(editor, "Hours after: 24")
    found = frozenset({Criterion.TAUT_BAND, Criterion.RECOGNISED_PAIN})
    assert [mark.details for mark in clinic.marks] == [
        TriggerPoint(criteria=found, threshold_kpa=245.5),
        TwitchResponse(count=2, strength=Strength.STRONG),
        Soreness(intensity=6, quality=PainQuality.TIGHT, when=SorenessTime.LATER, hours_after=24),
    ]


def test_a_twitch_that_was_absent_has_no_count(clinic: Clinic):
    editor = clinic.desk.chart.column.mark_editor
    clinic.key("T").press("posterior", *HIP).key("W").press("posterior", *HIP)
    clinic.segment(editor, "Response: Absent")
    assert clinic.marks[1].details == TwitchResponse(response=Twitch.ABSENT)


def test_soreness_that_came_at_once_has_no_hours(clinic: Clinic):
    editor = clinic.desk.chart.column.mark_editor
    clinic.key("S").press("posterior", *KNEE)
    for name in ("When: Later", "Hours after: 48", "When: After"):
        clinic.segment(editor, name)
    assert clinic.marks[0].details == Soreness(when=SorenessTime.AFTER)


def test_selecting_in_the_list_selects_on_the_map(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER).press("posterior", *HIP)
    marks, listed = clinic.marks, clinic.desk.chart.column.mark_list
    clinic.key("V").press("posterior", *SHOULDER)
    assert clinic.desk.editor.selection.ids == (marks[0].id,)
    assert [i.row() for i in listed.selectionModel().selectedIndexes()] == [0]
    listed.setCurrentIndex(listed.model().index(1, 0))
    assert clinic.desk.editor.selection.ids == (marks[1].id,)


def test_delete_removes_what_is_selected_and_undo_brings_it_back(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER).press("posterior", *HIP)
    before = clinic.marks
    clinic.key("Ctrl+A").key("Del")
    assert clinic.marks == []
    clinic.key("Ctrl+Z")
    assert clinic.marks == before


def test_the_eraser_sweeps_and_the_move_tool_moves(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER).press("posterior", *HIP)
    first = clinic.marks[0]
    clinic.key("M").drag("posterior", SHOULDER, (0.55, 0.3))
    moved = clinic.marks[0]
    assert (moved.id, moved.number) == (first.id, first.number)
    assert moved.anchor != first.anchor
    clinic.key("E").drag("posterior", (0.55, 0.3), HIP)
    assert clinic.marks == []
    clinic.key("Ctrl+Z")
    assert len(clinic.marks) == 2


def test_placing_a_note_asks_for_its_words(clinic: Clinic):
    clinic.key("N").press("posterior", *SHOULDER)
    note = clinic.desk.chart.column.mark_editor.note
    assert clinic.window.focusWidget() is note
    QTest.keyClicks(note, "scar")
    QTest.keyClick(note, Qt.Key.Key_Escape)
    assert clinic.marks[0].note == "scar"
    assert clinic.window.focusWidget() is clinic.desk.chart.map


def test_escape_lets_go_step_by_step(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER)
    body_map = clinic.desk.chart.map
    QTest.keyClick(body_map, Qt.Key.Key_Escape)
    assert clinic.desk.editor.selection.ids == ()
    assert clinic.desk.toolbox.active.key is ToolKey.TRIGGER_POINT
    QTest.keyClick(body_map, Qt.Key.Key_Escape)
    assert clinic.desk.toolbox.active.key is ToolKey.SELECT


def test_words_outlive_a_disk_that_was_full(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER)
    chart, note = clinic.desk.chart, clinic.desk.chart.column.mark_editor.note
    clinic.write(note, "faint after needle 2")
    with full_disk():
        clinic.key("Ctrl+F")  # the chart stays open: it could not be left without loss
        assert clinic.window._pages.currentWidget() is chart
        assert saved(clinic) == "Not saved"
        assert "was not saved" in clinic.message
    clinic.segment(chart.column.mark_editor, "Activity: Active")
    assert note.toPlainText() == "faint after needle 2"
    assert saved(clinic) == "Writing …"
    assert chart.flush()
    assert clinic.marks[0].note == "faint after needle 2"
    assert saved(clinic).startswith("Saved ")


def test_a_threshold_stays_with_its_mark_and_is_never_left_behind(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER).press("posterior", *HIP)
    editor = clinic.desk.chart.column.mark_editor
    clinic.desk.editor.selection.set([clinic.marks[0].id])
    clinic.write(editor.threshold, "250")
    clinic.desk.editor.selection.set([clinic.marks[1].id])
    assert editor.threshold.text() == ""
    clinic.key("Ctrl+F")
    clinic.desk.open_patient(clinic.desk.find_patients("")[0].id)
    assert [mark.details.threshold_kpa for mark in clinic.marks] == [250.0, None]


def test_of_several_selected_marks_only_their_number_is_shown(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER).press("posterior", *HIP).key("Ctrl+A")
    editor = clinic.desk.chart.column.mark_editor
    assert editor._title.text() == "2 marks"
    assert not editor.note.isVisible()
    clinic.click(clinic.button(editor, "Remove 2"))
    assert clinic.marks == []
    clinic.click(clinic.button(clinic.window.messages, "Undo"))
    assert len(clinic.marks) == 2


def test_what_a_message_offers_ends_with_the_next_change(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER).key("Ctrl+Z")
    assert clinic.window.messages.isVisible()
    clinic.press("posterior", *HIP)
    assert not clinic.window.messages.isVisible()


def test_a_second_session_on_one_day_is_asked_for_twice(clinic: Clinic):
    first = clinic.desk.editor.session
    clinic.key("Ctrl+T")
    assert [each.id for each in clinic.desk.store.sessions] == [first.id]
    clinic.click(clinic.button(clinic.window.messages, "Start another"))
    assert len(clinic.desk.store.sessions) == 2


def test_a_session_with_pain_or_words_is_not_empty(clinic: Clinic):
    session = clinic.desk.editor.session
    clinic.segment(clinic.desk.chart.column.session_card, "Pain before: 0")
    clinic.desk.remove_session(session.id)
    assert "Something is recorded" in clinic.message
    clinic.key("Ctrl+Z")
    clinic.write(clinic.desk.chart.column.session_card.note, "fainted")
    clinic.desk.remove_session(session.id)
    assert len(clinic.desk.store.sessions) == 1


def test_a_note_brings_folded_panels_back(clinic: Clinic):
    clinic.key("F9").key("N").press("posterior", *SHOULDER)
    assert clinic.window.focusWidget() is clinic.desk.chart.column.mark_editor.note


def test_the_sessions_own_fields(clinic: Clinic):
    card = clinic.desk.chart.column.session_card
    assert card.isVisible()
    clinic.segment(card, "Pain before: 7").segment(card, "Pain after: 0")
    clinic.write(card.note, "home exercise shown")
    clinic.desk.chart.flush()
    session = clinic.practice.repository.session(clinic.desk.editor.session.id)
    assert session is not None
    assert (session.pain_before, session.pain_after) == (7, 0)
    assert session.note == "home exercise shown"


def test_a_problem_is_added_and_treated(clinic: Clinic):
    card = clinic.desk.chart.column.session_card
    clinic.click(clinic.button(card, "New"))
    form = clinic.dialog(ProblemForm)
    form.title.setCurrentText("Neck pain")
    form.planned.show_value(8)
    clinic.segment(form, "Side: Right").click(form.done_button)
    problem = clinic.desk.store.problems[0]
    assert clinic.desk.editor.session.problem_id == problem.id
    assert card.problem.currentText() == "Neck pain, right"
    assert clinic.desk.chart.sessions._plan.text() == "NECK PAIN, RIGHT · SESSION 1 OF 8"


def test_who_is_treating_is_asked_where_the_practice_knows_several(clinic: Clinic):
    clinic.window.actions_by_id["practitioner"].trigger()
    form = clinic.dialog(PractitionerForm)
    assert form.name.text() == "Léa Brönnimann"
    assert not form.name.isEnabled()  # it stands in every past record of hers
    form.who.setCurrentText("Somebody new")
    assert form.name.text() == ""
    clinic.write(form.name, "Tomás Ó Briain").click(form.done_button)
    names = {each.name: each.id for each in clinic.practice.repository.practitioners()}
    assert set(names) == {"Léa Brönnimann", "Tomás Ó Briain"}
    assert clinic.desk.history.actor == names["Tomás Ó Briain"]


def test_panels_fold_away(clinic: Clinic):
    wide = clinic.desk.chart.map.width()
    clinic.key("F9")
    assert clinic.desk.chart.map.width() > wide + 400
    clinic.key("F9")
    assert clinic.desk.chart.map.width() == wide


def test_an_empty_session_can_be_taken_back_but_not_one_with_marks(clinic: Clinic):
    session = clinic.desk.editor.session
    clinic.key("T").press("posterior", *SHOULDER)
    clinic.desk.remove_session(session.id)
    assert "Something is recorded" in clinic.message
    clinic.key("Ctrl+Z")
    clinic.desk.remove_session(session.id)
    assert clinic.desk.store.sessions == []
    clinic.click(clinic.button(clinic.window.messages, "Undo"))
    assert [each.id for each in clinic.desk.store.sessions] == [session.id]


def test_an_earlier_session_is_read_only_beside_until_it_is_opened_to_edit(
    clinic: Clinic, open_clinic: OpenClinic
):
    clinic.key("T").press("posterior", *SHOULDER)
    clinic.close()
    later = open_clinic(START + timedelta(days=7))
    later.desk.open_patient(later.desk.find_patients("")[0].id)
    chart, old = later.desk.chart, later.desk.store.sessions[0]
    later.key("Ctrl+T")
    chart.toggle_under(old.id)
    assert chart.under == set()
    chart.open_beside(old.id)
    before = later.practice.repository.marks(old.id)
    QTest.mouseClick(chart.beside.map, Qt.MouseButton.LeftButton, pos=QPoint(150, 200))
    assert later.practice.repository.marks(old.id) == before
    later.click(later.button(chart.beside, "Open to edit"))
    assert not chart.beside.isVisible()
    assert later.desk.editor.session.id == old.id
    assert chart.band.isVisible()
    assert "Léa Brönnimann, not today's" in chart.band._words.text()
    assert later.desk.toolbox.active.key is ToolKey.SELECT
    later.key("T").press("posterior", *HIP)
    assert len(later.practice.repository.marks(old.id)) == 2
    later.click(later.button(chart.band, "Back to today"))
    assert not chart.band.isVisible()
    assert later.desk.editor.session.id != old.id


def test_a_close_up_is_opened_by_a_key_and_left_by_escape(clinic: Clinic):
    body_map = clinic.desk.chart.map
    QTest.mouseMove(body_map, clinic.at("posterior", *SHOULDER))
    clinic.key("C")
    assert body_map.enlarged == "shoulder_right_posterior"
    clinic.key("T").press("shoulder_right_posterior", 0.5, 0.5)
    (mark,) = clinic.marks
    assert mark.placed_in == "shoulder_right_posterior"
    QTest.keyClick(body_map, Qt.Key.Key_Escape)  # lets go of the mark
    QTest.keyClick(body_map, Qt.Key.Key_Escape)  # then of the tool
    assert body_map.in_close_up
    QTest.keyClick(body_map, Qt.Key.Key_Escape)
    assert body_map.enlarged == "posterior"
    clinic.key("Ctrl+Z")
    assert clinic.marks == []


def test_the_line_above_the_map_says_where_it_looks_and_leads_back(clinic: Clinic):
    body_map, bar = clinic.desk.chart.map, clinic.desk.chart.maps.view_bar
    shown = [each.text() for each in bar.findChildren(QAbstractButton) if each.isVisible()]
    assert shown == ["Posterior"]
    body_map.enlarge("foot_left_plantar")
    shown = [each.text() for each in bar.findChildren(QAbstractButton) if each.isVisible()]
    assert shown == ["‹ Back", "Posterior", "Left foot, plantar"]
    clinic.click(clinic.button(bar, "‹ Back"))
    assert body_map.enlarged == "posterior"


def test_every_view_is_in_the_menu_above_the_map(clinic: Clinic):
    bar = clinic.desk.chart.maps.view_bar
    bar._fill_menu()
    items = {
        each.text(): each
        for menu in (bar._menu, *bar._menu.findChildren(QMenu))
        for each in menu.actions()
        if each.menu() is None and each.text()
    }
    views = clinic.desk.editor.atlas.every_view(clinic.desk.editor.body)
    assert set(items) == {view.title for view in views} | {"All views", "Add picture …"}
    items["Right forearm and hand, dorsal"].trigger()
    assert clinic.desk.chart.map.enlarged == "hand_right_dorsal"
    items["All views"].trigger()
    assert clinic.desk.chart.map.enlarged is None


def test_a_session_beside_shows_the_same_close_up_and_goes_back_too(clinic: Clinic):
    chart = clinic.desk.chart
    clinic.key("T").press("posterior", *SHOULDER)
    chart.maps.open_beside()
    chart.map.enlarge("head_neck_left")
    assert chart.beside.map.enlarged == "head_neck_left"
    QTest.keyClick(chart.beside.map, Qt.Key.Key_Escape)
    assert chart.map.enlarged == chart.beside.map.enlarged == "posterior"


def test_a_place_without_a_close_up_is_told(clinic: Clinic):
    QTest.mouseMove(clinic.desk.chart.map, clinic.at("posterior", 0.02, 0.02))
    clinic.key("C")
    assert clinic.message.startswith("There is no close-up of this place.")


def test_the_picture_style_is_kept(clinic: Clinic):
    def style() -> PictureStyle:
        return clinic.desk.chart.map._look.style

    assert style() is PictureStyle.CLAY
    clinic.key("L")
    assert style() is PictureStyle.LINE
    assert clinic.desk._settings.values.line_pictures
    words = clinic.window.actions_by_id["view.line"].text()
    assert words == "Picture style: clay instead of lines"
    clinic.desk.chart.set_theme(DARK)
    assert style() is PictureStyle.LINE
