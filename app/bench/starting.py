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
LISTED = Goal(at_most=1000)
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
    times_to_paint(environment)  # reads what both need into the computer's cache
    times_to_paint(environment, practice_folder)
    painted, listed, bare = [], [], []
    for _round in range(setting.starts):
        first, second = times_to_paint(environment, practice_folder)
        painted.append(first)
        listed.append(second)
        bare.append(times_to_paint(environment)[0])
    yield row("start to first paint", Pair(median(painted), median(bare)), START)
    yield row("start to patients listed", Pair(median(listed), median(bare)), LISTED)


def times_to_paint(environment: dict[str, str], practice: Path | None = None) -> tuple[float, ...]:
    """ms from here to the first paint of a new process, and to its list of patients.

    Without a practice it is a bare window, which has no list.
    """
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
    return tuple((float(line) - start) * 1000 for line in done.stdout.split())
