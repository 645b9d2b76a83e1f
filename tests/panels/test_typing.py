"""Words are kept until they are stored, whatever happens meanwhile."""

from collections.abc import Hashable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.panels.typing import FigureLine, TextBox


class Shelf:
    """A place that takes words, or is full."""

    def __init__(self) -> None:
        self.full = False
        self.kept: dict[Hashable, str] = {}

    def store(self, subject: Hashable, words: str) -> bool:
        if not self.full:
            self.kept[subject] = words
        return not self.full


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def box(qtbot: QtBot, shelf: Shelf) -> TextBox:
    made = TextBox("Note", "")
    qtbot.addWidget(made)
    made.keeper.store = shelf.store
    made.show_value("first", "")
    made.show()
    return made


@pytest.fixture
def line(qtbot: QtBot, shelf: Shelf) -> FigureLine:
    made = FigureLine("Threshold", 3000)
    qtbot.addWidget(made)
    made.keeper.store = shelf.store
    made.show_value("first", None)
    made.show()
    return made


def test_words_are_stored_after_a_pause(qtbot: QtBot, box: TextBox, shelf: Shelf):
    with qtbot.waitSignal(box.keeper.changed):
        QTest.keyClicks(box, "sore")
    assert box.keeper.is_pending
    qtbot.waitUntil(lambda: not box.keeper.is_pending)
    assert shelf.kept == {"first": "sore"}


def test_words_are_stored_in_the_middle_of_long_typing(qtbot: QtBot, box: TextBox, shelf: Shelf):
    def goes_on_typing() -> bool:
        QTest.keyClicks(box, "x")
        return bool(shelf.kept)

    qtbot.waitUntil(goes_on_typing, timeout=10_000)
    assert set(shelf.kept["first"]) == {"x"}


def test_words_that_could_not_be_stored_are_held_and_shown_again(box: TextBox, shelf: Shelf):
    shelf.full = True
    QTest.keyClicks(box, "faint")
    assert not box.keeper.settle()
    box.show_value("first", "")
    assert box.toPlainText() == "faint"
    box.show_value("second", "other")
    assert box.toPlainText() == "other"
    assert box.keeper.is_pending
    box.show_value("first", "")
    assert box.toPlainText() == "faint"
    shelf.full = False
    assert box.keeper.settle()
    assert shelf.kept == {"first": "faint"}
    assert not box.keeper.is_pending


def test_words_belong_to_what_they_were_typed_for(box: TextBox, shelf: Shelf):
    QTest.keyClicks(box, "one")
    box.show_value("second", "")
    QTest.keyClicks(box, "two")
    box.keeper.settle()
    assert shelf.kept == {"first": "one", "second": "two"}


def test_what_is_shown_is_not_taken_for_typed(box: TextBox):
    box.show_value("first", "from the record")
    assert not box.keeper.is_pending


def test_escape_ends_the_writing(qtbot: QtBot, box: TextBox, shelf: Shelf):
    QTest.keyClicks(box, "x")
    with qtbot.waitSignal(box.finished):
        QTest.keyClick(box, Qt.Key.Key_Escape)
    assert shelf.kept == {"first": "x"}


def test_pasted_control_characters_are_left_out(box: TextBox):
    data = QMimeData()
    data.setText("a\x0bb\n\tc\x00")
    box.insertFromMimeData(data)
    assert box.toPlainText() == "ab\n\tc"


def test_a_text_box_grows_with_its_lines(box: TextBox):
    low = box.height()
    box.show_value("first", "1\n2\n3\n4\n5")
    assert box.height() > low


@pytest.mark.parametrize(
    ("typed", "value"), [("250", 250.0), ("245.5", 245.5), ("245,5", 245.5), (" 7 ", 7.0)]
)
def test_a_figure_is_read_with_a_point_or_a_comma(
    line: FigureLine, shelf: Shelf, typed: str, value: float
):
    QTest.keyClicks(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.read(str(shelf.kept["first"])) == value


@pytest.mark.parametrize("typed", ["9999", "-1", "many", "1,2,3", "nan", "inf"])
def test_what_is_no_figure_is_refused_aloud_and_gives_way(
    qtbot: QtBot, line: FigureLine, shelf: Shelf, typed: str
):
    line.show_value("first", 12.3)
    line.selectAll()
    QTest.keyClicks(line, typed)
    assert line.property("fault")
    with qtbot.waitSignal(line.refused) as refused:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert refused.args == [typed]
    assert line.text() == "12.3"
    assert shelf.kept == {}


def test_an_emptied_figure_is_no_figure(line: FigureLine, shelf: Shelf):
    line.show_value("first", 12.3)
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    line.keeper.settle()
    assert line.read(shelf.kept["first"]) is None
