"""A practice folder: ``practice.db``, ``backups/`` and ``logs/``, for its owner's eyes only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from app.domain.clock import Clock, local_now
from app.domain.errors import StorageError
from db import old_letterhead, schema
from db.backup import DAY, WEEK, back_up, back_up_daily, flush, is_due, sweep
from db.engine import look, open_engine
from db.repository import SqlRepository
from db.transactions import Transactions
from db.trouble import CANNOT_OPEN, DAMAGED, READ_ONLY, storage_trouble

DATABASE = "practice.db"
BACKUPS = "backups"
LOGS = "logs"

LARGEST_AT_OPENING = 20_000_000
"""Bytes. At 6 ms a MB, a larger practice would delay the start: it is backed up when it is
closed, and at opening only where that has not happened for a week."""

_NO_BACKUP = (
    "Today's backup of the practice could not be made: the disk may be full, or the folder "
    "backups may not be written to. Make room and check the folder, then open the practice again."
)


class Practice:
    """An open practice; close it, or use it in a ``with`` statement."""

    def __init__(
        self, folder: Path, engine: Engine, clock: Clock, backup_trouble: str | None = None
    ) -> None:
        self.folder = folder
        self.backup_trouble = backup_trouble
        self._engine, self._clock = engine, clock
        self._is_closed = False
        self._transactions = Transactions(engine)
        self.repository = SqlRepository(self._transactions, clock)
        self.letterhead_trouble: str | None = None

    def close(self) -> None:
        """Lets go of the file; what is in the write-ahead log goes into the database.

        Makes a backup where the last one is older than a day. Where that fails, nothing is lost,
        and the next opening says so.
        """
        if not self._is_closed:
            self._is_closed = True
            with suppress(StorageError, OSError), storage_trouble(reading=True):
                self._back_up()
            self._transactions.close()

    def _back_up(self) -> None:
        if is_due(self.folder / BACKUPS, self._clock()):
            with _write_lock(self._engine):
                _back_up_if_due(self.folder, self._clock())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def open_practice(
    folder: Path,
    *,
    create: bool = True,
    clock: Clock = local_now,
    lineage: schema.Lineage = schema.SHIPPED,
) -> Practice:
    """Opens the practice in ``folder``, and makes it there where there is none and ``create``.

    A practice of an older version is backed up into ``backups/`` and then brought up to date,
    wholly or not at all. Any practice is backed up where the last backup is older than a day;
    where that fails it opens all the same, and ``backup_trouble`` says so. Raises
    NewerPracticeError for one of a newer version, and StorageError for what is no practice, is
    damaged, or may not be written.
    """
    database = folder / DATABASE
    with storage_trouble(), _file_trouble(folder):
        _require_place(folder, database, create)
        revision = _revision_before_touching(database) if database.exists() else None
        if revision is None and not create:
            raise _missing(folder)
        if revision not in (None, lineage.head):
            schema.require_known(revision, lineage)
        _make_files(folder, database)
        engine = open_engine(database)
        with _write_lock(engine) as connection:
            is_new = _bring_up_to_date(connection, folder, clock(), lineage)
            trouble = None if is_new else _backup_trouble(folder, clock())
        practice = Practice(folder, engine, clock, trouble)
        practice.letterhead_trouble = old_letterhead.take_over(folder, practice.repository, clock())
        return practice


def _require_place(folder: Path, database: Path, create: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise StorageError(f"{folder} is a file. A practice is a folder: choose another place.")
    if not create and not database.exists():
        raise _missing(folder)
    if database.exists() and not database.is_file():
        raise StorageError(
            f"{database} is not a file. Choose another folder, or move that one away."
        )
    # SQLite itself would notice only at the first write, and leave files of its own until then.
    if database.exists() and not os.access(database, os.R_OK | os.W_OK):
        raise StorageError(READ_ONLY if os.access(database, os.R_OK) else CANNOT_OPEN)


def _missing(folder: Path) -> StorageError:
    return StorageError(f"There is no practice in {folder}. Check the name of the folder.")


def _revision_before_touching(database: Path) -> str | None:
    """Looks at a file that may be anything, without the settings that would change it."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: look(database),
        poolclass=NullPool,
        hide_parameters=True,
    )
    with engine.connect() as connection:
        return schema.revision_of(connection)


def _make_files(folder: Path, database: Path) -> None:
    """Makes what is missing, so that nobody but the owner can read it."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for made in missing:
        flush(made.parent)  # or a power failure takes the folder with all that is in it
    for name in (BACKUPS, LOGS):
        (folder / name).mkdir(mode=0o700, exist_ok=True)
    # A file that is there is never opened here: closing it would drop SQLite's locks on it.
    if not database.exists():
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def _write_lock(engine: Engine) -> Iterator[Connection]:
    """A transaction, on a connection of its own, in which tables may be made anew."""
    with engine.connect() as connection:
        driver_connection = connection.connection.dbapi_connection
        assert driver_connection is not None
        driver_connection.cursor().execute("PRAGMA foreign_keys=OFF")  # only possible here
        with connection.begin():
            yield connection


def _bring_up_to_date(
    connection: Connection, folder: Path, now: datetime, lineage: schema.Lineage
) -> bool:
    """Reads the revision again: another window may have been here since it was looked at.

    Gives whether the practice is a new one, in which there is nothing to back up yet.
    """
    sweep(folder / BACKUPS)
    revision = schema.revision_of(connection)
    if revision is None:
        schema.create(connection)
    elif revision != lineage.head:
        back_up(folder / DATABASE, folder / BACKUPS, f"before-update-of-{revision}", now)
        schema.migrate(connection, lineage)
    return revision is None


def _backup_trouble(folder: Path, now: datetime) -> str | None:
    """Backs up a practice at its opening; gives what is to be said where that fails."""
    try:
        is_large = (folder / DATABASE).stat().st_size > LARGEST_AT_OPENING
        _back_up_if_due(folder, now, WEEK if is_large else DAY)
    except (StorageError, OSError) as error:
        return DAMAGED if str(error) == DAMAGED else _NO_BACKUP
    return None


def _back_up_if_due(folder: Path, now: datetime, age: timedelta = DAY) -> None:
    """Within the write lock: another program may have been here first."""
    if is_due(folder / BACKUPS, now, age):
        back_up_daily(folder / DATABASE, folder / BACKUPS, now)


@contextmanager
def _file_trouble(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"The practice in {folder} cannot be opened: {error.strerror}. "
            "Check that you may read and write this folder, or choose another one."
        ) from error
