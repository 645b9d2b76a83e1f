"""The outcome scores of an invented patient: they follow the pain, and not too closely."""

from collections.abc import Iterator, Sequence
from random import Random

from app.domain.outcomes import SCALES, Measure, OutcomeScore
from app.domain.records import Problem, TreatmentSession
from app.exchange.demo_chance import make_id

_MEASURE_OF = {
    "Neck pain": Measure.NDI,
    "Low back pain": Measure.ODI,
    "Shoulder pain": Measure.QUICKDASH,
    "Headache": Measure.HIT6,
    "Buttock and leg pain": Measure.LEFS,
    "Calf strain": Measure.LEFS,
    "Elbow pain": Measure.QUICKDASH,
    "Knee pain": Measure.LEFS,
}
_MOVEMENT_OF = {
    "Neck pain": ("neck rotation", 85),
    "Headache": ("neck rotation", 85),
    "Low back pain": ("trunk flexion", 60),
    "Shoulder pain": ("shoulder flexion", 180),
    "Knee pain": ("knee flexion", 140),
}
"""A movement, and how many degrees a patient of the demo has of it when nothing hurts."""
_EVERY = 4
_WORST = 0.8
"""The share of its scale that a score reaches at the worst pain."""


def scores_of(
    chance: Random, problem: Problem, sessions: Sequence[TreatmentSession]
) -> Iterator[OutcomeScore]:
    """At the first of a problem's ``sessions``, at each fourth after it and at the last."""
    last = len(sessions) - 1
    for index, session in enumerate(sessions):
        if index % _EVERY and index != last:
            continue
        ill = (session.pain_before or 0) / 10
        for measure in (_MEASURE_OF[problem.title], Measure.PSFS):
            yield _score(chance, problem, session, measure, _on(measure, ill, chance))
        movement = _MOVEMENT_OF.get(problem.title)
        if movement is not None:
            name, free = movement
            degrees = float(round(free * (1 - 0.5 * ill) + chance.gauss(0, 2)))
            where = f"{name}, {problem.side.value}" if problem.side else name
            yield _score(chance, problem, session, Measure.RANGE_OF_MOTION, degrees, where)


def _on(measure: Measure, ill: float, chance: Random) -> float:
    """A score of ``measure`` for somebody who is so ill, from 0 to 1."""
    scale = SCALES[measure]
    share = min(1.0, max(0.0, _WORST * ill + chance.gauss(0, 0.04)))
    span = scale.highest - scale.lowest
    score = scale.lowest + span * (share if scale.high_is_bad else 1 - share)
    return float(round(score)) if scale.whole else round(score, 1)


def _score(
    chance: Random,
    problem: Problem,
    session: TreatmentSession,
    measure: Measure,
    score: float,
    detail: str = "",
) -> OutcomeScore:
    return OutcomeScore(
        id=make_id(chance, session.started_at),
        patient_id=problem.patient_id,
        problem_id=problem.id,
        measure=measure,
        score=score,
        measured_on=session.started_at.date(),
        detail=detail,
    )
