"""A hundred times the program is killed in the middle of marking, and goes on where it was."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from app.body.atlas import Atlas
from app.domain.identity import UUID
from app.domain.marks import Needle, TwitchResponse
from app.domain.papers import SessionNote
from app.domain.preparation import Preparation
from db.engine import look
from tests.helpers.chart import Chart

KILLS = 100


def lines_until_killed(programs: subprocess.Popen[str], chance: random.Random) -> list[str]:
    """Starts one, and kills it somewhere within or after a random change."""
    assert programs.stdin is not None
    assert programs.stdout is not None
    programs.stdin.write(f"{chance.randrange(10**6)}\n")
    programs.stdin.flush()
    wanted, program, killed = chance.randrange(1, 16), 0, False
    lines: list[str] = []
    for line in programs.stdout:
        if line.startswith("began"):
            program = int(line.split()[1])
        elif line == "ended\n":
            break
        else:
            lines.append(line)
        if program and len(lines) >= wanted and not killed:
            for _ in range(chance.randrange(20_000)):
                pass  # somewhere within a gesture or its transaction
            os.kill(program, signal.SIGKILL)
            killed = True
    return lines


def test_a_hundred_kills_lose_nothing_that_was_called_saved(tmp_path: Path, atlas: Atlas) -> None:
    folder, chance = tmp_path / "practice", random.Random(20261126)
    Chart(folder, atlas).close()
    programs = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.charting", str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    said: list[str] = []
    with programs:
        for _ in range(KILLS):
            said += lines_until_killed(programs, chance)
    assert programs.returncode == 0
    connection = look(folder / "practice.db")
    stored = connection.execute("SELECT step, action FROM audit WHERE sequence > 1").fetchall()
    connection.close()
    told = [tuple(line.split()[1:]) for line in said]
    trail = [(str(UUID(step)), action) for step, action in stored]
    rest = iter(trail)
    assert all(any(each == line for line in rest) for each in told)  # all, in their order
    assert len(trail) - len(told) <= KILLS  # one may be saved and not yet said
    assert len(told) > KILLS
    chart = Chart(folder, atlas)
    assert chart.repository.check() == []
    assert chart.troubles == []
    kinds = {type(each) for mark in chart.marks for each in [mark.details]}
    assert {Needle, TwitchResponse} <= kinds
    session = chart.editor.session
    assert session is not None
    assert {SessionNote, Preparation} <= {type(each) for each in chart.store.papers(session.id)}
    chart.close()
