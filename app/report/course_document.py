"""What every document about a course of sessions has: its frame, and the parts that they share."""

from collections.abc import Sequence
from datetime import datetime

from app.body.atlas import Atlas
from app.body.needling import naming_of
from app.domain.seals import Seal
from app.report import wording
from app.report.blocks import Block, Callout, Document, Grid, Words
from app.report.course import Course, needled, other_treatments
from app.report.model import patient_lines
from app.review.noise_words import difference_words, noise_sources, noise_words
from app.review.series import Series, pain_series, score_series

SCORE_HEADINGS = ("Measure", "First", "Last", "Difference", "Noise")
SCORE_WIDTHS = (2.1, 1.2, 1.2, 0.9, 1.5)
NO_SCORE = "No pain score and no outcome score is recorded."
NO_NEEDLE = "No needle is on the charts of these sessions."


def course_document(
    course: Course,
    *,
    title: str,
    subtitle: str,
    description: str,
    blocks: Sequence[Block],
    now: datetime,
    seals: Sequence[Seal],
) -> Document:
    """A document by the practitioner of ``course``, made at ``now``, which says on every page how
    much of it is signed.
    """
    who = course.practitioner.name
    return Document(
        title=title,
        subtitle=subtitle,
        description=description,
        patient=patient_lines(course.patient, ()),
        author=who,
        head=who,
        foot=summary_foot(course),
        is_draft=course.drafts > 0,
        made_at=now,
        blocks=tuple(blocks),
        seals=tuple(seals),
    )


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
    pains = pain_series(course.visits, course.titles)
    every = [series for pain in pains for series in (pain.before, pain.after)]
    every += score_series(course.scores, course.titles)
    series = [each for each in every if each.values]
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
