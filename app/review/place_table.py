"""Which muscle and side was marked how often, as a table."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from app.domain.anatomy import Side
from app.domain.identity import UUID
from app.domain.marks import MarkKind
from app.domain.skin_places import PlaceFigure, PlaceFigures
from app.domain.summaries import MarkFigure
from app.review.dose import Place
from app.review.timeline import ReviewFilter


class PlaceRow(NamedTuple):
    """A muscle and a side; None where marks name none. Numbers of marks, but ``twitches``, which
    were counted, and ``sessions``, which have any mark there.
    """

    muscle: str | None
    side: Side | None
    needles: int
    trigger_points: int
    twitches: int
    soreness: int
    sessions: int


def rows_of_patient(
    figures: Iterable[MarkFigure], sessions: Collection[UUID], wanted: ReviewFilter
) -> tuple[PlaceRow, ...]:
    """Of the marks that ``wanted`` lets through, in these ``sessions``."""
    taken = [each for each in figures if each.session_id in sessions and wanted.takes_mark(each)]
    at: dict[Place, set[UUID]] = defaultdict(set)
    for figure in taken:
        at[Place(figure.muscle, figure.side)].add(figure.session_id)
    return _rows(taken, {place: len(ids) for place, ids in at.items()})


def rows_of_practice(known: PlaceFigures) -> tuple[PlaceRow, ...]:
    sessions = {Place(*place): count for place, count in known.sessions_with.items()}
    return _rows(known.figures, sessions)


def _rows(
    figures: Iterable[MarkFigure | PlaceFigure], sessions: Mapping[Place, int]
) -> tuple[PlaceRow, ...]:
    """The most needled first. A place that has marks of other kinds alone is none."""
    marks: dict[Place, Counter[MarkKind]] = defaultdict(Counter)
    twitches: Counter[Place] = Counter()
    for figure in figures:
        place = Place(figure.muscle, figure.side)
        marks[place][figure.kind] += figure.marks
        twitches[place] += figure.twitches
    rows = [
        PlaceRow(
            place.muscle,
            place.side,
            needles=counts[MarkKind.NEEDLE],
            trigger_points=counts[MarkKind.TRIGGER_POINT],
            twitches=twitches[place],
            soreness=counts[MarkKind.SORENESS],
            sessions=sessions[place],
        )
        for place, counts in marks.items()
    ]
    told = [row for row in rows if any(row[2:6])]
    return tuple(sorted(told, key=_most_first))


def _most_first(row: PlaceRow) -> tuple[int, int, int, str, str]:
    return (-row.needles, -row.trigger_points, -row.soreness, row.muscle or "~", row.side or "~")
