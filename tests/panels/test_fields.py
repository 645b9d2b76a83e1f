"""The small inputs: what they show, and what they say when a user presses."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.panels.fields import Choice, Counter, Criteria, Segments

LEFT = Qt.MouseButton.LeftButton
OPTIONS = [("a", "A"), ("b", "B"), ("c", "C")]


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        return widget

    return show


def press(field: QWidget, text: str) -> None:
    button = next(each for each in field.findChildren(QToolButton) if each.text() == text)
    QTest.mouseClick(button, LEFT)


def test_segments_hold_one_value_or_none(shown: Callable[[QWidget], QWidget]):
    said: list[object] = []
    field = Segments("Kind", OPTIONS)
    field.chosen.connect(said.append)
    shown(field)
    for text in ("A", "B", "B"):
        press(field, text)
    assert said == ["a", "b", None]
    assert field.value is None


def test_segments_that_need_a_value_keep_it(shown: Callable[[QWidget], QWidget]):
    field = Segments("Kind", OPTIONS, optional=False, per_row=2)
    shown(field)
    press(field, "C")
    press(field, "C")
    assert field.value == "c"


def test_showing_a_value_says_nothing(shown: Callable[[QWidget], QWidget]):
    said: list[object] = []
    field = Segments("Kind", [(0, "0"), (1, "1")])
    field.chosen.connect(said.append)
    shown(field)
    field.show_value(0)
    assert (field.value, said) == (0, [])
    field.show_value(None)
    assert field.value is None


def test_criteria_can_be_many(shown: Callable[[QWidget], QWidget]):
    said: list[frozenset[str]] = []
    field = Criteria("Found", OPTIONS)
    field.chosen.connect(said.append)
    shown(field)
    press(field, "A")
    press(field, "C")
    press(field, "A")
    assert said == [{"a"}, {"a", "c"}, {"c"}]


def test_a_counter_counts_from_not_recorded_to_its_highest(shown: Callable[[QWidget], QWidget]):
    said: list[int | None] = []
    field = Counter("Twitches", 2)
    field.chosen.connect(said.append)
    shown(field)
    for text in ("+", "+", "+", "−", "−"):
        press(field, text)
    assert said == [1, 2, 2, 1, None]


def test_the_wheel_does_not_change_a_choice(shown: Callable[[QWidget], QWidget]):
    choice = Choice()
    choice.addItems(["neck", "back"])
    shown(choice)
    middle = QPointF(5, 5)
    turn = QWheelEvent(
        middle,
        middle,
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, turn)
    assert choice.currentText() == "neck"
