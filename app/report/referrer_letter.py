"""A letter to who referred the patient: the problem, what was done, what was measured, what next.

It tells the record and draws no conclusion: a difference of a score comes with the figure below
which it may be noise, and with how sure that figure is.
"""

from collections.abc import Sequence
from datetime import datetime

from app.body.atlas import Atlas
from app.body.needling import naming_of
from app.domain.seals import Seal
from app.domain.words import local_day
from app.report import wording
from app.report.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Grid,
    Heading,
    SignHere,
    Words,
)
from app.report.course import (
    Course,
    Series,
    event_lines,
    needled,
    next_step,
    other_treatments,
    pain_series,
    score_series,
    span_words,
)
from app.report.model import patient_lines, practitioner_lines, problem_lines
from app.report.noise import difference_words, noise_sources, noise_words
from app.report.wording import NOT_RECORDED

SCORE_HEADINGS = ("Measure", "First", "Last", "Difference", "Noise")
SCORE_WIDTHS = (2.1, 1.2, 1.2, 0.9, 1.5)
NO_SCORE = "No pain score and no outcome score is recorded."
NO_NEEDLE = "No needle is on the charts of these sessions."


def referrer_letter(course: Course, atlas: Atlas, now: datetime, seals: Sequence[Seal]) -> Document:
    """The letter about ``course``, made at ``now``."""
    who = course.practitioner
    blocks: list[Block] = [
        Words("Dear colleague,"),
        Words(f"This is a summary of the dry needling of {_named(course)}: {span_words(course)}."),
        *draft_warning(course),
        Heading("Problem"),
        *_problem(course),
        Heading("What was done"),
        *what_was_done(course, atlas),
        Heading("Scores, first and last"),
        *scores_table(course),
        Heading("Adverse events"),
        Bullets(tuple(event_lines(course))),
        Heading("Next step"),
        Words(next_step(course) or f"{NOT_RECORDED.capitalize()}.", sticks=True),
        SignHere(who.name, practitioner_lines(who)),
    ]
    return Document(
        title="Dry needling: letter to the referrer",
        subtitle=wording.day(local_day(now)),
        description="A summary of a course of dry needling for the referring practitioner",
        patient=patient_lines(course.patient, ()),
        author=who.name,
        head=who.name,
        foot=summary_foot(course),
        is_draft=course.drafts > 0,
        made_at=now,
        blocks=tuple(blocks),
        seals=tuple(seals),
    )


def _named(course: Course) -> str:
    patient = course.patient
    born = wording.day(patient.birth_date) if patient.birth_date else NOT_RECORDED
    return f"{patient.full_name} (born {born}, our number {patient.number})"


def summary_foot(course: Course) -> str:
    """ "Summary of 6 sessions, all signed": what every page says of where it comes from."""
    count = len(course.sessions)
    of = f"Summary of {'1 session' if count == 1 else f'{count} sessions'}"
    if not course.drafts:
        return f"{of}, {'signed' if count == 1 else 'all signed'}"
    return f"{of}, {course.drafts} not signed"


def draft_warning(course: Course) -> list[Block]:
    """What is not signed may still change, and is said to."""
    drafts, count = course.drafts, len(course.sessions)
    if not drafts:
        return []
    if count == 1:
        which = "This session is a draft"
    elif drafts == count:
        which = f"All {count} sessions are drafts"
    else:
        which = f"{drafts} of {count} sessions {'is a draft' if drafts == 1 else 'are drafts'}"
    return [Callout(f"{which}, not signed. What it says may still change.")]


def _problem(course: Course) -> list[Block]:
    if course.problem is None:
        titles = {each.problem.title: None for each in course.sessions if each.problem}
        known = "; ".join(titles) or f"{NOT_RECORDED.capitalize()}."
        return [Words(known)]
    problem = course.problem
    parts = [Words(" · ".join((problem.title, *problem_lines(problem))))]
    if problem.goals.strip():
        parts.append(Words(f"Goals: {problem.goals.strip()}"))
    return list(parts)


def what_was_done(course: Course, atlas: Atlas) -> list[Block]:
    """Needles by muscle and side, and what else the sessions held."""
    rows = tuple(
        (each.where, str(each.needles), str(each.sessions))
        for each in needled(course.sessions, naming_of(atlas))
    )
    blocks: list[Block] = [
        Grid(("Muscle or place, side", "Needles", "In sessions"), rows, (4, 1, 1))
        if rows
        else Words(NO_NEEDLE)
    ]
    others = other_treatments(course)
    if others:
        blocks.append(Words(f"Other treatment: {'; '.join(others)}."))
    if course.problem is not None and course.problem.other_treatment.strip():
        blocks.append(
            Words(f"In the plan beside needling: {course.problem.other_treatment.strip()}")
        )
    return blocks


def scores_table(course: Course) -> list[Block]:
    """Pain and scores, first and last, each with what its difference may be worth."""
    series = [each for each in (*pain_series(course), *score_series(course)) if each.values]
    if not series:
        return [Words(NO_SCORE)]
    sources = noise_sources(each.measure for each in series if len(each.values) > 1)
    table = Grid(SCORE_HEADINGS, tuple(map(_score_row, series)), SCORE_WIDTHS)
    return [table, Words(sources, "small")] if sources else [table]


def _score_row(series: Series) -> tuple[str, ...]:
    first, last = series.values[0], series.values[-1]
    opening = (series.name, _measured(first.value, wording.short_day(first.on)))
    if len(series.values) == 1:
        return (*opening, "–", "–", "Measured once.")
    return (
        *opening,
        _measured(last.value, wording.short_day(last.on)),
        difference_words(series.measure, first.value, last.value),
        noise_words(series.measure, first.value, last.value),
    )


def _measured(value: float, day: str) -> str:
    return f"{value:g} · {day}"
