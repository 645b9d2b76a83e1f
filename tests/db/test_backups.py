"""A practice in use has backups, few enough to be kept and whole enough to go on with."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain.change import Change
from app.domain.errors import StorageError
from db import practice as practices
from db.backup import back_up_daily, is_due
from db.engine import connect
from db.practice import BACKUPS, DATABASE, open_practice
from db.trouble import DAMAGED
from tests.db.builders import NOW, patient, stamp

DAY = timedelta(days=1)


class Calendar:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def turn(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def used(folder: Path, calendar: Calendar) -> Path:
    """A practice with one patient, closed."""
    with open_practice(folder, clock=calendar) as practice:
        assert practice.backup_trouble is None
        assert days(folder) == []  # nothing was in it
        practice.repository.commit(Change.add("Add", patient()), stamp())
    return folder


def days(folder: Path) -> list[str]:
    """The days of the daily backups, oldest first."""
    found = sorted(path.name for path in (folder / BACKUPS).iterdir())
    assert all(name.endswith(".db") for name in found)
    return [name[6:14] for name in found if name.startswith("daily-")]


def use(folder: Path, calendar: Calendar) -> str | None:
    with open_practice(folder, create=False, clock=calendar) as practice:
        return practice.backup_trouble


def damage(database: Path) -> None:
    whole = bytearray(database.read_bytes())
    whole[4096 * 3 : 4096 * 12] = bytes(4096 * 9)
    database.write_bytes(whole)


def test_a_backup_a_day(used: Path, calendar: Calendar) -> None:
    assert days(used) == ["20260314"]
    for step in (timedelta(hours=9), timedelta(hours=14, minutes=59), timedelta(minutes=1)):
        calendar.turn(step)
        assert use(used, calendar) is None
    assert days(used) == ["20260314", "20260315"]
    (newest, *_older) = sorted((used / BACKUPS).iterdir(), reverse=True)
    assert newest.stat().st_mode & 0o777 == 0o600


def test_a_backup_is_made_before_anything_is_done(used: Path, calendar: Calendar) -> None:
    calendar.turn(2 * DAY)
    with open_practice(used, clock=calendar):
        assert days(used) == ["20260314", "20260316"]


def test_a_window_that_stays_open_for_days_makes_one_when_it_closes(
    used: Path, calendar: Calendar
) -> None:
    with open_practice(used, clock=calendar) as practice:
        calendar.turn(3 * DAY)
        practice.repository.commit(Change.add("Add", patient("Late", "2")), stamp())
        practice.close()
        assert days(used) == ["20260314", "20260317"]
    assert days(used) == ["20260314", "20260317"]


def test_a_damaged_practice_goes_on_with_its_newest_backup(
    used: Path, calendar: Calendar, tmp_path: Path
) -> None:
    calendar.turn(2 * DAY)
    with open_practice(used, clock=calendar) as practice:
        held = practice.repository.patients()
    damage(used / DATABASE)
    with pytest.raises(StorageError, match="newest file of the folder backups"):
        open_practice(used, clock=calendar).repository.everything()
    (tmp_path / "new").mkdir()  # as the sentence says
    newest = max((used / BACKUPS).iterdir())
    shutil.copy(newest, tmp_path / "new" / DATABASE)
    with open_practice(tmp_path / "new", create=False, clock=calendar) as practice:
        assert practice.repository.check() == []
        assert practice.repository.patients() == held


def test_a_damaged_practice_drives_out_no_backup(used: Path, calendar: Calendar) -> None:
    for _day in range(8):
        calendar.turn(DAY)
        use(used, calendar)
    before = days(used)
    damage(used / DATABASE)
    for _day in range(3):
        calendar.turn(DAY)
        with open_practice(used, create=False, clock=calendar) as practice:
            assert practice.backup_trouble == DAMAGED
            assert "damaged" in practice.repository.check()[0]
    assert days(used) == before


def test_no_room_for_a_backup_keeps_nobody_from_working(used: Path, calendar: Calendar) -> None:
    calendar.turn(2 * DAY)
    os.rename(used / BACKUPS, used / "elsewhere")
    (used / BACKUPS).symlink_to("/proc")  # a folder that takes no file
    with open_practice(used, create=False, clock=calendar) as practice:
        assert "could not be made" in (practice.backup_trouble or "")
        practice.repository.commit(Change.add("Add", patient("Late", "2")), stamp())
        assert practice.repository.check() == []


def test_a_backup_that_fails_at_closing_is_made_the_next_time(
    used: Path, calendar: Calendar
) -> None:
    with open_practice(used, clock=calendar) as practice:
        calendar.turn(2 * DAY)
        shutil.rmtree(used / BACKUPS)
        practice.close()
    (used / BACKUPS).mkdir()
    assert use(used, calendar) is None
    assert days(used) == ["20260316"]


def test_seven_days_and_twelve_months_are_kept(used: Path, calendar: Calendar) -> None:
    (used / BACKUPS / "before-update-of-0000-20200101T000000.000000Z.db").touch()
    for _day in range(600):
        calendar.turn(DAY)
        (used / BACKUPS / f"daily-{calendar.now:%Y%m%d}T083000.000000Z.db").touch()
    calendar.turn(DAY)
    back_up_daily(used / DATABASE, used / BACKUPS, calendar.now)
    assert calendar.now.date().isoformat() == "2027-11-05"
    assert days(used) == [
        "20261130", "20261231", "20270131", "20270228", "20270331", "20270430", "20270531",
        "20270630", "20270731", "20270831", "20270930", "20271029",
        "20271030", "20271031", "20271101", "20271102", "20271103", "20271104", "20271105",
    ]  # fmt: skip
    assert len(list((used / BACKUPS).iterdir())) == 12 + 7 + 1


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("daily-20260314T080000.000000Z.db", True),
        ("before-update-of-0001-20260314T080000.000000Z.db", True),
        ("daily-20260313T083000.000000Z.db", False),
        ("daily-20990101T000000.000000Z.db", False),  # the clock was wrong once
        ("daily-20269999T000000.000000Z.db", False),
        ("daily-20260314T080000.000000Z.db.unfinished", False),
        ("copy of mine.db", False),
    ],
)
def test_which_backups_count(tmp_path: Path, name: str, counts: bool) -> None:
    (tmp_path / name).touch()
    assert is_due(tmp_path, NOW) is not counts


def test_a_large_practice_does_not_delay_the_start(
    used: Path, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practices, "LARGEST_AT_OPENING", 4096)
    calendar.turn(2 * DAY)
    with open_practice(used, clock=calendar):
        assert days(used) == ["20260314"]
    assert days(used) == ["20260314", "20260316"]
    calendar.turn(8 * DAY)  # it was never closed: killed, or the power failed
    with open_practice(used, clock=calendar):
        assert days(used)[-1] == "20260324"


def test_a_writer_in_another_program_is_waited_for_and_then_left_alone(
    used: Path, calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = open_practice(used, clock=calendar)
    calendar.turn(2 * DAY)
    monkeypatch.setattr("db.engine._PRAGMAS", ("busy_timeout=20",))
    other = connect(used / DATABASE)
    other.execute("BEGIN IMMEDIATE")
    practice.close()
    other.execute("ROLLBACK")
    other.close()
    assert days(used) == ["20260314"]
    assert use(used, calendar) is None
    assert days(used) == ["20260314", "20260316"]
