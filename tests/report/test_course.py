"""Several sessions as one course, the noise of scores, and plots that tell lines apart in grey."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from app.domain.closing import AdverseEvent, Closing, EventKind, OtherTreatment, OtherTreatmentKind
from app.domain.identity import new_id
from app.domain.outcomes import Measure, OutcomeScore
from app.domain.records import SessionStatus
from app.domain.summaries import SessionRecords
from app.report.course import (
    Course,
    course_of,
    event_lines,
    next_step,
    other_treatments,
    span_words,
)
from app.report.course_document import draft_warning, summary_foot
from app.report.trend_plot import trend_svg
from app.review.axis import Axis, round_up, ticks
from app.review.noise_words import difference_words, noise_sources, noise_words
from app.review.outcome_changes import MINIMAL_CHANGES
from app.review.series import Measured, pain_series, score_series
from app.review.trend import Group, Trend, TrendLine
from tests.report import builders
from tests.report.builders import STARTED

WHOM, WHO = builders.patient(), builders.practitioner()


def visit(days: int, closing: dict[str, Any] | None = None, **fields: Any) -> SessionRecords:
    session = builders.session(WHOM, WHO, started_at=STARTED + timedelta(days=days), **fields)
    papers = () if closing is None else (Closing(id=new_id(), session_id=session.id, **closing),)
    return SessionRecords(session, WHOM, WHO, None, (), papers=papers)


def course(*visits: SessionRecords, scores: tuple[OutcomeScore, ...] = ()) -> Course:
    made = course_of(visits, scores, None)
    assert made is not None
    return made


def score(measure: Measure, value: float, day: int, detail: str = "") -> OutcomeScore:
    return OutcomeScore(
        id=new_id(), patient_id=WHOM.id, measure=measure, score=value, detail=detail,
        measured_on=date(2024, 11, day),
    )  # fmt: skip


def test_what_was_not_recorded_is_no_figure() -> None:
    ((before, after, _of),) = pain_series(
        course(visit(0, pain_before=7), visit(7), visit(14, pain_after=0)).visits
    )
    assert before.values == (Measured(date(2024, 11, 12), 7),)
    assert after.values == (Measured(date(2024, 11, 26), 0),)


def test_scores_are_one_series_for_each_thing_measured() -> None:
    scores = (
        score(Measure.RANGE_OF_MOTION, 40, 20, "left"),
        score(Measure.RANGE_OF_MOTION, 30, 12, "left"),
        score(Measure.RANGE_OF_MOTION, 60, 12, "right"),
        score(Measure.PAIN, 4, 12),
    )
    found = score_series(course(visit(0), scores=scores).scores)
    assert [(series.name, [each.value for each in series.values]) for series in found] == [
        ("Pain, 0–10", [4]),
        ("Range of motion (°): left", [30, 40]),
        ("Range of motion (°): right", [60]),
    ]


def test_events_none_and_not_asked_are_counted_apart() -> None:
    bruise = {"events": (AdverseEvent(kind=EventKind.BRUISE),)}
    none = {"no_adverse_events": True}
    assert event_lines(course(visit(0, bruise), visit(7, none), visit(14, none), visit(21))) == [
        "12 November 2024: Bruise",
        "None in 2 sessions: it was asked for.",
        "Not asked in 1 session.",
    ]


def test_other_treatment_is_counted_by_session_the_most_frequent_first() -> None:
    massage = OtherTreatment(kind=OtherTreatmentKind.MASSAGE, minutes=10)
    tape = OtherTreatment(kind=OtherTreatmentKind.TAPE)
    held = [{"other_treatments": (tape, massage, massage)}, {"other_treatments": (massage,)}]
    told = other_treatments(course(*(visit(7 * at, each) for at, each in enumerate(held))))
    assert told == ["Massage, 10 min (2 sessions)", "Tape (1 session)"]


def test_the_span_and_the_next_step() -> None:
    assert span_words(course(visit(0))) == "1 session, 12 November 2024"
    assert span_words(course(visit(0), visit(0))) == "2 sessions, 12 November 2024"
    whole = course(visit(0, {"next_step": "Rest"}), visit(7, {"next_step": " "}))
    assert span_words(whole) == "2 sessions, 12 November 2024 to 19 November 2024"
    assert next_step(whole) == "Rest (12 November 2024)"
    assert next_step(course(visit(0, {"next_step": "Rest"}))) == "Rest"
    assert next_step(course(visit(0))) == ""


def test_drafts_are_said_and_signed_sessions_are_not() -> None:
    draft, signed = visit(0), visit(7)
    signed = replace(signed, session=replace(signed.session, status=SessionStatus.SIGNED))

    def said(*visits: SessionRecords) -> tuple[str, str]:
        whole = course(*visits)
        return summary_foot(whole), "".join(each.text for each in draft_warning(whole))  # type: ignore[union-attr]

    may = ", not signed. What it says may still change."
    assert said(signed) == ("Summary of 1 session, signed", "")
    assert said(signed, signed) == ("Summary of 2 sessions, all signed", "")
    assert said(draft) == ("Summary of 1 session, 1 not signed", f"This session is a draft{may}")
    assert said(draft, signed)[1] == f"1 of 2 sessions is a draft{may}"
    assert said(draft, draft)[1] == f"All 2 sessions are drafts{may}"


@pytest.mark.parametrize(
    ("measure", "first", "last", "difference", "noise"),
    [
        (Measure.PAIN, 7, 5, "−2, better", "At least 2: beyond noise"),
        (Measure.PAIN, 5, 6, "+1, worse", "Below 2: within noise"),
        (Measure.LEFS, 40, 49, "+9, better", "At least 9: beyond noise"),
        (Measure.LEFS, 40, 32, "−8, worse", "Below 9: within noise"),
        (Measure.PSFS, 4.1, 6.1, "+2, better", "At least 2: beyond noise"),
        (Measure.QUICKDASH, 50, 38, "−12, better", "10 to 15: not known"),
        (Measure.RMDQ, 9, 9, "0, the same", "Not known"),
    ],
)
def test_a_difference_comes_with_its_noise(
    measure: Measure, first: float, last: float, difference: str, noise: str
) -> None:
    assert difference_words(measure, first, last) == difference
    assert noise_words(measure, first, last) == noise


def test_each_figure_of_noise_says_how_sure_it_is() -> None:
    for measure, least in MINIMAL_CHANGES.items():
        known = "read" if least.was_read else "from memory"
        assert f"{least.source} ({known})" in noise_sources([measure, measure])
    assert noise_sources([Measure.RMDQ]) == ""


# -- plots -----------------------------------------------------------------------------------

DAYS = [date(2024, 11, 12) + timedelta(days=7 * week) for week in range(4)]


def line(*values: float) -> tuple[Measured, ...]:
    return tuple(Measured(day, value) for day, value in zip(DAYS, values, strict=False))


def plot(axis: Axis, *lines: tuple[Measured, ...]) -> ElementTree.Element:
    drawn = tuple(TrendLine("", values, "") for values in lines)
    return ElementTree.fromstring(trend_svg(Trend("", Group.PAIN, "", drawn, axis, "")))


def test_two_lines_differ_by_shape_and_dash_alone() -> None:
    root = plot(Axis(0, 10, 2), line(8, 6, 4, 2), line(7, 5, 3, 1))
    space = "{http://www.w3.org/2000/svg}"
    solid, dashed = root.findall(f"{space}polyline")
    assert "stroke-dasharray" not in solid.attrib
    assert "stroke-dasharray" in dashed.attrib
    assert solid.get("stroke") == dashed.get("stroke")
    assert len(root.findall(f"{space}circle")) == 4
    assert len(root.findall(f"{space}rect")) == 1 + 4  # the band, and hollow squares
    heights = [float(each.get("cy", 0)) for each in root.findall(f"{space}circle")]
    assert heights == sorted(heights)  # lower on paper is less


def test_the_band_reaches_as_far_as_the_noise_and_not_beyond_the_axis() -> None:
    root = plot(Axis(0, 10, 2), line(9, 1))
    band = root.find("{http://www.w3.org/2000/svg}rect")
    assert band is not None
    assert float(band.get("height", 0)) == pytest.approx(0.3 * (390 - 26 - 64))


@pytest.mark.parametrize("days", [1, 2, 40, 400])
def test_days_on_the_axis_do_not_touch(days: int) -> None:
    values = tuple(Measured(date(2020, 1, 1) + timedelta(days=3 * k), 5) for k in range(days))
    root = plot(Axis(0, 10), values)
    places = [
        float(each.get("x", 0))
        for each in root.findall("{http://www.w3.org/2000/svg}text")
        if each.get("text-anchor") == "middle"
    ]
    assert places
    assert all(b - a >= 150 for a, b in pairwise(places))


def test_nothing_to_plot() -> None:
    with pytest.raises(ValueError, match="no figure"):
        plot(Axis(0, 10), ())


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (0, 50, [0, 10, 20, 30, 40, 50]),
        (36, 78, [40, 50, 60, 70]),
        (0, 24, [0, 5, 10, 15, 20]),
        (0, 100, [0, 20, 40, 60, 80, 100]),
    ],
)
def test_ticks_are_round(low: float, high: float, wanted: list[float]) -> None:
    assert ticks(Axis(low, high)) == pytest.approx(wanted)


@pytest.mark.parametrize(("value", "wanted"), [(44, 60), (100, 100), (0.3, 0.4), (210.5, 400)])
def test_an_axis_ends_at_a_round_figure(value: float, wanted: float) -> None:
    assert round_up(value) == pytest.approx(wanted)
