"""Days as places on an axis of time, and which of them are written beneath it. Pure functions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Of a calendar; so that a label is a day on which somebody would look."""


def place(on: date) -> float:
    """The x of a day: whole numbers are midnights."""
    return float(on.toordinal())


def day_at(x: float) -> date:
    """The day around ``x``, as far as the calendar goes."""
    return date.fromordinal(min(max(round(x), 1), date.max.toordinal()))


def labelled(low: float, high: float, most: int) -> list[date]:
    """At most ``most`` days from ``low`` to ``high`` at regular steps of the calendar."""
    for step in _steps():
        found = list(_within(step(day_at(low)), low, high, most + 1))
        if len(found) <= most:
            return found
    return []


def _steps() -> Iterator[Callable[[date], Iterator[date]]]:
    for days in _DAY_STEPS:
        yield lambda start, days=days: _every_days(start, days)  # type: ignore[misc]
    for months in _MONTH_STEPS:
        yield lambda start, months=months: _every_months(start, months)  # type: ignore[misc]


def _every_days(start: date, days: int) -> Iterator[date]:
    """From the last day on or before ``start`` whose number divides; weeks begin on Mondays."""
    number = (start.toordinal() - 1) // days * days + 1
    while number <= date.max.toordinal():
        yield date.fromordinal(number)
        number += days


def _every_months(start: date, months: int) -> Iterator[date]:
    count = (start.year * 12 + start.month - 1) // months * months
    while count // 12 <= date.max.year:
        if count >= 12:
            yield date(count // 12, count % 12 + 1, 1)
        count += months


def _within(days: Iterable[date], low: float, high: float, most: int) -> Iterator[date]:
    for each in days:
        if place(each) > high or most <= 0:
            return
        if place(each) >= low:
            most -= 1
            yield each


def room_for(days: Iterable[date]) -> tuple[float, float]:
    """What an axis goes from and to, so that no figure stands at its edge. ``days``: at least one.

    A single day has a week at either side.
    """
    listed = [place(each) for each in days]
    first, last = min(listed), max(listed)
    edge = max((last - first) * 0.03, 0.5) if last > first else 7.0
    return first - edge, last + edge


def nearest(days: Sequence[date], x: float) -> int:
    """The place in ``days``, at least one, of the one that is nearest to ``x``."""
    return min(range(len(days)), key=lambda k: abs(place(days[k]) - x))


def step_after(days: Sequence[date], at: date, by: int) -> date:
    """The day that is ``by`` steps from ``at`` in ``days``, not beyond its ends."""
    later = [each for each in days if each > at] if by > 0 else [each for each in days if each < at]
    return (later[0] if by > 0 else later[-1]) if later else at
