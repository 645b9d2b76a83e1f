"""Where marks lie, read from the whole practice at once: columns of numbers and no records."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from app.domain.anatomy import Anchor, Body, Side
from app.domain.marks import MarkKind, Shape
from app.domain.skin_places import PlaceFigure, PlaceFigures, PointPlace, SoreArea
from db.prepared import Prepared
from db.tables import mark, treatment_session
from db.transactions import Transactions
from db.twitches import StoredTwitches

_VERSION = mark.c.body_version == bindparam("version")
_AREAS = and_(
    mark.c.kind == literal_column(f"'{MarkKind.SORENESS}'"),
    mark.c.shape == literal_column(f"'{Shape.AREA}'"),
    _VERSION,
)
_SESSION = bindparam("session", type_=Uuid)

POINTS = Prepared(
    select(mark.c.triangle, mark.c.b1, mark.c.b2).where(
        mark.c.kind == bindparam("kind"),
        mark.c.shape == literal_column(f"'{Shape.POINT}'"),
        _VERSION,
    )
)
SORE_AREAS = Prepared(
    select(mark.c.session_id, mark.c.number, mark.c.outline, mark.c.placed_on, mark.c.placed_in)
    .where(
        _AREAS,
        or_(
            mark.c.session_id > _SESSION,
            and_(mark.c.session_id == _SESSION, mark.c.number > bindparam("number", type_=Integer)),
        ),
    )
    .order_by(mark.c.session_id, mark.c.number)
    .limit(bindparam("limit", type_=Integer))
    .offset(bindparam("offset", type_=Integer))
)
COUNT_SORE_AREAS = Prepared(select(func.count()).select_from(mark).where(_AREAS))
_COUNTED_BY = (
    mark.c.muscle, mark.c.side, mark.c.kind, mark.c.body_version,
    case(
        (mark.c.kind == literal_column(f"'{MarkKind.TWITCH}'"), type_coerce(mark.c.details, Text)),
    ).label("twitch"),
)  # fmt: skip
FIGURES = Prepared(select(*_COUNTED_BY, func.count()).group_by(*_COUNTED_BY))
SESSIONS_WITH = Prepared(
    select(mark.c.muscle, mark.c.side, func.count(mark.c.session_id.distinct())).group_by(
        mark.c.muscle, mark.c.side
    )
)
SESSIONS = Prepared(select(func.count()).select_from(treatment_session))

_BEFORE_ALL = UUID(int=0)
_KINDS = {str(kind): kind for kind in MarkKind}
_SIDES: dict[str | None, Side | None] = {None: None} | {str(side): side for side in Side}


class SqlPlaces:
    """Implements ``app.domain.skin_places.Places``, whose docstrings hold for each method."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def points(self, kind: MarkKind, body_version: str) -> list[PointPlace]:
        wanted = {"kind": kind.value, "version": body_version}
        with self._transactions.reading() as connection:
            return POINTS.rows(connection, wanted)

    def sore_areas(
        self, body_version: str, after: tuple[UUID, int] | None, most: int
    ) -> list[SoreArea]:
        session_id, number = after or (_BEFORE_ALL, 0)
        wanted = {
            "version": body_version, "session": session_id, "number": number,
            "limit": most, "offset": 0,
        }  # fmt: skip
        with self._transactions.reading() as connection:
            rows = SORE_AREAS.rows(connection, wanted)
        return [
            SoreArea(
                of,
                number,
                tuple(Anchor(*spot) for spot in outline or ()),
                Body(placed_on),
                placed_in,
            )
            for of, number, outline, placed_on, placed_in in rows
        ]

    def count_sore_areas(self, body_version: str) -> int:
        with self._transactions.reading() as connection:
            ((count,),) = COUNT_SORE_AREAS.rows(connection, {"version": body_version})
            return int(count)

    def figures(self) -> PlaceFigures:
        with self._transactions.reading() as connection:
            rows = FIGURES.rows(connection)
            sessions_with = {
                (muscle, _SIDES[side]): count
                for muscle, side, count in SESSIONS_WITH.rows(connection)
            }
            ((sessions,),) = SESSIONS.rows(connection)
        return PlaceFigures(tuple(_figures(rows)), sessions_with, sessions)


def _figures(rows: Iterable[Sequence[Any]]) -> Iterator[PlaceFigure]:
    twitches = StoredTwitches()
    for muscle, side, kind, version, twitch, marks in rows:
        yield PlaceFigure(
            muscle, _SIDES[side], _KINDS[kind], version, marks, marks * twitches[twitch]
        )
