"""What the command line is given from outside: main.py knows how things are stored and shown."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.clock import Clock, local_now
from app.domain.ports import PracticeOpener


@dataclass(frozen=True)
class Services:
    """``open_window`` shows the practice in a folder and gives the program's exit code."""

    open_practice: PracticeOpener
    open_window: Callable[[Path], int]
    now: Clock = local_now
