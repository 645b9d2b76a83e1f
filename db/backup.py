"""Whole, verified copies of a practice's database."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.errors import StorageError
from db.engine import look
from db.trouble import DAMAGED, storage_trouble

DAILY = "daily"
DAYS_KEPT, MONTHS_KEPT = 7, 12
DAY, WEEK = timedelta(days=1), timedelta(days=7)

_UNFINISHED = ".unfinished"
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_NAME = re.compile(r"(.+)-([0-9]{8}T[0-9]{6}\.[0-9]{6}Z)\.db")


def back_up(database: Path, folder: Path, name: str, now: datetime) -> Path:
    """A copy of ``database`` in ``folder``, called after ``name`` and the time in UTC.

    The copy has its name only when all of it is on the disk and SQLite found it whole; a
    crash leaves a file that ``sweep`` takes away. Whoever calls this holds the write lock of
    the practice, so that no two make or sweep backups at once. Raises StorageError, or OSError
    where ``folder`` does not take a file.
    """
    finished = folder / f"{name}-{now.astimezone(UTC):{_STAMP}}.db"
    unfinished = finished.with_name(finished.name + _UNFINISHED)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _copy(database, unfinished)
        flush(unfinished)
        os.replace(unfinished, finished)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    flush(folder)
    return finished


def _copy(database: Path, target: Path) -> None:
    """Raises StorageError where the practice cannot be read or the copy is not whole."""
    with storage_trouble(reading=True):
        source, copy = look(database), look(target)
        try:
            source.backup(copy)
            # Not a write-ahead log: the copy is one file.
            copy.execute("PRAGMA journal_mode=DELETE")
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            copy.close()
            source.close()
    if verdict != "ok":
        raise StorageError(DAMAGED)


def is_due(folder: Path, now: datetime, age: timedelta = DAY) -> bool:
    """Whether ``folder`` holds no backup younger than ``age``, counted back from ``now``.

    One from the future, made while the clock was wrong, does not count.
    """
    return not any(timedelta(0) <= now - made < age for _name, made, _file in _backups(folder))


def back_up_daily(database: Path, folder: Path, now: datetime) -> None:
    """Makes a backup, then takes away those that it makes superfluous; as ``back_up`` otherwise.

    The last seven stay, and of the older ones the last of each month, for twelve months. What
    was backed up before an update stays for good.
    """
    back_up(database, folder, DAILY, now)
    daily = [(made, file) for name, made, file in _backups(folder) if name == DAILY]
    for file in _superfluous(sorted(daily, reverse=True)):
        file.unlink(missing_ok=True)


def _superfluous(newest_first: list[tuple[datetime, Path]]) -> Iterable[Path]:
    months: set[tuple[int, int]] = set()
    for made, file in newest_first[DAYS_KEPT:]:
        month = (made.year, made.month)
        if month in months or len(months) == MONTHS_KEPT:
            yield file
        else:
            months.add(month)


def _backups(folder: Path) -> list[tuple[str, datetime, Path]]:
    """The name, time and file of each backup in ``folder``."""
    found = []
    for file in folder.iterdir():
        match = _NAME.fullmatch(file.name)
        with suppress(ValueError):  # a name that tells of no day, given by somebody else
            if match:
                made = datetime.strptime(match[2], _STAMP).replace(tzinfo=UTC)
                found.append((match[1], made, file))
    return found


def sweep(folder: Path) -> None:
    """Takes away what backups left that were broken off: each is a whole copy of the data."""
    for leftover in folder.glob(f"*{_UNFINISHED}*"):
        leftover.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Waits until ``path`` is on the disk. Only for files that SQLite does not hold open."""
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot flush a folder
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
