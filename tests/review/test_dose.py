"""What was done, summed, with what was not recorded beside it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from app.domain.anatomy import Side
from app.domain.marks import Mark, MarkKind, Needle, Soreness, TriggerPoint, Twitch, TwitchResponse
from app.review.dose import Dose, counts_by_muscle, dose
from tests.helpers.marks import a_mark

START = datetime(2026, 3, 2, 10, tzinfo=UTC)


def needle(minutes_in: float | None = None, **fields: object) -> Mark:
    out_at = None if minutes_in is None else START + timedelta(minutes=minutes_in)
    return a_mark(details=Needle(**{"in_at": START, "out_at": out_at, **fields}))


def twitch(response: Twitch = Twitch.PRESENT, count: int | None = None) -> Mark:
    return a_mark(details=TwitchResponse(response=response, count=count))


def test_nothing_done_is_a_dose_of_nothing() -> None:
    assert dose([]) == Dose(0, 0.0, 0, 0, 0)
    assert dose([a_mark(details=TriggerPoint())]) == Dose(0, 0.0, 0, 0, 0)


def test_needles_and_their_minutes_are_summed() -> None:
    found = dose([needle(10), needle(2.5), needle(0)])
    assert (found.needles, found.minutes_in, found.needles_without_minutes) == (3, 12.5, 0)


def test_needles_that_are_in_or_without_times_have_no_minutes() -> None:
    found = dose([needle(10), needle(), needle(in_at=None), needle(7, in_at=None)])
    assert (found.needles, found.minutes_in, found.needles_without_minutes) == (4, 10.0, 3)


def test_a_clock_set_back_takes_no_minutes_away() -> None:
    assert dose([needle(-5), needle(3)]).minutes_in == 3


def test_twitches_are_counted_where_they_were_counted() -> None:
    found = dose([twitch(count=3), twitch(count=2), twitch(), twitch(Twitch.ABSENT)])
    assert (found.twitches, found.responses_without_count) == (5, 1)
    assert dose([twitch(Twitch.UNSURE, count=4)]).twitches == 0


def test_marks_are_counted_by_muscle_and_side() -> None:
    left = {"muscle": "infraspinatus", "side": Side.LEFT}
    marks = [
        a_mark(details=Needle(), **left), a_mark(details=Needle(), **left),
        a_mark(details=Soreness(), **left),
        a_mark(details=Needle(), muscle="infraspinatus", side=Side.RIGHT),
        a_mark(details=Needle(), muscle=None, side=None),
    ]  # fmt: skip
    counts = counts_by_muscle(marks)
    assert counts == {
        ("infraspinatus", Side.LEFT): Counter({MarkKind.NEEDLE: 2, MarkKind.SORENESS: 1}),
        ("infraspinatus", Side.RIGHT): Counter({MarkKind.NEEDLE: 1}),
        (None, None): Counter({MarkKind.NEEDLE: 1}),
    }
    assert sum(count.total() for count in counts.values()) == len(marks)
