from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.report import wording
from tests.report.builders import plain_mark


def test_a_day_is_read_in_one_way_only() -> None:
    assert wording.day(date(1981, 3, 4)) == "4 March 1981"


@pytest.mark.parametrize(
    ("offset", "written"),
    [
        (timedelta(0), "UTC"),
        (timedelta(hours=1), "UTC+01:00"),
        (timedelta(hours=-3, minutes=-30), "UTC−03:30"),
        (timedelta(hours=5, minutes=45), "UTC+05:45"),
    ],
)
def test_a_zone_is_an_offset(offset: timedelta, written: str) -> None:
    assert wording.zone(datetime(2024, 1, 1, tzinfo=timezone(offset))) == written


def test_a_time_without_a_zone_says_so() -> None:
    assert wording.zone(datetime(2024, 1, 1)) == "zone not recorded"  # noqa: DTZ001


def test_the_end_is_written_in_the_zone_of_the_start() -> None:
    start = datetime(2024, 1, 1, 14, 30, tzinfo=timezone(timedelta(hours=1)))
    end = datetime(2024, 1, 1, 13, 55, tzinfo=UTC)
    assert wording.time_span(start, end) == "14:30 to 14:55 (UTC+01:00)"
    assert wording.time_span(start, None) == "14:30 (UTC+01:00)"


def test_an_end_on_the_next_day_says_which_day() -> None:
    start = datetime(2024, 12, 31, 23, 50, tzinfo=UTC)
    span = wording.time_span(start, start + timedelta(minutes=20))
    assert span == "23:50 to 1 January 2025, 00:10 (UTC)"


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["1"], "1"), (["1", "2"], "1 and 2"), (list("123"), "1, 2 and 3")],
)
def test_lists(words: list[str], said: str) -> None:
    assert wording.listed(words) == said


def test_counts() -> None:
    assert wording.counts_of_kinds([]) == "no marks"
    assert wording.counts_of_kinds([plain_mark(), plain_mark()]) == "2 trigger points"
    assert [wording.marks_counted(n) for n in (0, 1, 2)] == ["no marks", "1 mark", "2 marks"]
