"""The whole practice at a glance: counted by hand on real databases."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from app.domain.anatomy import Anchor, Side
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.closing import AdverseEvent, Closing, EventKind, Severity
from app.domain.identity import UUID, new_id
from app.domain.marks import Details, Mark, Needle, Soreness, SorenessTime, TriggerPoint
from app.domain.own_pictures import FLAT_TRIANGLES, picture_version
from app.domain.papers import SessionNote
from app.domain.period import ALWAYS, Period
from app.domain.practice_summaries import NeedledPlace, SizeUse, Todays
from app.domain.preparation import Consent, Preparation, SorenessReport
from app.domain.records import Patient, Record, SessionStatus, TreatmentSession
from app.domain.signing_rules import in_the_way
from app.domain.supplies import NeedleBox
from app.review.needle_use import lots
from db.repository import SqlRepository
from tests.db import builders

NOW = builders.NOW
TODAY = NOW.date()
WEEK = Period(TODAY - timedelta(days=7), TODAY - timedelta(days=1))
IN = Needle(in_at=NOW, diameter_mm=0.25, length_mm=30)
OUT = Needle(in_at=NOW, out_at=NOW, diameter_mm=0.25, length_mm=30)


class Practice:
    """A practice that is filled step by step."""

    def __init__(self, repository: SqlRepository) -> None:
        self.repository = repository
        self.overview = repository.overview
        self.ada, self.ben = builders.practitioner(), builders.practitioner(name="Ben Okoro")
        self.anna = builders.patient("Anders", "1", given_name="Anna")
        self.bela = builders.patient("Bartok", "2")
        self.add(self.ada, self.ben, self.anna, self.bela)

    def add(self, *records: Record) -> None:
        self.repository.commit(
            Change.add("Add", *records), Stamp(step=new_id(), action=Action.DO, at=NOW)
        )

    def visit(self, days_ago: float, of: Patient | None = None, **fields: Any) -> TreatmentSession:
        made = builders.session(
            of or self.anna, self.ada, started_at=NOW - timedelta(days=days_ago), **fields
        )
        self.add(made)
        return made

    def mark(self, of: TreatmentSession, number: int, details: Details, **fields: Any) -> Mark:
        made = builders.mark(of, number, details=details, **fields)
        self.add(made)
        return made

    def close(self, of: TreatmentSession, *events: AdverseEvent, **fields: Any) -> Closing:
        made = Closing(id=new_id(), session_id=of.id, events=events, **fields)
        self.add(made)
        return made

    def prepare(self, of: TreatmentSession, **fields: Any) -> Preparation:
        made = Preparation(id=new_id(), session_id=of.id, **fields)
        self.add(made)
        return made

    def todays(self, now: datetime = NOW) -> Todays:
        return self.overview.todays(WEEK, now)

    def due(self) -> list[UUID]:
        return [each.visit.session_id for each in self.todays().follow_ups]


@pytest.fixture
def held(repository: SqlRepository) -> Practice:
    return Practice(repository)


# -- follow-ups -------------------------------------------------------------------------------


def test_a_session_with_needles_is_due_from_the_first_to_the_last_day(held: Practice) -> None:
    visits = {days: held.visit(days) for days in (0, 1, 4, 7, 8)}
    for visit in visits.values():
        held.mark(visit, 1, OUT)
    assert held.due() == [visits[days].id for days in (7, 4, 1)]


def test_without_a_needle_nothing_is_due(held: Practice) -> None:
    held.mark(held.visit(2), 1, TriggerPoint())
    held.visit(3)
    assert held.due() == []


def test_a_needle_without_times_is_one(held: Practice) -> None:
    visit = held.visit(2)
    held.mark(visit, 1, Needle())
    assert held.due() == [visit.id]


def test_each_muscle_and_side_is_named_once_and_the_next_step_too(held: Practice) -> None:
    visit = held.visit(2)
    for number, side in enumerate((Side.LEFT, Side.RIGHT, Side.LEFT), 1):
        held.mark(visit, number, OUT, muscle="soleus", side=side)
    version, spot = picture_version("0" * 64), Anchor(FLAT_TRIANGLES[0], 0.4, 0.5)
    on_picture = {"anchor": spot, "body_version": version, "placed_in": version, "side": None}
    held.mark(visit, 4, OUT, muscle=None, **on_picture)
    held.mark(visit, 9, TriggerPoint(), muscle="masseter")
    held.close(visit, next_step="In a week.")
    (due,) = held.todays().follow_ups
    assert due.places == (
        NeedledPlace("soleus", Side.LEFT), NeedledPlace("soleus", Side.RIGHT),
        NeedledPlace(None, None),
    )  # fmt: skip
    assert due.next_step == "In a week."
    assert (due.visit.patient, due.visit.day) == ("Anders, Anna", visit.started_at.date())


def test_an_answer_in_a_later_session_ends_it_and_only_for_that_session(held: Practice) -> None:
    first, second = held.visit(5), held.visit(2)
    needle = held.mark(first, 1, OUT)
    held.mark(second, 1, OUT)
    assert held.due() == [first.id, second.id]
    held.prepare(second, soreness_since=(SorenessReport(mark_id=needle.id, worst=0),))
    assert held.due() == [second.id]


def test_an_answer_counts_also_where_the_calendar_was_a_day_behind(held: Practice) -> None:
    day = TODAY - timedelta(days=7)
    east, west = (timezone(timedelta(hours=hours)) for hours in (14, -11))
    at = datetime(day.year, day.month, day.day, 6, tzinfo=east)
    first = builders.session(held.anna, held.ada, started_at=at)
    later = (at + timedelta(hours=2)).astimezone(west)
    second = builders.session(held.anna, held.ada, started_at=later)
    held.add(first, second)
    needle = held.mark(first, 1, OUT)
    held.prepare(second, soreness_since=(SorenessReport(mark_id=needle.id, worst=0),))
    assert held.due() == []


def test_a_preparation_that_answers_nothing_leaves_it_due(held: Practice) -> None:
    first, second = held.visit(5), held.visit(0)
    held.mark(first, 1, OUT)
    held.prepare(second)
    other = held.visit(1, held.bela)
    told = held.mark(other, 1, OUT)
    held.prepare(held.visit(0, held.bela), soreness_since=(SorenessReport(mark_id=told.id),))
    assert held.due() == [first.id, other.id]


def test_a_sore_area_of_later_in_the_session_itself_is_an_answer(held: Practice) -> None:
    told, during = held.visit(3), held.visit(2)
    for visit, when in ((told, SorenessTime.LATER), (during, SorenessTime.DURING)):
        held.mark(visit, 1, OUT)
        held.mark(visit, 2, Soreness(intensity=3, when=when))
    assert held.due() == [during.id]


@pytest.mark.parametrize(
    ("hours_ahead", "hour", "days_ago", "is_due"),
    [
        (-9, 23, 8, False),  # by UTC 7 days ago
        (-9, 23, 1, True),  # by UTC today
        (11, 0, 7, True),  # by UTC 8 days ago
        (11, 0, 0, False),  # by UTC yesterday
    ],
)
def test_the_days_are_those_of_the_place_where_it_was_charted(
    held: Practice, hours_ahead: int, hour: int, days_ago: int, is_due: bool
) -> None:
    day, zone = TODAY - timedelta(days=days_ago), timezone(timedelta(hours=hours_ahead))
    at = datetime(day.year, day.month, day.day, hour, 30, tzinfo=zone)
    made = builders.session(held.anna, held.ada, started_at=at)
    held.add(made)
    held.mark(made, 1, OUT)
    assert held.due() == [made.id] * is_due


# -- drafts -----------------------------------------------------------------------------------


def test_drafts_of_earlier_days_with_needles_in_first_then_the_oldest(held: Practice) -> None:
    old, older, with_needle = held.visit(3), held.visit(9), held.visit(1)
    held.mark(with_needle, 1, IN)
    held.mark(with_needle, 2, OUT)
    held.mark(with_needle, 3, Needle())
    signed = held.visit(2)
    held.mark(signed, 1, OUT)
    held.repository.commit(Change.replace("Sign", signed, _signed(signed)), builders.stamp())
    todays = held.visit(0)
    held.mark(todays, 1, IN)
    found = held.todays()
    assert [each.visit.session_id for each in found.unsigned] == [with_needle.id, older.id, old.id]
    assert [each.facts.needles_in for each in found.unsigned] == [1, 0, 0]
    assert found.needles_in == 2  # today's too


def test_a_session_that_began_last_evening_and_runs_is_no_draft_of_yesterday(
    held: Practice,
) -> None:
    night = NOW.replace(hour=0, minute=30)
    held.add(builders.session(held.anna, held.ada, started_at=night - timedelta(hours=2)))
    assert held.todays(night).unsigned == ()
    assert len(held.todays(night + timedelta(hours=5)).unsigned) == 1


def test_what_is_in_the_way_of_signing_is_known(held: Practice) -> None:
    needled, unasked, no_consent, declined, ready = (held.visit(9 - k) for k in range(5))
    held.mark(needled, 1, IN)
    held.close(unasked, needles_counted=3)
    for visit in (no_consent, declined, ready):
        held.close(visit, no_adverse_events=True)
    held.prepare(declined, consent=Consent.DECLINED)
    held.prepare(ready, consent=Consent.VERBAL)
    found = {each.visit.session_id: in_the_way(each.facts) for each in held.todays().unsigned}
    assert [found[visit.id] for visit in (needled, unasked, no_consent, declined, ready)] == [
        "A needle is still in. Take all needles out first.",
        "Say whether there was an adverse event, or none.",
        "Record the patient's consent.",
        "Consent was not given. Without it no needling is signed.",
        "",
    ]


def test_marks_are_read_only_where_the_note_is_to_be_compared_with_them(held: Practice) -> None:
    ready, blocked = held.visit(5), held.visit(4)
    for visit in (ready, blocked):
        held.mark(visit, 1, OUT)
        held.add(SessionNote(id=new_id(), session_id=visit.id, needling="Mine.", needling_of=""))
    held.close(ready, no_adverse_events=True)
    held.prepare(ready, consent=Consent.VERBAL)
    first, second = held.todays().unsigned
    assert first.note is not None
    assert first.note.needling == "Mine."
    assert [mark.number for mark in first.marks] == [1]
    assert (second.note, second.marks) == (None, ())


def _signed(session: TreatmentSession) -> TreatmentSession:
    return replace(session, status=SessionStatus.SIGNED)


# -- adverse events ---------------------------------------------------------------------------

BRUISE = AdverseEvent(kind=EventKind.BRUISE, severity=Severity.MILD)
BLEEDING = AdverseEvent(kind=EventKind.BLEEDING)


def test_sessions_with_events_are_counted_once_each(held: Practice) -> None:
    held.close(held.visit(1), BRUISE, BRUISE, BLEEDING)
    held.close(held.visit(2), BLEEDING)
    held.close(held.visit(3), no_adverse_events=True)
    held.close(held.visit(4), needles_counted=2)  # not asked
    held.visit(5)  # no closing at all
    figures = held.overview.event_figures(ALWAYS, None)
    assert (figures.sessions, figures.asked, figures.happened) == (5, 3, 2)
    assert figures.of_kind == {EventKind.BRUISE: 1, EventKind.BLEEDING: 2}
    assert figures.of_severity == {Severity.MILD: 1, None: 2}


def test_sessions_that_were_asked_and_tell_of_no_needle_are_counted(held: Practice) -> None:
    needled, counted, talked, unasked = (held.visit(days) for days in range(4))
    held.mark(needled, 1, OUT)
    held.close(needled, no_adverse_events=True)
    held.close(counted, BRUISE, needles_counted=2)
    held.mark(talked, 1, TriggerPoint())
    held.close(talked, no_adverse_events=True, needles_counted=0)
    held.close(unasked)
    figures = held.overview.event_figures(ALWAYS, None)
    assert (figures.asked, figures.without_needle) == (3, 1)


def test_events_of_a_period_and_of_one_practitioner(held: Practice) -> None:
    held.close(held.visit(1), BRUISE)
    held.close(held.visit(40), BLEEDING)
    other = builders.session(held.bela, held.ben, started_at=NOW - timedelta(days=1))
    held.add(other)
    held.close(other, BLEEDING)
    month = Period(TODAY - timedelta(days=30), TODAY)
    assert held.overview.event_figures(month, None).of_kind == {
        EventKind.BRUISE: 1, EventKind.BLEEDING: 1,
    }  # fmt: skip
    figures = held.overview.event_figures(month, held.ben.id)
    assert (figures.sessions, figures.of_kind) == (1, {EventKind.BLEEDING: 1})
    assert held.overview.event_figures(Period(until=date(1900, 1, 1)), None).sessions == 0


def test_an_empty_practice_has_no_figures(held: Practice) -> None:
    figures = held.overview.event_figures(ALWAYS, None)
    assert (figures.sessions, figures.asked, figures.of_kind) == (0, 0, {})
    assert held.todays() == Todays()
    assert lots(held.overview.needle_figures(ALWAYS)) == []


# -- needles ----------------------------------------------------------------------------------


def test_needles_by_size_also_those_of_which_none_is_recorded(held: Practice) -> None:
    first, second = held.visit(1), held.visit(2)
    held.mark(first, 1, OUT)
    held.mark(first, 2, OUT)
    held.mark(second, 1, OUT)
    held.mark(second, 2, Needle(length_mm=40))
    held.mark(second, 3, Needle())
    held.mark(second, 4, TriggerPoint())
    assert held.overview.needle_figures(ALWAYS).sizes == (
        SizeUse(0.25, 30, 3, 2), SizeUse(None, None, 1, 1), SizeUse(None, 40, 1, 1),
    )  # fmt: skip
    yesterday = Period(TODAY - timedelta(days=1), TODAY)
    assert held.overview.needle_figures(yesterday).sizes == (SizeUse(0.25, 30, 2, 1),)


def test_a_lot_is_counted_over_its_boxes_and_its_patients_once(held: Practice) -> None:
    a17, again, unused = (
        NeedleBox(id=new_id(), manufacturer=maker, lot=lot, expires_on=expires)
        for maker, lot, expires in (
            ("Maker", "A17", date(2027, 5, 1)), ("maker ", "a17", date(2026, 12, 1)),
            ("Maker", "B", None),
        )
    )  # fmt: skip
    held.add(a17, again, unused)
    visits = [held.visit(1), held.visit(2), held.visit(3, held.bela), held.visit(4)]
    for visit, box, counted in zip(visits, (a17, again, a17, None), (2, None, 1, 5), strict=True):
        held.mark(visit, 1, OUT)
        held.mark(visit, 2, OUT)
        held.prepare(visit, box_id=None if box is None else box.id)
        held.close(visit, needles_counted=counted)
    held.visit(5)  # neither needles nor a box: no use of anything
    first, second, last = lots(held.overview.needle_figures(ALWAYS))
    assert {box.id for box in first.boxes} == {a17.id, again.id}
    assert (first.patients, first.sessions, first.needles) == (2, 3, 6)
    assert (first.counted, first.counted_sessions) == (3, 2)
    assert (first.expires_on, first.last_at) == (date(2026, 12, 1), visits[0].started_at)
    assert (second.lot, second.sessions, second.last_at) == ("B", 0, None)
    assert (last.boxes, last.patients, last.sessions, last.needles) == ((), 1, 1, 2)
    overview = held.overview
    recalled = overview.sessions_of_boxes(first.box_ids, ALWAYS)
    assert [row.visit.session_id for row in recalled] == [visit.id for visit in visits[:3]]
    assert [row.marks for row in recalled] == [2, 2, 2]
    assert [row.visit.patient for row in recalled] == ["Anders, Anna", "Anders, Anna", "Bartok"]
    (without,) = overview.sessions_of_boxes(last.box_ids, ALWAYS)
    assert without.visit.session_id == visits[3].id
    assert overview.sessions_of_boxes(second.box_ids, ALWAYS) == []
    assert (
        len(overview.sessions_of_boxes(first.box_ids, Period(until=visits[1].started_at.date())))
        == 2
    )


def test_a_box_that_was_named_without_a_needle_on_the_chart_counts_for_a_recall(
    held: Practice,
) -> None:
    box = NeedleBox(id=new_id(), manufacturer="Maker", lot="A")
    held.add(box)
    held.prepare(held.visit(1), box_id=box.id)
    (row,) = lots(held.overview.needle_figures(ALWAYS))
    assert (row.patients, row.sessions, row.needles, row.counted_sessions) == (1, 1, 0, 0)
    assert len(held.overview.sessions_of_boxes([box.id], ALWAYS)) == 1
