"""A progress report: the first session beside the last, figures over time, and the plan."""

from collections.abc import Sequence
from datetime import datetime

from app.body.atlas import Atlas
from app.domain.outcomes import SCALES, Measure
from app.domain.seals import Seal
from app.report import wording
from app.report.blocks import (
    Block,
    Document,
    Fact,
    Facts,
    Heading,
    Plot,
    Plots,
    Signs,
    Windows,
    Words,
)
from app.report.course import (
    Course,
    Measured,
    Series,
    day_of,
    next_step,
    pain_series,
    score_series,
    span_words,
)
from app.report.course_document import (
    NO_SCORE,
    course_document,
    draft_warning,
    scores_table,
    what_was_done,
)
from app.report.legend import legend_of
from app.report.maps import best_views, drawn_windows, not_shown
from app.report.model import practitioner_lines, problem_lines
from app.report.trend_plot import Axis, Line, round_up, trend_svg
from app.report.wording import NOT_RECORDED
from app.review.outcome_changes import MINIMAL_CHANGES

EDGE_MM = 60.0
PLACE_NOISE = (
    "A point that is marked again lies within 33 mm in 95 of 100 cases (derived from Barbero "
    "2012), so smaller shifts say nothing."
)
ONE_SESSION = "There is one session so far: nothing can be compared yet."


def progress_report(course: Course, atlas: Atlas, now: datetime, seals: Sequence[Seal]) -> Document:
    """The report on ``course``, made at ``now``."""
    blocks: list[Block] = [
        _facts(course),
        *draft_warning(course),
        *([Words(ONE_SESSION, "amber")] if len(course.sessions) == 1 else []),
        Heading("First and last session"),
        *_maps(course, atlas),
        Heading("Pain and scores over time"),
        *_plots(course),
        Heading("First and last figures"),
        *scores_table(course),
        Heading("What was done"),
        *what_was_done(course, atlas),
        Heading("Plan"),
        *_plan(course),
    ]
    return course_document(
        course,
        title="Progress report",
        subtitle=span_words(course),
        description="The first and the last session of a course of dry needling, and its figures",
        blocks=blocks,
        now=now,
        seals=seals,
    )


def _facts(course: Course) -> Facts:
    who, problem = course.practitioner, course.problem
    about = (
        Fact("Problem", problem.title, problem_lines(problem))
        if problem
        else Fact("Problem", "All problems")
    )
    born = course.patient.birth_date
    lines = (f"Born {wording.day(born) if born else NOT_RECORDED}", f"No. {course.patient.number}")
    return Facts(
        (
            Fact("Patient", course.patient.full_name, lines),
            Fact("Practitioner", who.name, practitioner_lines(who)),
            about,
        )
    )


def _maps(course: Course, atlas: Atlas) -> list[Block]:
    """The same skin in the first and in the last session, side by side."""
    body = course.patient.body
    both = len(course.sessions) > 1
    visits = (
        [("First · ", course.first), ("Last · ", course.last)] if both else [("", course.first)]
    )
    views = best_views(atlas, body, [mark for _, each in visits for mark in each.marks])
    windows = [each for view in views for each in drawn_windows(atlas, body, view, visits)]
    signs = legend_of([mark for each in windows for mark in each.window.marks])
    blocks: list[Block] = [
        Windows(tuple(windows), EDGE_MM),
        Signs(signs, any(each.zones for each in windows)),
    ]
    placed = [each for one in windows for each in one.window.placed]
    blocks += [
        Words(f"{wording.day(day_of(each))}: {said[:1].lower()}{said[1:]}", "small")
        for _, each in visits
        if (said := not_shown(placed, each.marks))
    ]
    return [*blocks, Words(PLACE_NOISE, "small")] if both else blocks


def _plots(course: Course) -> list[Block]:
    before, after = pain_series(course)
    plots = [_pain_plot(before, after)] if before.values or after.values else []
    plots += [_score_plot(each) for each in score_series(course) if len(each.values) > 1]
    return [Plots(tuple(plots))] if plots else [Words(NO_SCORE)]


def _pain_plot(before: Series, after: Series) -> Plot:
    axis = Axis(0, 10, MINIMAL_CHANGES[Measure.PAIN].upper)
    lines = [Line(each.values) for each in (before, after)]
    return Plot(
        svg=trend_svg(lines, axis),
        title="Pain, 0 to 10",
        caption=f"● before, □ after the session. {_band_words(Measure.PAIN)}",
        alt=f"Pain before: {_told(before.values)}. Pain after: {_told(after.values)}",
    )


def _score_plot(series: Series) -> Plot:
    scale, least = SCALES[series.measure], MINIMAL_CHANGES.get(series.measure)
    low, high = scale.lowest, scale.highest
    if high > 100:  # what a device can measure says nothing of a patient
        high = round_up(max(each.value for each in series.values) or 1.0)
    return Plot(
        svg=trend_svg([Line(series.values)], Axis(low, high, least.upper if least else None)),
        title=series.name,
        caption=" ".join(
            (
                f"{'Lower' if scale.high_is_bad else 'Higher'} is better.",
                _band_words(series.measure),
            )
        ),
        alt=f"{series.name}: {_told(series.values)}",
    )


def _band_words(measure: Measure) -> str:
    least = MINIMAL_CHANGES.get(measure)
    if least is None:
        return "How much is noise is not known here."
    known = "read" if least.was_read else "from memory"
    return f"Shaded: within {least.upper:g} of the first, which may be noise ({known})."


def _told(values: Sequence[Measured]) -> str:
    return ", ".join(f"{each.value:g} on {wording.day(each.on)}" for each in values) or NOT_RECORDED


def _plan(course: Course) -> list[Block]:
    problem, blocks = course.problem, list[Block]()
    if problem is not None and problem.goals.strip():
        blocks.append(Words(f"Goals: {problem.goals.strip()}"))
    if problem is not None and problem.planned_sessions:
        done = len(course.sessions)
        blocks.append(Words(f"{done} of {problem.planned_sessions} planned sessions were held."))
    step = next_step(course)
    blocks.append(Words(f"Next step: {step or NOT_RECORDED}"))
    return blocks
