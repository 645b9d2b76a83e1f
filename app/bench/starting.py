"""From starting the program to its first paint, against a window with nothing in it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import monotonic

from app.bench import records
from app.bench.measuring import Goal, Pair, Row, row
from app.bench.setting import Setting
from app.body.atlas import Atlas
from app.domain.ports import PracticeOpener
from app.exchange.demo import synthesize
from app.paths import PROGRAM_FOLDER

START = Goal(times=3)
_PATIENTS = 12


def starting_rows(
    open_practice: PracticeOpener, atlas: Atlas, folder: Path, setting: Setting
) -> Iterator[Row]:
    practice_folder = folder / "demo"
    with open_practice(practice_folder, create=True) as practice:
        records.store(practice.repository, *synthesize(_PATIENTS, 3, 1, atlas))
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder / "config"),  # the user's own settings stay untouched
    }
    programs, windows = [], []
    time_to_paint(environment)  # reads what both need into the computer's cache
    time_to_paint(environment, practice_folder)
    for _round in range(setting.starts):
        programs.append(time_to_paint(environment, practice_folder))
        windows.append(time_to_paint(environment))
    yield row("start to first paint", Pair(median(programs), median(windows)), START)


def time_to_paint(environment: dict[str, str], practice: Path | None = None) -> float:
    """ms from here to the first paint of a new process: the program, or a bare window."""
    arguments = [] if practice is None else [str(practice)]
    start = monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "app.bench.first_paint", *arguments],
        cwd=PROGRAM_FOLDER,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    return (float(done.stdout) - start) * 1000
