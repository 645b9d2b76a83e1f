"""Which needles are in, for how long, and what stands against signing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.anatomy import Anchor, Body, Side
from app.domain.identity import new_id
from app.domain.marks import Details, Mark, Needle, Note
from app.domain.needles import (
    NeedleCounts,
    NeedleState,
    count_needles,
    longest_in,
    needles_in,
    over_by,
    state_of,
    time_in,
    why_not_signed,
)
from app.domain.words import attributes, stay_words

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
IN = Needle(in_at=NOW)
OUT = Needle(in_at=NOW, out_at=NOW + timedelta(minutes=9))


def mark(number: int, details: Details) -> Mark:
    return Mark(
        id=new_id(), session_id=new_id(), number=number, details=details, body_version="1",
        anchor=Anchor(7, 0.25, 0.5), placed_on=Body.FEMALE, placed_in="posterior",
        side=Side.LEFT, placed_at=NOW,
    )  # fmt: skip


MARKS = [mark(1, Note()), mark(2, IN), mark(3, OUT), mark(4, Needle()), mark(6, IN)]


def test_a_needle_without_times_is_neither_in_nor_out() -> None:
    assert [state_of(each) for each in (IN, OUT, Needle())] == [
        NeedleState.IN, NeedleState.OUT, NeedleState.NOT_RECORDED,
    ]  # fmt: skip
    assert [each.number for each in needles_in(MARKS)] == [2, 6]
    assert count_needles(MARKS) == NeedleCounts(in_=2, out=1, not_recorded=1)
    assert count_needles(MARKS).total == 4


def test_a_needle_that_is_in_stands_against_signing() -> None:
    (reason,) = why_not_signed(MARKS)
    assert reason.startswith("2 needles are in: marks 2 and 6.")
    (reason,) = why_not_signed([mark(4, IN)])
    assert reason.startswith("1 needle is in: mark 4.")
    (reason,) = why_not_signed([mark(k, IN) for k in (4, 5, 9)])
    assert reason.startswith("3 needles are in: marks 4, 5 and 9.")
    assert why_not_signed([each for each in MARKS if each.number not in (2, 6)]) == []


def test_the_time_in_ends_when_the_needle_is_out() -> None:
    later = NOW + timedelta(minutes=20)
    assert time_in(IN, later) == timedelta(minutes=20)
    assert time_in(OUT, later) == timedelta(minutes=9)
    assert time_in(Needle(), later) is None
    assert time_in(IN, NOW - timedelta(hours=1)) == timedelta(0)  # the clock was set back


def test_the_longest_of_those_that_are_in() -> None:
    early = mark(9, Needle(in_at=NOW - timedelta(minutes=4)))
    gone = mark(10, Needle(in_at=NOW - timedelta(hours=1), out_at=NOW))
    assert longest_in([*MARKS, early, gone], NOW + timedelta(minutes=1)) == timedelta(minutes=5)
    assert longest_in([gone], NOW) is None


@pytest.mark.parametrize(
    ("needle", "minutes", "over"),
    [
        (replace(IN, stay_s=600), 9, None),
        (replace(IN, stay_s=600), 10, 0),
        (replace(IN, stay_s=600), 12, 2),
        (replace(IN, stay_s=0), 0, 0),
        (IN, 500, None),
        (replace(OUT, stay_s=60), 30, None),
        (Needle(stay_s=60), 30, None),
    ],
)
def test_a_planned_stay_runs_out(needle: Needle, minutes: int, over: int | None) -> None:
    found = over_by(mark(1, needle), NOW + timedelta(minutes=minutes))
    assert found == (None if over is None else timedelta(minutes=over))
    assert over_by(mark(1, Note()), NOW) is None


def test_words_say_what_is_known_and_no_more() -> None:
    assert attributes(mark(1, IN)) == ["in 09:00:00", "not out"]
    assert attributes(mark(1, OUT)) == ["in 09:00:00", "out 09:09:00"]
    assert attributes(mark(1, Needle())) == []
    assert attributes(mark(1, Needle(stay_s=600))) == ["planned: 10 min"]
    assert attributes(mark(1, Needle(stay_s=0))) == ["planned: withdrawal at once"]
    assert [stay_words(each) for each in (0, 45, 90, 1200)] == [
        "0 s", "45 s", "1 min 30 s", "20 min",
    ]  # fmt: skip
