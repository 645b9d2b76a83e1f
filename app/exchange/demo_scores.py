"""Outcome scores of a demo practice: what a practitioner would measure every other week or so."""

from collections.abc import Iterator, Sequence
from random import Random

from app.domain.outcomes import SCALES, Measure, OutcomeScore
from app.domain.records import Problem, TreatmentSession
from app.domain.words import local_day
from app.exchange.demo_chance import make_id

EVERY = 3
"""Sessions from one measurement to the next."""
WORST, BETTER_BY = 0.62, 0.45
"""Where on its scale a score begins, and how much of that is gone in the end: shares."""

_OF_COMPLAINT = {
    "Neck pain": Measure.NDI,
    "Low back pain": Measure.ODI,
    "Shoulder pain": Measure.QUICKDASH,
    "Elbow pain": Measure.QUICKDASH,
    "Headache": Measure.HIT6,
}
"""The measure of a part of the body; of the leg, where it is not named."""
_TURNING = ("neck rotation, left", "neck rotation, right")


def scores_of(
    chance: Random, problem: Problem, visits: Sequence[TreatmentSession]
) -> Iterator[OutcomeScore]:
    """The scores of a problem, measured at each third of its sessions, oldest first."""
    measured = visits[::EVERY]
    for k, visit in enumerate(measured):
        left = WORST * (1 - BETTER_BY * k / max(len(measured) - 1, 1))
        for measure in (Measure.PSFS, _OF_COMPLAINT.get(problem.title, Measure.LEFS)):
            scale = SCALES[measure]
            bad = min(max(left + chance.gauss(0, 0.05), 0.0), 1.0)
            share = bad if scale.high_is_bad else 1 - bad
            value = scale.lowest + share * (scale.highest - scale.lowest)
            yield _score(chance, problem, visit, measure, round(value, 0 if scale.whole else 1))
        for turning in _TURNING if problem.title == "Neck pain" else ():
            degrees = round(80 - 45 * left + chance.gauss(0, 3))
            yield _score(chance, problem, visit, Measure.RANGE_OF_MOTION, degrees, turning)


def _score(
    chance: Random,
    problem: Problem,
    visit: TreatmentSession,
    measure: Measure,
    score: float,
    detail: str = "",
) -> OutcomeScore:
    return OutcomeScore(
        id=make_id(chance, visit.started_at),
        patient_id=problem.patient_id,
        problem_id=problem.id,
        measure=measure,
        score=float(score),
        measured_on=local_day(visit.started_at),
        detail=detail,
    )
