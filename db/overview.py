"""The whole practice at a glance, on SQLAlchemy Core."""

from collections.abc import Collection
from datetime import datetime

from app.domain.identity import UUID
from app.domain.period import Period
from app.domain.practice_summaries import (
    EventFigures,
    FoundSession,
    FoundSessions,
    NeedleFigures,
    SessionSearch,
    Todays,
)
from db import due, practice_figures, session_search
from db.transactions import Transactions


class SqlOverview:
    """Implements ``app.domain.ports.Overview``, whose docstrings hold for each method."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def todays(self, follow_ups: Period, now: datetime) -> Todays:
        with self._transactions.reading() as connection:
            return due.todays(connection, follow_ups, now)

    def event_figures(self, period: Period, practitioner_id: UUID | None) -> EventFigures:
        with self._transactions.reading() as connection:
            return practice_figures.event_figures(connection, period, practitioner_id)

    def needle_figures(self, period: Period) -> NeedleFigures:
        with self._transactions.reading() as connection:
            return practice_figures.needle_figures(connection, period)

    def sessions_of_boxes(
        self, box_ids: Collection[UUID] | None, period: Period
    ) -> list[FoundSession]:
        with self._transactions.reading() as connection:
            return session_search.sessions_of_boxes(connection, box_ids, period)

    def find_sessions(self, search: SessionSearch, limit: int) -> FoundSessions:
        with self._transactions.reading() as connection:
            return session_search.find_sessions(connection, search, limit)
