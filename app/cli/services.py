"""What the command line is given from outside: main.py knows how things are stored and shown."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from app.domain.ports import Repository


class OpenPractice(Protocol):
    """A practice folder whose database is open."""

    @property
    def repository(self) -> Repository: ...

    @property
    def folder(self) -> Path: ...


class PracticeOpener(Protocol):
    def __call__(self, folder: Path, *, create: bool) -> AbstractContextManager[OpenPractice]:
        """Opens the practice in ``folder``, or makes one there where ``create`` allows it.

        Raises StorageError where there is none, or it cannot be opened.
        """


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


@dataclass(frozen=True)
class Services:
    """``open_window`` shows the practice in a folder and gives the program's exit code."""

    open_practice: PracticeOpener
    open_window: Callable[[Path], int]
    now: Callable[[], datetime] = _now
