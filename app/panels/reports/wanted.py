"""What is wanted of a patient on paper: the reports that can be ticked, and what each is of."""

from dataclasses import dataclass

from app.domain.identity import UUID
from app.domain.summaries import ChartRecords
from app.report.batch import BatchItem
from app.report.batch_items import Batch
from app.report.kinds import ReportKind
from app.report.papers import Paper

CHART: None = None
"""The chart of a session, beside the kinds of report about a patient."""
Kind = ReportKind | None


@dataclass(frozen=True, slots=True)
class KindWords:
    kind: Kind
    name: str
    short: str
    """Where several stand side by side."""
    hint: str


KINDS = (
    KindWords(CHART, "Session chart", "Chart", "One session: its map, all marks, note, signature."),
    KindWords(
        ReportKind.PROGRESS, "Progress report", "Progress",
        "First and last session, pain and scores over time.",
    ),
    KindWords(
        ReportKind.RECORD, "Full record", "Record",
        "Every session in full, with a table of contents.",
    ),
    KindWords(
        ReportKind.PATIENT, "Patient’s copy", "Patient",
        "The last session on one page, in plain words.",
    ),
    KindWords(
        ReportKind.REFERRER, "Letter to the referrer", "Letter",
        "What was found and done, and how it went on.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """One report: of a session where it is a chart, else of a problem or of all."""

    kind: Kind
    paper: Paper
    session_id: UUID | None = None
    problem_id: UUID | None = None

    def item(self, batch: Batch, chart: ChartRecords) -> BatchItem | None:
        """The file of it; None where the patient has no such session."""
        if self.kind is not CHART:
            return batch.report(self.kind, chart.patient, self.problem_id)
        session = next(
            (each.session for each in chart.sessions if each.session.id == self.session_id), None
        )
        return None if session is None else batch.chart(chart.patient, session)
