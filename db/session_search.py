"""Finding sessions among those of all patients."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from app.domain.folding import fold
from app.domain.identity import UUID
from app.domain.period import Period
from app.domain.practice_summaries import FoundSession, FoundSessions, SessionSearch
from app.domain.records import SessionStatus
from db.practice_figures import placed_needles
from db.tables import addendum, closing, mark, preparation, session_note, treatment_session
from db.visit_rows import EVENTS_ASKED, VISIT_COLUMNS, VISITS, visit_of, within

MOST_WORDS = 12
"""As in a search for patients."""
_MOST_CHARACTERS = 500
_NEWEST_FIRST = (treatment_session.c.started_at.desc(), treatment_session.c.id.desc())


def find_sessions(connection: Connection, search: SessionSearch, limit: int) -> FoundSessions:
    """See ``Overview.find_sessions``."""
    newest = (
        select(treatment_session.c.id, func.count().over().label("total"))
        .where(*_of_session(search), *_of_closing(search), *_of_marks(search), *_of_words(search))
        .order_by(*_NEWEST_FIRST)
        .limit(limit)
        .subquery("newest")
    )  # before names and counts are looked up, which is then done for few
    rows = (
        select(
            *VISIT_COLUMNS,
            treatment_session.c.status,
            _marks(search).with_only_columns(func.count()).scalar_subquery(),
            _told_events(search),
            newest.c.total,
        )
        .select_from(VISITS.join(newest, newest.c.id == treatment_session.c.id))
        .order_by(*_NEWEST_FIRST)
    )
    found = connection.execute(rows).all()
    return FoundSessions(tuple(map(_found, found)), found[0].total if found else 0)


def sessions_of_boxes(
    connection: Connection, box_ids: Collection[UUID] | None, period: Period
) -> list[FoundSession]:
    """See ``Overview.sessions_of_boxes``."""
    placed = placed_needles()
    needles = func.coalesce(placed.c.needles, 0)
    if box_ids is None:
        counted = func.coalesce(closing.c.needles_counted, 0)
        used = and_(preparation.c.box_id.is_(None), or_(needles > 0, counted > 0))
    else:
        used = preparation.c.box_id.in_(list(box_ids))
    rows = (
        select(
            *VISIT_COLUMNS,
            treatment_session.c.status,
            needles,
            _told_events(SessionSearch()),
        )
        .select_from(
            VISITS.outerjoin(
                preparation, preparation.c.session_id == treatment_session.c.id
            ).outerjoin(placed, placed.c.session_id == treatment_session.c.id)
        )
        .where(used, *within(period))
        .order_by(*_NEWEST_FIRST)
    )
    return list(map(_found, connection.execute(rows)))


def _found(row: Any) -> FoundSession:
    status, marks, events = row[len(VISIT_COLUMNS) :][:3]
    return FoundSession(visit_of(row), SessionStatus(status), marks, events)


def _of_session(search: SessionSearch) -> Iterator[ColumnElement[bool]]:
    yield from within(search.period)
    if search.practitioner_id is not None:
        yield treatment_session.c.practitioner_id == search.practitioner_id
    if search.signed is not None:
        is_draft = treatment_session.c.status == SessionStatus.DRAFT.value
        yield ~is_draft if search.signed else is_draft


def _of_closing(search: SessionSearch) -> Iterator[ColumnElement[bool]]:
    if search.event is not None:
        yield _events(search, lambda: literal_column("1")).exists()


def _of_marks(search: SessionSearch) -> Iterator[ColumnElement[bool]]:
    if search.asks_for_marks:
        yield _marks(search).exists()


def _events(search: SessionSearch, column: Callable[[], ColumnElement[Any]]) -> Select[Any]:
    """The events of a session, of the kind that is looked for where there is one."""
    of_session = closing.alias("of_session")
    event = func.json_each(of_session.c.events).table_valued("value", name="event")
    statement = (
        select(column())
        .select_from(of_session.join(event, literal_column("1")))
        .where(of_session.c.session_id == treatment_session.c.id)
    )
    if search.event is None:
        return statement
    return statement.where(func.json_extract(event.c.value, "$.kind") == search.event.value)


def _told_events(search: SessionSearch) -> ColumnElement[int | None]:
    """How many; NULL where it was not asked."""
    return case((EVENTS_ASKED, _events(search, func.count).scalar_subquery()))


def _marks(search: SessionSearch) -> Select[Any]:
    """The marks of a session that match; all of them where no mark is looked for."""
    statement = select(mark.c.id).where(mark.c.session_id == treatment_session.c.id)
    if search.muscles is not None:
        statement = statement.where(mark.c.muscle.in_(sorted(search.muscles)))
    if search.side is not None:
        statement = statement.where(mark.c.side == search.side.value)
    if search.kind is not None:
        statement = statement.where(mark.c.kind == search.kind.value)
    return statement


# -- words ------------------------------------------------------------------------------------


def _of_words(search: SessionSearch) -> Iterator[ColumnElement[bool]]:
    words = fold(search.words[:_MOST_CHARACTERS]).split()[:MOST_WORDS]
    if not words:
        return
    written = _written()
    holds_all = [func.instr(written.c.words, word) > 0 for word in words]
    yield exists().where(written.c.session_id == treatment_session.c.id, *holds_all)


def _written() -> FromClause:
    """All that people wrote of each session, folded (``FOLDED`` of db/engine.py), one thing a line:
    no word of a search holds a line break, so none is found across two of them.
    """
    texts = union_all(
        select(treatment_session.c.id.label("session_id"), treatment_session.c.note.label("text")),
        *_texts(session_note, "subjective", "objective", "assessment", "plan", "needling"),
        *_texts(mark, "note"),
        *_texts(closing, "own_advice", "next_step"),
        *_texts(addendum, "reason", "text"),
        *_texts_in(closing.c.events, "$.note", "$.reported_to"),
        *_texts_in(closing.c.other_treatments, "$.place", "$.note"),
    ).subquery("texts")
    joined = func.folded(func.group_concat(texts.c.text, literal("\n"))).label("words")
    return (
        select(texts.c.session_id, joined)
        .where(texts.c.text != "")
        .group_by(texts.c.session_id)
        .subquery("written")
    )


def _texts(table: Table, *names: str) -> Iterator[Select[Any]]:
    for name in names:
        yield select(table.c.session_id, table.c[name].label("text")).where(table.c[name] != "")


def _texts_in(column: ColumnElement[Any], *paths: str) -> Iterator[Select[Any]]:
    """The texts at these places of each value of a list in a closing."""
    for number, path in enumerate(paths):
        each = func.json_each(column).table_valued("value", name=f"{column.key}_{number}")
        text = func.json_extract(each.c.value, path)
        yield (
            select(closing.c.session_id, text.label("text"))
            .select_from(closing.join(each, literal_column("1")))
            .where(text != "")
        )
