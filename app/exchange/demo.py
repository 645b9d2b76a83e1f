"""A synthetic practice: invented people with a plausible course of treatment.

The first of them was treated for a year, so that there is something to look back over. The same
seed gives the same records, byte for byte, on any day; and a patient is the same whatever the
number of patients around it.
"""

from collections.abc import Iterator, Sequence
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
from app.exchange.demo_course import Visit, of_a_year, weekly
from app.exchange.demo_marks import TreatedSite, choose_sites, make_marks
from app.exchange.demo_papers import invent_boxes, papers_of
from app.exchange.demo_people import PRACTITIONERS, invent_patient, invent_practitioner
from app.exchange.demo_scores import scores_of
from app.exchange.demo_signing import with_signatures
from app.exchange.demo_sites import COMPLAINTS, Complaint

DEMO_DAY = datetime(2026, 11, 16, tzinfo=timezone(timedelta(hours=1)))
"""The Monday on which a demo practice stands still, so that it is the same on any day."""

_NOTES = (
    "Slept well after last time. Sore for a day, then easier.",
    "Home exercise done on most days.",
    "Stretching and heat afterwards. Water, no sport today.",
    "More sitting than usual this week.",
    "Asked for less pressure; treated lying on the side.",
    "Movement freer after treatment; same home programme.",
)


def synthesize(
    patients: int,
    sessions: int | None,
    seed: int,
    atlas: Atlas,
    now: datetime = DEMO_DAY,
    *,
    signed: bool = True,
) -> list[Record]:
    """The records of a practice with so many patients, parents before children.

    ``sessions``: of each patient, a week apart, the last one in the week before ``now``; None
    for some three to eight, as it comes, and a year of them for the first patient. Most are
    signed; without ``signed`` all are drafts.
    """
    practitioners = list(_practitioners(seed, now))
    known = {each.id: each for each in practitioners}
    boxes = list(invent_boxes(seed, now))
    records: list[Record] = [*practitioners, *boxes]
    for index in range(patients):
        chance = Random(f"needlepoint demo {seed}, patient {index}")
        coming = Random(f"needlepoint demo {seed}, visits of patient {index}")
        visits = (
            of_a_year(coming, now)
            if index == 0 and sessions is None
            else weekly(coming, sessions, now)
        )
        history = list(_history(chance, index, visits, practitioners, atlas, now))
        beside = Random(f"needlepoint demo {seed}, papers of patient {index}")
        papers = list(_papers(beside, history, boxes))
        history += papers
        signing = Random(f"needlepoint demo {seed}, signatures of patient {index}")
        records += with_signatures(signing, history, known) if signed else history
    return records


def _practitioners(seed: int, now: datetime) -> Iterator[Practitioner]:
    chance = Random(f"needlepoint demo {seed}, practitioners")
    for index in range(len(PRACTITIONERS)):
        yield invent_practitioner(index, make_id(chance, now - timedelta(days=3650 - index)))


def _history(
    chance: Random,
    index: int,
    visits: Sequence[Visit],
    practitioners: list[Practitioner],
    atlas: Atlas,
    now: datetime,
) -> Iterator[Record]:
    """One patient, the problems, and the sessions with their marks."""
    first = visits[0].start if visits else now
    patient = invent_patient(chance, index, make_id(chance, first), now.date())
    practitioner = chance.choice(practitioners)
    yield patient
    complaint = index + chance.randrange(2)
    for number in sorted({visit.problem for visit in visits} or {0}):
        of_it = [visit for visit in visits if visit.problem == number]
        about = COMPLAINTS[(complaint + 2 * number) % len(COMPLAINTS)]
        yield from _bout(chance, patient, about, of_it, first, practitioner, atlas)


def _bout(
    chance: Random,
    patient: Patient,
    complaint: Complaint,
    visits: Sequence[Visit],
    first: datetime,
    practitioner: Practitioner,
    atlas: Atlas,
) -> Iterator[Record]:
    """One problem of a patient, and the sessions about it."""
    problem = _problem(
        chance, patient, complaint, visits[0].start if visits else first, len(visits)
    )
    sites = choose_sites(chance, complaint, problem.side)
    yield problem
    for number, visit in enumerate(visits):
        session = _session(chance, problem, practitioner, visit.start, visit.pain)
        yield session
        treated = _treated(chance, sites)
        yield from make_marks(chance, session, number, treated, patient.body, atlas)


def _papers(
    chance: Random, history: list[Record], boxes: list[NeedleBox]
) -> Iterator[Paper | OutcomeScore]:
    """What is written of one patient beside the marks: the scores, and of each session."""
    (patient,) = (each for each in history if isinstance(each, Patient))
    visits = [each for each in history if isinstance(each, TreatmentSession)]
    marks = [each for each in history if isinstance(each, Mark)]
    for problem in (each for each in history if isinstance(each, Problem)):
        yield from scores_of(chance, problem, [v for v in visits if v.problem_id == problem.id])
    yield from papers_of(chance, patient, visits, marks, boxes)


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
