"""When a session took place, seen from now."""

from datetime import date, datetime, timedelta

from app.domain.records import TreatmentSession
from app.domain.words import local_day

LONGEST_SESSION = timedelta(hours=6)
"""After that a session that nobody ended is no longer taken for a running one."""


def session_day(session: TreatmentSession) -> date:
    """The day of a session where the practice is."""
    return local_day(session.started_at)


def is_todays(session: TreatmentSession, today: date, now: datetime) -> bool:
    """Whether a session is of today, or began last evening and still runs."""
    running = session.ended_at is None and now - session.started_at < LONGEST_SESSION
    return session_day(session) == today or running


def end_when_signed(session: TreatmentSession, now: datetime) -> datetime | None:
    """When a session that is signed now ended: as it is recorded, else now, where it still runs.

    One that is signed later ended at a time that nobody recorded: None. A clock that was set back
    gives it no end before its beginning.
    """
    if session.ended_at is not None:
        return session.ended_at
    runs = now - session.started_at < LONGEST_SESSION
    return max(now, session.started_at) if runs else None
