"""Muscles, zones and places as the window shows them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.body.muscles import Layer
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

RHOMBOID, CALF, KNEE_CAP = (0.455, 0.23), (0.35, 0.73), (0.60, 0.72)
"""On the left of the posterior view; the knee cap on that of the anterior one."""


pytestmark = pytest.mark.qt_log_ignore("plugin does not support raise")


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic.key("Alt+2")


def hover(clinic: Clinic, view: str, x: float, y: float) -> str:
    """Moves the pointer there. A window that has just opened may be left once before."""
    at = clinic.at(view, x, y)
    for place in (at + QPoint(3, 0), at):
        QTest.mouseMove(clinic.desk.chart.map, place)
        QApplication.processEvents()
    return clinic.desk.chart._pointer.text


def test_the_pointer_names_muscles_from_the_one_that_is_meant(clinic: Clinic) -> None:
    words = hover(clinic, "posterior", *RHOMBOID)
    assert words.startswith("Trapezius, ")
    assert "part, left" in words
    assert "under it" in words
    assert "Rhomboid major" in words
    assert "near Lung" in words


def test_tab_steps_to_the_muscle_that_the_next_mark_is_in(clinic: Clinic) -> None:
    hover(clinic, "posterior", *RHOMBOID)
    body_map = clinic.desk.chart.map
    body_map.setFocus()
    QTest.keyClick(body_map, Qt.Key.Key_Tab)
    meant = clinic.desk.editor.aim.meant
    assert meant is not None
    assert clinic.desk.chart._pointer.text.startswith(f"{meant.muscle.name}, left")
    QApplication.processEvents()
    assert body_map.anatomy.lit == (meant,)
    clinic.key("T").press("posterior", *RHOMBOID)
    assert clinic.marks[0].muscle == meant.muscle.id


def test_tab_changes_the_muscle_of_the_selected_mark_under_the_pointer(clinic: Clinic) -> None:
    hover(clinic, "posterior", *RHOMBOID)
    clinic.key("T").press("posterior", *RHOMBOID)
    first = clinic.marks[0].muscle
    QTest.keyClick(clinic.desk.chart.map, Qt.Key.Key_Tab)
    assert clinic.marks[0].muscle not in (None, first)
    clinic.key("Ctrl+Z")
    assert clinic.marks[0].muscle == first


def test_tab_leaves_the_map_where_no_muscle_is_under_the_pointer(clinic: Clinic) -> None:
    body_map = clinic.desk.chart.map
    QTest.mouseMove(body_map, QPoint(4, 4))
    body_map.setFocus()
    QTest.keyClick(body_map, Qt.Key.Key_Tab)
    assert not body_map.hasFocus()


def test_the_pointer_over_a_mark_tells_the_mark(clinic: Clinic) -> None:
    clinic.key("T").press("posterior", *CALF)
    words = hover(clinic, "posterior", *CALF)
    assert words.startswith("1 Trigger point · Gastrocnemius, ")
    QTest.mouseMove(clinic.desk.chart.map, QPoint(4, 4))
    assert clinic.desk.chart._pointer.text == ""


def test_where_no_muscle_lies_the_place_is_named(clinic: Clinic) -> None:
    clinic.desk.chart.map.enlarge("anterior")
    words = hover(clinic, "anterior", *KNEE_CAP)
    assert words.startswith("Left knee")


def test_the_picker_lists_what_lies_there_first(clinic: Clinic) -> None:
    clinic.key("T").press("posterior", *RHOMBOID)
    picker = clinic.desk.chart.column.mark_editor.muscle
    here = [each.muscle.name for each in clinic.desk.editor.muscles_under(clinic.marks[0])]
    shown = [picker._list.itemText(k) for k in range(picker._list.count())]
    assert shown[: len(here)] == here
    assert shown[len(here)] == "Not recorded"
    assert len([text for text in shown if text]) == 1 + 112
    picker._list.activated.emit(shown.index("Rhomboid major"))
    assert clinic.marks[0].muscle == "rhomboid_major"
    picker._list.activated.emit(len(here))
    assert clinic.marks[0].muscle is None
    clinic.key("Ctrl+Z")
    assert clinic.marks[0].muscle == "rhomboid_major"


def test_zones_say_their_sentence_and_stop_nothing(clinic: Clinic) -> None:
    notice = clinic.desk.chart.column.mark_editor.zones
    clinic.key("T").press("posterior", *RHOMBOID)
    assert notice.isVisible()
    assert notice.text.startswith("Lung")
    assert len(clinic.marks) == 1
    clinic.desk.editor.selection.clear()
    clinic.press("posterior", *CALF)
    assert "Lung" not in notice.text


def test_a_muscle_is_found_by_its_everyday_name_and_lit_up(clinic: Clinic) -> None:
    clinic.key("/")
    window = clinic.desk.muscles
    assert window.isVisible()
    window.search.setText("upper traps")
    assert window.shown is not None
    assert window.shown.id == "trapezius_descending"
    lit = clinic.desk.chart.map.anatomy.lit
    assert {(each.muscle.id, each.side.value) for each in lit} == {
        ("trapezius_descending", "left"), ("trapezius_descending", "right"),
    }  # fmt: skip
    window.search.setText("no such muscle")
    assert window.nothing.isVisible()
    assert clinic.desk.chart.map.anatomy.lit == ()
    window.search.setText("traps")
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    assert window.shown.id == "trapezius_transverse"
    window.close()
    assert clinic.desk.chart.map.anatomy.lit == ()


def test_the_page_of_a_marks_muscle(clinic: Clinic) -> None:
    clinic.key("T").press("posterior", *CALF)
    picker = clinic.desk.chart.column.mark_editor.muscle
    clinic.click(picker._about)
    window = clinic.desk.muscles
    assert window.isVisible()
    assert window.shown is not None
    assert window.shown.id == clinic.marks[0].muscle
    clinic.desk.close_patient()
    assert not window.isVisible()


def test_layers_and_zones_are_switched(clinic: Clinic) -> None:
    body_map = clinic.desk.chart.map
    clinic.key("Ctrl+1").key("Ctrl+3")
    assert body_map.anatomy.layers == {Layer.SUPERFICIAL, Layer.DEEP}
    clinic.key("Ctrl+1")
    assert body_map.anatomy.layers == {Layer.DEEP}
    clinic.qtbot.waitUntil(lambda: body_map.anatomy.zones)
    clinic.key("H")
    assert not body_map.anatomy.zones
    body_map.enlarge("anterior")
    assert body_map.anatomy.layers == {Layer.DEEP}
