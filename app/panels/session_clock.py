"""The session clock, and a quiet word where a session is shorter or longer than is usual."""

from datetime import datetime, timedelta

from app.domain.records import TreatmentSession

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(minutes=30)
USUAL = "15 to 30 min is usual"


def pace_words(session: TreatmentSession | None, now: datetime) -> str:
    """ "longer: 15 to 30 min is usual" beside the clock of a session that runs; of one that ended
    with its minutes: "34 min, longer: ...". Else nothing; one that runs is not too short yet.
    """
    if session is None:
        return ""
    took = (session.ended_at or now) - session.started_at
    minutes = f"{round(took.total_seconds() / 60)} min, " if session.ended_at is not None else ""
    if took > LONGEST:
        return f"{minutes}longer: {USUAL}"
    if session.ended_at is not None and took < SHORTEST:
        return f"{minutes}shorter: {USUAL}"
    return ""
