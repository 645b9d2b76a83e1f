"""Finding sessions among those of all patients: as a plain filter over all records finds them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.anatomy import Side
from app.domain.change import Change
from app.domain.closing import AdverseEvent, Closing, EventKind, OtherTreatment, OtherTreatmentKind
from app.domain.folding import fold
from app.domain.identity import new_id
from app.domain.marks import Mark, MarkKind, Needle, TriggerPoint, TwitchResponse
from app.domain.papers import Addendum, SessionNote
from app.domain.period import Period
from app.domain.practice_summaries import FoundSessions, SessionSearch
from app.domain.records import Patient, Practitioner, Record, SessionStatus, TreatmentSession
from db.practice import open_practice
from db.repository import SqlRepository
from tests.db import builders

NOW = builders.NOW
MUSCLES = ("soleus", "masseter", "upper_trapezius")
WORDS = ("Slept well", "NADELN tat weh", "Ödem", "50 %", "o'clock", "", "")
KINDS = (Needle(in_at=NOW, out_at=NOW), TriggerPoint(), TwitchResponse(count=2))


def visit(chance: Random, patient: Patient, who: Practitioner) -> list[Record]:
    """A session with some of everything around it."""

    def text() -> str:
        return chance.choice(WORDS)

    session = builders.session(
        patient,
        who,
        started_at=NOW - timedelta(days=chance.randrange(40), minutes=chance.randint(-900, 900)),
        note=text(),
    )
    marks = [
        builders.mark(
            session,
            number,
            details=chance.choice(KINDS),
            muscle=chance.choice([*MUSCLES, None]),
            side=chance.choice([*Side]),
            note=text(),
        )
        for number in range(1, chance.randint(1, 5))
    ]
    papers: list[Record] = []
    if chance.random() < 0.7:
        kinds = chance.choices([EventKind.BRUISE, EventKind.OTHER], k=chance.randrange(4))
        events = tuple(AdverseEvent(kind=kind, note=text()) for kind in kinds)
        massage = OtherTreatment(kind=OtherTreatmentKind.MASSAGE, place=text())
        papers.append(
            Closing(
                id=new_id(),
                session_id=session.id,
                events=events,
                no_adverse_events=not events and chance.random() < 0.5,
                other_treatments=(massage,),
                next_step=text(),
            )
        )
    if chance.random() < 0.5:
        needling = chance.choice([None, *WORDS])
        papers.append(
            SessionNote(id=new_id(), session_id=session.id, plan=text(), needling=needling)
        )
    if chance.random() < 0.5:
        papers.append(_addendum(session, who, text() or "x"))
    return [session, *marks, *papers]


def _addendum(session: TreatmentSession, who: Practitioner, text: str) -> Addendum:
    return Addendum(
        id=new_id(), session_id=session.id, practitioner_id=who.id, name=who.name,
        written_at=NOW, reason="More", text=text,
    )  # fmt: skip


PEOPLE = (builders.practitioner(), builders.practitioner(name="Ben"))


@st.composite
def searches(draw: st.DrawFn) -> SessionSearch:
    def maybe(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(st.none() | strategy)

    day = st.dates(NOW.date() - timedelta(days=42), NOW.date() + timedelta(days=2))
    return SessionSearch(
        muscles=maybe(st.frozensets(st.sampled_from(MUSCLES))),
        side=maybe(st.sampled_from(Side)),
        kind=maybe(st.sampled_from([MarkKind.NEEDLE, MarkKind.TWITCH, MarkKind.NOTE])),
        event=maybe(st.sampled_from([EventKind.BRUISE, EventKind.SYNCOPE])),
        period=Period(maybe(day), maybe(day)),
        practitioner_id=maybe(st.sampled_from([each.id for each in PEOPLE])),
        signed=maybe(st.booleans()),
        words=draw(st.sampled_from(["", "", "slept", "odem", "WEH nadeln", "oclock", "% 50"])),
    )


class Held:
    """All records of a practice by session, for a plain filter."""

    def __init__(self, records: list[Record]) -> None:
        self.sessions = [each for each in records if isinstance(each, TreatmentSession)]
        self.records = records

    def of(self, session: TreatmentSession, kind: type[Any]) -> list[Any]:
        return [
            each
            for each in self.records
            if isinstance(each, kind) and each.session_id == session.id
        ]

    def found(self, search: SessionSearch) -> list[tuple[Any, int, int | None]]:
        rows = [
            (session.id, len(self.marks(session, search)), self.told_events(session, search))
            for session in sorted(self.sessions, key=lambda s: (s.started_at, s.id), reverse=True)
            if self.fits(session, search)
        ]
        asked = any(each is not None for each in (search.muscles, search.side, search.kind))
        return [row for row in rows if (row[1] or not asked) and (row[2] or search.event is None)]

    def fits(self, session: TreatmentSession, search: SessionSearch) -> bool:
        return (
            search.period.holds(session.started_at.date())
            and search.practitioner_id in (None, session.practitioner_id)
            and search.signed in (None, session.status.is_locked)
            and all(
                any(word in fold(text) for text in self.texts(session))
                for word in fold(search.words).split()
            )
        )

    def marks(self, session: TreatmentSession, search: SessionSearch) -> list[Mark]:
        return [
            mark
            for mark in self.of(session, Mark)
            if (search.muscles is None or mark.muscle in search.muscles)
            and search.side in (None, mark.side)
            and search.kind in (None, mark.kind)
        ]

    def events(self, session: TreatmentSession, search: SessionSearch) -> list[AdverseEvent]:
        return [
            event
            for closing in self.of(session, Closing)
            for event in closing.events
            if search.event in (None, event.kind)
        ]

    def told_events(self, session: TreatmentSession, search: SessionSearch) -> int | None:
        asked = any(closing.events_asked for closing in self.of(session, Closing))
        return len(self.events(session, search)) if asked else None

    def texts(self, session: TreatmentSession) -> Iterator[str]:
        yield session.note
        yield from (mark.note for mark in self.of(session, Mark))
        for note in self.of(session, SessionNote):
            yield from (note.plan, note.needling or "")
        for closing in self.of(session, Closing):
            yield closing.next_step
            yield from (event.note for event in closing.events)
            yield from (other.place for other in closing.other_treatments)
        for addendum in self.of(session, Addendum):
            yield from (addendum.reason, addendum.text)


class Filled(NamedTuple):
    repository: SqlRepository
    held: Held


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Sixty sessions of two patients, invented by a chance that is the same each time."""
    chance = Random(11)
    patients = (builders.patient("A", "1"), builders.patient("B", "2"))
    groups = [visit(chance, chance.choice(patients), chance.choice(PEOPLE)) for _k in range(60)]
    folder: Path = tmp_path_factory.mktemp("search")
    with open_practice(folder / "practice", clock=builders.clock) as practice:
        repository = practice.repository
        repository.commit(Change.add("Fill", *PEOPLE, *patients), builders.stamp())
        stored = [record for group in groups for record in _stored(repository, group)]
        yield Filled(repository, Held(stored))


