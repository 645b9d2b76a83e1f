"""The life of needles: which are in, which are out, and which have been in for long enough.

A needle whose times were not recorded is neither: nothing here takes it to be in or out.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.domain.marks import Mark, Needle


class NeedleState(StrEnum):
    IN = "in"
    OUT = "out"
    NOT_RECORDED = "not_recorded"


def state_of(needle: Needle) -> NeedleState:
    """Whether a needle is in the body, as far as that was recorded."""
    if needle.out_at is not None:
        return NeedleState.OUT
    return NeedleState.NOT_RECORDED if needle.in_at is None else NeedleState.IN


def needle_of(mark: Mark | None) -> Needle | None:
    """A mark's details where it is a needle."""
    return mark.details if mark is not None and isinstance(mark.details, Needle) else None


def is_in(mark: Mark) -> bool:
    """Whether the mark is a needle that is in the body."""
    needle = needle_of(mark)
    return needle is not None and state_of(needle) is NeedleState.IN


def needles_in(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Those of ``marks`` that are needles in the body, in their order."""
    return tuple(mark for mark in marks if is_in(mark))


class NeedleCounts(NamedTuple):
    """How many needles of a session are in, out, and of how many it was not recorded."""

    in_: int
    out: int
    not_recorded: int

    @property
    def total(self) -> int:
        return sum(self)


def count_needles(marks: Iterable[Mark]) -> NeedleCounts:
    states = [state_of(needle) for needle in map(needle_of, marks) if needle is not None]
    return NeedleCounts(*(states.count(state) for state in NeedleState))


def time_in(needle: Needle, now: datetime) -> timedelta | None:
    """How long a needle has been in, or was; None where that was not recorded.

    A clock that was set back shortens it to nothing, never to less.
    """
    if needle.in_at is None:
        return None
    return max((needle.out_at or now) - needle.in_at, timedelta(0))


def over_by(mark: Mark, now: datetime) -> timedelta | None:
    """How long a needle has been in beyond the stay that was planned for it; None where it has
    not, where no stay was planned, or where it is out.
    """
    needle = needle_of(mark)
    if needle is None or needle.stay_s is None or state_of(needle) is not NeedleState.IN:
        return None
    been = time_in(needle, now)
    assert been is not None
    over = been - timedelta(seconds=needle.stay_s)
    return over if over >= timedelta(0) else None


def longest_in(marks: Iterable[Mark], now: datetime) -> timedelta | None:
    """How long the needle has been in that has been in longest; None where none is."""
    needles = [needle for needle in map(needle_of, needles_in(marks)) if needle is not None]
    return max((time_in(each, now) or timedelta(0) for each in needles), default=None)


def why_not_signed(marks: Iterable[Mark]) -> list[str]:
    """What stands against signing a session with these marks, a sentence each."""
    still = needles_in(marks)
    if not still:
        return []
    return [f"{needles_are(still, 'in')}. Take out what is in before the session is signed."]


def needles_are(needles: Iterable[Mark], state: str) -> str:
    """ "1 needle is in: mark 4", "3 needles are out: marks 2, 4 and 7"."""
    numbers = [str(mark.number) for mark in needles]
    if len(numbers) == 1:
        return f"1 needle is {state}: mark {numbers[0]}"
    listed = f"{', '.join(numbers[:-1])} and {numbers[-1]}"
    return f"{len(numbers)} needles are {state}: marks {listed}"
