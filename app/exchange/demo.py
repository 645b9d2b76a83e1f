"""A synthetic practice: invented people with a plausible course of treatment.

The same seed gives the same records, byte for byte, on any day; and a patient is the same
whatever the number of patients around it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from random import Random

from app.body.atlas import Atlas
from app.domain.anatomy import Side
from app.domain.marks import Mark
from app.domain.outcomes import OutcomeScore
from app.domain.papers import Paper
from app.domain.records import Patient, Practitioner, Problem, Record, TreatmentSession
from app.domain.supplies import NeedleBox
from app.exchange.demo_chance import make_id, on_scale
from app.exchange.demo_marks import TreatedSite, choose_sites, make_marks
from app.exchange.demo_papers import invent_boxes, papers_of
from app.exchange.demo_people import PRACTITIONERS, invent_patient, invent_practitioner
from app.exchange.demo_scores import scores_of
from app.exchange.demo_sites import COMPLAINTS, Complaint

DEMO_DAY = datetime(2026, 11, 16, tzinfo=timezone(timedelta(hours=1)))
"""The Monday on which a demo practice stands still, so that it is the same on any day."""

_FEWEST_SESSIONS, _MOST_SESSIONS = 3, 8
_WEEK = timedelta(days=7)
_NOTES = (
    "Slept well after last time. Sore for a day, then easier.",
    "Home exercise done on most days.",
    "Stretching and heat afterwards. Water, no sport today.",
    "More sitting than usual this week.",
    "Asked for less pressure; treated lying on the side.",
    "Movement freer after treatment; same home programme.",
)


def synthesize(
    patients: int, sessions: int | None, seed: int, atlas: Atlas, now: datetime = DEMO_DAY
) -> list[Record]:
    """The records of a practice with so many patients, parents before children.

    ``sessions``: of each patient, a week apart, the last one in the week before ``now``; None
    for some three to eight, as it comes.
    """
    practitioners = list(_practitioners(seed, now))
    boxes = list(invent_boxes(seed, now))
    records: list[Record] = [*practitioners, *boxes]
    for index in range(patients):
        chance = Random(f"needlepoint demo {seed}, patient {index}")
        history = list(_history(chance, index, sessions, practitioners, atlas, now))
        records += history
        beside = Random(f"needlepoint demo {seed}, papers of patient {index}")
        records += _papers(beside, history, boxes)
        measuring = Random(f"needlepoint demo {seed}, scores of patient {index}")
        records += _scores(measuring, history)
    return records


def _practitioners(seed: int, now: datetime) -> Iterator[Practitioner]:
    chance = Random(f"needlepoint demo {seed}, practitioners")
    for index in range(len(PRACTITIONERS)):
        yield invent_practitioner(index, make_id(chance, now - timedelta(days=3650 - index)))


def _history(
    chance: Random,
    index: int,
    sessions: int | None,
    practitioners: list[Practitioner],
    atlas: Atlas,
    now: datetime,
) -> Iterator[Record]:
    """One patient, the problem, and the sessions with their marks."""
    count = chance.randint(_FEWEST_SESSIONS, _MOST_SESSIONS) if sessions is None else sessions
    starts = list(_starts(chance, count, now))
    first = starts[0] if starts else now
    patient = invent_patient(chance, index, make_id(chance, first), now.date())
    complaint = COMPLAINTS[(index + chance.randrange(2)) % len(COMPLAINTS)]
    problem = _problem(chance, patient, complaint, first, count)
    sites = choose_sites(chance, complaint, problem.side)
    practitioner = chance.choice(practitioners)
    yield patient
    yield problem
    pain = chance.uniform(5.0, 8.5)
    for visit, start in enumerate(starts):
        session = _session(chance, problem, practitioner, start, pain)
        yield session
        yield from make_marks(chance, session, visit, _treated(chance, sites), patient.body, atlas)
        pain = max(0.4, pain - chance.gauss(0.6, 0.8))  # better by and by, with set-backs


def _papers(chance: Random, history: list[Record], boxes: list[NeedleBox]) -> Iterator[Paper]:
    """What is written of one patient's sessions beside the marks."""
    (patient,) = (each for each in history if isinstance(each, Patient))
    visits = [each for each in history if isinstance(each, TreatmentSession)]
    marks = [each for each in history if isinstance(each, Mark)]
    return papers_of(chance, patient, visits, marks, boxes)


def _scores(chance: Random, history: list[Record]) -> Iterator[OutcomeScore]:
    """What was measured of one patient's problem."""
    (problem,) = (each for each in history if isinstance(each, Problem))
    visits = [each for each in history if isinstance(each, TreatmentSession)]
    return scores_of(chance, problem, visits)


def _starts(chance: Random, count: int, now: datetime) -> Iterator[datetime]:
    """When the sessions begin: the same weekday and about the same hour, oldest first."""
    minutes = chance.randrange(8 * 60, 17 * 60, 15)
    last = now - timedelta(days=chance.randint(1, 4) + 2)  # Tuesday to Friday of the week before
    for weeks in reversed(range(count)):
        day = last - weeks * _WEEK
        zone = timezone(timedelta(hours=2 if 4 <= day.month <= 10 else 1))  # summer time, roughly
        at = datetime(day.year, day.month, day.day, tzinfo=zone)
        yield at + timedelta(minutes=minutes + chance.choice((0, 0, 0, 15, 30)))


def _problem(
    chance: Random, patient: Patient, complaint: Complaint, first: datetime, count: int
) -> Problem:
    goals = chance.sample(complaint.goals, chance.randint(1, len(complaint.goals)))
    return Problem(
        id=make_id(chance, first),
        patient_id=patient.id,
        title=complaint.title,
        side=chance.choice((Side.LEFT, Side.RIGHT, None)),
        onset=first.date() - timedelta(days=chance.randint(10, 400)),
        goals="\n".join(goals),
        planned_sessions=min(200, max(6, count + chance.randint(0, 3))),
    )


def _session(
    chance: Random, problem: Problem, practitioner: Practitioner, start: datetime, pain: float
) -> TreatmentSession:
    before = on_scale(pain + chance.gauss(0, 0.5), 10)
    after = on_scale(before - chance.choice((-1, 0, 1, 1, 1, 2, 2, 2, 3)), 10)
    return TreatmentSession(
        id=make_id(chance, start),
        patient_id=problem.patient_id,
        practitioner_id=practitioner.id,
        problem_id=problem.id,
        started_at=start,
        ended_at=start + timedelta(minutes=chance.randint(22, 40)),
        pain_before=before,
        pain_after=after,
        note=chance.choice(_NOTES) if chance.random() < 0.5 else "",
    )


def _treated(chance: Random, sites: list[TreatedSite]) -> list[TreatedSite]:
    """Those of a patient's sites that this session treats: the worst always, others by turns."""
    return [site for rank, site in enumerate(sites) if rank < 2 or chance.random() < 0.6]
