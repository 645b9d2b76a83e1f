"""The rooms of the review, in the order of their switch. A room is imported when it is wanted."""

from collections.abc import Callable
from typing import NamedTuple

from app.panels.review.room import Around, Room


class RoomKind(NamedTuple):
    """``name`` is what the switch says; ``make`` imports the room and makes it."""

    id: str
    name: str
    make: Callable[[Around], Room]


def _sessions(around: Around) -> Room:
    from app.panels.review.sessions_room import SessionsRoom

    return SessionsRoom(around)


def _often(around: Around) -> Room:
    from app.panels.review.often_room import OftenRoom

    return OftenRoom(around)


def _trends(around: Around) -> Room:
    from app.panels.review.trends.room import TrendsRoom

    return TrendsRoom(around)


ROOMS = (
    RoomKind("sessions", "Sessions", _sessions),
    RoomKind("often", "How often", _often),
    RoomKind("trends", "Trends", _trends),
)
"""The first is shown when the review is opened for the first time."""
