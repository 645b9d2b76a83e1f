"""Whole, verified copies of a practice's database."""

import os
from datetime import UTC, datetime
from pathlib import Path

from app.domain.errors import StorageError
from db.engine import look
from db.trouble import storage_trouble

_UNFINISHED = ".unfinished"


def back_up(database: Path, folder: Path, name: str, now: datetime) -> Path:
    """A copy of ``database`` in ``folder``, called after ``name`` and the time in UTC.

    The copy has its name only when all of it is on the disk and SQLite found it whole; a
    crash leaves a file that ``sweep`` takes away. Raises StorageError, or OSError where
    ``folder`` does not take a file.
    """
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
    finished = folder / f"{name}-{stamp}.db"
    unfinished = finished.with_name(finished.name + _UNFINISHED)
    with storage_trouble():
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        source, copy = look(database), look(unfinished)
        try:
            source.backup(copy)
            # Not a write-ahead log: the copy is one file.
            copy.execute("PRAGMA journal_mode=DELETE")
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            copy.close()
            source.close()
    if verdict != "ok":
        raise StorageError(
            "A backup of the practice could not be made, because the practice is damaged. "
            "Go on with a copy of the newest file in the folder backups."
        )
    flush(unfinished)
    os.replace(unfinished, finished)
    flush(folder)
    return finished


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
