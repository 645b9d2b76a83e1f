"""What opens the full record of a patient beside the list of sessions: problems and scores."""

from collections.abc import Iterable

from app.domain.records import Problem
from app.domain.words import side_words
from app.report import wording
from app.report.blocks import Block, Grid, Heading, Words
from app.report.wording import NOT_RECORDED
from app.review.series import Series

_NOT = NOT_RECORDED.capitalize()


def record_parts(problems: Iterable[Problem], series: Iterable[Series]) -> tuple[Block, ...]:
    """The problems with their goals, and every outcome score with its day."""
    told = tuple(map(_problem, problems))
    scores = tuple(
        (each.name, wording.day(measured.on), f"{measured.value:g}")
        for each in series
        for measured in each.values
    )
    return (
        Heading("Problems"),
        Grid(("Problem", "Side", "Since", "Goals"), told, (2, 0.8, 1.4, 3))
        if told
        else Words("No problem is recorded."),
        Heading("Outcome scores"),
        Grid(("Measure", "Day", "Score"), scores, (3, 2, 1))
        if scores
        else Words("No outcome score is recorded."),
    )


def _problem(problem: Problem) -> tuple[str, ...]:
    title = f"{problem.title} ({problem.code})" if problem.code else problem.title
    return (
        title,
        _NOT if problem.side is None else side_words(problem.side).capitalize(),
        wording.day(problem.onset) if problem.onset else _NOT,
        problem.goals.strip() or _NOT,
    )
