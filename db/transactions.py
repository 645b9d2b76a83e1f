"""The one connection of an open practice, and the transactions on it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock

from sqlalchemy import Connection, Engine

from db.engine import READING
from db.trouble import storage_trouble


class Transactions:
    """Keeps one connection open, whose cache of pages is then never read anew.

    Several threads may call; they wait for each other. What goes wrong with the storage is
    raised as StorageError or InvalidRecordError, after everything was rolled back.
    """

    def __init__(self, engine: Engine) -> None:
        self._connection = engine.connect()
        self._lock = Lock()

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees the practice as it is at one moment and locks nobody out."""
        return self._transaction(reading=True)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that nobody else writes during; it is durable when it is left."""
        return self._transaction(reading=False)

    @contextmanager
    def _transaction(self, *, reading: bool) -> Iterator[Connection]:
        with storage_trouble(reading=reading), self._lock:
            connection = self._connection.execution_options(**{READING: reading})
            with connection.begin():
                yield connection

    def close(self) -> None:
        with self._lock:
            self._connection.close()
