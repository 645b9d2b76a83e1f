"""How sessions are named and summed up beside the map. Pure functions."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from app.domain.identity import UUID
from app.domain.papers import Addendum, Signature
from app.domain.ports import Repository
from app.domain.records import Problem, TreatmentSession
from app.domain.visits import is_todays, session_day
from app.domain.words import local_day, word
from app.editing.store import ChartStore
from app.panels.sessions_panel import SessionRow
from app.panels.signed_words import addenda_counted, in_order, signed_line
from app.panels.texts import clock_time, day


def todays_session(store: ChartStore, today: date) -> TreatmentSession | None:
    """The newest session of today, or None."""
    return next((each for each in store.sessions if session_day(each) == today), None)


def left_with_needles(repository: Repository, now: datetime) -> list[TreatmentSession]:
    """Today's sessions in which needles are in, the newest first. Raises StorageError."""
    drafts = repository.drafts_with_needles_in(now - timedelta(days=1))
    return [each for each in drafts if is_todays(each, local_day(now), now)]


def session_title(session: TreatmentSession, today: date) -> str:
    """ "Today, 14:45", or the day."""
    if session_day(session) == today:
        return f"Today, {clock_time(session.started_at)}"
    return day(session.started_at)


def signed_words(store: ChartStore, session: TreatmentSession | None) -> str:
    """ "Signed by Ada Nadel, 25 Nov 2026 14:03 · 2 addenda"; "" for a draft."""
    if session is None or not session.status.is_locked:
        return ""
    line = signed_line(session, store.paper(session.id, Signature))
    count = len(added_to(store, session))
    return f"{line} · {addenda_counted(count)}" if count else line


def added_to(store: ChartStore, session: TreatmentSession) -> list[Addendum]:
    """What was added to a signed session, as it was written; of a draft nothing is read."""
    return in_order(store.papers(session.id)) if session.status.is_locked else []


def practitioner_name(store: ChartStore, session: TreatmentSession | None) -> str:
    """Who treats in a session; empty where nobody is known."""
    names = {each.id: each.name for each in store.practitioners}
    return "" if session is None else names.get(session.practitioner_id, "")


def problem_title(problem: Problem) -> str:
    """ "Neck pain, right"."""
    return problem.title if problem.side is None else f"{problem.title}, {word(problem.side)}"


def plan_line(store: ChartStore, desk: TreatmentSession | None) -> str:
    """ "Neck pain, right · session 5 of 8" for the problem of the session on the desk."""
    session = desk or next(iter(store.sessions), None)
    wanted = None if session is None else session.problem_id
    problem = next((each for each in store.problems if each.id == wanted), None)
    if problem is None or session is None:
        return "Sessions"
    done = sum(
        each.problem_id == problem.id and each.started_at <= session.started_at
        for each in store.sessions
    )
    planned = f" of {problem.planned_sessions}" if problem.planned_sessions else ""
    progress = f"session {done}{planned}"
    return f"{problem_title(problem)} · {progress}"


def prior_sessions(store: ChartStore, desk: TreatmentSession | None) -> list[TreatmentSession]:
    """Sessions before the one on the desk, or all where none is; newest first."""
    return [
        each
        for each in store.sessions
        if desk is None or (each.id != desk.id and each.started_at <= desk.started_at)
    ]


def session_rows(
    store: ChartStore, desk: TreatmentSession | None, under: Collection[UUID], today: date
) -> list[SessionRow]:
    """A row for each session of the open chart, newest first."""
    return [
        session_row(store, session, today, on_desk=session == desk, under=session.id in under)
        for session in store.sessions
    ]


def session_row(
    store: ChartStore,
    session: TreatmentSession,
    today: date,
    *,
    on_desk: bool = False,
    under: bool = False,
) -> SessionRow:
    return SessionRow(
        session=session,
        title=session_title(session, today),
        counts=store.mark_counts(session.id),
        on_desk=on_desk,
        under=under,
    )
