"""Protocols in the real window: a list in the place of the sessions, two clicks to lay one."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.anatomy import Side
from app.domain.marks import Needle
from app.editing.protocols import Lay
from app.panels.protocols import ProtocolsPanel
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session
from tests.panels.test_again import anchor_at

RIGHT = ((0.58, 0.62), (0.58, 0.66))


@pytest.fixture
def clinic(open_clinic: Callable[..., Clinic]) -> Clinic:
    """Two needles in the right thigh, saved as a protocol and undone again."""
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    editor = clinic.desk.editor
    clinic.key("Alt+2")
    for at in RIGHT:
        editor.add(editor.new_mark(Needle(length_mm=40), anchor_at(clinic, *at), "posterior"))
    return clinic


def panel(clinic: Clinic) -> ProtocolsPanel:
    return clinic.desk.chart.left.protocols


def save(clinic: Clinic, name: str) -> None:
    clinic.desk.editor.selection.clear()
    clinic.key("Shift+I").write(panel(clinic).name, name)
    QTest.keyClick(panel(clinic).name, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_it_is_saved_under_a_name_and_laid_with_two_clicks(clinic: Clinic) -> None:
    save(clinic, "Thigh")
    assert clinic.message == "Saved as protocol: Thigh."
    assert [each.name for each in clinic.practice.repository.protocols()] == ["Thigh"]
    clinic.key("I")  # back to the sessions
    chart = clinic.desk.chart
    before = chart.map.geometry()
    clinic.click(chart.sessions.protocols)
    assert chart.map.geometry() == before
    clinic.click(panel(clinic).cards[0].buttons[Lay.LEFT])
    assert [mark.side for mark in clinic.marks] == [Side.RIGHT] * 2 + [Side.LEFT] * 2
    assert clinic.message == "Thigh: 2 marks laid."
    assert chart.sessions.isVisible()
    assert clinic.window.focusWidget() is chart.map
    clinic.key("Ctrl+Z")
    assert len(clinic.marks) == 2


def test_a_button_that_is_pointed_at_shows_what_it_would_lay(clinic: Clinic) -> None:
    save(clinic, "Thigh")
    body_map = clinic.desk.chart.map
    timers = body_map.findChildren(QTimer)
    clinic.wait_until(lambda: not any(each.isActive() for each in timers))  # drawn at its best
    bare = body_map.grab().toImage()
    button = panel(clinic).cards[0].buttons[Lay.LEFT]
    at = QPointF(3, 3)
    QApplication.sendEvent(button, QEnterEvent(at, at, at))
    QApplication.processEvents()
    assert body_map.grab().toImage() != bare
    assert len(clinic.marks) == 2
    QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
    QApplication.processEvents()
    assert body_map.grab().toImage() == bare


def test_a_fault_is_said_at_the_field(clinic: Clinic) -> None:
    save(clinic, "Thigh")
    save(clinic, "thigh")
    assert panel(clinic).field.fault == "There is a protocol of this name already."
    assert len(clinic.practice.repository.protocols()) == 1


def test_it_is_renamed_and_removed_in_the_list_and_undone(clinic: Clinic) -> None:
    save(clinic, "Thigh")
    card = panel(clinic).cards[0]
    clinic.click(card.rename)
    card.name.clear()
    clinic.write(card.name, "Hamstrings")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    QApplication.processEvents()
    names = [each.name for each in clinic.practice.repository.protocols()]
    assert names == ["Hamstrings"]
    clinic.click(panel(clinic).cards[0].remove)
    assert panel(clinic).cards == []
    assert clinic.practice.repository.protocols() == []
    clinic.key("Ctrl+Z")
    assert [card.accessibleName() for card in panel(clinic).cards] == ["Protocol Hamstrings"]
    clinic.key("Ctrl+Z")
    assert [card.accessibleName() for card in panel(clinic).cards] == ["Protocol Thigh"]


def test_every_button_of_the_list_has_a_name_of_its_own(clinic: Clinic) -> None:
    save(clinic, "Thigh")
    save(clinic, "Knee")
    cards = panel(clinic).cards
    names = [b.accessibleName() for card in cards for b in card.buttons.values()]
    names += [b.accessibleName() for card in cards for b in (card.rename, card.remove, card.name)]
    assert all(names)
    assert len(set(names)) == len(names)
