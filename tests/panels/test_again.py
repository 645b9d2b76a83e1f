"""Last time again in the real window: asked for under the pointer, told, counted in actions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.marks import Mark, MarkKind, Needle, TriggerPoint, TwitchResponse
from tests.helpers.clinic import START, Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

PLACES = [(x, y) for y in (0.22, 0.27, 0.32, 0.37, 0.42) for x in (0.43, 0.57)]
SIZE = Needle(diameter_mm=0.25, length_mm=40)


class Hand:
    """A user whose actions are counted: a key, a click or a drag is one each."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.actions = 0

    def key(self, key: str) -> None:
        self.actions += 1
        self.clinic.key(key)

    def press(self, x: float, y: float) -> None:
        self.actions += 1
        self.clinic.press("posterior", x, y)

    def drag(self, *places: tuple[float, float]) -> None:
        self.actions += 1
        self.clinic.drag("posterior", *places)


def anchor_at(clinic: Clinic, x: float, y: float) -> object:
    atlas, body = clinic.desk.editor.atlas, clinic.desk.editor.body
    view = atlas.view(body, "posterior")
    return atlas.pick(body, "posterior", x * view.width, y * view.height)


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    """A week after ten needles and a twitch; today's session has begun."""
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    editor = clinic.desk.editor
    for place in PLACES:
        editor.add(editor.new_mark(SIZE, anchor_at(clinic, *place), "posterior"))
    twitch = editor.new_mark(TwitchResponse(count=2), anchor_at(clinic, 0.5, 0.5), "posterior")
    editor.add(twitch)
    clinic.close()
    later = open_clinic(START + timedelta(days=7))
    later.desk.open_patient(later.desk.find_patients("anna")[0].id)
    later.key("Ctrl+T").key("Alt+2").key("F")
    assert later.marks == []
    return later


def hover(clinic: Clinic, x: float, y: float) -> str:
    body_map = clinic.desk.chart.map
    QTest.mouseMove(body_map, clinic.at("posterior", x, y) + QPoint(1, 0))
    QTest.mouseMove(body_map, clinic.at("posterior", x, y))
    QApplication.processEvents()
    return clinic.desk.chart._pointer.text


def muscle_of(clinic: Clinic, mark: Mark) -> str:
    assert mark.muscle is not None
    return clinic.desk.editor.atlas.catalogue.name(mark.muscle)


def test_ten_points_again_with_two_changes_take_five_actions(clinic: Clinic) -> None:
    hand = Hand(clinic)
    hand.key("Shift+U")
    assert len(clinic.marks) == 10
    hand.press(*PLACES[0])
    hand.key("Del")
    hand.key("M")
    hand.drag(PLACES[9], (0.60, 0.45))
    assert hand.actions <= 5
    assert len(clinic.marks) == 9
    assert {mark.kind for mark in clinic.marks} == {MarkKind.NEEDLE}
    assert all(mark.details == SIZE for mark in clinic.marks)
    moved = clinic.marks[-1].anchor
    last = clinic.desk.editor.again.last
    assert last is not None
    assert moved not in [mark.anchor for mark in clinic.practice.repository.marks(last.id)]
    for _step in range(3):
        clinic.key("Ctrl+Z")
    assert clinic.marks == []


def test_the_line_under_the_map_asks_and_a_press_answers(clinic: Clinic) -> None:
    ghost = clinic.desk.editor.again.left[1]
    name = muscle_of(clinic, ghost)
    said = hover(clinic, *PLACES[1])
    assert said.startswith(f"{name}, right: again? · 22 Nov 2026: Needle · ")
    assert "0.25 × 40 mm" in said
    clinic.press("posterior", *PLACES[1])
    assert [mark.muscle for mark in clinic.marks] == [ghost.muscle]
    assert clinic.message == f"{name}, right: again."
    assert "again?" not in hover(clinic, *PLACES[1])
    clinic.key("Ctrl+Z")
    assert clinic.marks == []
    assert "again?" in hover(clinic, *PLACES[1])


