"""What was said to be saved is there, whatever happens to the program and its disk."""

import random
import subprocess
import sys
from itertools import chain
from pathlib import Path
from uuid import UUID

import pytest

from app.domain.change import Change
from app.domain.errors import StorageError
from db.engine import connect
from db.practice import Practice, open_practice
from tests.db.builders import clock, mark, patient, stamp
from tests.db.conftest import Visit

TRIALS = 12


def start(folder: Path, visit: Visit, first: int, count: int, *more: int) -> subprocess.Popen[str]:
    arguments = [str(folder), str(visit.session.id), *map(str, (first, count, *more))]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.db.writer", *arguments], stdout=subprocess.PIPE, text=True
    )


def numbers(folder: Path, session_id: UUID) -> list[int]:
    with open_practice(folder, create=False, clock=clock) as practice:
        assert practice.repository.check() == []
        lines = len(practice.repository.steps(session_id))
        stored = [each.number for each in practice.repository.marks(session_id)]
    assert lines == len(stored)
    return stored


@pytest.fixture
def left(practice: Practice, visit: Visit) -> Visit:
    """A session in a practice that this program has closed."""
    practice.close()
    return visit


def test_a_killed_program_loses_nothing_that_it_called_saved(folder: Path, left: Visit) -> None:
    """Killed while it writes, some time after a random number of marks."""
    chance = random.Random(20260314)
    acknowledged: list[int] = []
    for trial in range(TRIALS):
        writer = start(folder, left, trial * 10_000 + 1, 10_000)
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(chance.randrange(1, 60))]
        for _ in range(chance.randrange(2000)):
            pass  # somewhere within a transaction
        writer.kill()
        lines += writer.stdout.readlines()
        writer.wait()
        writer.stdout.close()
        acknowledged += [int(line) for line in lines if line.endswith("\n")]
        assert writer.returncode == -9
    stored = numbers(folder, left.session.id)
    assert set(acknowledged) <= set(stored)
    assert len(stored) - len(acknowledged) <= TRIALS  # one may be saved and not yet said
    assert len(acknowledged) > TRIALS


def test_programs_that_write_at_once_lose_nothing(folder: Path, left: Visit) -> None:
    writers = [start(folder, left, first, 100) for first in (1000, 2000, 3000)]
    said = [[int(line) for line in writer.communicate()[0].split()] for writer in writers]
    assert [len(lines) for lines in said] == [100, 100, 100]
    assert numbers(folder, left.session.id) == sorted(chain.from_iterable(said))


@pytest.mark.parametrize("room", [4096 * 36, 4096 * 46 + 1000, 4096 * 66 + 77])
def test_a_full_disk_is_told_and_survived(folder: Path, left: Visit, room: int) -> None:
    writer = start(folder, left, 1, 10_000, room)
    *saved, refused, after = writer.communicate()[0].splitlines()
    assert writer.returncode == 0
    assert refused.startswith(("refused: The disk is full", "refused: The disk did not take"))
    assert "was not saved; everything before it is safe" in refused
    assert after == "1000000"
    assert len(saved) > 3
    assert numbers(folder, left.session.id) == [*map(int, saved), 1_000_000]


def test_a_locked_practice_is_told(folder: Path, practice: Practice, visit: Visit) -> None:
    other = connect(folder / "practice.db")
    other.execute("BEGIN IMMEDIATE")
    with practice._transactions.reading() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1  # readers are not locked out
        connection.exec_driver_sql("PRAGMA busy_timeout=20")
    with pytest.raises(StorageError, match="Another program holds the practice"):
        practice.repository.commit(Change.add("Add", mark(visit.session)), stamp())
    other.execute("ROLLBACK")
    other.close()
    practice.repository.commit(Change.add("Add", mark(visit.session)), stamp())
    assert len(practice.repository.marks(visit.session.id)) == 1


def test_a_practice_that_becomes_read_only_is_told(practice: Practice, visit: Visit) -> None:
    with practice._transactions.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StorageError, match="can be read but not written"):
        practice.repository.commit(Change.add("Add", patient("Other", "2")), stamp())
    with practice._transactions.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
    assert practice.repository.count_patients() == 1
    assert practice.repository.check() == []


def test_a_damaged_practice_is_told_and_left_as_it_is(
    folder: Path, practice: Practice, visit: Visit
) -> None:
    many = [mark(visit.session, number, note="x" * 900) for number in range(1, 400)]
    practice.repository.commit(Change.add("Add", *many), stamp())
    practice.close()
    database = folder / "practice.db"
    whole = bytearray(database.read_bytes())
    whole[4096 * 20 :] = b"\x5a" * (len(whole) - 4096 * 20)
    database.write_bytes(whole)
    with pytest.raises(StorageError, match="The practice is damaged"):
        open_practice(folder, create=False, clock=clock).repository.everything()
    assert database.read_bytes() == bytes(whole)
