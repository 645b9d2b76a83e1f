"""What was measured again and again: pain and scores in the order of days.

The window and the reports draw these, so that both show the same figures.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.domain.identity import UUID
from app.domain.outcomes import SCALES, Measure, OutcomeScore
from app.domain.records import TreatmentSession
from app.domain.words import local_day

ORDER = tuple(Measure)


class Measured(NamedTuple):
    """A figure and the day on which it was taken; ``note``: what follows it in words, with
    its own space.
    """

    on: date
    value: float
    note: str = ""


class Series(NamedTuple):
    """Figures of one thing in the order of days; ``name`` says what and its unit."""

    measure: Measure
    name: str
    values: tuple[Measured, ...]


def pain_series(sessions: Iterable[TreatmentSession]) -> tuple[Series, Series]:
    """Pain before and pain after, of the ``sessions``, oldest first, in which it was recorded."""
    before, after = list[Measured](), list[Measured]()
    for each in sessions:
        on = local_day(each.started_at)
        for found, pain in ((before, each.pain_before), (after, each.pain_after)):
            if pain is not None:
                found.append(Measured(on, pain))
    return (
        Series(Measure.PAIN, "Pain before the session, 0 to 10", tuple(before)),
        Series(Measure.PAIN, "Pain after the session, 0 to 10", tuple(after)),
    )


def score_series(scores: Iterable[OutcomeScore]) -> list[Series]:
    """The scores by what they measure, in the order of the measures."""
    values: dict[tuple[Measure, str], list[Measured]] = defaultdict(list)
    for score in sorted(scores, key=lambda each: (each.measured_on, each.id)):
        values[score.measure, score.detail.strip()].append(Measured(score.measured_on, score.score))
    return [
        Series(measure, _name(measure, detail), tuple(values[measure, detail]))
        for measure, detail in sorted(values, key=lambda key: (ORDER.index(key[0]), key[1]))
    ]


def scores_of_problem(
    scores: Iterable[OutcomeScore], problem_id: UUID | None, *, is_only_problem: bool
) -> tuple[OutcomeScore, ...]:
    """Those of ``scores`` that belong to a problem; all of them where ``problem_id`` is None.

    A score that names no problem belongs to one only where the patient has no other.
    """

    def belongs(score: OutcomeScore) -> bool:
        if problem_id is None or score.problem_id == problem_id:
            return True
        return is_only_problem and score.problem_id is None

    return tuple(filter(belongs, scores))


def _name(measure: Measure, detail: str) -> str:
    scale = SCALES[measure]
    name = f"{scale.name} ({scale.unit})" if scale.unit else scale.name
    return f"{name}: {detail}" if detail else name
