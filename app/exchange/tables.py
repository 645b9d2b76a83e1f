"""Marks, needles, scores and sessions as tables: for a spreadsheet or a statistics program.

A patient is known by number and id, never by name. Places are the anchors of the chart file.
An empty cell was not recorded, or is a field that this kind of mark does not have; "none" and
"absent" are answers and stand there as words. Rows are in a stable order: by the patient's
number, then by day, then by the number of the mark.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from app.domain.closing import Closing
from app.domain.identity import UUID
from app.domain.marks import Mark, Needle
from app.domain.needles import time_in
from app.domain.outcomes import SCALES, OutcomeScore
from app.domain.own_pictures import is_picture_version
from app.domain.ports import Repository
from app.domain.records import Patient, Problem, Record, TreatmentSession
from app.domain.words import kind_name, word

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Cell, ...]
MuscleName: TypeAlias = Callable[[str], str]
"""The name of a muscle by its id."""


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` is that of its file or sheet. Units stand in the ``headings``."""

    name: str
    headings: tuple[str, ...]


_WHOSE = ("Patient number", "Patient id")
_WHEN = (
    "Session id", "Session date", "Session started", "Session status", "Problem",
)  # fmt: skip
_PLACE = (
    "Mark id", "Mark number", "Belongs to mark", "Patient's side", "Muscle", "Muscle id",
    "Placed in", "Body", "Body version", "Triangle", "Weight b1", "Weight b2",
)  # fmt: skip

SESSIONS = Table(
    "sessions",
    (
        *_WHOSE, *_WHEN, "Session ended", "Pain before (0-10)", "Pain after (0-10)", "Marks",
        "Needles placed", "Needles counted out", "Adverse events",
    ),
)  # fmt: skip
MARKS = Table(
    "marks",
    (
        *_WHOSE, *_WHEN, *_PLACE, "Kind", "Shape", "Activity", "Criteria", "Tenderness (0-4)",
        "Pressure pain threshold (kPa)", "Twitch response", "Twitches", "Twitch strength",
        "Soreness (0-10)", "Pain quality", "Sore when", "Sore hours after (h)",
        "Pain recognised", "Reaction", "Placed at", "Note",
    ),
)  # fmt: skip
NEEDLES = Table(
    "needles",
    (
        *_WHOSE, *_WHEN, *_PLACE, "Diameter (mm)", "Length (mm)", "Depth (mm)", "Angle",
        "Technique", "In at", "Out at", "Time in (s)", "Planned stay (s)", "Passes", "Sensations",
        "Pain (0-10)", "Bleeding", "Note",
    ),
)  # fmt: skip
SCORES = Table(
    "scores",
    (
        *_WHOSE, "Problem", "Measured on", "Measure", "Detail", "Score (in its unit)", "Unit",
        "Lowest possible", "Highest possible", "Higher is",
    ),
)  # fmt: skip
TABLES = (SESSIONS, MARKS, NEEDLES, SCORES)


def rows_of(records: Sequence[Record], muscle_name: MuscleName) -> Iterator[tuple[Table, Row]]:
    """The rows of the patients among ``records``, each with the table that it stands in."""
    held = _Held(records)
    for patient in sorted(held.patients, key=lambda each: (each.number_key, each.id)):
        whose = (patient.number, str(patient.id))
        for session in held.sessions[patient.id]:
            yield from _session_rows(held, session, whose, muscle_name)
        for score in held.scores[patient.id]:
            yield SCORES, (*whose, *_score(score, held.problems))


def rows_of_practice(
    repository: Repository, muscle_name: MuscleName
) -> Iterator[tuple[Table, Row]]:
    """The same rows of all patients, read one patient at a time: nobody who is charting waits for
    all of them. Each patient is as at one moment. May raise StorageError.
    """
    for patient in sorted(repository.patients(), key=lambda each: (each.number_key, each.id)):
        yield from rows_of(repository.everything([patient.id]), muscle_name)


class _Held:
    """The records by what they belong to, each list in the order of its rows."""

    def __init__(self, records: Iterable[Record]) -> None:
        by_type: dict[type, list[Any]] = defaultdict(list)
        for record in records:
            by_type[type(record)].append(record)
        self.patients: list[Patient] = by_type[Patient]
        self.problems: dict[UUID, str] = {each.id: each.title for each in by_type[Problem]}
        self.sessions: dict[UUID, list[TreatmentSession]] = defaultdict(list)
        self.marks: dict[UUID, list[Mark]] = defaultdict(list)
        self.scores: dict[UUID, list[OutcomeScore]] = defaultdict(list)
        self.closings: dict[UUID, Closing] = {each.session_id: each for each in by_type[Closing]}
        for session in sorted(by_type[TreatmentSession], key=lambda s: (s.started_at, s.id)):
            self.sessions[session.patient_id].append(session)
        for mark in sorted(by_type[Mark], key=lambda mark: (mark.number, mark.id)):
            self.marks[mark.session_id].append(mark)
        for score in sorted(by_type[OutcomeScore], key=lambda s: (s.measured_on, s.id)):
            self.scores[score.patient_id].append(score)


