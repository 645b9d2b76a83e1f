"""The present, as everything in the program is told it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Gives the present with its zone."""


def local_now() -> datetime:
    """The present on this computer's clock, with its zone."""
    return datetime.now().astimezone()
