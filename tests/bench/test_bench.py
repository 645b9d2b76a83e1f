"""The bench runs to its end and says what it found. How fast it was is not a test's affair."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QWidget

from app.bench import floors, records
from app.bench.desk import Desk, Hand, paint_what_is_due, whole_window
from app.bench.measuring import Goal, Pair, Row, in_turn, row
from app.bench.run import run_bench
from app.bench.setting import TINY
from app.bench.tasks import FASTEST, FEWEST, TASKS
from app.body.atlas import Atlas
from app.paths import BODY_MAPS, PROGRAM_FOLDER
from app.report.pages import count_pages
from db.practice import open_practice

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="module")
def rows(qapp: "QApplication") -> list[Row]:
    return run_bench(open_practice, TINY)


def test_every_question_of_the_bench_is_answered(rows: list[Row]) -> None:
    names = [each["name"] for each in rows]
    assert names == [
        "start to first paint",
        "start to patients listed",
        "pick with muscles, zones and place",
        "a whole view ready the first time",
        "a close-up ready the first time",
        "move to the line below the map",
        "anatomy loaded after the first paint",
        "memory of both bodies with all views",
        "click to durable and painted, 3 marks",
        "click until all panels follow, 3 marks",
        "click to durable and painted, 5 marks",
        "click until all panels follow, 5 marks",
        "click at 5 marks against 3",
        "pan frame, 4 marks",
        "zoom frame, 4 marks",
        *(
            f"{task.name}: {what}, beside {best(task.peers).name}"
            for task in TASKS
            for what, best in (("clicks and keys", FEWEST), ("predicted", FASTEST))
        ),
        "press to durable and painted, 300 marks, p99",
        "open a patient of 2 sessions x 3 marks",
        "find among 5 patients",
        "find among 4 sessions x 3 marks",
        "timeline of 2 sessions x 3 marks read",
        "review of 2 sessions x 3 marks opened and painted",
        "slider frame, 2 sessions x 3 marks",
        "trends of 2 sessions x 3 marks drawn once they are read",
        "frequency map of 50 marks, cold",
        "frequency map of 50 marks, after a kept count",
        "the skin that an area covers",
        "PDF of 2 sessions, 5 pages, a page",
        "PDF of one session, from click to file",
        "PDF of one session in a batch of 2",
    ]


def test_the_pointer_that_is_measured_has_its_words_painted(
    qapp: "QApplication", tmp_path: Path
) -> None:
    """Else an event that reaches nobody would be the fastest of all."""
    atlas = Atlas.load(BODY_MAPS)
    with open_practice(tmp_path, create=True) as practice:
        Desk(practice.repository, atlas, 1).close()
        with whole_window(practice.repository, atlas, tmp_path) as window:
            body_map, below = window.desk.chart.map, window.desk.chart._pointer
            painted = Painted(below._first)
            said = [below.text]
            for x, y, _anchor in records.spots(atlas, 8, seed=9):
                before = painted.count
                Hand(body_map).move(
                    body_map.pane_point(records.VIEW, x, y), Qt.MouseButton.NoButton
                )
                paint_what_is_due(body_map)
                assert painted.count > before or below.text == said[-1]
                said.append(below.text)
            assert len(set(said)) > 3


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


AT_FIRST_PAINT = """
import os, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from main import main

class Watcher(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            heavy = ("numpy", "sqlalchemy", "app.body.")
            print(sorted(name for name in sys.modules if name.startswith(heavy)), flush=True)
            os._exit(0)
        return False

app = QApplication([])
watcher = Watcher()
app.installEventFilter(watcher)
main(["--practice", sys.argv[1]])
"""


def test_the_first_paint_does_not_wait_for_the_anatomy(tmp_path: Path) -> None:
    """Nor for the libraries that it needs: they are loaded when the window has been seen."""
    done = subprocess.run(
        [sys.executable, "-c", AT_FIRST_PAINT, str(tmp_path / "practice")],
        cwd=PROGRAM_FOLDER,
        env=os.environ
        | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path / "config")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "['app.body.picture_style']\n"


def test_every_row_is_complete_and_can_be_written_as_json(rows: list[Row]) -> None:
    for each in rows:
        assert list(each) == list(Row.__annotations__)
        for key, kind in Row.__annotations__.items():
            assert isinstance(each[key], kind)  # type: ignore[literal-required]
        assert 0 < each["value"] < 60_000
        assert each["floor"] > 0
        assert math.isclose(each["ratio"], each["value"] / each["floor"])
        assert each["goal"].startswith("at most ")
    json.dumps(rows, allow_nan=False)


def test_a_goal_is_so_many_times_the_floor_or_so_many_units() -> None:
    times, units, both = Goal(times=2), Goal(at_most=16), Goal(times=2, at_most=16)
    assert times.holds(4.0, 2.0)
    assert not times.holds(4.1, 2.0)
    assert units.holds(16.0, 0.1)
    assert not units.holds(16.1, 100.0)
    assert not both.holds(15.0, 2.0)
    assert both.words("ms") == "at most 2 x floor, at most 16 ms"
    assert row("x", Pair(6.0, 2.0), times)["ratio"] == 3.0
    assert not row("x", Pair(6.0, 2.0), times)["holds"]


def test_a_thing_and_its_floor_are_measured_in_turn() -> None:
    done: list[str] = []
    pair = in_turn(4, lambda: done.append("thing"), lambda: done.append("floor"))
    assert done == ["thing", "floor"] * 7  # three of them to warm up
    assert pair.value > 0


def test_the_floor_writes_as_safely_as_a_practice() -> None:
    from db import engine

    assert floors.PRAGMAS == engine._PRAGMAS or set(floors.PRAGMAS) == set(engine._PRAGMAS)


def test_the_floor_writes_one_row_at_a_time(tmp_path: Path) -> None:
    write = floors.RowWriter(tmp_path)
    for _row in range(3):
        write()
    write.close()
    connection = floors.connect(tmp_path / "floor.db")
    assert connection.execute("SELECT count(*) FROM floor").fetchone() == (3,)
    connection.close()


def test_the_floor_copies_a_picture(qapp: "QApplication") -> None:
    floors.blit(QSize(10, 10))()


def test_pages_are_counted_packed_or_not() -> None:
    import zlib

    packed = zlib.compress(b"<< /Type /Page >> << /Type /Pages >>")
    pdf = b"<< /Type/Page >> stream\nno zlib\nendstream stream\n" + packed + b"\nendstream"
    assert count_pages(pdf) == 2


def test_a_bare_window_says_when_it_was_painted() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.bench.first_paint"],
        cwd=PROGRAM_FOLDER,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    first, last = map(float, done.stdout.split())
    assert first <= last
