"""Sessions along time: what each held at a glance, and what a filter lets through."""

from datetime import UTC, datetime, timedelta

from app.domain.anatomy import Side
from app.domain.closing import AdverseEvent, Closing, EventKind
from app.domain.identity import UUID, new_id
from app.domain.marks import MarkKind
from app.domain.records import TreatmentSession
from app.domain.summaries import MarkFigure, PatientFigures
from app.review.timeline import ReviewFilter, before, choices, timeline

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
NECK, BACK, ADA, BEN, PATIENT = (new_id() for _ in range(5))


def session(week: int, problem: UUID | None = NECK, by: UUID = ADA) -> TreatmentSession:
    return TreatmentSession(
        id=new_id(), patient_id=PATIENT, practitioner_id=by, problem_id=problem,
        started_at=START + timedelta(weeks=week),
    )  # fmt: skip


FIRST, SECOND, THIRD = session(0), session(1, BACK), session(2, None, BEN)
SESSIONS = [SECOND, THIRD, FIRST]
KNOWN = PatientFigures(
    (
        MarkFigure(FIRST.id, MarkKind.NEEDLE, "soleus", Side.LEFT, 3),
        MarkFigure(FIRST.id, MarkKind.TWITCH, "soleus", Side.LEFT, 1, 4),
        MarkFigure(FIRST.id, MarkKind.TWITCH, "soleus", Side.LEFT, 2, 2),
        MarkFigure(SECOND.id, MarkKind.NEEDLE, "gracilis", Side.RIGHT, 5),
        MarkFigure(SECOND.id, MarkKind.REACTION, None, None, 1),
    ),
    (
        Closing(id=new_id(), session_id=FIRST.id, no_adverse_events=True),
        Closing(id=new_id(), session_id=THIRD.id, events=(AdverseEvent(kind=EventKind.FAINTNESS),)),
    ),
)


def test_sessions_stand_in_the_order_of_time_with_what_they_held() -> None:
    found = timeline(SESSIONS, KNOWN)
    assert [each.session for each in found.glances] == [FIRST, SECOND, THIRD]
    assert [(g.marks, g.needles, g.twitches, g.reactions) for g in found.glances] == [
        (6, 3, 6, 0), (6, 5, 0, 1), (0, 0, 0, 0),
    ]  # fmt: skip
    assert [each.has_events for each in found.glances] == [False, True, True]
    assert (found.marks_shown, found.marks_in_all, found.sessions_in_all) == (12, 12, 3)


def test_a_patient_without_sessions_has_an_empty_timeline() -> None:
    found = timeline([], PatientFigures((), ()))
    assert (found.glances, found.marks_in_all, found.place_of(FIRST.id)) == ((), 0, None)


def test_a_filter_leaves_what_it_asks_for_and_the_whole_is_still_known() -> None:
    left = timeline(SESSIONS, KNOWN, ReviewFilter(side=Side.LEFT, kind=MarkKind.TWITCH))
    assert [each.marks for each in left.glances] == [3, 0, 0]
    assert (left.marks_shown, left.marks_in_all) == (3, 12)
    of_ben = timeline(SESSIONS, KNOWN, ReviewFilter(practitioner_id=BEN))
    assert [each.session for each in of_ben.glances] == [THIRD]
    back = timeline(SESSIONS, KNOWN, ReviewFilter(problem_id=BACK, muscle="soleus"))
    assert [(each.session, each.marks) for each in back.glances] == [(SECOND, 0)]
    assert back.sessions_in_all == 3


def test_a_filter_is_open_until_anything_is_asked_for() -> None:
    assert ReviewFilter().is_open
    assert not ReviewFilter(muscle="soleus").is_open


def test_only_what_occurs_can_be_asked_for() -> None:
    names = {"soleus": "A soleus", "gracilis": "Z gracilis"}
    found = choices(SESSIONS, KNOWN, names.__getitem__)
    assert found.muscles == ("soleus", "gracilis")
    assert found.kinds == (MarkKind.NEEDLE, MarkKind.TWITCH, MarkKind.REACTION)
    assert found.sides == (Side.LEFT, Side.RIGHT)
    assert (found.problem_ids, found.practitioner_ids) == ({NECK, BACK}, {ADA, BEN})


def test_the_last_few_before_a_place_are_fewer_at_the_beginning() -> None:
    found = timeline(SESSIONS, KNOWN)
    assert before(found, 2, 3) == (FIRST, SECOND)
    assert before(found, 2, 1) == (SECOND,)
    assert before(found, 0, 3) == ()
