"""Finding sessions among those of all patients: as a plain filter over all records finds them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

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
from app.domain.practice_summaries import FoundSessions, Period, SessionSearch
from app.domain.records import Patient, Practitioner, Record, SessionStatus, TreatmentSession
from db.practice import open_practice
from db.repository import SqlRepository
from tests.db import builders

NOW = builders.NOW
MUSCLES = ("soleus", "masseter", "upper_trapezius")
WORDS = ("Slept well", "NADELN tat weh", "Ödem", "50 %", "o'clock", "", "")
KINDS = (Needle(in_at=NOW, out_at=NOW), TriggerPoint(), TwitchResponse(count=2))


def _text(draw: st.DrawFn) -> str:
    return draw(st.sampled_from(WORDS))


@st.composite
def visits(draw: st.DrawFn, patient: Patient, who: Practitioner) -> list[Record]:
    """A session with some of everything around it."""
    days, minutes = draw(st.integers(0, 40)), draw(st.integers(-900, 900))
    signed = draw(st.booleans())
    session = builders.session(
        patient,
        who,
        started_at=NOW - timedelta(days=days, minutes=minutes),
        status=SessionStatus.DRAFT,
        note=_text(draw),
    )
    marks = [
        builders.mark(
            session,
            number,
            details=draw(st.sampled_from(KINDS)),
            muscle=draw(st.sampled_from([*MUSCLES, None])),
            side=draw(st.sampled_from(Side)),
            note=_text(draw),
        )
        for number in range(1, draw(st.integers(0, 4)) + 1)
    ]
    papers: list[Record] = []
    if draw(st.booleans()):
        kinds = draw(st.lists(st.sampled_from([EventKind.BRUISE, EventKind.OTHER]), max_size=3))
        events = tuple(AdverseEvent(kind=kind, note=_text(draw)) for kind in kinds)
        massage = OtherTreatment(kind=OtherTreatmentKind.MASSAGE, place=_text(draw))
        papers.append(
            Closing(
                id=new_id(),
                session_id=session.id,
                events=events,
                other_treatments=(massage,),
                next_step=_text(draw),
            )
        )
    if draw(st.booleans()):
        papers.append(
            SessionNote(
                id=new_id(),
                session_id=session.id,
                plan=_text(draw),
                needling=draw(st.sampled_from([None, *WORDS])),
            )
        )
    if signed:
        papers.append(_addendum(session, who, _text(draw) or "x"))
    return [session, *marks, *papers]


def _addendum(session: TreatmentSession, who: Practitioner, text: str) -> Addendum:
    return Addendum(
        id=new_id(), session_id=session.id, practitioner_id=who.id, name=who.name,
        written_at=NOW, reason="More", text=text,
    )  # fmt: skip


@st.composite
def searches(draw: st.DrawFn, people: list[Practitioner]) -> SessionSearch:
    def maybe(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(st.none() | strategy)

    day = st.dates(NOW.date() - timedelta(days=42), NOW.date() + timedelta(days=2))
    return SessionSearch(
        muscles=maybe(st.frozensets(st.sampled_from(MUSCLES))),
        side=maybe(st.sampled_from(Side)),
        kind=maybe(st.sampled_from([MarkKind.NEEDLE, MarkKind.TWITCH, MarkKind.NOTE])),
        event=maybe(st.sampled_from([EventKind.BRUISE, EventKind.SYNCOPE])),
        period=Period(maybe(day), maybe(day)),
        practitioner_id=maybe(st.sampled_from([each.id for each in people])),
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

    def found(self, search: SessionSearch) -> list[tuple[Any, int, int]]:
        rows = [
            (session.id, len(self.marks(session, search)), len(self.events(session, search)))
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


@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_a_search_finds_what_a_plain_filter_over_all_records_finds(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    people = [builders.practitioner(), builders.practitioner(name="Ben")]
    patients = [builders.patient("A", "1"), builders.patient("B", "2")]
    groups = [
        data.draw(visits(data.draw(st.sampled_from(patients)), data.draw(st.sampled_from(people))))
        for _visit in range(data.draw(st.integers(0, 10)))
    ]
    folder: Path = tmp_path_factory.mktemp("search")
    with open_practice(folder / "practice", clock=builders.clock) as practice:
        repository = practice.repository
        repository.commit(Change.add("Fill", *people, *patients), builders.stamp())
        held = Held([record for group in groups for record in _stored(repository, group)])
        for _search in range(10):
            search = data.draw(searches(people))
            expected = held.found(search)
            assert told(repository.overview.find_sessions(search, 100)) == expected
            few = repository.overview.find_sessions(search, 2)
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


def told(found: FoundSessions) -> list[tuple[Any, int, int]]:
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
