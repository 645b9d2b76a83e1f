"""Column types that SQLAlchemy does not bring."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

_LENGTH_OF_MOMENT = len("2026-03-14T08:30:00.000000")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, and the UTC offset of the clock that it was read from.

    Stored as text, ``2026-03-14T08:30:00.000000Z+01:00``: the moment in UTC, at a fixed width,
    and then the offset. Ordering the texts orders the moments, and the value that comes back
    has the offset of the value that was stored, which a time stamp in UTC would lose.
    A named zone comes back as the offset it had at that moment.

    Raises ValueError for a time without a zone.
    """

    impl = String(48)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else text_of_moment(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment_of_text(value)


def text_of_moment(moment: datetime) -> str:
    """The text under which ``moment`` is stored."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{moment} has no zone")
    in_utc = moment.replace(tzinfo=None) - offset
    return f"{in_utc.isoformat(timespec='microseconds')}Z{_text_of_offset(offset)}"


def moment_of_text(text: str) -> datetime:
    """The inverse of ``text_of_moment``. Raises ValueError for any other text."""
    in_utc = datetime.fromisoformat(text[: _LENGTH_OF_MOMENT + 1])
    return in_utc.astimezone(_zone(text[_LENGTH_OF_MOMENT + 1 :]))


@lru_cache(maxsize=256)
def _text_of_offset(offset: timedelta) -> str:
    return datetime(2000, 1, 1, tzinfo=timezone(offset)).isoformat()[len("2000-01-01T00:00:00") :]


@lru_cache(maxsize=256)
def _zone(offset: str) -> tzinfo:
    zone = datetime.fromisoformat(f"2000-01-01T00:00:00{offset}").tzinfo
    if zone is None:
        raise ValueError("a stored time has no offset")
    return zone


def fixed_offset(moment: datetime) -> datetime:
    """``moment`` as it comes back from the store: with its offset instead of a named zone.

    Values with named zones are unequal to all others in the hour that is lived twice when
    summer ends (PEP 495), so values are compared in this form.
    """
    offset = moment.utcoffset()
    if offset is None or isinstance(moment.tzinfo, timezone):
        return moment
    return moment.replace(tzinfo=timezone(offset) if offset else UTC, fold=0)
