"""The kinds of report about a patient, and the file of each.

Every function here raises ExportError with one sentence for the reader where a file cannot be
made, and StorageError where the practice cannot be read.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.body.atlas import Atlas
from app.domain.errors import ExportError
from app.domain.identity import UUID
from app.domain.letterhead import NO_LETTERHEAD, Letterhead
from app.domain.outcomes import OutcomeScore
from app.domain.records import Problem
from app.domain.site_links import SiteLink
from app.domain.summaries import ChartRecords, SessionRecords
from app.files import write_whole
from app.report.blocks import Document
from app.report.certificate import Signing, unsigned
from app.report.course import Course, course_of
from app.report.papers import Paper
from app.report.patient_copy import patient_copy
from app.report.pdf import (
    ReportSource,
    nothing_of,
    of_the_program,
    own_atlas,
    printed_at,
    reports_of,
    require,
)
from app.report.progress_report import progress_report
from app.report.record_parts import record_parts
from app.report.referrer_letter import referrer_letter
from app.report.signed import Sealing
from app.review.series import score_series, scores_of_problem

if TYPE_CHECKING:
    from app.report.typesetting import Prepared


class ReportKind(StrEnum):
    RECORD = "record"
    """Every session in full, after a list of them with the pages, the problems and the scores."""
    PATIENT = "patient"
    """The newest session in plain words, for the patient."""
    REFERRER = "referrer"
    PROGRESS = "progress"


class CourseSource(ReportSource, Protocol):
    """The part of a repository that a report on a patient needs."""

    def chart(self, patient_id: UUID) -> ChartRecords | None: ...
    def scores(self, patient_id: UUID) -> list[OutcomeScore]: ...
    def site_links(self, patient_id: UUID) -> list[SiteLink]: ...


def write_report(
    repository: CourseSource,
    kind: ReportKind,
    patient_id: UUID,
    out: Path,
    *,
    problem_id: UUID | None = None,
    paper: Paper = "a4",
    now: datetime | None = None,
    atlas: Atlas | None = None,
    seal: Sealing | None = None,
    letterhead: Letterhead = NO_LETTERHEAD,
    sign: Signing = unsigned,
) -> None:
    """Writes a report on a patient to ``out``, on one problem or on all, replacing a file there.

    ``now`` is printed as the time of printing; ``atlas`` spares reading the body again; ``seal``
    reckons what the file carries to be checked by; ``letterhead`` opens the first page; ``sign``
    adds a signature. Without one, the same records and ``now`` give the same bytes.
    """
    from app.report.typesetting import compiled

    require(out, paper)
    report = prepared_report(
        repository,
        kind,
        patient_id,
        problem_id=problem_id,
        paper=paper,
        now=printed_at(now),
        atlas=atlas or own_atlas(),
        seal=seal,
        letterhead=letterhead,
    )
    try:
        content = compiled(report)
    except OSError as error:
        raise of_the_program(error) from error
    write_whole(out, [sign(content)])


def prepared_report(
    repository: CourseSource,
    kind: ReportKind,
    patient_id: UUID,
    *,
    problem_id: UUID | None = None,
    paper: Paper,
    now: datetime,
    atlas: Atlas,
    seal: Sealing | None,
    letterhead: Letterhead = NO_LETTERHEAD,
) -> "Prepared":
    """The same report up to its typesetting, which another thread may do."""
    chart = repository.chart(patient_id)
    if chart is None or not chart.sessions:
        raise ExportError(nothing_of(repository.patients([patient_id])))
    from app.report.document_setting import prepared_document
    from app.report.typesetting import prepared

    course = _course(repository, chart, problem_id)
    try:
        if kind is ReportKind.RECORD:
            problems = [each for each in chart.problems if problem_id in (None, each.id)]
            parts = record_parts(problems, score_series(course.scores, course.titles))
            reports = reports_of(course.sessions, atlas, now, seal)
            return prepared(reports, atlas, paper, repository.picture_bytes, parts, letterhead)
        return prepared_document(_document(kind, course, atlas, now, seal), paper, letterhead)
    except OSError as error:
        raise of_the_program(error) from error


def _course(repository: CourseSource, chart: ChartRecords, problem_id: UUID | None) -> Course:
    sessions = repository.patient_records(chart.patient.id)
    problem = None if problem_id is None else _problem(chart.problems, problem_id)
    found = course_of(
        sessions,
        repository.scores(chart.patient.id),
        problem,
        is_only_problem=len(chart.problems) == 1,
    )
    if found is None:
        raise ExportError("There is no session of this problem yet. Chart one first.")
    links = tuple(repository.site_links(chart.patient.id))
    about = problem or _the_one(sessions, found.scores, chart.problems)
    return replace(found, problem=about, links=links, problems=chart.problems)


def _the_one(
    sessions: Sequence[SessionRecords], scores: Sequence[OutcomeScore], every: Sequence[Problem]
) -> Problem | None:
    """The problem of all ``sessions`` and ``scores``, where they have one and the same; a score
    that names none is of it where the patient has no other.
    """
    first = sessions[0].problem if sessions else None
    if first is None or any(each.problem != first for each in sessions):
        return None
    own = scores_of_problem(scores, first.id, is_only_problem=len(every) == 1)
    return first if len(own) == len(scores) else None


def _problem(problems: Sequence[Problem], problem_id: UUID) -> Problem:
    found = next((each for each in problems if each.id == problem_id), None)
    if found is None:
        known = ", ".join(f"{each.id} ({each.title})" for each in problems) or "none"
        raise ExportError(f"This patient has no problem {problem_id}. There is: {known}.")
    return found


def _document(
    kind: ReportKind, course: Course, atlas: Atlas, now: datetime, seal: Sealing | None
) -> Document:
    shown = [course.last] if kind is ReportKind.PATIENT else course.sessions
    seals = [seal(each) for each in shown] if seal is not None else []
    if kind is ReportKind.PATIENT:
        return patient_copy(course.last, atlas, now, seals)
    made = referrer_letter if kind is ReportKind.REFERRER else progress_report
    return made(course, atlas, now, seals)
