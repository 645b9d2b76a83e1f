"""The six tasks: what they take was counted in the window, and it keeps to what was agreed."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.bench.klm import Tally, Watch
from app.bench.setting import TINY
from app.bench.tasks import task_rows
from app.body.atlas import Atlas
from app.paths import BODY_MAPS
from db.practice import open_practice


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas.load(BODY_MAPS)


def test_the_tasks_keep_to_what_was_agreed(qtbot: QtBot, atlas: Atlas, tmp_path: Path) -> None:
    *predicted, slowest = task_rows(open_practice, atlas, tmp_path, TINY)
    found = {each["name"].split(", beside")[0]: each for each in predicted}
    assert {name: round(each["value"], 2) for name, each in found.items()} == {
        "a routine point: clicks and keys": 1,
        "a routine point: predicted": 1.3,
        "a described point, two twitches: clicks and keys": 4,
        "a described point, two twitches: predicted": 3.25,
        "ten points of three kinds: clicks and keys": 13,
        "ten points of three kinds: predicted": 17.65,
        "last visit again, two changes: clicks and keys": 4,
        "last visit again, two changes: predicted": 8.05,
        "all needles out: clicks and keys": 1,
        "all needles out: predicted": 2.15,
    }
    assert all(each["holds"] for each in predicted)
    assert slowest["name"] == "press to durable and painted, 300 marks, p99"
    assert slowest["goal"] == "at most 16 ms"


def test_nothing_is_counted_that_did_not_reach_the_window(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    assert QTest.qWaitForWindowActive(line)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    watch = Watch()
    with watch:
        QTest.mouseClick(line.windowHandle(), left, none, QPoint(3, 3))
        QTest.keyClick(line.windowHandle(), Qt.Key.Key_A)
        QTest.keyClick(line.windowHandle(), Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
        QTest.mousePress(line.windowHandle(), left, none, QPoint(3, 3))
        QTest.mouseRelease(line.windowHandle(), left, none, QPoint(60, 3))
        watch.think()
        dialog = QDialog(line)
        dialog.open()
        dialog.close()
    QTest.keyClick(line.windowHandle(), Qt.Key.Key_A)
    assert watch.tally == Tally(clicks=2, keys=2, held=1, far=1, drags=1, thoughts=1, dialogs=1)
    assert watch.tally.actions == 5
    assert watch.tally.seconds == pytest.approx(2 * 1.3 + 1.1 + 3 * 0.2 + 0.4 + 1.35)
