"""Wilson's interval against the quadratic that defines it, and rates of events."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import binomtest

from app.domain.closing import EventKind, Severity
from app.review.event_rates import (
    BOYCE_2020,
    BRADY_2014,
    PUBLISHED_RATES,
    Z_95,
    OwnRate,
    wilson,
)


def by_the_quadratic(events: int, total: int) -> tuple[float, float]:
    """Both roots of (events/total - p)^2 = z^2 p (1 - p) / total, found by bisection."""
    share = events / total

    def left_over(p: float) -> float:
        return (share - p) ** 2 - Z_95**2 * p * (1 - p) / total

    low = 0.0 if events == 0 else brentq(left_over, 0, share, xtol=1e-15)
    high = 1.0 if events == total else brentq(left_over, share, 1, xtol=1e-15)
    if events == 0:
        high = brentq(left_over, 1e-12, 1, xtol=1e-15)
    if events == total:
        low = brentq(left_over, 0, 1 - 1e-12, xtol=1e-15)
    return low, high


@pytest.mark.parametrize(
    ("events", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, the example of his table I, from memory
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_published_examples(events: int, total: int, low: float, high: float) -> None:
    assert wilson(events, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("events", "total"), [(0, 10), (5, 10), (10, 10), (1, 1), (1463, 7629)])
def test_it_solves_the_quadratic(events: int, total: int) -> None:
    assert wilson(events, total) == pytest.approx(by_the_quadratic(events, total), abs=1e-9)


def test_nothing_is_known_of_no_sessions() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("events", "total"), [(-1, 10), (11, 10), (1, 0), (0, -1)])
def test_more_events_than_sessions_are_refused(events: int, total: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        wilson(events, total)


@given(total=st.integers(1, 5000), data=st.data())
def test_it_holds_the_rate_and_agrees_with_scipy(total: int, data: st.DataObject) -> None:
    events = data.draw(st.integers(0, total))
    interval = wilson(events, total)
    assert interval is not None
    assert 0 <= interval.low <= events / total <= interval.high <= 1
    theirs = binomtest(events, total).proportion_ci(method="wilson")
    assert interval == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    mirrored = wilson(total - events, total)
    assert mirrored == pytest.approx((1 - interval.high, 1 - interval.low), abs=1e-12)


def test_a_rate_has_the_interval_of_those_who_were_asked() -> None:
    assert OwnRate(2, 4, 3).interval == wilson(2, 4)
    assert OwnRate(0, 0, 3).interval is None


def test_published_rates_are_those_of_their_counts() -> None:
    counted = [each for each in PUBLISHED_RATES if each.events is not None]
    assert len(counted) == 4
    for each in counted:
        assert each.rate == pytest.approx(each.events / each.source.treatments, abs=0.0015)


def test_each_published_rate_stands_once_and_with_its_size() -> None:
    keys = [(each.source, each.kind, each.severity) for each in PUBLISHED_RATES]
    assert len(set(keys)) == len(keys)
    assert all(0 <= each.rate < 1 and math.isfinite(each.rate) for each in PUBLISHED_RATES)
    by_kind = {(each.source, each.kind): each for each in PUBLISHED_RATES if each.kind}
    assert by_kind[BRADY_2014, EventKind.BRUISE].rate == 0.0755
    assert by_kind[BOYCE_2020, EventKind.BLEEDING].rate == 0.16
    assert [each.kind for each in PUBLISHED_RATES if not each.was_read] == [EventKind.FAINTNESS]
    of_any = {(each.source, each.severity) for each in PUBLISHED_RATES if each.kind is None}
    assert of_any == {
        (source, severity)
        for source in (BRADY_2014, BOYCE_2020)
        for severity in (Severity.MILD, Severity.SIGNIFICANT)
    }
