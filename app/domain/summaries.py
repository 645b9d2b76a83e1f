"""Slim read models: what a list shows, without loading what it does not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from app.domain.anatomy import Side
from app.domain.closing import Closing
from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind
from app.domain.own_pictures import OwnPicture
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Paper
from app.domain.records import Patient, Practitioner, Problem, TreatmentSession
from app.domain.supplies import NeedleBox


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """A row of the patient list."""

    id: UUID
    family_name: str
    given_name: str
    birth_date: date | None
    number: str
    last_session_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """A session with how many marks of each kind it holds."""

    session: TreatmentSession
    mark_counts: Mapping[MarkKind, int] = field(default_factory=dict)


class MarkFigure(NamedTuple):
    """How many marks of one kind a session holds in one muscle and side, and how many twitches
    they count together; a twitch that was felt and not counted is one. A session may have
    several of the same place: they add up.
    """

    session_id: UUID
    kind: MarkKind
    muscle: str | None
    side: Side | None
    marks: int
    twitches: int = 0


@dataclass(frozen=True, slots=True)
class PatientFigures:
    """What is seen of all sessions of a patient at a glance, without reading their marks."""

    figures: tuple[MarkFigure, ...]
    closings: tuple[Closing, ...]


@dataclass(frozen=True, slots=True)
class ChartRecords:
    """All that stands around a patient's marks. Sessions come newest first."""

    patient: Patient
    problems: tuple[Problem, ...]
    sessions: tuple[SessionSummary, ...]
    practitioners: tuple[Practitioner, ...]
    zones: tuple[NoNeedleZone, ...] = ()
    """In the order in which they were drawn."""
    pictures: tuple[OwnPicture, ...] = ()
    """The patient's own and those for every patient, in the order in which they were added."""


@dataclass(frozen=True, slots=True)
class SessionRecords:
    """All that a report of one session tells, as it stood at one moment. Marks by number."""

    session: TreatmentSession
    patient: Patient
    practitioner: Practitioner
    problem: Problem | None
    marks: tuple[Mark, ...]
    zones: tuple[NoNeedleZone, ...] = ()
    """The patient's own, in the order in which they were drawn."""
    papers: tuple[Paper, ...] = ()
    boxes: tuple[NeedleBox, ...] = ()
    """What its needles came in, where that is recorded."""
    authors: tuple[Practitioner, ...] = ()
    """Who signed it and who wrote its addenda."""
    pictures: tuple[OwnPicture, ...] = ()
    """The patient's own and those for every patient, in the order in which they were added."""
