"""Notices of hazards: said once of each needle and zone, kept in the record, never in the way.

They follow in the next turn of the event loop: the hand waits for the needle alone. A notice that
was shown stays recorded, also where its needle is undone (docs/decisions/0021).
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.change import Change
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark, Needle
from app.domain.papers import HazardNotice
from app.domain.records import SessionStatus, TreatmentSession
from app.domain.words import local_day
from app.editing.hazards import Hazards
from app.editing.papers_editor import PapersEditor
from app.editing.store import ChartStore


class Notices(QObject):
    """What is to be said of the needles of the session on the desk."""

    changed = Signal()
    """Another line is to be shown, or none."""

    def __init__(
        self,
        store: ChartStore,
        papers: PapersEditor,
        hazards: Hazards,
        session: Callable[[], TreatmentSession | None],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._store = store
        self._papers = papers
        self._hazards = hazards
        self._session = session
        self._clock = clock
        self._pending: list[tuple[HazardNotice, ...]] = []
        """What was said together and is not acknowledged, the newest last."""
        self._due: dict[UUID, None] = {}
        """Needles that were placed or changed."""
        self._boxes_read: set[tuple[UUID, UUID]] = set()
        """Of which session it was read that the needles of which box are expired."""
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.look)
        store.changed.connect(self._on_changed)

    # -- reading ---------------------------------------------------------------------------

    @property
    def line(self) -> str:
        """What is to be shown now; empty where there is nothing. Of several hazards that were
        found together it says the gravest, and how many more there are.
        """
        if not self._pending:
            return self._box_words() if self._writable else ""
        gravest, *others = self._said
        return f"{gravest} And {len(others)} more." if others else gravest

    @property
    def in_full(self) -> str:
        """What is to be shown now, every hazard of it."""
        return " ".join(self._said) if self._pending else self.line

    @property
    def needle(self) -> UUID | None:
        """The needle of which the line speaks, or the first of them."""
        return self._pending[-1][0].mark_id if self._pending else None

    def unread(self, mark_id: UUID) -> frozenset[str]:
        """The zones of which something was said at a mark that nobody has read yet."""
        waiting = (notice for said in self._pending for notice in said)
        return frozenset(notice.zone for notice in waiting if notice.mark_id == mark_id)

    @property
    def _said(self) -> list[str]:
        """The sentences that were said together last, the gravest first."""
        return list(dict.fromkeys(notice.words for notice in self._pending[-1]))

    @property
    def waiting(self) -> int:
        """How many more lines follow when this one is acknowledged."""
        return max(len(self._pending) - 1, 0)

    def take_up(self) -> None:
        """Another session is on the desk: what was shown in it and never acknowledged is shown."""
        self._due.clear()
        said: dict[datetime, list[HazardNotice]] = {}
        if self._writable:
            for notice in self._papers.notices:
                if notice.acknowledged_at is None:
                    said.setdefault(notice.shown_at, []).append(notice)
        self._pending = [tuple(each) for each in said.values()]
        self._drop_what_is_gone()
        self.changed.emit()

    # -- what is done ----------------------------------------------------------------------

    def look(self) -> None:
        """Says what is due now, without waiting for the next turn of the event loop."""
        self._later.stop()
        session, due = self._session(), tuple(self._due)
        self._due.clear()
        if session is None or not self._writable:
            return
        needles = [mark for mark in map(self._store.mark, due) if mark is not None]
        all_needles = [m for m in self._store.marks(session.id) if isinstance(m.details, Needle)]
        told = {(each.zone, each.mark_id) for each in self._papers.notices}
        found = self._hazards.of(needles, all_needles, told)
        if found:
            now = self._clock()
            said = tuple(
                HazardNotice(
                    id=new_id(),
                    session_id=session.id,
                    mark_id=mark.id,
                    zone=hazard.zone,
                    words=hazard.sentence,
                    shown_at=now,
                )
                for hazard in found
                for mark in hazard.needles
            )
            self._papers.tell(*said)
            self._pending.append(said)
        self.changed.emit()

    def acknowledge(self) -> None:
        """The line that is shown was read."""
        if self._pending:
            if self._papers.acknowledge(*self._pending[-1]):
                self._pending.pop()
        else:
            session, box = self._session(), self._papers.box
            if session is not None and box is not None:
                self._boxes_read.add((session.id, box.id))
        self.changed.emit()

    def drop(self) -> None:
        """The window closes: what was not shown yet is neither shown nor recorded."""
        self._later.stop()
        self._due.clear()

    # -- how ---------------------------------------------------------------------------------

    @property
    def _writable(self) -> bool:
        session = self._session()
        return session is not None and session.status is SessionStatus.DRAFT

    def _on_changed(self, change: Change | None) -> None:
        if change is None:
            self.take_up()
            return
        self._due |= dict.fromkeys(mark.id for mark in self._needles_of(change))
        before = len(self._pending)
        self._drop_what_is_gone()
        if self._due or len(self._pending) != before:
            self._later.start()

    def _needles_of(self, change: Change) -> list[Mark]:
        """The needles of the session on the desk that a change places or changes."""
        session = self._session()
        marks = [edit.after for edit in change.edits.values() if isinstance(edit.after, Mark)]
        return [
            mark
            for mark in marks
            if isinstance(mark.details, Needle)
            and session is not None
            and mark.session_id == session.id
        ]

    def _drop_what_is_gone(self) -> None:
        """A needle that is gone is spoken of no longer; that it was stays in the record."""
        session = self._session()
        if not self._pending or session is None:
            return
        marks = {mark.id for mark in self._store.marks(session.id)}
        here = [tuple(n for n in said if n.mark_id in marks) for said in self._pending]
        self._pending = [said for said in here if said]

    def _box_words(self) -> str:
        session, box = self._session(), self._papers.box
        if session is None or box is None or (session.id, box.id) in self._boxes_read:
            return ""
        if box.expires_on is None or not box.is_expired(local_day(self._clock())):
            return ""
        lot = f", lot {box.lot}" if box.lot else ""
        return f"The needles of {box.manufacturer}{lot} expired on {box.expires_on:%d %b %Y}."
