"""What was done: needles, minutes, twitches; and how many marks each muscle has.

Numbers describe a treatment and do not grade it: with twitches pain was 2 points lower at once
and no different at short-term follow-up (a meta-analysis in Acupuncture in Medicine 2021, from the
notes of a survey).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from app.domain.anatomy import Side
from app.domain.marks import Mark, MarkKind, Needle, Twitch, TwitchResponse


class Dose(NamedTuple):
    """Sums over the marks of one or more sessions; what was not recorded is said beside them."""

    needles: int
    minutes_in: float
    """Sum over the needles that were put in and taken out at recorded times."""
    needles_without_minutes: int
    """Needles that are in, or whose times were not recorded."""
    twitches: int
    """Sum of the counts of present twitch responses."""
    responses_without_count: int
    """Twitch responses that were present and not counted: at least one twitch each."""


def dose(marks: Iterable[Mark]) -> Dose:
    """needles = number of needle marks; minutes = sum(out - in); twitches = sum of counts.

    The three in which a session's dose is given are the survey's own list (derived). A clock that
    was set back shortens a needle's time to nothing, never to less.
    """
    listed = [mark.details for mark in marks]
    needles = [each for each in listed if isinstance(each, Needle)]
    stays = [
        max(each.out_at - each.in_at, timedelta(0))
        for each in needles
        if each.in_at is not None and each.out_at is not None
    ]
    present = [
        each.count
        for each in listed
        if isinstance(each, TwitchResponse) and each.response is Twitch.PRESENT
    ]
    return Dose(
        needles=len(needles),
        minutes_in=sum(stays, timedelta(0)) / timedelta(minutes=1),
        needles_without_minutes=len(needles) - len(stays),
        twitches=sum(count for count in present if count is not None),
        responses_without_count=present.count(None),
    )


class Place(NamedTuple):
    """A muscle and a side, as marks name them; None where a mark names none."""

    muscle: str | None
    side: Side | None


def counts_by_muscle(marks: Iterable[Mark]) -> dict[Place, Counter[MarkKind]]:
    """How many marks of each kind each muscle and side has, in the order of first marks.

    Formula: the number of marks with that muscle, side and kind. Marks without a muscle are counted
    too, so that the sum over all is the number of marks.
    """
    counts: dict[Place, Counter[MarkKind]] = {}
    for mark in marks:
        counts.setdefault(Place(mark.muscle, mark.side), Counter())[mark.kind] += 1
    return counts
