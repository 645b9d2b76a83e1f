"""A progress report: the first session beside the last, figures over time, and the plan."""

from collections.abc import Sequence
from datetime import datetime

from app.body.atlas import Atlas
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
    day_of,
    next_step,
    span_words,
)
from app.report.course_document import (
    NO_SCORE,
    course_document,
    draft_warning,
    scores_table,
    what_was_done,
)
from app.report.difference import difference_blocks
from app.report.legend import legend_of
from app.report.maps import best_views, drawn_windows, not_shown
from app.report.model import practitioner_lines, problem_lines
from app.report.trend_plot import trend_svg
from app.report.wording import NOT_RECORDED
from app.review.noise_words import NOT_KNOWN
from app.review.series import Measured
from app.review.trend import LINE_SIGNS, Group, Trend
from app.review.trends import offered, trends

EDGE_MM = 60.0
PLACE_NOISE = (
    "A point that is marked again lies within 33 mm in 95 of 100 cases (derived from Barbero "
    "2012), so smaller shifts say nothing."
)
PLOTTED = (Group.SCORES, Group.THRESHOLD)
"""What beside pain tells how a patient is; what was done stands in words below."""
MOST_MUSCLES = 2
"""Those whose threshold was measured most often."""
ONE_SESSION = "There is one session so far: nothing can be compared yet."


def progress_report(course: Course, atlas: Atlas, now: datetime, seals: Sequence[Seal]) -> Document:
    """The report on ``course``, made at ``now``."""
    blocks: list[Block] = [
        _facts(course),
        *draft_warning(course),
        *([Words(ONE_SESSION, "amber")] if len(course.sessions) == 1 else []),
        Heading("First and last session"),
        *_maps(course, atlas),
        *difference_blocks(course, atlas, EDGE_MM),
        Heading("Figures over time"),
        *_plots(course, atlas),
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


def _plots(course: Course, atlas: Atlas) -> list[Block]:
    """Pain, also where it was recorded once, and what else was measured more than once."""
    marks = {mark.id: mark for each in course.sessions for mark in each.marks}
    name = atlas.catalogue.name
    found = trends(course.sessions, course.scores, {}, marks, name, course.titles)
    shown = [
        each
        for each in offered(found, MOST_MUSCLES)
        if each.group is Group.PAIN or (each.group in PLOTTED and each.count > 1)
    ]
    return [Plots(tuple(map(_plot, shown)))] if shown else [Words(NO_SCORE)]


def _plot(trend: Trend) -> Plot:
    signs = ", ".join(
        f"{sign} {line.name}"
        for sign, line in zip(LINE_SIGNS, trend.lines, strict=False)
        if line.name and line.values
    )
    what = trend.title.replace(", 0 to 10", "")
    words = [f"{signs}."] * bool(signs) + [trend.about]
    words += [NOT_KNOWN] * (trend.axis.band is None)
    return Plot(
        svg=trend_svg(trend),
        title=trend.title,
        caption=" ".join(words),
        alt=". ".join(
            f"{f'{what} {line.name}' if line.name else trend.title}: {_told(line.values)}"
            for line in trend.lines
        ),
    )


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
