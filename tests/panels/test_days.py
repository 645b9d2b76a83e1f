"""Dates are read without guessing, and written so that no reader can guess wrong."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.panels.days import UnclearDayError, read_day
from app.panels.texts import age, born, day


@pytest.mark.parametrize(
    "text",
    [
        "14 Mar 1981",
        "14 march 1981",
        "14. März 1981",
        "March 14, 1981",
        "1981-03-14",
        "1981 Mar 14",
        "14.03.1981",
        "14.3.1981",
        "14/03/1981",
        "03/14/1981",
        " 14-3-1981 ",
    ],
)
def test_one_certain_day_is_read(text: str):
    if "März" in text:
        with pytest.raises(UnclearDayError, match="month is not known"):
            read_day(text)
    else:
        assert read_day(text) == date(1981, 3, 14)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03/04/1981", "cannot be told apart"),
        ("03-04-1981", "cannot be told apart"),
        ("03 04 1981", "cannot be told apart"),
        ("14 Mar 81", "four figures"),
        ("31 Feb 1981", "no such day"),
        ("14 1981", "not a whole date"),
        ("yesterday", "not a whole date"),
        ("14 Foo 1981", "month is not known"),
        ("1.13.1981", "no such day"),
    ],
)
def test_an_unclear_day_is_refused_with_advice(text: str, said: str):
    with pytest.raises(UnclearDayError, match=said) as refused:
        read_day(text)
    assert "14 Mar 1981" in str(refused.value)


def test_the_same_number_twice_needs_no_order():
    assert read_day("04/04/1981") == date(1981, 4, 4)


@given(st.dates(min_value=date(1880, 1, 1), max_value=date(2100, 1, 1)))
def test_what_is_written_can_be_read_back(when: date):
    assert read_day(day(when)) == when
    assert read_day(when.isoformat()) == when


def test_age_is_in_whole_years():
    assert age(date(1981, 3, 14), date(2026, 3, 13)) == 44
    assert age(date(1981, 3, 14), date(2026, 3, 14)) == 45


def test_a_birth_date_that_was_not_recorded_is_said_so():
    assert born(None, date(2026, 1, 1)) == "birth date not recorded"


def test_a_time_is_written_as_a_day_where_the_practice_is():
    assert day(datetime(2026, 11, 22, 12, 0, tzinfo=UTC)) == "22 Nov 2026"
