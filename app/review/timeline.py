"""A patient's sessions along time: what each held at a glance, and what a filter lets through."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields

from app.domain.anatomy import Side
from app.domain.closing import Closing
from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind
from app.domain.records import TreatmentSession
from app.domain.summaries import MarkFigure, PatientFigures


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """What is looked at; None: all of it. The first two choose sessions, the others marks."""

    problem_id: UUID | None = None
    practitioner_id: UUID | None = None
    kind: MarkKind | None = None
    muscle: str | None = None
    side: Side | None = None

    @property
    def is_open(self) -> bool:
        """Whether it lets everything through."""
        return all(getattr(self, each.name) is None for each in fields(self))

    def takes_session(self, session: TreatmentSession) -> bool:
        return self.problem_id in (None, session.problem_id) and self.practitioner_id in (
            None,
            session.practitioner_id,
        )

    def takes_mark(self, mark: Mark | MarkFigure) -> bool:
        return (
            self.kind in (None, mark.kind)
            and self.muscle in (None, mark.muscle)
            and self.side in (None, mark.side)
        )


EVERYTHING = ReviewFilter()


@dataclass(frozen=True, slots=True)
class Glance:
    """What one session held, of the marks that a filter lets through."""

    session: TreatmentSession
    marks: int
    needles: int
    twitches: int
    reactions: int
    """Marks of a reaction on the map."""
    closing: Closing | None = None

    @property
    def has_events(self) -> bool:
        """Whether anything was recorded that nobody wanted. Without, it may not have been asked."""
        return bool(self.reactions or (self.closing is not None and self.closing.events))


@dataclass(frozen=True, slots=True)
class Timeline:
    """The sessions that a filter lets through, oldest first, and how many there are in all."""

    glances: tuple[Glance, ...]
    marks_in_all: int
    sessions_in_all: int

    @property
    def marks_shown(self) -> int:
        return sum(each.marks for each in self.glances)

    def place_of(self, session_id: UUID | None) -> int | None:
        """Where a session stands, counted from 0, or None."""
        ids = (glance.session.id for glance in self.glances)
        return next((place for place, each in enumerate(ids) if each == session_id), None)


def timeline(
    sessions: Iterable[TreatmentSession],
    known: PatientFigures,
    wanted: ReviewFilter = EVERYTHING,
) -> Timeline:
    """The sessions of a patient along time, as far as ``wanted`` lets them through."""
    counts: dict[UUID, _Counts] = defaultdict(_Counts)
    everything = wanted.is_open
    for figure in known.figures:
        if everything or wanted.takes_mark(figure):
            counts[figure.session_id].add(figure)
    closings = {each.session_id: each for each in known.closings}
    every = sorted(sessions, key=lambda each: (each.started_at, each.id))
    glances = tuple(
        _glance(session, counts[session.id], closings.get(session.id))
        for session in every
        if wanted.takes_session(session)
    )
    return Timeline(glances, sum(each.marks for each in known.figures), len(every))


@dataclass(slots=True)
class _Counts:
    marks: int = 0
    needles: int = 0
    twitches: int = 0
    reactions: int = 0

    def add(self, figure: MarkFigure) -> None:
        self.marks += figure.marks
        self.twitches += figure.twitches
        if figure.kind is MarkKind.NEEDLE:
            self.needles += figure.marks
        elif figure.kind is MarkKind.REACTION:
            self.reactions += figure.marks


def _glance(session: TreatmentSession, counts: _Counts, closing: Closing | None) -> Glance:
    return Glance(
        session=session,
        marks=counts.marks,
        needles=counts.needles,
        twitches=counts.twitches,
        reactions=counts.reactions,
        closing=closing,
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What a filter can ask for: what the patient's sessions hold, and nothing else."""

    problem_ids: frozenset[UUID]
    practitioner_ids: frozenset[UUID]
    kinds: tuple[MarkKind, ...]
    muscles: tuple[str, ...]
    sides: tuple[Side, ...]


def choices(
    sessions: Sequence[TreatmentSession], known: PatientFigures, name: Callable[[str], str]
) -> Choices:
    """``name``: what a muscle is called, by which they are in order."""
    kinds = {each.kind for each in known.figures}
    sides = {each.side for each in known.figures}
    muscles = {each.muscle for each in known.figures if each.muscle is not None}
    return Choices(
        frozenset(each.problem_id for each in sessions if each.problem_id is not None),
        frozenset(each.practitioner_id for each in sessions),
        tuple(kind for kind in MarkKind if kind in kinds),
        tuple(sorted(muscles, key=name)),
        tuple(side for side in Side if side in sides),
    )


def before(timeline: Timeline, place: int, count: int) -> tuple[TreatmentSession, ...]:
    """The last ``count`` sessions before the one at ``place``, oldest first."""
    glances = timeline.glances[max(place - count, 0) : place]
    return tuple(glance.session for glance in glances)
