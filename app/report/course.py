"""Several sessions of one patient as one course: what was done, and what was measured.

Pure: no answer is made up. What was asked in some sessions only is counted as such.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.domain.closing import Closing
from app.domain.identity import UUID
from app.domain.marks import Mark, Needle
from app.domain.needling_words import Naming
from app.domain.outcomes import OutcomeScore
from app.domain.paper_words import event_details, title, treatment_words
from app.domain.records import Patient, Practitioner, Problem, TreatmentSession
from app.domain.site_links import SiteLink
from app.domain.summaries import SessionRecords
from app.domain.words import local_day, side_words
from app.report import wording
from app.review.series import scores_of_problem


@dataclass(frozen=True, slots=True)
class Course:
    """``sessions``, oldest first, at least one; ``problem`` where the course is of one alone."""

    patient: Patient
    problem: Problem | None
    sessions: tuple[SessionRecords, ...]
    scores: tuple[OutcomeScore, ...] = ()
    links: tuple[SiteLink, ...] = ()
    """What was said of whose spot a mark is."""
    problems: tuple[Problem, ...] = ()
    """All of the patient's, also those of which there is no session."""

    @property
    def first(self) -> SessionRecords:
        return self.sessions[0]

    @property
    def last(self) -> SessionRecords:
        return self.sessions[-1]

    @property
    def practitioner(self) -> Practitioner:
        """Who treated last."""
        return self.last.practitioner

    @property
    def visits(self) -> tuple[TreatmentSession, ...]:
        return tuple(each.session for each in self.sessions)

    @property
    def titles(self) -> dict[UUID, str]:
        """What the patient's problems are called."""
        problems = (*self.problems, *(each.problem for each in self.sessions))
        return {each.id: each.title for each in problems if each is not None}

    @property
    def drafts(self) -> int:
        return sum(not each.session.status.is_locked for each in self.sessions)


def day_of(records: SessionRecords) -> date:
    return local_day(records.session.started_at)


def course_of(
    sessions: Sequence[SessionRecords],
    scores: Iterable[OutcomeScore],
    problem: Problem | None,
    *,
    is_only_problem: bool = False,
) -> Course | None:
    """The course of ``problem``, or of all ``sessions``; None where there is no session of it.

    A score that names no problem belongs to one only where the patient has no other.
    """
    kept = [each for each in sessions if problem is None or each.problem == problem]
    if not kept:
        return None
    problem_id = None if problem is None else problem.id
    own = scores_of_problem(scores, problem_id, is_only_problem=is_only_problem)
    return Course(kept[-1].patient, problem, tuple(kept), own)


def span_words(course: Course) -> str:
    """ "6 sessions, 12 November 2024 to 10 January 2025"."""
    count = len(course.sessions)
    first, last = wording.day(day_of(course.first)), wording.day(day_of(course.last))
    if first == last:
        return f"{'1 session' if count == 1 else f'{count} sessions'}, {first}"
    return f"{count} sessions, {first} to {last}"


class Needled(NamedTuple):
    """A muscle or place with its side, how many needles it took, and in how many sessions."""

    where: str
    needles: int
    sessions: int


def needled(sessions: Iterable[SessionRecords], naming: Naming) -> list[Needled]:
    """Where needles were placed, muscles first and in the order of the catalogue."""
    counts: Counter[tuple[int, int, str]] = Counter()
    visits: dict[tuple[int, int, str], set[UUID]] = defaultdict(set)
    for records in sessions:
        for mark in records.marks:
            if isinstance(mark.details, Needle):
                key = where_of(mark, naming)
                counts[key] += 1
                visits[key].add(records.session.id)
    return [Needled(key[-1], counts[key], len(visits[key])) for key in sorted(counts)]


def where_of(mark: Mark, naming: Naming) -> tuple[int, int, str]:
    """What sorts the place of a mark, and its words: "Upper trapezius, right"."""
    if mark.muscle is not None:
        muscle = naming.muscle(mark.muscle)
        return (0, muscle.order, f"{muscle.words}, {side_words(mark.side)}")
    place = naming.place(mark)
    return (1, place.order, f"{place.words[:1].upper()}{place.words[1:]}")


def closing_of(records: SessionRecords) -> Closing | None:
    return next((each for each in records.papers if isinstance(each, Closing)), None)


def event_lines(course: Course) -> list[str]:
    """What is recorded of adverse events: each with its day; then how often there was none, and
    how often nobody asked.
    """
    lines, none, not_asked = [], 0, 0
    for records in course.sessions:
        closing = closing_of(records)
        if closing is not None and closing.events:
            for event in closing.events:
                details = event_details(event)
                day = wording.day(day_of(records))
                lines.append(f"{day}: {title(event.kind)}{f', {details}' if details else ''}")
        elif closing is not None and closing.no_adverse_events:
            none += 1
        else:
            not_asked += 1
    lines += [f"None in {_sessions(none)}: it was asked for."] * bool(none)
    lines += [f"Not asked in {_sessions(not_asked)}."] * bool(not_asked)
    return lines


def other_treatments(course: Course) -> list[str]:
    """What else was done, the most frequent first: "Massage, 10 min (3 sessions)"."""
    counts = Counter(
        words
        for records in course.sessions
        for words in {
            treatment_words(each)
            for closing in [closing_of(records)]
            if closing is not None
            for each in closing.other_treatments
        }
    )
    return [f"{words} ({_sessions(count)})" for words, count in counts.most_common()]


def next_step(course: Course) -> str:
    """The next step as it was written last, with its day where that is not the last session's."""
    for records in reversed(course.sessions):
        closing = closing_of(records)
        if closing is not None and closing.next_step.strip():
            words = closing.next_step.strip()
            return words if records is course.last else f"{words} ({wording.day(day_of(records))})"
    return ""


def _sessions(count: int) -> str:
    return f"{count} session{'' if count == 1 else 's'}"
