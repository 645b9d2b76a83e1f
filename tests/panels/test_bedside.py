"""Needles at the bedside: the figures, the clock, the keys, and leaving."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.domain.marks import MarkKind, Needle, Strength, Twitch, TwitchResponse
from app.domain.needles import count_needles, needles_in
from app.editing.tool_keys import ToolKey
from app.panels.record_forms import PatientForm
from tests.helpers.clinic import START, Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

OpenClinic = Callable[..., Clinic]
SHOULDER, HIP, KNEE = (0.60, 0.22), (0.58, 0.45), (0.42, 0.68)


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic.key("Alt+2")


def needle(clinic: Clinic, *places: tuple[float, float]) -> None:
    clinic.key("D")
    for place in places:
        clinic.press("posterior", *place)


def plan(clinic: Clinic, seconds: int) -> None:
    """A stay for the needle that is selected, and a look at the clock."""
    mark = clinic.desk.editor.store.mark(clinic.desk.editor.selection.current)
    assert isinstance(mark.details, Needle)
    planned = Needle(in_at=mark.details.in_at, stay_s=seconds)
    clinic.desk.editor.set_details(mark.id, planned)
    clinic.desk.bedside.look()
    QApplication.processEvents()


@pytest.mark.qt_log_ignore("plugin does not support (raise|grabbing)")
def test_one_planned_stay_for_all_that_are_in(clinic: Clinic):
    needle(clinic, SHOULDER, KNEE)
    clinic.key("Shift+D")
    (menu,) = clinic.desk.chart.column.needles.findChildren(QMenu)
    words = [each.text() for each in menu.actions()]
    assert words == ["At once", "2 min", "5 min", "10 min", "20 min", "No planned stay"]
    menu.actions()[3].trigger()
    menu.close()
    assert [each.details.stay_s for each in clinic.marks] == [600, 600]
    clinic.key("Ctrl+Z")
    assert [each.details.stay_s for each in clinic.marks] == [None, None]


def test_a_twitch_that_is_counted_lights_its_figure_up_for_a_moment(clinic: Clinic):
    needle(clinic, SHOULDER)
    count = clinic.desk.chart.column.mark_editor.twitches.count
    assert not count.is_lit
    clinic.key("Space")
    assert count.is_lit
    clinic.wait_until(lambda: not count.is_lit)
    clinic.key("Space").key("Shift+Space")
    clinic.wait_until(lambda: not count.is_lit)
    clinic.key("Shift+Space")  # taking back is seen in the figure alone
    assert not count.is_lit
    needle(clinic, HIP)
    clinic.key("Space").key("Space")
    assert count.is_lit
    clinic.desk.editor.selection.set((clinic.marks[0].id,))  # another's figure is not lit
    assert not count.is_lit


def test_the_figures_take_the_place_of_the_counter_of_marks(clinic: Clinic):
    column = clinic.desk.chart.column
    clinic.key("T").press("posterior", *HIP)
    assert (column.counter.isVisible(), column.needles.isVisible()) == (True, False)
    needle(clinic, SHOULDER, KNEE)
    assert (column.counter.isVisible(), column.needles.isVisible()) == (False, True)
    assert column.needles.words == "2 in, 0 out"
    clinic.press("posterior", *KNEE)
    assert column.needles.words == "1 in, 1 out"
    assert column.needles.accessibleName() == "Needles: 1 in, 1 out"
    assert clinic.message == "Needle 3 is out; 1 is still in."
    clinic.key("Ctrl+Z")
    assert column.needles.words == "2 in, 0 out"


def test_the_longest_time_goes_on(clinic: Clinic):
    needle(clinic, SHOULDER)
    clinic.clock.now += timedelta(minutes=6)
    needle(clinic, KNEE)
    clinic.clock.now += timedelta(seconds=30)
    clinic.desk.bedside.look()
    assert clinic.desk.chart.column.needles.time_words.startswith(("longest 06:", "longest 07:"))


def test_all_out_is_one_button_and_one_key(clinic: Clinic):
    column = clinic.desk.chart.column
    needle(clinic, SHOULDER, KNEE, HIP)
    clinic.click(column.needles.all_out)
    assert count_needles(clinic.marks) == (0, 3, 0)
    assert column.needles.words == "0 in, 3 out"
    assert not column.needles.all_out.isVisible()
    clinic.key("Ctrl+Z").key("O")
    assert count_needles(clinic.marks) == (2, 1, 0)
    clinic.key("Shift+O")
    assert count_needles(clinic.marks) == (0, 3, 0)


def test_a_screen_reader_is_told_when_a_number_changes(clinic: Clinic):
    from PySide6.QtGui import QAccessible

    needle(clinic, SHOULDER)
    counter = clinic.desk.chart.column.needles
    interface = QAccessible.queryAccessibleInterface(counter)
    assert interface.text(QAccessible.Text.Name) == "Needles: 1 in, 0 out"


def test_a_stay_that_is_over_is_said_once_and_turns_amber(clinic: Clinic):
    needle(clinic, SHOULDER)
    plan(clinic, 600)
    counter = clinic.desk.chart.column.needles
    assert not counter.property("overdue")
    clinic.clock.now += timedelta(minutes=10)
    clinic.desk.bedside.look()
    assert clinic.message == "Needle 1: the planned 10 min are over."
    assert counter.property("overdue")
    assert "1 over the planned time by" in counter.time_words
    assert clinic.desk.chart.map._overdue == {clinic.marks[0].id}
    clinic.window.messages.hide()
    clinic.desk.bedside.look()
    assert not clinic.window.messages.isVisible()
    clinic.key("O")
    clinic.desk.bedside.look()
    assert not counter.property("overdue")
    assert clinic.desk.chart.map._overdue == frozenset()


def test_a_needle_to_be_withdrawn_at_once_rings_no_bell(clinic: Clinic):
    needle(clinic, SHOULDER)
    clinic.window.messages.hide()
    plan(clinic, 0)
    assert not clinic.window.messages.isVisible()
    assert clinic.desk.chart.column.needles.property("overdue")


def test_with_the_columns_folded_away_the_head_says_what_is_in(clinic: Clinic):
    needle(clinic, SHOULDER, KNEE)
    head = clinic.desk.chart.header.needles
    clinic.key("F9")
    clinic.desk.bedside.look()
    assert (head.isVisible(), head.text()) == (True, "2 in")
    clinic.key("F9")
    clinic.desk.bedside.look()
    assert not head.isVisible()


def test_the_hand_that_holds_the_needle_counts_with_a_pedal(clinic: Clinic):
    needle(clinic, SHOULDER)
    body_map = clinic.desk.chart.map
    space, down, up = Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp
    clinic.strike(body_map, space, down, space, up, Qt.Key.Key_F8)
    placed, twitch = clinic.marks
    assert twitch.parent_id == placed.id
    assert twitch.details == TwitchResponse(count=2, strength=Strength.STRONG)
    clinic.strike(body_map, space, space, shift=True)
    assert clinic.marks == [placed]
    clinic.strike(body_map, Qt.Key.Key_A)
    assert clinic.marks[1].details == TwitchResponse(response=Twitch.ABSENT)


def test_without_needle_or_point_a_sentence_says_what_to_do(clinic: Clinic):
    clinic.key("Space")
    assert clinic.marks == []
    assert clinic.message.startswith("A twitch belongs to a needle or a trigger point.")


def test_space_still_presses_a_button_that_has_the_focus(clinic: Clinic):
    needle(clinic, SHOULDER)
    button = clinic.desk.chart.column.needles.all_out
    clinic.strike(button, Qt.Key.Key_Space)
    assert count_needles(clinic.marks) == (0, 1, 0)
    assert len(clinic.marks) == 1


def test_a_space_in_a_note_is_only_a_space(clinic: Clinic):
    needle(clinic, SHOULDER)
    note = clinic.desk.chart.column.mark_editor.note
    clinic.strike(note)
    QTest.keyClicks(note, "o a 2")
    clinic.desk.chart.flush()
    assert len(clinic.marks) == 1
    assert clinic.marks[0].note == "o a 2"
    assert needles_in(clinic.marks)


def test_a_number_makes_the_mark_just_placed_another_kind_else_the_next(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER).key("2")
    assert clinic.marks[0].kind is MarkKind.NEEDLE
    assert clinic.message == "Mark 1 is a needle now."
    assert clinic.desk.toolbox.active.key is ToolKey.TRIGGER_POINT
    clinic.desk.editor.selection.clear()
    clinic.key("7")
    assert clinic.message == "The next mark will be a reaction."
    assert clinic.desk.toolbox.active.key is ToolKey.REACTION
    assert clinic.marks[0].kind is MarkKind.NEEDLE
    clinic.press("posterior", *HIP).key("Ctrl+A").key("1")
    assert [mark.kind for mark in clinic.marks] == [MarkKind.NEEDLE, MarkKind.REACTION]
    assert "Select the one" in clinic.message


def test_arrows_nudge_on_the_map(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER)
    body_map, before = clinic.desk.chart.map, clinic.marks[0]
    body_map.setFocus()
    for _press in range(2):
        QTest.keyClick(body_map, Qt.Key.Key_Right)
    QTest.keyClick(body_map, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    atlas, body = clinic.desk.editor.atlas, clinic.desk.editor.body
    was = atlas.locate(before.anchor, body, "posterior")
    now = atlas.locate(clinic.marks[0].anchor, body, "posterior")
    assert (now.x - was.x, now.y - was.y) == pytest.approx((2, 10), abs=0.1)
    clinic.key("Ctrl+Z")
    assert clinic.marks == [before]
    clinic.desk.editor.selection.clear()
    QTest.keyClick(body_map, Qt.Key.Key_Right)
    assert clinic.marks == [before]


def test_delete_works_in_the_list(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER).press("posterior", *HIP)
    listed = clinic.desk.chart.column.mark_list
    listed.setCurrentIndex(listed.model().index(0, 0))
    clinic.strike(listed, Qt.Key.Key_Delete)
    assert [mark.number for mark in clinic.marks] == [2]


def pen(clinic: Clinic, kind: QEvent.Type, place: tuple[float, float], tip: str) -> None:
    device = QPointingDevice(
        "pen", 1, QPointingDevice.DeviceType.Stylus,
        QPointingDevice.PointerType[tip], QPointingDevice.Capability.Position, 1, 1,
    )  # fmt: skip
    body_map = clinic.desk.chart.map
    at = QPointF(clinic.at("posterior", *place))
    everywhere = body_map.mapToGlobal(at)
    button = Qt.MouseButton.LeftButton
    event = QTabletEvent(
        kind, device, at, everywhere, 0.5, 0, 0, 0, 0, 0,
        Qt.KeyboardModifier.NoModifier, button, button,
    )  # fmt: skip
    QApplication.sendEvent(body_map, event)
    assert event.isAccepted() is (tip == "Eraser")
    QApplication.processEvents()


def test_the_other_end_of_a_pen_erases(clinic: Clinic):
    clinic.key("T").press("posterior", *SHOULDER).press("posterior", *HIP)
    press, move, release = (
        QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease,
    )  # fmt: skip
    pen(clinic, press, SHOULDER, "Pen")
    assert len(clinic.marks) == 2
    pen(clinic, press, SHOULDER, "Eraser")
    pen(clinic, move, HIP, "Eraser")
    assert len(clinic.marks) == 2
    pen(clinic, release, HIP, "Eraser")
    assert clinic.marks == []
    assert clinic.desk.toolbox.active.key is ToolKey.TRIGGER_POINT


# -- leaving and coming back ------------------------------------------------------------------


def test_nobody_leaves_a_patient_with_a_needle_in_unasked(clinic: Clinic):
    needle(clinic, SHOULDER)
    chart = clinic.desk.chart
    clinic.answer("Stay here", lambda: clinic.key("Ctrl+F"))
    assert clinic.window._pages.currentWidget() is chart
    assert needles_in(clinic.on_screen)
    clinic.answer("Leave with the needle in", lambda: clinic.key("Ctrl+F"))
    assert clinic.window._pages.currentWidget() is clinic.window.patients
    assert clinic.desk.store.patient is None


def test_another_patient_is_not_opened_over_a_needle_unasked(clinic: Clinic):
    needle(clinic, SHOULDER, KNEE)
    first = clinic.desk.store.patient
    clinic.key("Ctrl+N")
    form = clinic.dialog(PatientForm)
    clinic.write(form.family_name, "Berg").segment(form, "Body picture: Male")
    clinic.answer("Stay here", lambda: clinic.click(form.done_button))
    assert clinic.desk.store.patient == first
    berg = clinic.desk.find_patients("berg")[0].id
    clinic.answer("Leave with 2 needles in", lambda: clinic.desk.open_patient(berg))
    assert clinic.desk.store.patient.family_name == "Berg"


def test_closing_the_program_with_a_needle_in_asks(clinic: Clinic):
    needle(clinic, SHOULDER, KNEE)
    clinic.answer("Keep open", clinic.window.close)
    assert clinic.window.isVisible()
    clinic.key("Shift+O")
    clinic.window.close()
    assert not clinic.window.isVisible()


def test_another_session_is_not_put_on_the_desk_unasked(clinic: Clinic, open_clinic: OpenClinic):
    clinic.close()
    again = open_clinic(START + timedelta(days=7))
    again.desk.open_patient(again.desk.find_patients("")[0].id)
    old = again.desk.store.sessions[0].id
    again.key("Ctrl+T").key("Alt+2")
    needle(again, SHOULDER)
    todays = again.desk.editor.session.id
    again.answer("Stay here", lambda: again.desk.chart.open_session(old))
    assert again.desk.editor.session.id == todays


def test_after_a_crash_the_chart_with_needles_in_opens_and_says_so(
    clinic: Clinic, open_clinic: OpenClinic
):
    needle(clinic, SHOULDER, KNEE)
    clinic.close()  # the data lie as after a crash: needles in
    again = open_clinic(START + timedelta(minutes=20))
    again.wait_until(lambda: again.desk.store.patient is not None)
    assert again.window._pages.currentWidget() is again.desk.chart
    assert len(needles_in(again.marks)) == 2
    assert again.message == (
        "By the record 2 needles are in: marks 1 and 2. So this chart is open again."
    )
    again.key("Shift+O")
    again.close()
    last = open_clinic(START + timedelta(minutes=30))
    assert last.desk.store.patient is None


def test_a_needle_left_in_another_days_record_opens_nothing(
    clinic: Clinic, open_clinic: OpenClinic
):
    needle(clinic, SHOULDER)
    clinic.close()
    again = open_clinic(START + timedelta(days=1))
    assert again.desk.store.patient is None
