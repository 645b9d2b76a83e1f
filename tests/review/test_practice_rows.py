"""What the practice's page shows of its figures: rates beside published ones, and the window."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.closing import EventKind, Severity
from app.domain.period import Period
from app.domain.practice_summaries import EventFigures
from app.review.event_rates import PUBLISHED_RATES, wilson
from app.review.follow_up import MOST_DAYS, FollowUpWindow
from app.review.rates_beside import rate_rows, scale_end

TODAY = date(2026, 11, 26)
FIGURES = EventFigures(
    sessions=150,
    asked=130,
    happened=9,
    of_kind={EventKind.BRUISE: 5, EventKind.STUCK_NEEDLE: 3, EventKind.NAUSEA: 2},
    of_severity={Severity.MILD: 7, None: 3},
)


def test_any_event_then_how_grave_then_the_most_frequent_kind_first() -> None:
    rows = rate_rows(FIGURES)
    assert [row.name for row in rows[:8]] == [
        "Any event", "Any mild event", "Any significant event", "Any serious event",
        "Any event of unrecorded severity", "Bruise", "Stuck needle", "Nausea",
    ]  # fmt: skip
    assert [row.own.events for row in rows[:8]] == [9, 7, 0, 0, 3, 5, 3, 2]
    assert {(row.own.asked, row.own.not_asked) for row in rows} == {(130, 20)}
    assert rows[5].own.interval == wilson(5, 130)


def test_each_published_rate_stands_beside_one_row() -> None:
    rows = rate_rows(FIGURES)
    beside = [each for row in rows for each in row.published]
    assert sorted(beside, key=str) == sorted(PUBLISHED_RATES, key=str)
    assert all(each.kind is row.kind for row in rows for each in row.published)
    (mild,) = (row for row in rows if row.name == "Any mild event")
    assert [each.rate for each in mild.published] == [0.1918, 0.367]


def test_kinds_that_neither_happened_nor_were_published_are_left_out() -> None:
    names = {row.name for row in rate_rows(FIGURES)}
    assert "Headache" in names  # published
    assert "Stuck needle" in names  # happened
    assert "Pneumothorax" not in names


def test_a_practice_in_which_nobody_asked_has_rows_without_intervals() -> None:
    rows = rate_rows(EventFigures(sessions=4))
    assert all(row.own.interval is None for row in rows)
    assert {(row.own.events, row.own.not_asked) for row in rows} == {(0, 4)}
    assert scale_end(rows) == 0.4  # of the published 36.7 %


def test_the_scale_holds_every_interval_and_every_published_rate() -> None:
    many = EventFigures(sessions=2, asked=2, happened=2)
    assert scale_end(rate_rows(many)) == 1.0
    assert scale_end([]) == 0.01
    rows = rate_rows(FIGURES)
    assert all(row.highest <= scale_end(rows) for row in rows)


def test_the_window_of_follow_ups_counts_back_from_today() -> None:
    assert FollowUpWindow().period(TODAY) == Period(date(2026, 11, 19), date(2026, 11, 25))
    assert FollowUpWindow(0, 0).period(TODAY) == Period(TODAY, TODAY)


@given(first=st.integers(-100, 1000), last=st.integers(-100, 1000))
def test_a_window_is_never_empty_and_never_in_the_future(first: int, last: int) -> None:
    period = FollowUpWindow(first, last).period(TODAY)
    assert period == FollowUpWindow(last, first).period(TODAY)
    assert period.since is not None
    assert period.until is not None
    assert period.since <= period.until <= TODAY
    assert (TODAY - period.since).days <= MOST_DAYS


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2026, 1, 1), True), (date(2026, 1, 31), True), (date(2025, 12, 31), False),
     (date(2026, 2, 1), False)],
)  # fmt: skip
def test_a_period_holds_both_its_ends(day: date, inside: bool) -> None:
    assert Period(date(2026, 1, 1), date(2026, 1, 31)).holds(day) is inside
    assert Period().holds(day)
