"""Slim read models of the whole practice: what is asked over all patients at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from app.domain.anatomy import Side
from app.domain.closing import EventKind, Severity
from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind
from app.domain.papers import SessionNote
from app.domain.period import ALWAYS, Period
from app.domain.records import SessionStatus
from app.domain.signing_rules import SigningFacts
from app.domain.supplies import NeedleBox
from app.domain.words import local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Whose session it was, when, and with whom: enough to name it in a list and to open it."""

    session_id: UUID
    patient_id: UUID
    family_name: str
    given_name: str
    number: str
    started_at: datetime
    practitioner: str
    problem: str = ""
    """Empty: none is recorded."""

    @property
    def patient(self) -> str:
        """ "Müller, Anna"."""
        return f"{self.family_name}, {self.given_name}".rstrip(", ")

    @property
    def day(self) -> date:
        """Where the practice is."""
        return local_day(self.started_at)


class NeedledPlace(NamedTuple):
    muscle: str | None
    side: Side | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A session in which needles were placed, and nobody has recorded how sore it was since."""

    visit: Visit
    places: tuple[NeedledPlace, ...]
    """Each muscle and side once, in the order of the marks."""
    next_step: str = ""
    """What its closing says of the plan."""


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A draft of an earlier day, and what decides whether it can be signed."""

    visit: Visit
    facts: SigningFacts
    """Without whether the note is outdated: that needs the names of the muscles."""
    note: SessionNote | None = None
    """Only where it was worded by hand and nothing else is in the way: then ``marks`` are what it
    is to be compared with.
    """
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Todays:
    """Who needs somebody today, read at one moment."""

    follow_ups: tuple[FollowUp, ...] = ()
    """The oldest first."""
    unsigned: tuple[Unsigned, ...] = ()
    """Those with needles in first, then the oldest."""
    needles_in: int = 0
    """In all drafts, also in today's."""


@dataclass(frozen=True, slots=True)
class EventFigures:
    """In how many sessions adverse events happened. A session counts once, however many events of
    a kind it has.
    """

    sessions: int = 0
    asked: int = 0
    """Those that say that there was an event, or that there was none."""
    happened: int = 0
    of_kind: Mapping[EventKind, int] = field(default_factory=dict)
    of_severity: Mapping[Severity | None, int] = field(default_factory=dict)
    """None: those with an event whose severity is not recorded."""
    without_needle: int = 0
    """Of those in which it was asked: how many tell of no needle."""


class SizeUse(NamedTuple):
    """How many needles of one size were placed, and in how many sessions. None: not recorded."""

    diameter_mm: float | None
    length_mm: int | None
    needles: int
    sessions: int


class BoxUse(NamedTuple):
    """What was used of a box (None: of no box that is recorded) for one patient."""

    box_id: UUID | None
    patient_id: UUID
    sessions: int
    needles: int
    """Marked on the charts of these sessions."""
    counted: int
    """Counted out by hand, in ``counted_sessions`` of these sessions."""
    counted_sessions: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class NeedleFigures:
    """Needles of a period, read at one moment."""

    sizes: tuple[SizeUse, ...] = ()
    boxes: tuple[NeedleBox, ...] = ()
    uses: tuple[BoxUse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSearch:
    """Which sessions are looked for; None and "" ask for nothing.

    Muscles, side and kind are those of one and the same mark.
    """

    muscles: frozenset[str] | None = None
    """Ids; a mark of any of them will do. Of an empty set there is none."""
    side: Side | None = None
    kind: MarkKind | None = None
    event: EventKind | None = None
    period: Period = ALWAYS
    practitioner_id: UUID | None = None
    signed: bool | None = None
    words: str = ""
    """Each must be somewhere in what was written of the session, by whichever case or accents."""

    @property
    def asks_for_marks(self) -> bool:
        return any(each is not None for each in (self.muscles, self.side, self.kind))


@dataclass(frozen=True, slots=True)
class FoundSession:
    """A session that a search found."""

    visit: Visit
    status: SessionStatus
    marks: int
    """Those that match, or all where no mark was asked for."""
    events: int | None
    """Those of the kind that was looked for, or all; None where nobody asked whether there were
    any.
    """


@dataclass(frozen=True, slots=True)
class FoundSessions:
    """The newest first; ``total`` also counts those that are not among ``rows``."""

    rows: tuple[FoundSession, ...] = ()
    total: int = 0
