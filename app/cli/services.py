"""What the command line is given from outside: main.py knows how things are stored and shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.domain.ports import PracticeOpener


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


@dataclass(frozen=True)
class Services:
    """``open_window`` shows the practice in a folder and gives the program's exit code."""

    open_practice: PracticeOpener
    open_window: Callable[[Path], int]
    now: Callable[[], datetime] = _now
