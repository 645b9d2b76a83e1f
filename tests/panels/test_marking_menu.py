"""The marking menu in the real window: by mouse, finger and key."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.marking_menu import MarkingMenu
from app.domain.marks import MarkKind
from app.editing.tool_keys import ToolKey
from tests.helpers.clinic import Clinic
from tests.helpers.finger import Finger
from tests.journeys.test_one_treatment import add_patient, start_first_session

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SPOT = ("posterior", 0.6, 0.22)
UP, DOWN, AWAY_LEFT = QPoint(0, -60), QPoint(0, 60), QPoint(-60, 0)


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.window.activateWindow()
    clinic.wait_until(clinic.window.isActiveWindow)
    clinic.desk.chart.marking.menu.hold.setInterval(60_000)  # nothing is held unless it is said
    return clinic.key("Alt+2")


def menu(clinic: Clinic) -> MarkingMenu:
    return clinic.desk.chart.marking.menu


def drag(clinic: Clinic, button: Qt.MouseButton, by: QPoint, *, hold: bool = False) -> None:
    """Presses at the spot, holds still or not, goes ``by`` and lets go."""
    body_map, at = clinic.desk.chart.map, clinic.at(*SPOT)
    QTest.mousePress(body_map, button, pos=at)
    if hold:
        menu(clinic).hold.start(0)
        clinic.wait_until(menu(clinic).isVisible)
    for share in (0.5, 1.0):
        QTest.mouseMove(body_map, at + by * share)
        QApplication.processEvents()
    QTest.mouseRelease(body_map, button, pos=at + by)
    QApplication.processEvents()


def kinds(clinic: Clinic) -> list[MarkKind]:
    return [mark.kind for mark in clinic.marks]


def test_a_flick_with_the_right_button_places_at_once(clinic: Clinic) -> None:
    drag(clinic, RIGHT, UP)
    assert kinds(clinic) == [MarkKind.TRIGGER_POINT]
    assert clinic.desk.toolbox.active.key is ToolKey.SELECT
    assert not menu(clinic).isVisible()
    spot = clinic.desk.editor.atlas.locate(
        clinic.marks[0].anchor, clinic.desk.editor.body, "posterior"
    )
    placed = clinic.desk.chart.map.pane_point("posterior", spot.x, spot.y).toPoint()
    assert (placed - clinic.at(*SPOT)).manhattanLength() <= 2  # where the press began


def test_a_flick_on_a_mark_removes_it_in_one_step(clinic: Clinic) -> None:
    clinic.key("T").press(*SPOT)
    drag(clinic, RIGHT, AWAY_LEFT)
    assert clinic.marks == []
    clinic.key("Ctrl+Z")
    assert kinds(clinic) == [MarkKind.TRIGGER_POINT]


def test_held_still_it_opens_and_the_direction_chooses(clinic: Clinic) -> None:
    drag(clinic, LEFT, DOWN, hold=True)
    assert kinds(clinic) == [MarkKind.SORENESS]


def test_held_with_a_marking_tool_another_kind_is_placed_and_the_tool_stays(
    clinic: Clinic,
) -> None:
    clinic.key("T")
    drag(clinic, LEFT, DOWN, hold=True)
    assert kinds(clinic) == [MarkKind.SORENESS]
    assert clinic.desk.toolbox.active.key is ToolKey.TRIGGER_POINT


def test_a_slow_press_places_as_ever(clinic: Clinic) -> None:
    clinic.key("T")
    drag(clinic, LEFT, QPoint(1, 1), hold=True)
    assert kinds(clinic) == [MarkKind.TRIGGER_POINT]
    assert not menu(clinic).isVisible()


def test_back_in_the_middle_nothing_is_chosen(clinic: Clinic) -> None:
    clinic.key("T")
    body_map, at = clinic.desk.chart.map, clinic.at(*SPOT)
    QTest.mousePress(body_map, LEFT, pos=at)
    menu(clinic).hold.start(0)
    clinic.wait_until(menu(clinic).isVisible)
    for to in (at + UP, at):
        QTest.mouseMove(body_map, to)
        QApplication.processEvents()
    QTest.mouseRelease(body_map, LEFT, pos=at)
    assert clinic.marks == []
    assert not menu(clinic).isVisible()
    assert not clinic.desk.toolbox.is_down


def test_a_drag_that_does_not_wait_is_a_drag(clinic: Clinic) -> None:
    clinic.key("T")
    drag(clinic, LEFT, QPoint(20, 30))
    assert not menu(clinic).hold.isActive()
    (mark,) = clinic.marks
    spot = clinic.desk.editor.atlas.locate(mark.anchor, clinic.desk.editor.body, "posterior")
    placed = clinic.desk.chart.map.pane_point("posterior", spot.x, spot.y).toPoint()
    assert (placed - clinic.at(*SPOT) - QPoint(20, 30)).manhattanLength() <= 2


@pytest.mark.parametrize("key", ["M", "E", "S", "Z"])
def test_tools_that_drag_or_draw_are_left_alone(clinic: Clinic, key: str) -> None:
    clinic.key(key)
    body_map, at = clinic.desk.chart.map, clinic.at(*SPOT)
    QTest.mousePress(body_map, LEFT, pos=at)
    assert not menu(clinic).hold.isActive()
    QTest.mouseRelease(body_map, LEFT, pos=at)


def test_it_stands_around_the_press_and_within_the_map(clinic: Clinic) -> None:
    body_map, at = clinic.desk.chart.map, clinic.at(*SPOT)
    QTest.mouseClick(body_map, RIGHT, pos=at)
    middle = menu(clinic).pos() + menu(clinic)._middle.toPoint()
    assert (middle - at).manhattanLength() <= 2
    QTest.keyClick(body_map, Qt.Key.Key_Escape)
    body_map.zoom_at(QPointF(at), 8.0)
    corner = QPoint(3, 3)
    for low in range(0, body_map.height(), 40):  # some skin near the left edge
        corner = QPoint(3, low)
        QTest.mouseClick(body_map, RIGHT, pos=corner)
        if menu(clinic).isVisible():
            break
    assert menu(clinic).isVisible()
    assert body_map.rect().contains(menu(clinic).geometry())
    assert (
        menu(clinic)
        .rect()
        .contains(menu(clinic)._extent().translated(menu(clinic)._middle).toRect())
    )
    QTest.keyClick(body_map, Qt.Key.Key_Escape)


def test_a_right_click_keeps_it_open_and_a_press_chooses(clinic: Clinic) -> None:
    body_map, at = clinic.desk.chart.map, clinic.at(*SPOT)
    QTest.mouseClick(body_map, RIGHT, pos=at)
    assert menu(clinic).isVisible()
    QTest.mouseMove(body_map, at + UP)
    assert menu(clinic).current is not None
    QTest.mouseClick(body_map, LEFT, pos=at + UP)
    assert kinds(clinic) == [MarkKind.TRIGGER_POINT]
    QTest.mouseClick(body_map, RIGHT, pos=at + QPoint(80, 80))
    QTest.keyClick(body_map, Qt.Key.Key_Escape)
    assert not menu(clinic).isVisible()
    assert len(clinic.marks) == 1


def test_beside_the_body_the_right_button_moves_the_picture(clinic: Clinic) -> None:
    body_map = clinic.desk.chart.map
    body_map.zoom(2.0)
    before = clinic.at("posterior", 0.5, 0.3)
    at = clinic.at("posterior", 0.22, 0.5)
    QTest.mousePress(body_map, RIGHT, pos=at)
    QTest.mouseMove(body_map, at + QPoint(0, 30))
    QTest.mouseRelease(body_map, RIGHT, pos=at + QPoint(0, 30))
    assert clinic.at("posterior", 0.5, 0.3).y() == before.y() + 30
    assert not menu(clinic).isVisible()


def test_by_keys_it_opens_at_the_selected_mark(clinic: Clinic) -> None:
    clinic.key("T").press(*SPOT).key("J")
    assert menu(clinic).isVisible()
    body_map = clinic.desk.chart.map
    assert menu(clinic).current is not None
    while menu(clinic).current is not None and menu(clinic).current.action != "remove":
        QTest.keyClick(body_map, Qt.Key.Key_Right)
    QTest.keyClick(body_map, Qt.Key.Key_Return)
    assert clinic.marks == []


def test_by_keys_it_opens_at_the_crosshair(clinic: Clinic) -> None:
    clinic.key("T")
    body_map = clinic.desk.chart.map
    body_map.setFocus()
    for _step in range(6):
        QTest.keyClick(body_map, Qt.Key.Key_Up)
    clinic.key("J")
    assert menu(clinic).isVisible()
    QTest.keyClick(body_map, Qt.Key.Key_Return)
    assert kinds(clinic) == [MarkKind.TRIGGER_POINT]


def test_a_finger_that_is_held_and_slides_chooses(clinic: Clinic) -> None:
    body_map, at = clinic.desk.chart.map, clinic.at(*SPOT)
    clinic.window.touch.soon.setInterval(60_000)
    finger = Finger(body_map).down(at)
    menu(clinic).hold.start(0)
    clinic.wait_until(menu(clinic).isVisible)
    finger.move(at + DOWN).up()
    assert kinds(clinic) == [MarkKind.SORENESS]


def test_a_kind_that_is_drawn_is_taken_in_hand(clinic: Clinic) -> None:
    drag(clinic, RIGHT, QPoint(60, 0))
    assert clinic.marks == []
    assert clinic.desk.toolbox.active.key is ToolKey.TWITCH


def test_without_a_session_there_is_none(open_clinic: Callable[..., Clinic]) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    clinic.key("Alt+2")
    drag(clinic, RIGHT, UP)
    assert not menu(clinic).isVisible()
    assert not clinic.window.actions_by_id["mark.menu"].isEnabled()
