"""How a practice's database file is opened. Every connection of the program is made here."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from app.domain.errors import StorageError
from app.domain.folding import fold

OLDEST_SOUND_SQLITE = (3, 51, 3)
"""3.7.0 to 3.51.2 can corrupt a WAL database that two connections write and checkpoint."""

LOCK_PATIENCE_MS = 5000
"""How long a writer waits for another one to finish before it gives up."""

READING = "needlepoint_reading"
"""Execution option of a connection whose next transaction only reads."""

FOLDED = "folded"
"""A function of SQL: its text without case and accents, as it is searched."""

_PRAGMAS = (
    "synchronous=FULL",  # NORMAL loses acknowledged commits at a power loss
    "foreign_keys=ON",
    f"busy_timeout={LOCK_PATIENCE_MS}",
    "trusted_schema=OFF",  # a tampered schema cannot call functions
    "secure_delete=ON",  # what was deleted is overwritten
    "temp_store=MEMORY",  # nothing about patients in temporary files
    "cache_size=-32000",  # 32 MB: the search index of 100,000 patients stays in memory
)


def require_sound_sqlite(version: tuple[int, ...]) -> None:
    """Raises StorageError where this SQLite could corrupt a practice."""
    if version < OLDEST_SOUND_SQLITE:
        found, needed = (".".join(map(str, each)) for each in (version, OLDEST_SOUND_SQLITE))
        raise StorageError(
            f"The SQLite library of this installation ({found}) can damage a practice. "
            f"Install the package sqlcipher3 with SQLite {needed} or newer."
        )


def open_engine(path: Path, *, read_only: bool = False) -> Engine:
    """An engine on the database file ``path``, which must exist and may be empty.

    A transaction begins with BEGIN IMMEDIATE: it holds the write lock from its first
    statement, so what it reads is what it changes, and schema changes roll back wholly.
    Under the execution option ``READING`` it holds no lock and sees one unchanging moment.
    """
    require_sound_sqlite(dbapi2.sqlite_version_info)
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, read_only=read_only),
        poolclass=NullPool,
        hide_parameters=True,  # or what an error says would hold patients' words
        json_serializer=_to_json,
        json_deserializer=_from_json,
    )
    event.listen(engine, "begin", _begin)
    return engine


def connect(path: Path, *, read_only: bool = False) -> Any:
    """A driver connection in autocommit mode: transactions are begun by ``open_engine``'s listener.

    Raises StorageError where the file cannot keep a write-ahead log.
    """
    connection = look(path, read_only=read_only)
    if not read_only:
        _use_write_ahead_log(connection)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function(FOLDED, 1, _folded, deterministic=True)
    return connection


def look(path: Path, *, read_only: bool = False) -> Any:
    """A driver connection that changes nothing in the file, to see what it is.

    The one place where a connection is made, and so where a key will be given to it.
    """
    mode = "ro" if read_only else "rw"
    return dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,  # db/transactions.py lets one thread in at a time
    )


def _use_write_ahead_log(connection: Any) -> None:
    (answer,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if answer != "wal":
        raise StorageError(
            "The place where the practice lies cannot keep a write-ahead log. "
            "Move the practice folder to a disk of this computer."
        )


def _folded(text: str | None) -> str | None:
    return None if text is None else fold(text)


def _begin(connection: Connection) -> None:
    is_reading = connection.get_execution_options().get(READING, False)
    driver_connection = connection.connection.dbapi_connection
    assert driver_connection is not None
    driver_connection.cursor().execute("BEGIN" if is_reading else "BEGIN IMMEDIATE")


_to_json: Callable[[Any], str] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
).encode
_decode_json = json.JSONDecoder().raw_decode


def _from_json(text: str) -> Any:
    """As ``json.loads``, which takes twice as long to look for what is never there."""
    return _decode_json(text)[0]
