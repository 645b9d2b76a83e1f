"""The bench runs to its end and says what it found. How fast it was is not a test's affair."""

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize

from app.bench import floors
from app.bench.measuring import Goal, Pair, Row, in_turn, row
from app.bench.printing import count_pages
from app.bench.run import run_bench
from app.bench.setting import TINY
from app.paths import PROGRAM_FOLDER
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
        "click to durable and painted, 3 marks",
        "click until all panels follow, 3 marks",
        "click to durable and painted, 5 marks",
        "click until all panels follow, 5 marks",
        "click at 5 marks against 3",
        "pan frame, 4 marks",
        "zoom frame, 4 marks",
        "open a patient of 2 sessions x 3 marks",
        "find among 5 patients",
        "PDF of 2 sessions, 3 pages, a page",
        "PDF of one session, from click to file",
    ]


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
    import os

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
