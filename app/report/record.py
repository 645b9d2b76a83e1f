"""The words of the page that opens a record of several sessions."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.report.model import PatientLines, SessionReport
from app.report.wording import NOT_RECORDED, marks_counted


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session in the list of sessions; its page is found by the typesetting."""

    date: str
    problem: str
    practitioner: str
    pain: str
    marks: str
    status: str


@dataclass(frozen=True, slots=True)
class RecordOverview:
    """What stands on the first page of a patient's record, and at its head and foot."""

    patient: PatientLines
    title: str
    subtitle: str
    span: str
    status: str
    is_draft: bool
    printed: str
    rows: tuple[SessionRow, ...]
    pain_words: str


def record_overview(reports: Sequence[SessionReport]) -> RecordOverview:
    """The overview of the sessions of one patient, in the order in which they are printed."""
    first, last = reports[0], reports[-1]
    drafts = sum(report.is_draft for report in reports)
    return RecordOverview(
        patient=last.patient,
        title="Dry needling record",
        subtitle=f"{_sessions(len(reports))}, {marks_counted(sum(r.mark_count for r in reports))}",
        span=_span(first.date, last.date),
        status=_status(drafts, len(reports)),
        is_draft=drafts > 0,
        printed=last.printed,
        rows=tuple(_row(report) for report in reports),
        pain_words="Pain: before → after the session, from 0 to 10.",
    )


def _row(report: SessionReport) -> SessionRow:
    return SessionRow(
        date=report.date,
        problem=report.problem,
        practitioner=report.practitioner,
        pain=_pain(report),
        marks=str(report.mark_count),
        status=report.status,
    )


def _pain(report: SessionReport) -> str:
    if {report.pain_before, report.pain_after} == {NOT_RECORDED}:
        return NOT_RECORDED.capitalize()
    before, after = (
        "–" if value == NOT_RECORDED else value for value in (report.pain_before, report.pain_after)
    )
    return f"{before} → {after}"


def _sessions(count: int) -> str:
    return f"{count} session{'' if count == 1 else 's'}"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _status(drafts: int, count: int) -> str:
    if not drafts:
        return "All sessions signed"
    if drafts == count:
        return "Draft, not signed"
    return f"{_sessions(drafts)} of {count} not signed"
