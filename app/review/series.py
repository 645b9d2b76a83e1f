"""What was measured again and again: pain and scores in the order of days.

The window and the reports draw these, so that both show the same figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from app.domain.identity import UUID
from app.domain.outcomes import SCALES, Measure, OutcomeScore
from app.domain.records import TreatmentSession
from app.domain.words import local_day

ORDER = tuple(Measure)
NO_PROBLEM, ANOTHER_PROBLEM = "no problem named", "another problem"
Titles = Mapping[UUID, str]
"""What problems are called, by their ids."""
NO_TITLES: Titles = MappingProxyType({})


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


class PainSeries(NamedTuple):
    """Pain before and after the sessions about one problem; ``of`` names it where there are
    several.
    """

    before: Series
    after: Series
    of: str


def pain_series(
    sessions: Iterable[TreatmentSession], titles: Titles = NO_TITLES
) -> list[PainSeries]:
    """Pain of the ``sessions``, oldest first, in which it was recorded, apart by their problems:
    pain of the neck is not compared with that of a knee. At least one, which may be empty.
    """
    listed = list(sessions)
    ids = _apart((each.problem_id for each in listed), titles)
    found = []
    for problem_id in ids:
        of_it = [each for each in listed if len(ids) == 1 or each.problem_id == problem_id]
        of = _title(problem_id, titles) if len(ids) > 1 else ""
        before = _pain("before", of, ((each, each.pain_before) for each in of_it))
        after = _pain("after", of, ((each, each.pain_after) for each in of_it))
        found.append(PainSeries(before, after, of))
    return found


def _pain(when: str, of: str, pains: Iterable[tuple[TreatmentSession, int | None]]) -> Series:
    values = tuple(
        Measured(local_day(each.started_at), pain) for each, pain in pains if pain is not None
    )
    return Series(Measure.PAIN, f"Pain {when} the session, 0 to 10{_of(of)}", values)


def score_series(scores: Iterable[OutcomeScore], titles: Titles = NO_TITLES) -> list[Series]:
    """The scores by what they measure, in the order of the measures, and apart by their problems
    where they are of several.
    """
    listed = sorted(scores, key=lambda each: (each.measured_on, each.id))
    several = len(_apart((each.problem_id for each in listed), titles)) > 1
    values: dict[tuple[Measure, str, UUID | None], list[Measured]] = defaultdict(list)
    for score in listed:
        key = score.measure, score.detail.strip(), score.problem_id if several else None
        values[key].append(Measured(score.measured_on, score.score))
    named = [
        (ORDER.index(measure), detail, _title(problem_id, titles) if several else "", found)
        for (measure, detail, problem_id), found in values.items()
    ]
    return [
        Series(ORDER[place], f"{_name(ORDER[place], detail)}{_of(of)}", tuple(found))
        for place, detail, of, found in sorted(named, key=lambda each: each[:3])
    ]


def _apart(problem_ids: Iterable[UUID | None], titles: Titles) -> list[UUID | None]:
    """The problems that are to be told apart, in the order in which they come: what names none is
    of the only one where the patient has one.
    """
    ids = list(dict.fromkeys(problem_ids))
    others = len(titles.keys() | set(ids) - {None})
    return ids if others > 1 else [None]


def _title(problem_id: UUID | None, titles: Titles) -> str:
    """Problems of one name are numbered."""
    if problem_id is None:
        return NO_PROBLEM
    title = titles.get(problem_id, ANOTHER_PROBLEM)
    alike = [each for each, other in titles.items() if other == title]
    return f"{title} ({alike.index(problem_id) + 1})" if len(alike) > 1 else title


def _of(title: str) -> str:
    return f", {title}" if title else ""


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
