"""The papers of the session on the desk: how they are read and written."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from app.domain.change import Change, Edit
from app.domain.closing import Closing
from app.domain.identity import new_id
from app.domain.marks import Mark
from app.domain.papers import Addendum, HazardNotice, Paper, SessionNote, Signature
from app.domain.preparation import Preparation
from app.domain.records import SessionStatus, TreatmentSession
from app.domain.words import local_day
from app.editing.history import History
from app.editing.store import ChartStore

_P = TypeVar("_P", bound=Paper)


class SessionPapers:
    """The papers of the session on the desk.

    ``session`` gives that session, or None; ``clock`` the present with its zone; ``wording``
    what marks say in words.
    """

    def __init__(
        self,
        store: ChartStore,
        history: History,
        session: Callable[[], TreatmentSession | None],
        clock: Callable[[], datetime],
        wording: Callable[[Sequence[Mark]], str],
    ) -> None:
        self._store = store
        self._history = history
        self._session = session
        self._clock = clock
        self._wording = wording
        self._said: tuple[Sequence[Mark], str] = ((), "")
        """The marks that were worded last, and their words: asked at every showing."""

    def today(self) -> date:
        return local_day(self._clock())

    @property
    def session(self) -> TreatmentSession | None:
        """The session whose papers these are."""
        return self._session()

    @property
    def preparation(self) -> Preparation | None:
        return self._paper(Preparation)

    @property
    def closing(self) -> Closing | None:
        return self._paper(Closing)

    @property
    def note(self) -> SessionNote | None:
        return self._paper(SessionNote)

    @property
    def signature(self) -> Signature | None:
        return self._paper(Signature)

    @property
    def notices(self) -> tuple[HazardNotice, ...]:
        return tuple(each for each in self._papers if isinstance(each, HazardNotice))

    @property
    def addenda(self) -> tuple[Addendum, ...]:
        """In the order in which they were written."""
        found = [each for each in self._papers if isinstance(each, Addendum)]
        return tuple(sorted(found, key=lambda each: (each.written_at, each.id)))

    @property
    def _papers(self) -> tuple[Paper, ...]:
        session = self._session()
        return () if session is None else self._store.papers(session.id)

    def _paper(self, kind: type[_P]) -> _P | None:
        session = self._session()
        return None if session is None else self._store.paper(session.id, kind)

    def _write(
        self, kind: type[Any], label: str, fields: dict[str, Any], merge: Any = None
    ) -> bool:
        session = self._session()
        if session is None:
            return False
        held = self._paper(kind)
        if held is None:
            after = kind(id=new_id(), session_id=session.id, **fields)
        else:
            after = replace(held, **fields)
        return self._do(Change(label, {after.id: Edit(held, after)}), merge)

    def _do(self, change: Change, merge: Any = None) -> bool:
        return self._writable and self._history.do(change, merge)

    def _do_for_good(self, change: Change) -> bool:
        return self._writable and self._history.do_for_good(change)

    @property
    def _writable(self) -> bool:
        session = self._session()
        return session is not None and session.status is SessionStatus.DRAFT
