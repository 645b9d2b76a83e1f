"""The palette in the real window, by keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.editing.finding import DoAction, ShowMuscle
from app.editing.tool_keys import ToolKey
from app.panels.finder import NOTHING_FOUND
from app.panels.palette import Palette
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

OpenClinic = Callable[..., Clinic]
pytestmark = pytest.mark.qt_log_ignore("plugin does not support raise")


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.window.activateWindow()  # the forms were
    clinic.wait_until(clinic.window.isActiveWindow)
    return clinic.key("2")


def ask(clinic: Clinic, words: str) -> Palette:
    """Opens the palette by its key and types into it."""
    clinic.key("Ctrl+K")
    palette = clinic.window.finder.palette
    clinic.write(palette.search, words)
    return palette


def enter(palette: Palette) -> None:
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_tool_is_taken_by_a_part_of_its_name(clinic: Clinic) -> None:
    palette = ask(clinic, "trig")
    assert palette.isVisible()
    assert palette.current is not None
    assert palette.current.title == "Trigger point"
    assert palette.current.keys == "T"
    enter(palette)
    assert not palette.isVisible()
    assert clinic.desk.toolbox.active.key is ToolKey.TRIGGER_POINT
    assert clinic.desk.chart.map.hasFocus()


def test_letters_are_typed_and_take_no_tool(clinic: Clinic) -> None:
    palette = ask(clinic, "")
    for letter in "sen":
        QTest.keyClick(palette.search, letter)
    assert palette.search.text() == "sen"
    assert clinic.desk.toolbox.active.key is ToolKey.SELECT


def test_esc_leaves_no_trace_and_gives_the_focus_back(clinic: Clinic) -> None:
    note = clinic.desk.chart.column.session_card.note
    note.setFocus()
    before = clinic.window.grab().toImage()
    palette = ask(clinic, "undo")
    assert palette.search.hasFocus()
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert note.hasFocus()
    assert clinic.window.grab().toImage() == before
    assert ask(clinic, "").search.text() == ""


def test_arrows_walk_and_go_round(clinic: Clinic) -> None:
    palette = ask(clinic, "enlarge")
    titles = [offer.title for offer in palette.offers]
    assert titles[:2] == ["Enlarge anterior", "Enlarge posterior"]
    QTest.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.current == palette.offers[-1]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
        QTest.keyClick(palette.search, key)
    assert palette.current == palette.offers[1]
    QTest.keyClick(palette.search, Qt.Key.Key_Backtab)
    assert palette.search.hasFocus()
    enter(palette)
    assert clinic.desk.chart.map.enlarged == "anterior"


def test_what_cannot_be_done_says_why_and_is_not_done(clinic: Clinic) -> None:
    palette = ask(clinic, "undo")
    assert palette.current is not None
    assert not palette.current.possible
    assert palette.says.text() == "There is nothing to undo in this session."
    enter(palette)
    assert palette.isVisible()
    assert "nothing to undo" in palette.search.accessibleDescription()


def test_undo_is_found_by_what_it_takes_back(clinic: Clinic) -> None:
    clinic.key("T").press("posterior", 0.6, 0.22)
    palette = ask(clinic, "undo")
    assert palette.current is not None
    assert palette.current.title == "Undo: Add trigger point"
    enter(palette)
    assert clinic.marks == []


def test_a_muscle_is_found_by_any_name_and_shown(clinic: Clinic) -> None:
    palette = ask(clinic, "upper tra")
    assert palette.current is not None
    assert palette.current.deed == ShowMuscle("trapezius_descending")
    enter(palette)
    assert clinic.desk.muscles.isVisible()
    assert clinic.desk.muscles.shown is not None
    assert clinic.desk.muscles.shown.id == "trapezius_descending"
    clinic.desk.muscles.close()


def test_nothing_found_is_said(clinic: Clinic) -> None:
    palette = ask(clinic, "qqqq")
    assert palette.offers == ()
    assert palette.says.text() == NOTHING_FOUND
    assert not palette.list.isVisible()
    enter(palette)
    assert palette.isVisible()


def test_the_key_closes_what_it_opened_and_a_press_beside_it_does(clinic: Clinic) -> None:
    palette = ask(clinic, "x")
    clinic.key("Ctrl+K")
    assert not palette.isVisible()
    ask(clinic, "x")
    clinic.click(clinic.desk.chart.header.export.parentWidget())
    clinic.desk.chart.map.setFocus()
    assert not palette.isVisible()
    assert clinic.desk.chart.map.hasFocus()


def test_a_press_takes_an_offer(clinic: Clinic) -> None:
    palette = ask(clinic, "soreness")
    row = palette.list.visualRect(palette.list.model().index(0, 0))
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert clinic.desk.toolbox.active.key is ToolKey.SORENESS


def test_on_the_patients_page_it_offers_what_there_is_without_muscles(
    open_clinic: OpenClinic,
) -> None:
    clinic = open_clinic()
    palette = ask(clinic, "soleus")
    assert palette.offers == ()
    palette.search.setText("note")
    assert palette.says.text() == "Open a patient's chart first."
    palette.search.setText("keys")
    assert palette.current is not None
    assert palette.current.deed == DoAction("help.keys")
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert clinic.window.patients.search.hasFocus()