def test_what_cannot_be_repeated_is_named_and_does_not_ask(clinic: Clinic) -> None:
    said = hover(clinic, 0.5, 0.5)
    assert "Twitch response" in said
    assert "again?" not in said
    clinic.press("posterior", 0.5, 0.5)
    assert clinic.marks == []
    assert "twitch" in clinic.message


def test_a_sweep_with_the_tool_is_one_step(clinic: Clinic) -> None:
    clinic.key("U").drag("posterior", PLACES[0], PLACES[8])
    assert len(clinic.marks) == 5
    assert clinic.message == "5 marks again."
    clinic.key("Ctrl+Z")
    assert clinic.marks == []


def test_the_button_says_how_many_are_left_and_goes_with_the_last(clinic: Clinic) -> None:
    button = clinic.desk.chart.sessions.again
    assert button.isVisible()
    assert button.text() == "Last time again (10)"
    clinic.press("posterior", *PLACES[0])
    assert button.text() == "Last time again (9)"
    clinic.click(button)
    assert len(clinic.marks) == 10
    assert not button.isVisible()
    clinic.key("Shift+U")
    assert clinic.message == "Nothing of last time is left to repeat."


def strike(clinic: Clinic, *keys: Qt.Key) -> None:
    body_map = clinic.desk.chart.map
    body_map.setFocus()
    for key in keys:
        QTest.keyClick(body_map, key)
        QApplication.processEvents()


def test_one_outline_is_marked_again_by_keys_and_then_the_next(clinic: Clinic) -> None:
    chart, key = clinic.desk.chart, Qt.Key
    clinic.key("U")
    strike(clinic, key.Key_Right)  # which shows the crosshair, on an outline
    assert "again?" in chart._pointer.text
    assert clinic.marks == []
    strike(clinic, key.Key_Return)
    (first,) = clinic.marks
    assert first.details == Needle(diameter_mm=0.25, length_mm=40)
    strike(clinic, key.Key_Down)
    assert "again?" in chart._pointer.text
    assert clinic.marks == [first]  # which was not nudged, though it is selected
    strike(clinic, key.Key_Return)
    assert len(clinic.marks) == 2


def test_arrows_reach_every_outline_and_go_round(clinic: Clinic) -> None:
    clinic.key("U")
    strike(clinic, Qt.Key.Key_Right)
    crosshair = clinic.desk.chart.parts.crosshair
    seen = []
    for _outline in PLACES:
        strike(clinic, Qt.Key.Key_Right)
        seen.append((crosshair.at.y(), crosshair.at.x()))
    assert len(set(seen)) == len(PLACES)
    here = crosshair.at
    strike(clinic, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert crosshair.at == here


def test_keys_mark_the_outline_at_which_they_are_where_two_lie_close(
    open_clinic: Callable[..., Clinic],
) -> None:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    editor = clinic.desk.editor
    for kind in (TriggerPoint(), SIZE):
        editor.add(editor.new_mark(kind, anchor_at(clinic, 0.43, 0.27), "posterior"))
    clinic.close()
    later = open_clinic(START + timedelta(days=7))
    later.desk.open_patient(later.desk.find_patients("anna")[0].id)
    later.key("Ctrl+T").key("Alt+2").key("F").key("U")
    strike(later, Qt.Key.Key_Right, Qt.Key.Key_Return)
    (one,) = later.marks
    strike(later, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert {mark.kind for mark in later.marks} == {MarkKind.TRIGGER_POINT, MarkKind.NEEDLE}
    assert len(later.marks) == 2
    assert one in later.marks


def test_after_a_press_arrows_still_nudge_what_was_marked_again(clinic: Clinic) -> None:
    clinic.key("U").press("posterior", *PLACES[0])
    (mark,) = clinic.marks
    strike(clinic, Qt.Key.Key_Right)
    assert [each.anchor for each in clinic.marks] != [mark.anchor]
