"""Charting by keys alone, in the real window."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from app.domain.marks import Shape
from app.editing.actions import ACTIONS, KIND_ACTIONS
from app.panels.keys_dialog import KeysDialog
from app.panels.record_forms import PatientForm, PractitionerForm, ProblemForm
from tests.helpers.clinic import START, Clinic
from tests.journeys.test_one_treatment import add_patient, chart_a_treatment, start_first_session

OpenClinic = Callable[..., Clinic]
pytestmark = pytest.mark.qt_log_ignore("plugin does not support (raise|grabbing)")
KEY = Qt.Key


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    activate(clinic)
    return clinic.key("Alt+2")


def activate(clinic: Clinic) -> None:
    clinic.window.activateWindow()
    clinic.wait_until(clinic.window.isActiveWindow)


def next_week(open_clinic: OpenClinic) -> Clinic:
    """A week after a session with five marks; today's session is on the desk."""
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    chart_a_treatment(clinic)
    clinic.close()
    later = open_clinic(START + timedelta(days=7))
    later.desk.open_patient(later.desk.find_patients("anna")[0].id)
    later.key("Ctrl+T")
    activate(later)
    return later


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)
    QApplication.processEvents()


# -- names and rings --------------------------------------------------------------------------


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab can stop in a window."""
    return [
        each
        for each in [window, *window.findChildren(QWidget)]
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not each.objectName().startswith("qt_")
        and not (each.window() is not window)
        and each.focusProxy() is None
    ]


def unnamed(window: QWidget) -> list[str]:
    """What a screen reader would call by its kind alone."""
    found = []
    for widget in stops(window):
        heard = QAccessible.queryAccessibleInterface(widget)
        if heard is None or not heard.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def test_everything_that_takes_the_focus_is_named_to_a_screen_reader(clinic: Clinic) -> None:
    chart_a_treatment(clinic)
    desk = clinic.desk
    clinic.key("Ctrl+K").key("Ctrl+K")
    clinic.key("/")
    desk.muscles.search.setText("soleus")
    clinic.key("F1")
    found = {"window": unnamed(clinic.window), "muscles": unnamed(desk.muscles)}
    found["keys"] = unnamed(clinic.dialog(KeysDialog))
    for ask, kind in (
        (desk.edit_patient, PatientForm),
        (lambda: desk.edit_problem(None), ProblemForm),
        (desk.at_work.ask, PractitionerForm),
    ):
        ask()
        form = clinic.dialog(kind)
        found[kind.__name__] = unnamed(form)
        form.reject()
    for dialog in (desk.muscles, clinic.dialog(KeysDialog)):
        dialog.close()
    assert {name: names for name, names in found.items() if names} == {}


def test_what_has_the_focus_is_seen(open_clinic: OpenClinic) -> None:
    clinic = next_week(open_clinic)
    clinic.key("B")
    clinic.key("Alt+2").key("T").press("posterior", 0.6, 0.22)
    unseen = []
    for widget in stops(clinic.window):
        if not widget.isVisible() or not widget.isEnabled():
            continue
        other = next(each for each in stops(clinic.window) if each is not widget)
        other.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if widget.grab().toImage() == before:
            unseen.append(f"{type(widget).__name__} {widget.accessibleName()}")
    assert unseen == []


# -- from part to part ------------------------------------------------------------------------


def test_f6_goes_through_the_parts_and_back(clinic: Clinic) -> None:
    chart = clinic.desk.chart
    clinic.key("T").press("posterior", 0.6, 0.22)
    chart.map.setFocus()
    seen = []
    for _step in range(6):
        clinic.key("F6")
        seen.append(QApplication.focusWidget())
    assert seen[0] is chart.column.mark_list
    assert chart.column.isAncestorOf(seen[1] or chart)
    assert seen[2] is chart.sessions.list
    assert seen[3] is chart.timeline
    assert chart.tools.isAncestorOf(seen[4] or chart)
    assert seen[5] is chart.map
    clinic.key("Shift+F6")
    assert QApplication.focusWidget() is seen[4]


def test_folded_parts_are_passed_over(clinic: Clinic) -> None:
    chart = clinic.desk.chart
    clinic.key("F9")
    chart.map.setFocus()
    clinic.key("F6")
    assert QApplication.focusWidget() is chart.timeline


# -- sessions and time ------------------------------------------------------------------------


def test_space_ticks_a_session_and_enter_opens_it_beside(open_clinic: OpenClinic) -> None:
    clinic = next_week(open_clinic)
    chart = clinic.desk.chart
    last = clinic.desk.store.sessions[1].id
    chart.sessions.list.setFocus()
    press(KEY.Key_Down)
    before = last in chart.under
    press(KEY.Key_Space)
    assert (last in chart.under) is not before
    press(KEY.Key_Space)  # the row is still the current one
    assert (last in chart.under) is before
    press(KEY.Key_Return)
    assert chart.beside.session_id == last
    press(KEY.Key_Return)
    assert chart.beside.session_id is None
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clinic.desk.editor.session is not None
    assert clinic.desk.editor.session.id == last


def test_on_the_session_on_the_desk_these_keys_do_nothing(clinic: Clinic) -> None:
    chart = clinic.desk.chart
    chart.sessions.list.setFocus()
    press(KEY.Key_Space)
    press(KEY.Key_Return)
    assert chart.under == frozenset()
    assert chart.beside.session_id is None


def test_the_menu_key_opens_the_menu_of_the_current_session(open_clinic: OpenClinic) -> None:
    clinic = next_week(open_clinic)
    panel = clinic.desk.chart.sessions
    panel.list.setFocus()
    press(KEY.Key_Down)
    panel._show_menu(panel.list.viewport().rect().bottomLeft())
    (menu,) = [each for each in panel.findChildren(QMenu) if each.isVisible()]
    assert "Open beside" in [each.text() for each in menu.actions()]
    menu.close()


def test_time_is_walked_by_arrows(open_clinic: OpenClinic) -> None:
    clinic = next_week(open_clinic)
    chart = clinic.desk.chart
    chart.timeline.setFocus()
    press(KEY.Key_Return)  # the newest is on the desk
    assert chart.beside.session_id is None
    press(KEY.Key_Left)
    assert "2 trigger" in chart.timeline.accessibleDescription()
    press(KEY.Key_Return)
    assert chart.beside.session_id == clinic.desk.store.sessions[1].id


# -- the map ----------------------------------------------------------------------------------


def show_crosshair(clinic: Clinic) -> QWidget:
    clinic.desk.chart.map.setFocus()
    press(KEY.Key_Down)
    crosshair = clinic.desk.chart.parts.crosshair
    assert crosshair.isVisible()
    return crosshair


def test_a_mark_is_placed_at_the_crosshair(clinic: Clinic) -> None:
    chart = clinic.desk.chart
    clinic.key("T")
    crosshair = show_crosshair(clinic)
    start = QPointF(chart.parts.crosshair.at)
    for _step in range(3):
        press(KEY.Key_Up)
    press(KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(KEY.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert chart.parts.crosshair.at == start + QPointF(1 - 40, -24)
    assert clinic.marks == []
    assert chart._pointer.text != ""
    press(KEY.Key_Return)
    (mark,) = clinic.marks
    spot = clinic.desk.editor.atlas.locate(mark.anchor, clinic.desk.editor.body, "posterior")
    placed = chart.map.pane_point("posterior", spot.x, spot.y)
    assert (placed - chart.parts.crosshair.at).manhattanLength() < 1.0
    assert crosshair.isVisible()


def test_the_first_key_only_shows_where_it_would_be(clinic: Clinic) -> None:
    clinic.key("T")
    clinic.desk.chart.map.setFocus()
    press(KEY.Key_Return)
    assert clinic.marks == []
    assert clinic.desk.chart.parts.crosshair.isVisible()
    press(KEY.Key_Return)
    assert len(clinic.marks) == 1


def test_an_area_is_drawn_by_keys(clinic: Clinic) -> None:
    clinic.key("S")
    show_crosshair(clinic)
    press(KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Left, KEY.Key_Up):
        for _step in range(5):
            press(key)
    assert clinic.marks == []
    press(KEY.Key_Return)
    (area,) = clinic.marks
    assert area.shape is Shape.AREA


def test_esc_drops_what_is_drawn_by_keys(clinic: Clinic) -> None:
    clinic.key("S")
    show_crosshair(clinic)
    press(KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    press(KEY.Key_Right)
    press(KEY.Key_Escape)
    assert not clinic.desk.toolbox.is_down
    press(KEY.Key_Return)
    assert [mark.shape for mark in clinic.marks] == [Shape.POINT]


def test_with_something_selected_or_nothing_to_mark_arrows_do_not_move_it(
    clinic: Clinic,
) -> None:
    chart = clinic.desk.chart
    clinic.key("T")
    show_crosshair(clinic)
    press(KEY.Key_Return)
    at = QPointF(chart.parts.crosshair.at)
    press(KEY.Key_Right)  # the mark is selected: arrows are its own
    assert chart.parts.crosshair.at == at
    press(KEY.Key_Escape)
    press(KEY.Key_Right)
    assert chart.parts.crosshair.at != at
    clinic.key("V")
    assert not chart.parts.crosshair.isVisible()
    press(KEY.Key_Right)
    assert not chart.parts.crosshair.isVisible()


def test_arrows_move_a_zoomed_picture(clinic: Clinic) -> None:
    body_map = clinic.desk.chart.map
    body_map.setFocus()
    body_map.zoom(3.0)
    before = clinic.at("posterior", 0.5, 0.3)
    press(KEY.Key_Down)
    assert clinic.at("posterior", 0.5, 0.3).y() < before.y()


def test_a_mouse_that_moves_puts_the_crosshair_away(clinic: Clinic) -> None:
    clinic.key("T")
    crosshair = show_crosshair(clinic)
    QTest.mouseMove(clinic.desk.chart.map, clinic.at("posterior", 0.5, 0.3))
    QApplication.processEvents()
    assert not crosshair.isVisible()


def test_tab_chooses_the_muscle_under_the_crosshair(clinic: Clinic) -> None:
    clinic.key("T")
    show_crosshair(clinic)
    aim = clinic.desk.editor.aim
    press(KEY.Key_Left, Qt.KeyboardModifier.ControlModifier)
    for _step in range(40):
        if len(aim.here) < 2:
            press(KEY.Key_Up)
    assert len(aim.here) > 1
    first = aim.meant
    press(KEY.Key_Tab)
    assert aim.meant != first
    meant = aim.meant
    assert meant is not None
    press(KEY.Key_Return)
    assert clinic.marks[0].muscle == meant.muscle.id


def test_a_no_needle_zone_is_selected_by_its_name(clinic: Clinic) -> None:
    clinic.key("Z")
    show_crosshair(clinic)
    press(KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    for key in (KEY.Key_Right, KEY.Key_Down, KEY.Key_Left):
        for _step in range(6):
            press(key)
    press(KEY.Key_Return)
    (zone,) = clinic.desk.store.zones
    clinic.desk.editor.selection.clear()
    clinic.key("Ctrl+K")
    palette = clinic.window.finder.palette
    clinic.write(palette.search, "select no-n")
    press(KEY.Key_Return)
    assert clinic.desk.editor.selection.zone == zone.id


def test_the_sheet_of_keys_fits_a_small_screen(clinic: Clinic) -> None:
    clinic.key("F1")
    sheet = clinic.dialog(KeysDialog)
    assert sheet.width() <= 1280
    assert sheet.height() <= 760
    told = {label.text() for label in sheet.findChildren(QLabel)}
    kinds = set(KIND_ACTIONS.values())
    missing = [a.name for a in ACTIONS if a.shortcuts and a not in kinds and a.name not in told]
    assert missing == []
    sheet.close()
