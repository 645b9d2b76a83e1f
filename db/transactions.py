"""The one connection of an open practice, and the transactions on it."""

from collections.abc import Iterator
from contextlib import contextmanager
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
        self._connection = engine.connect().execution_options(**{READING: True})
        self._lock = Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the practice as it is at one moment and locks nobody out."""
        with storage_trouble(reading=True), self._lock, self._connection.begin():
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that nobody else writes during; it is durable when it is left.

        Only for prepared statements. It is the driver's own: what SQLAlchemy does to begin and
        to end one takes half as long as SQLite takes to put a mark on the disk.
        """
        with storage_trouble(), self._lock:
            driver_connection = self._connection.connection.dbapi_connection
            assert driver_connection is not None
            cursor = driver_connection.cursor()
            try:
                cursor.execute("BEGIN IMMEDIATE")
                yield self._connection
                cursor.execute("COMMIT")
            except BaseException:
                driver_connection.rollback()
                raise

    def close(self) -> None:
        with self._lock:
            self._connection.close()