@settings(max_examples=80, deadline=None)
@given(search=searches())
def test_a_search_finds_what_a_plain_filter_over_all_records_finds(
    filled: Filled, search: SessionSearch
) -> None:
    expected = filled.held.found(search)
    find = filled.repository.overview.find_sessions
    assert told(find(search, 100)) == expected
    few = find(search, 2)
    assert told(few) == expected[:2]
    assert few.total == len(expected)


def _stored(repository: SqlRepository, group: list[Record]) -> list[Record]:
    """Stores a session and what belongs to it; one with an addendum is signed on the way."""
    addenda = [each for each in group if isinstance(each, Addendum)]
    others = [each for each in group if not isinstance(each, Addendum)]
    repository.commit(Change.add("Fill", *others), builders.stamp())
    if not addenda:
        return group
    session = others[0]
    assert isinstance(session, TreatmentSession)
    signed = replace(session, status=SessionStatus.AMENDED)
    change = Change.replace("Sign", session, signed).then(Change.add("Sign", *addenda))
    repository.commit(change, builders.stamp())
    return [signed, *others[1:], *addenda]


def told(found: FoundSessions) -> list[tuple[Any, int, int | None]]:
    return [(row.visit.session_id, row.marks, row.events) for row in found.rows]


def test_a_row_names_whose_session_it_is(repository: SqlRepository) -> None:
    who, whom = builders.practitioner(name="Ada"), builders.patient("Ünal", "7", given_name="Su")
    session = builders.session(whom, who, status=SessionStatus.SIGNED)
    repository.commit(Change.add("Fill", who, whom, session), builders.stamp())
    (row,) = repository.overview.find_sessions(SessionSearch(), 10).rows
    visit = row.visit
    assert (visit.patient, visit.number, visit.practitioner) == ("Ünal, Su", "7", "Ada")
    assert (visit.problem, visit.patient_id, row.status) == ("", whom.id, SessionStatus.SIGNED)
    assert visit.started_at == session.started_at


@pytest.mark.parametrize("day", [date.min, date(1, 1, 2), date.max, date(9999, 12, 30)])
def test_the_ends_of_the_calendar_are_days_too(repository: SqlRepository, day: date) -> None:
    who, whom = builders.practitioner(), builders.patient()
    repository.commit(Change.add("Fill", who, whom, builders.session(whom, who)), builders.stamp())
    find = repository.overview.find_sessions
    early = day.year < 2000
    assert find(SessionSearch(period=Period(since=day)), 9).total == int(early)
    assert find(SessionSearch(period=Period(until=day)), 9).total == int(not early)


def test_no_word_is_found_across_two_texts(repository: SqlRepository) -> None:
    who, whom = builders.practitioner(), builders.patient()
    session = builders.session(whom, who, note="foot")
    note = SessionNote(id=new_id(), session_id=session.id, plan="ball")
    repository.commit(Change.add("Fill", who, whom, session, note), builders.stamp())
    find = repository.overview.find_sessions
    assert find(SessionSearch(words="football"), 9).total == 0
    assert find(SessionSearch(words="ball foot"), 9).total == 1
    assert find(SessionSearch(words="x" * 20_000), 9).total == 0
