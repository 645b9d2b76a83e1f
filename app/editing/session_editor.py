"""What can be done to the session on the desk, each as one named change.

Tools and panels call these verbs; none of them builds a Change by itself. A read-only
session (another day's, or a signed one) refuses them all.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.body.anatomy import MuscleHere
from app.body.atlas import Atlas
from app.body.needling import what_marks_say
from app.body.zones import Zone
from app.domain.anatomy import Anchor, Body, Side
from app.domain.change import Change, Edit
from app.domain.errors import KnownError
from app.domain.identity import UUID, new_id
from app.domain.marks import Details, Mark, Note, Shape, Twitch, TwitchResponse
from app.domain.records import Record, SessionStatus, TreatmentSession
from app.domain.rules import MOST_TWITCHES
from app.domain.words import kind_name
from app.editing.history import History
from app.editing.muscle_aim import MuscleAim
from app.editing.papers_editor import PapersEditor
from app.editing.selection import Selection
from app.editing.store import ChartStore
from app.editing.zone_editor import ZoneEditor

SAME_SPOT_MM = 5.0
"""Two marks of one kind this close are one: a fingertip covers three times as much."""


class SessionEditor(QObject):
    """The session on the desk, with its marks, its history and what is selected in it."""

    session_changed = Signal()
    """Another session is on the desk, or none."""
    refused = Signal(str)
    """A gesture came to nothing; one plain sentence says why."""

    def __init__(
        self, store: ChartStore, history: History, atlas: Atlas, clock: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self.store = store
        self.history = history
        self.atlas = atlas
        self.selection = Selection()
        self.aim = MuscleAim(atlas)
        self.zones = ZoneEditor(store, history, atlas, self.selection, clock, lambda: self.writable)
        self.papers = PapersEditor(
            store, history, lambda: self.session, clock, partial(what_marks_say, atlas)
        )
        self._clock = clock
        self._session_id: UUID | None = None
        store.changed.connect(self._drop_what_is_gone)

    def open(self, session_id: UUID | None) -> None:
        """Puts a session of the open chart on the desk.

        Raises StorageError where its history cannot be read; nothing has changed then.
        """
        before, self._session_id = self._session_id, session_id
        try:
            self.history.open(session_id)
        except KnownError:
            self._session_id = before
            raise
        self.selection.clear()
        self.session_changed.emit()

    @property
    def session(self) -> TreatmentSession | None:
        return None if self._session_id is None else self.store.session(self._session_id)

    @property
    def body(self) -> Body:
        """The body picture of the open patient."""
        patient = self.store.patient
        return patient.body if patient is not None else Body.FEMALE

    @property
    def marks(self) -> tuple[Mark, ...]:
        """By number."""
        return () if self._session_id is None else self.store.marks(self._session_id)

    @property
    def writable(self) -> bool:
        session = self.session
        return session is not None and session.status is SessionStatus.DRAFT

    # -- placing ---------------------------------------------------------------------------

    def new_mark(
        self,
        details: Details,
        anchor: Anchor,
        view: str,
        *,
        outline: tuple[Anchor, ...] = (),
        side: Side | None = None,
        parent_id: UUID | None = None,
    ) -> Mark:
        """The mark that ``add`` would store; tools show it while the hand still moves."""
        assert self._session_id is not None
        marks = self.marks
        return Mark(
            id=new_id(),
            session_id=self._session_id,
            number=marks[-1].number + 1 if marks else 1,
            details=details,
            shape=Shape.AREA if outline else Shape.POINT,
            body_version=self.atlas.version,
            anchor=anchor,
            outline=outline,
            placed_on=self.body,
            placed_in=view,
            side=side if side is not None else self.atlas.side(anchor),
            muscle=None if outline else self.muscle_at(anchor, details, parent_id),
            parent_id=parent_id,
            placed_at=self._clock(),
        )

    def muscle_at(
        self, anchor: Anchor, details: Details, parent_id: UUID | None = None
    ) -> str | None:
        """The muscle that a point of this kind is taken to be in: that of the mark to which it
        belongs, else the one that is meant at its spot. A note is not about a muscle.
        """
        if isinstance(details, Note):
            return None
        parent = None if parent_id is None else self.store.mark(parent_id)
        return self.aim.muscle_at(anchor) if parent is None else parent.muscle

    def muscles_under(self, mark: Mark) -> tuple[MuscleHere, ...]:
        """The muscles at a mark's spot; none where it lies on another version of the body."""
        known = mark.body_version == self.atlas.version
        return self.atlas.anatomy.muscles_at(mark.anchor) if known else ()

    def zones_under(self, mark: Mark) -> tuple[Zone, ...]:
        """The hazard zones at a mark's spot, the gravest first."""
        known = mark.body_version == self.atlas.version
        return self.atlas.anatomy.zones_at(mark.anchor) if known else ()

    def is_same_spot(self, mark: Mark, anchor: Anchor) -> bool:
        """Whether ``anchor`` is the very spot of a point: within ``SAME_SPOT_MM``."""
        if mark.shape is not Shape.POINT or mark.body_version != self.atlas.version:
            return False
        return self.atlas.distance_mm(mark.anchor, anchor, self.body) <= SAME_SPOT_MM

    def add(self, mark: Mark) -> bool:
        """Stores a new mark and selects it."""
        done = self._do(Change.add(f"Add {kind_name(mark.kind)}", mark))
        if done:
            self.selection.set((mark.id,))
        return done

    # -- changing --------------------------------------------------------------------------

    def set_details(self, mark_id: UUID, details: Details) -> bool:
        """Changes what is recorded of a mark: its strength, its tenderness ..."""
        mark = self.store.mark(mark_id)
        if mark is None:
            return False
        return self._replace(f"Change {kind_name(mark.kind)}", mark, replace(mark, details=details))

    def set_note(self, mark_id: UUID, text: str) -> bool:
        """Changes a mark's note; what is typed in one stay becomes one step."""
        mark = self.store.mark(mark_id)
        if mark is None:
            return True  # it was removed meanwhile: there is nothing left to write on
        return self._replace("Write note", mark, replace(mark, note=text), ("note", mark_id))

    def set_muscle(self, mark_id: UUID, muscle: str | None) -> bool:
        """Says which muscle a mark is in; None where that is not known."""
        mark = self.store.mark(mark_id)
        if mark is None:
            return False
        return self._replace("Choose muscle", mark, replace(mark, muscle=muscle))

    def count_twitch(self, mark: Mark, by: int = 1) -> bool:
        """Counts one twitch more (or less) at a twitch mark. What was said to be unsure stays
        so; of a twitch that was absent or not sought it says that it was seen now.
        """
        assert isinstance(mark.details, TwitchResponse)
        count = min(max((mark.details.count or 0) + by, 1), MOST_TWITCHES)
        unsure = mark.details.response is Twitch.UNSURE
        response = Twitch.UNSURE if unsure else Twitch.PRESENT
        details = replace(mark.details, response=response, count=count)
        return self._replace("Count twitch", mark, replace(mark, details=details))

    def move(self, before: Mark, after: Mark) -> bool:
        return self._replace(f"Move {kind_name(before.kind)}", before, after)

    def remove(self, ids: Iterable[UUID]) -> bool:
        """Removes marks; what belonged to a removed mark stays and stands by itself."""
        wanted = set(ids)
        gone = [mark for mark in self.marks if mark.id in wanted]
        if not gone:
            return True
        label = f"Remove {kind_name(gone[0].kind)}" if len(gone) == 1 else "Remove marks"
        edits: dict[UUID, Edit] = {mark.id: Edit(mark, None) for mark in gone}
        for mark in self.marks:
            if mark.parent_id in wanted and mark.id not in wanted:
                edits[mark.id] = Edit(mark, replace(mark, parent_id=None))
        return self._do(Change(label, edits))

    def change_session(self, label: str, **fields: Any) -> bool:
        """Changes fields of the session itself; text typed in one stay becomes one step."""
        session = self.session
        if session is None:
            return False
        merge = ("session", *fields) if "note" in fields else None
        return self._replace(label, session, replace(session, **fields), merge)

    def _replace(self, label: str, before: Record, after: Record, merge: Any = None) -> bool:
        return self._do(Change.replace(label, before, after), merge)

    def _do(self, change: Change, merge: Any = None) -> bool:
        return self.writable and self.history.do(change, merge)

    def _drop_what_is_gone(self, _change: Change | None) -> None:
        if self._session_id is not None and not self.store.has_session(self._session_id):
            self.open(None)
            return
        zone = self.selection.zone
        if zone is not None and self.store.zone(zone) is not None:
            return
        found = map(self.store.mark, self.selection.ids)
        here = [mark.id for mark in found if mark and mark.session_id == self._session_id]
        self.selection.set(here)
