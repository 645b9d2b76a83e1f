"""A letter to who referred the patient: the problem, what was done, what was measured, what next.

It tells the record and draws no conclusion: a difference of a score comes with the figure below
which it may be noise, and with how sure that figure is.
"""

from collections.abc import Sequence
from datetime import datetime

from app.body.atlas import Atlas
from app.domain.seals import Seal
from app.domain.words import local_day
from app.report import wording
from app.report.blocks import Block, Bullets, Document, Heading, SignHere, Words
from app.report.course import Course, event_lines, next_step, span_words
from app.report.course_document import (
    course_document,
    draft_warning,
    scores_table,
    what_was_done,
)
from app.report.model import practitioner_lines, problem_lines
from app.report.wording import NOT_RECORDED


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
    return course_document(
        course,
        title="Dry needling: letter to the referrer",
        subtitle=wording.day(local_day(now)),
        description="A summary of a course of dry needling for the referring practitioner",
        blocks=blocks,
        now=now,
        seals=seals,
    )


def _named(course: Course) -> str:
    patient = course.patient
    born = wording.day(patient.birth_date) if patient.birth_date else NOT_RECORDED
    return f"{patient.full_name} (born {born}, our number {patient.number})"


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