def _session_rows(
    held: _Held, session: TreatmentSession, whose: Row, muscle_name: MuscleName
) -> Iterator[tuple[Table, Row]]:
    marks = held.marks[session.id]
    numbers = {mark.id: mark.number for mark in marks}
    opening = (*whose, *_when(session, held.problems))
    yield SESSIONS, (*opening, *_session(session, marks, held.closings.get(session.id)))
    for mark in marks:
        place = (*opening, *_place(mark, numbers, muscle_name))
        yield MARKS, (*place, *_mark(mark))
        if isinstance(mark.details, Needle):
            yield NEEDLES, (*place, *_needle(mark.details), mark.note)


def _when(session: TreatmentSession, problems: Mapping[UUID, str]) -> Row:
    problem = problems.get(session.problem_id) if session.problem_id else None
    started = session.started_at
    return (
        str(session.id), started.date().isoformat(), _moment(started), session.status.value, problem
    )  # fmt: skip


def _session(session: TreatmentSession, marks: Sequence[Mark], closing: Closing | None) -> Row:
    placed = sum(isinstance(mark.details, Needle) for mark in marks)
    counted = closing.needles_counted if closing else None
    return (
        _moment(session.ended_at), session.pain_before, session.pain_after, len(marks), placed,
        counted, _events(closing),
    )  # fmt: skip


def _events(closing: Closing | None) -> Cell:
    """Empty: not asked. "none": asked, and there was none."""
    if closing is None:
        return None
    if closing.events:
        return "; ".join(word(event.kind) for event in closing.events)
    return "none" if closing.no_adverse_events else None


def _place(mark: Mark, numbers: Mapping[UUID, int], muscle_name: MuscleName) -> Row:
    on_picture = is_picture_version(mark.body_version)
    return (
        str(mark.id), mark.number, numbers.get(mark.parent_id) if mark.parent_id else None,
        _word(mark.side), muscle_name(mark.muscle) if mark.muscle else None, mark.muscle,
        "own picture" if on_picture else mark.placed_in, None if on_picture else mark.placed_on,
        mark.body_version, mark.anchor.triangle, mark.anchor.b1, mark.anchor.b2,
    )  # fmt: skip


def _mark(mark: Mark) -> Row:
    """What belongs to a kind alone is empty for the others: a field by its name, or None."""

    def of(name: str) -> Any:
        return getattr(mark.details, name, None)

    recognised = of("recognised")
    return (
        kind_name(mark.kind), mark.shape.value, _word(of("activity")), _words(of("criteria")),
        of("tenderness"), of("threshold_kpa"), _word(of("response")), of("count"),
        _word(of("strength")), of("intensity"), _word(of("quality")), _word(of("when")),
        of("hours_after"), None if recognised is None else "yes" if recognised else "no",
        _word(of("reaction")), _moment(mark.placed_at), mark.note,
    )  # fmt: skip


def _needle(needle: Needle) -> Row:
    stayed = time_in(needle, needle.out_at) if needle.out_at is not None else None
    return (
        needle.diameter_mm, needle.length_mm, needle.depth_mm, _word(needle.angle),
        _word(needle.technique), _moment(needle.in_at), _moment(needle.out_at),
        None if stayed is None else round(stayed.total_seconds()), needle.stay_s, needle.passes,
        _words(needle.sensations), needle.pain, _word(needle.bleeding),
    )  # fmt: skip


def _score(score: OutcomeScore, problems: Mapping[UUID, str]) -> Row:
    scale = SCALES[score.measure]
    return (
        problems.get(score.problem_id) if score.problem_id else None,
        score.measured_on.isoformat(), scale.name, score.detail, score.score, scale.unit,
        scale.lowest, scale.highest, "worse" if scale.high_is_bad else "better",
    )  # fmt: skip


def _moment(at: datetime | None) -> Cell:
    """ISO 8601 with its zone, to the second."""
    return None if at is None else at.isoformat(timespec="seconds")


def _word(value: StrEnum | None) -> Cell:
    return None if value is None else word(value)


def _words(values: Iterable[StrEnum] | None) -> Cell:
    return "; ".join(word(each) for each in sorted(values)) if values else None
