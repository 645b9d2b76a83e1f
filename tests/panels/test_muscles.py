"""Muscles, zones and places as the window shows them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.body.muscles import Layer
from app.panels.texts import PlainLabel
from app.panels.theme import LIGHT
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
    assert " (Tab) · near " in words
    warning = clinic.desk.chart._pointer._warning
    assert warning.text() == "near Lung (partly read)"
    assert warning.palette().color(warning.foregroundRole()) == QColor(LIGHT.amber)


def test_what_is_under_a_mark_warns_as_well(clinic: Clinic) -> None:
    clinic.key("T").press("posterior", *RHOMBOID)
    words = hover(clinic, "posterior", *RHOMBOID)
    assert words.startswith("1 Trigger point · ")
    assert words.endswith(" · near Lung (partly read)")


def test_a_message_never_covers_the_words_for_what_is_under_the_pointer(clinic: Clinic) -> None:
    hover(clinic, "posterior", *RHOMBOID)
    clinic.desk.notifier.done("Session started.", "Undo", lambda: None)
    bar, below = clinic.window.messages, clinic.desk.chart._pointer
    words = QRect(below.mapToGlobal(QPoint(0, 0)), below.size())
    assert bar.isVisible()
    assert not words.intersects(QRect(bar.mapToGlobal(QPoint(0, 0)), bar.size()))


def test_words_that_find_no_room_end_in_dots_and_widen_nothing(clinic: Clinic) -> None:
    below = clinic.desk.chart._pointer
    narrow = clinic.window.minimumSizeHint().width()
    below._show("Sternocleidomastoid, left", "", "near " + "very long words " * 40)
    QApplication.processEvents()
    assert clinic.window.minimumSizeHint().width() == narrow
    assert below._warning.toolTip().endswith("very long words ")
    cut = below._warning.grab().toImage()
    below._warning.setText("near " + "very long words " * 41)
    assert below._warning.grab().toImage() == cut
    below._warning.setText("near something else")
    assert below._warning.grab().toImage() != cut


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
    name = clinic.desk.editor.atlas.catalogue.name(clinic.marks[0].muscle or "")
    assert clinic.desk.chart._pointer.text.startswith(f"1 Trigger point · {name}, left")
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
    said = [label.text() for label in notice.findChildren(PlainLabel)]
    assert said[0] == "Lung (partly read)"
    assert said[3].startswith("BN121; ")
    assert said[3].endswith("(partly read)")
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


def test_the_muscles_open_beside_the_body_and_stay_where_they_are_put(clinic: Clinic) -> None:
    """At the size of the smallest usual screen the muscle that is lit up must be seen."""
    clinic.window.resize(1280, 800)
    QApplication.processEvents()
    clinic.key("/")
    window, body_map = clinic.desk.muscles, clinic.desk.chart.map
    body = body_map._atlas.view(body_map._body, "posterior")
    body_map.fit()
    hands = [
        body_map.mapToGlobal(body_map.pane_point("posterior", x, 0).toPoint()).x()
        for x in (0, body.width)
    ]
    assert window.frameGeometry().right() < min(hands)
    assert window.frameGeometry().bottom() <= clinic.window.frameGeometry().bottom()
    window.move(300, 200)
    put = window.pos()
    window.close()
    clinic.key("/")
    assert window.pos() == put
    window.close()


def test_the_segments_of_the_pain_drawing_are_shown_with_their_numbers(clinic: Clinic) -> None:
    body_map = clinic.desk.chart.map
    before = body_map.grab().toImage()
    assert "CHOIR" not in hover(clinic, "posterior", *RHOMBOID)
    clinic.key("Ctrl+4")
    assert body_map.anatomy.segments
    assert body_map.grab().toImage() != before
    assert " · CHOIR 208, upper back, left" in hover(clinic, "posterior", *RHOMBOID)
    clinic.key("Ctrl+4")
    assert not body_map.anatomy.segments
    assert "CHOIR" not in clinic.desk.chart._pointer.text
