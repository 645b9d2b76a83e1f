"""What the machine itself takes: the least that any program of this kind would have to do."""

import importlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from app.domain.identity import new_id

PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "cache_size=-32000",
)
"""Those of a practice (a test compares them): a floor with less safety would be none."""


def connect(file: Path) -> Any:
    """The bare driver on a database file.

    It is fetched by name: the rest of ``app`` must not know it, and the import rule sees to that.
    """
    driver = importlib.import_module("sqlcipher3.dbapi2")
    connection = driver.connect(str(file), isolation_level=None)
    for pragma in ("journal_mode=WAL", *PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")
    return connection


class RowWriter:
    """Commits one row of a mark's size at each call, durably."""

    def __init__(self, folder: Path) -> None:
        self._connection = connect(folder / "floor.db")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS floor (id TEXT PRIMARY KEY, body TEXT NOT NULL)"
        )

    def __call__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO floor VALUES (?, ?)", (str(new_id()), "x" * 300))
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


def blit(size: QSize) -> Callable[[], None]:
    """Paints an opaque picture of ``size`` onto another one of the same size."""
    source = QPixmap(size)
    source.fill(QColor("#EBDDD2"))
    target = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)

    def once() -> None:
        painter = QPainter(target)
        painter.drawPixmap(0, 0, source)
        painter.end()

    return once


def look_up(times: int, rows: int = 160_000) -> Callable[[], None]:
    """Reads one row each of so many tables, at places that change."""
    tables = [np.zeros((rows, 4), dtype=np.float32) for _table in range(times)]
    chance = Random(1)

    def once() -> None:
        place = chance.randrange(rows)
        for table in tables:
            table[place].sum()

    return once
