"""When an invented patient comes, for what, and in how much pain: a few weeks, or a whole year."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from random import Random
from typing import NamedTuple

_FEWEST_SESSIONS, _MOST_SESSIONS = 3, 8
_EVENING = 17 * 60 + 30
_YEAR = (
    # weeks before the last session, pain when the bout began, pain when it ended
    (0, (51, 50, 49, 48, 47, 46, 44, 42, 40, 38, 34, 30), 7.5, 1.5),
    (0, (19, 18, 17, 15), 5.5, 2.0),  # it came back
    (1, (9, 8, 7, 6, 5, 4, 3, 2, 1, 0), 6.5, 2.0),
)
"""The bouts of a year, each with the problem that it was about."""


class Visit(NamedTuple):
    """One session to be: ``problem`` counts the patient's problems from 0."""

    start: datetime
    problem: int
    pain: float
    """From 0 to 10, before the session."""


def weekly(chance: Random, sessions: int | None, now: datetime) -> list[Visit]:
    """``sessions`` of one problem, or some three to eight, a week apart: better by and by, with
    set-backs. The last is in the week before ``now``, on any day but Monday.
    """
    count = chance.randint(_FEWEST_SESSIONS, _MOST_SESSIONS) if sessions is None else sessions
    minutes = chance.randrange(8 * 60, 17 * 60, 15)
    last = _friday_before(now) - timedelta(days=chance.randint(0, 3))
    starts = list(_starts(chance, range(count - 1, -1, -1), last, minutes))
    pain, visits = chance.uniform(5.0, 8.5), []
    for start in starts:
        visits.append(Visit(start, 0, pain))
        pain = max(0.4, pain - chance.gauss(0.6, 0.8))
    return visits


def of_a_year(chance: Random, now: datetime) -> list[Visit]:
    """The sessions of a year with two problems, of which the first comes back once.

    The last of them is the last of its week, so that this patient is the first in the list.
    """
    weeks = [week for _problem, bout, _first, _last in _YEAR for week in bout]
    starts = _starts(chance, weeks, _friday_before(now), _EVENING)
    return [
        Visit(next(starts), problem, first + (last - first) * at / (len(bout) - 1))
        for problem, bout, first, last in _YEAR
        for at in range(len(bout))
    ]


def _friday_before(now: datetime) -> datetime:
    return now - timedelta(days=3)


def _starts(
    chance: Random, weeks: Iterable[int], last: datetime, minutes: int
) -> Iterator[datetime]:
    """So many weeks before ``last``: some ``minutes`` after midnight, or half an hour later."""
    for before in weeks:
        day = last - before * timedelta(weeks=1)
        zone = timezone(timedelta(hours=2 if 4 <= day.month <= 10 else 1))  # summer time, roughly
        at = datetime(day.year, day.month, day.day, tzinfo=zone)
        yield at + timedelta(minutes=minutes + chance.choice((0, 0, 0, 15, 30)))
