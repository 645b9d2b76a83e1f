"""What is drawn over time equals the records, and what is said of it equals what is drawn."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.anatomy import Body, Side
from app.domain.identity import UUID, new_id
from app.domain.marks import (
    Details,
    Mark,
    Needle,
    Soreness,
    SorenessTime,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.outcomes import SCALES, Measure, OutcomeScore
from app.domain.preparation import Preparation, SorenessReport
from app.domain.records import Patient, Practitioner, TreatmentSession
from app.domain.summaries import SessionRecords
from app.review.extent import Extent
from app.review.outcome_changes import MINIMAL_CHANGES
from app.review.series import Measured, score_series, scores_of_problem
from app.review.trend import BY_MUSCLE, Group, Trend
from app.review.trends import offered, score_trend, trends
from tests.helpers.marks import a_mark

WHOM = Patient(id=new_id(), family_name="Past", number="7", body=Body.FEMALE)
WHO = Practitioner(id=new_id(), name="Ada Nadel")
FIRST = date(2026, 3, 2)
DAYS = [FIRST + timedelta(days=7 * week) for week in range(5)]


def visit(
    week: int, *details: Details, papers: tuple[Any, ...] = (), **fields: Any
) -> SessionRecords:
    """A session in a week, with marks in the right infraspinatus."""
    session = TreatmentSession(
        id=new_id(), patient_id=WHOM.id, practitioner_id=WHO.id,
        started_at=datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(weeks=week), **fields,
    )  # fmt: skip
    marks = tuple(
        a_mark(k + 1, details=each, session_id=session.id, muscle="infraspinatus", side=Side.RIGHT)
        for k, each in enumerate(details)
    )
    return SessionRecords(session, WHOM, WHO, None, marks, papers=papers)


def score(measure: Measure, value: float, week: int, **fields: Any) -> OutcomeScore:
    return OutcomeScore(
        id=new_id(), patient_id=WHOM.id, measure=measure, score=value, measured_on=DAYS[week],
        **fields,
    )  # fmt: skip


def found(
    *visits: SessionRecords,
    scores: tuple[OutcomeScore, ...] = (),
    extents: dict[UUID, Extent] | None = None,
) -> dict[str, Trend]:
    marks: dict[UUID, Mark] = {mark.id: mark for each in visits for mark in each.marks}
    listed = trends(visits, scores, extents or {}, marks, str.capitalize)
    return {each.title: each for each in listed}


def values(trend: Trend, line: int = 0) -> list[tuple[date, float]]:
    return [(each.on, each.value) for each in trend.lines[line].values]


def test_nothing_recorded_gives_nothing_to_draw() -> None:
    assert found() == {}
    assert found(visit(0), visit(1)) == {}


def test_pain_is_drawn_as_recorded_and_gaps_stay_gaps() -> None:
    (pain,) = found(
        visit(0, pain_before=7, pain_after=6), visit(1, pain_after=0), visit(2, pain_before=5)
    ).values()
    assert values(pain, 0) == [(DAYS[0], 7), (DAYS[2], 5)]
    assert values(pain, 1) == [(DAYS[0], 6), (DAYS[1], 0)]
    assert (pain.axis.lowest, pain.axis.highest, pain.axis.band) == (0, 10, 2)
    assert [line.said for line in pain.lines] == [
        "7 → 5: −2, better. At least 2: beyond noise (from memory).",
        "6 → 0: −6, better. At least 2: beyond noise (from memory).",
    ]
    assert "within 2 of the first before a session" in pain.about
    assert (pain.at(DAYS[0]), pain.at(DAYS[1]), pain.at(DAYS[4])) == (
        "before 7, after 6", "after 0", "",
    )  # fmt: skip


def test_what_is_of_several_problems_is_drawn_apart() -> None:
    neck, knee = new_id(), new_id()
    visits = [
        visit(0, pain_before=8, problem_id=neck), visit(1, pain_before=2, problem_id=knee),
        visit(2, pain_before=7, problem_id=neck), visit(3, pain_before=3),
    ]  # fmt: skip
    scores = [
        score(Measure.PSFS, 2, 0, problem_id=neck), score(Measure.PSFS, 8, 1, problem_id=knee)
    ]  # fmt: skip
    listed = trends(visits, scores, {}, {}, str.capitalize, {neck: "Neck pain"})
    drawn = {each.title: each for each in listed}
    assert values(drawn["Pain, 0 to 10, Neck pain"]) == [(DAYS[0], 8), (DAYS[2], 7)]
    assert values(drawn["Pain, 0 to 10, another problem"]) == [(DAYS[1], 2)]
    assert values(drawn["Pain, 0 to 10, no problem named"]) == [(DAYS[3], 3)]
    assert values(drawn["PSFS, mean of activities, Neck pain"]) == [(DAYS[0], 2)]
    assert values(drawn["PSFS, mean of activities, another problem"]) == [(DAYS[1], 8)]
    (pain,) = found(visits[0], visits[3]).values()  # of one problem, named or not
    assert values(pain) == [(DAYS[0], 8), (DAYS[3], 3)]


def test_what_names_no_problem_belongs_to_none_of_several() -> None:
    """Also where the sessions that are looked at are of one of them, and of none."""
    neck = new_id()
    titles = {neck: "Neck pain", new_id(): "Knee pain"}
    visits = [visit(0, pain_before=8, problem_id=neck), visit(1, pain_before=2)]
    scores = [score(Measure.NDI, 30, 0, problem_id=neck), score(Measure.NDI, 10, 1)]
    listed = trends(visits, scores, {}, {}, str.capitalize, titles)
    assert [each.count for each in listed] == [1, 1, 1, 1]
    assert listed[0].lines[0].said == "Measured once."


def test_two_problems_of_one_name_are_two() -> None:
    one, two = new_id(), new_id()
    titles = {one: "Neck pain", two: "Neck pain"}
    visits = [visit(0, pain_before=8, problem_id=one), visit(1, pain_before=2, problem_id=two)]
    scores = [
        score(Measure.NDI, 30, 0, problem_id=one), score(Measure.NDI, 10, 1, problem_id=two)
    ]  # fmt: skip
    listed = trends(visits, scores, {}, {}, str.capitalize, titles)
    assert len({each.key for each in listed}) == len(listed) == 4
    assert [each.title for each in listed if each.group is Group.SCORES] == [
        "NDI, raw score, Neck pain (1)", "NDI, raw score, Neck pain (2)",
    ]  # fmt: skip


def test_one_figure_was_measured_once() -> None:
    (pain,) = found(visit(0, pain_before=7)).values()
    assert [line.said for line in pain.lines] == ["Measured once.", ""]
    assert pain.words.startswith("Pain, 0 to 10. before: Measured once. Lower is better.")


def test_scores_without_a_published_figure_say_that_nobody_knows() -> None:
    scores = (score(Measure.RMDQ, 12, 0), score(Measure.RMDQ, 9, 2))
    trend = found(scores=scores)["RMDQ"]
    assert trend.axis.band is None
    assert trend.lines[0].said == "12 → 9: −3, better. How much is noise is not known."
    assert trend.group is Group.SCORES


figures = st.floats(0, 1, allow_nan=False)


@given(st.sampled_from(sorted(MINIMAL_CHANGES)), figures, figures)
def test_the_band_and_the_words_never_disagree(measure: Measure, one: float, other: float) -> None:
    scale = SCALES[measure]
    first, last = (scale.lowest + each * (scale.highest - scale.lowest) for each in (one, other))
    series = score_series([score(measure, first, 0), score(measure, last, 1)])[0]
    trend = score_trend(series)
    assert trend.axis.band is not None
    is_said = "beyond noise" in trend.lines[0].said
    apart = abs(last - first)
    if apart < trend.axis.band - 1e-6:
        assert not is_said
    if apart > trend.axis.band + 1e-6:
        assert is_said


def test_needles_are_counted_and_none_is_an_answer_once_there_were_some() -> None:
    drawn = found(visit(0, Needle(), Needle()), visit(1), visit(2, Needle()))
    assert values(drawn["Needles in a session"]) == [(DAYS[0], 2), (DAYS[1], 0), (DAYS[2], 1)]
    assert drawn["Needles in a session"].lines[0].said == "2 → 1: −1."


def test_a_twitch_that_nobody_sought_is_no_figure_and_an_absent_one_is_none() -> None:
    drawn = found(
        visit(0, TwitchResponse(count=3), TwitchResponse(response=Twitch.PRESENT)),
        visit(1, TwitchResponse(response=Twitch.ABSENT)),
        visit(2, TwitchResponse(response=Twitch.NOT_SOUGHT)),
        visit(3, TwitchResponse(response=Twitch.UNSURE)),
    )
    for title in ("Twitches in a session", "Twitches: Infraspinatus, right"):
        assert values(drawn[title]) == [(DAYS[0], 4), (DAYS[1], 0)]
    assert drawn["Twitches in a session"].at(DAYS[0]) == "4 or more"


def test_the_lowest_threshold_of_a_session_is_drawn() -> None:
    title = "Pressure pain threshold (kPa): Infraspinatus, right"
    drawn = found(
        visit(0, TriggerPoint(threshold_kpa=210.5), TriggerPoint(threshold_kpa=180)),
        visit(1, TriggerPoint()),
        visit(2, TriggerPoint(threshold_kpa=240)),
    )[title]
    assert values(drawn) == [(DAYS[0], 180), (DAYS[2], 240)]
    assert drawn.at(DAYS[0]) == "180 (lowest of 2)"
    assert drawn.lines[0].said == "180 → 240: +60, better. How much is noise is not known."
    assert drawn.axis.highest == 400


def test_soreness_is_the_worst_marked_and_the_worst_told_on_the_day_of_its_needling() -> None:
    later = SorenessTime.LATER
    first = visit(
        0, Needle(), Soreness(intensity=3), Soreness(intensity=5, when=later, hours_after=24)
    )
    reports = (
        SorenessReport(mark_id=first.marks[0].id, worst=6, hours=48),
        SorenessReport(mark_id=first.marks[1].id, worst=2),
        SorenessReport(mark_id=new_id(), worst=9),
    )
    second = visit(1, Soreness())
    told = Preparation(id=new_id(), session_id=second.session.id, soreness_since=reports)
    second = visit(1, Soreness(), papers=(told,))
    drawn = found(first, second)["Soreness, 0 to 10: Infraspinatus, right"]
    assert values(drawn, 0) == [(DAYS[0], 5)]
    assert values(drawn, 1) == [(DAYS[0], 6)]
    assert drawn.at(DAYS[0]) == "marked 5 (24 h after), after needling 6 (for 48 h)"


def test_drawn_sore_skin_is_in_cm2_with_its_share_and_its_noise() -> None:
    visits = [visit(week) for week in range(3)]
    ids = [each.session.id for each in visits]
    drawn = found(*visits, extents={ids[0]: Extent(60.0, 0.004), ids[2]: Extent(45.0, 0.003)})[
        "Drawn sore skin (cm²)"
    ]
    assert values(drawn) == [(DAYS[0], 60), (DAYS[2], 45)]
    assert drawn.at(DAYS[0]) == "60 cm², 0.40 % of the skin"
    assert drawn.axis.band == pytest.approx(60)  # 0.4 % of 15,000 cm²
    assert drawn.lines[0].said == "60.0 → 45.0 cm². Within noise (read)."
    large = found(*visits, extents={ids[0]: Extent(60, 0.004), ids[2]: Extent(150, 0.01)})
    said = large["Drawn sore skin (cm²)"].lines[0].said
    assert said == "60.0 → 150.0 cm². Whether it has changed is not known."


def test_of_each_group_by_muscle_those_recorded_most_are_offered() -> None:
    first, second = visit(0, TwitchResponse(count=1)), visit(1, TwitchResponse(count=2))
    elsewhere = tuple(
        a_mark(9 + k, details=TwitchResponse(count=1), muscle=name, side=Side.LEFT)
        for k, name in enumerate(("a", "b"))
    )
    listed = list(found(first, SessionRecords(
        second.session, WHOM, WHO, None, second.marks + elsewhere
    )).values())  # fmt: skip
    by_muscle = [each for each in offered(listed, 1) if each.group in BY_MUSCLE]
    assert [each.title for each in by_muscle] == ["Twitches: Infraspinatus, right"]
    assert offered(listed, None) == listed


def test_scores_belong_to_their_problem_and_unnamed_ones_to_the_only_one() -> None:
    mine, other = new_id(), new_id()
    scores = [
        score(Measure.NDI, 1, 0, problem_id=mine), score(Measure.NDI, 2, 1, problem_id=other),
        score(Measure.NDI, 3, 2),
    ]  # fmt: skip

    def kept(problem_id: UUID | None, *, is_only: bool) -> list[float]:
        own = scores_of_problem(scores, problem_id, is_only_problem=is_only)
        return [each.score for each in own]

    assert kept(None, is_only=False) == [1, 2, 3]
    assert kept(mine, is_only=False) == [1]
    assert kept(mine, is_only=True) == [1, 3]
    assert Measured(FIRST, 1) == Measured(FIRST, 1, "")
