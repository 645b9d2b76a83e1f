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
    return clinic.key("Alt+2")


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


def test_it_is_made_when_it_is_first_wanted(clinic: Clinic) -> None:
    clinic.key("T").press("posterior", 0.6, 0.22)
    assert clinic.window._finder is None


def test_letters_are_typed_and_take_no_tool(clinic: Clinic) -> None:
    palette = ask(clinic, "")
    for letter in "sen":
        QTest.keyClick(palette.search, letter)
    assert palette.search.text() == "sen"
    assert clinic.desk.toolbox.active.key is ToolKey.SELECT


def test_esc_leaves_no_trace_and_gives_the_focus_back(clinic: Clinic) -> None:
    clinic.key("F3")
    note = clinic.desk.chart.column.session_card.note
    note.setFocus()
    palette = ask(clinic, "undo")
    assert palette.search.hasFocus()
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert note.hasFocus()
    assert clinic.marks == []
    assert not clinic.window.actions_by_id["undo"].isEnabled()
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


def test_two_marks_are_placed_by_name(clinic: Clinic) -> None:
    clinic.key("P")
    palette = clinic.window.finder.palette
    clinic.write(palette.search, "rt utr 2")
    assert palette.current is not None
    assert palette.current.title == "Right trapezius, descending (upper) part: 2 trigger points"
    assert "drawing aid" in palette.says.text()
    enter(palette)
    assert [mark.muscle for mark in clinic.marks] == ["trapezius_descending"] * 2
    assert clinic.on_screen == clinic.marks
    assert clinic.message == "Right trapezius, descending (upper) part: 2 trigger points."
    assert clinic.desk.chart.map.enlarged == "posterior"
    clinic.key("Ctrl+Z")
    assert clinic.marks == []


def test_the_view_that_shows_the_new_marks_is_enlarged(clinic: Clinic) -> None:
    enter(ask(clinic, "l rf"))
    body_map = clinic.desk.chart.map
    assert body_map.enlarged == "anterior"
    body_map.zoom_at(clinic.at("anterior", 0.5, 0.1).toPointF(), 6.0)
    enter(ask(clinic, "l tib ant"))
    assert body_map.enlarged == "anterior"
    (mark,) = clinic.marks[1:]
    assert body_map._sees(body_map._panes[0], mark.anchor)
    enter(ask(clinic, "l fdb"))
    assert body_map.enlarged == "foot_left_plantar"


def test_side_by_side_stays_so(clinic: Clinic) -> None:
    clinic.key("Alt+0")
    enter(ask(clinic, "r rf"))
    assert clinic.desk.chart.map.enlarged is None
    assert len(clinic.marks) == 1


def test_which_muscle_is_meant_must_be_chosen(clinic: Clinic) -> None:
    clinic.key("P")
    palette = clinic.window.finder.palette
    clinic.write(palette.search, "rt traps")
    assert palette.current is None
    enter(palette)
    assert clinic.marks == []
    assert "may be" in palette.says.text()
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    enter(palette)
    assert clinic.marks[0].muscle == "trapezius_transverse"


def test_a_muscle_in_the_palette_can_be_shown_or_placed_in(clinic: Clinic) -> None:
    palette = ask(clinic, "infrasp")
    assert [offer.title for offer in palette.offers[:4]] == [
        "Show Infraspinatus",
        "Right infraspinatus: 1 trigger point",
        "Left infraspinatus: 1 trigger point",
        "Infraspinatus, both sides: 1 trigger point on each",
    ]
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)


def test_without_a_session_placing_is_grey_and_says_why(open_clinic: OpenClinic) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    palette = ask(clinic, "rt utr 2")
    assert palette.says.text() == "Start a session first (Ctrl+T)."
    enter(palette)
    assert palette.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
