"""What can be done to the session on the desk, each as one named change.

Tools and panels call these verbs; none of them builds a Change by itself. A read-only
session (another day's, or a signed one) refuses them all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.body.anatomy import MuscleHere
from app.body.atlas import Atlas
from app.body.chart_atlas import ChartAtlas
from app.body.flat_picture import is_same_spot
from app.body.needling import what_marks_say
from app.body.zones import Zone
from app.domain.anatomy import Anchor, Body, Side
from app.domain.change import Change, Edit
from app.domain.errors import KnownError
from app.domain.identity import UUID, new_id
from app.domain.marks import Details, Mark, Note, Shape
from app.domain.needles import needles_are, needles_in
from app.domain.own_pictures import OwnPicture, lies_on_picture
from app.domain.records import Record, SessionStatus, TreatmentSession
from app.domain.visits import is_todays
from app.domain.words import counted, kind_name, local_day
from app.editing.again import SAME_SPOT_MM, AgainEditor
from app.editing.hazards import Hazards
from app.editing.history import History
from app.editing.muscle_aim import MuscleAim
from app.editing.needle_defaults import NeedleDefaults
from app.editing.notices import Notices
from app.editing.papers_editor import PapersEditor
from app.editing.protocols import ProtocolEditor
from app.editing.selection import Selection
from app.editing.store import ChartStore
from app.editing.zone_editor import ZoneEditor


class SessionEditor(QObject):
    """The session on the desk, with its marks, its history and what is selected in it."""

    session_changed = Signal()
    """Another session is on the desk, or none."""
    refused = Signal(str)
    """A gesture came to nothing; one plain sentence says why."""
    told = Signal(str)
    """A gesture did more than is plain to see; one sentence says what. It can be undone."""

    def __init__(
        self, store: ChartStore, history: History, atlas: Atlas, clock: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self.store = store
        self.history = history
        self.atlas = ChartAtlas(atlas)
        self.selection = Selection()
        # first of all that hear of changes: the others ask for the session on the desk
        store.changed.connect(self._take_up_pictures)
        store.changed.connect(self._drop_what_is_gone)
        self.aim = MuscleAim(self.atlas)
        self.zones = ZoneEditor(
            store, history, self.atlas, self.selection, clock, lambda: self.writable
        )
        self.papers = PapersEditor(
            store, history, lambda: self.session, clock, partial(what_marks_say, atlas)
        )
        # what follows asks the bodies alone: nothing is known of skin on a picture of one's own
        hazards = Hazards(self.zones, atlas)
        self.notices = Notices(store, self.papers, hazards, lambda: self.session, clock)
        self.session_changed.connect(self.notices.take_up)
        self.again = AgainEditor(store, history, atlas, self.selection, lambda: self.session, clock)
        self.defaults = NeedleDefaults(store, lambda: self.session, lambda: self.papers.box)
        self._aimed = QTimer(self, singleShot=True, interval=0)
        """What is usual in a muscle is looked up when nothing else waits."""
        self._aimed.timeout.connect(self._look_up_needle)
        self.aim.changed.connect(self._aimed.start)
        self.protocols = ProtocolEditor(
            store, history, atlas, self.selection, self.again, lambda: self.session, clock
        )
        self._clock = clock
        self._session_id: UUID | None = None

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
        self.again.look_anew()
        self.session_changed.emit()

    def close(self) -> None:
        """The practice is about to be closed: nothing more may be asked of it."""
        self._aimed.stop()
        self.notices.drop()

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

    @property
    def runs_now(self) -> bool:
        """Whether the session on the desk is today's: what is done to it now is done now."""
        session, now = self.session, self._clock()
        return session is not None and is_todays(session, local_day(now), now)

    def now(self) -> datetime:
        return self._clock()

    # -- placing ---------------------------------------------------------------------------

    def new_mark(
        self,
        details: Details,
        anchor: Anchor,
        view: str,
        *,
        outline: tuple[Anchor, ...] = (),
        shape: Shape | None = None,
        side: Side | None = None,
        parent_id: UUID | None = None,
        muscle: str | None = None,
    ) -> Mark:
        """The mark that ``add`` would store; tools show it while the hand still moves.

        ``muscle``: the one that it was said to be in, else the one that is meant at its spot.
        ``shape``: without one, a mark with an outline is an area.
        """
        assert self._session_id is not None
        marks = self.marks
        if muscle is None and not outline:
            muscle = self.muscle_at(anchor, details, parent_id)
        return Mark(
            id=new_id(),
            session_id=self._session_id,
            number=marks[-1].number + 1 if marks else 1,
            details=self.defaults.fill(details, muscle),
            shape=shape or (Shape.AREA if outline else Shape.POINT),
            body_version=self.atlas.version_in(view),
            anchor=anchor,
            outline=outline,
            placed_on=self.body,
            placed_in=view,
            side=side if side is not None else self.atlas.side_in(anchor, view),
            muscle=muscle,
            parent_id=parent_id,
            placed_at=self._clock(),
        )

    def placed_at(self, mark: Mark, anchor: Anchor, view: str) -> Mark:
        """A point in hand at another spot, maybe on another picture and in another muscle."""
        muscle = self.muscle_at(anchor, mark.details, mark.parent_id)
        return replace(
            mark,
            details=self.defaults.refit(mark.details, mark.muscle, muscle),
            anchor=anchor,
            placed_in=view,
            body_version=self.atlas.version_in(view),
            side=self.atlas.side_in(anchor, view),
            muscle=muscle,
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

    def _look_up_needle(self) -> None:
        """The needle that is usual in the muscle that is aimed at, before the hand presses."""
        meant = self.aim.meant
        if meant is not None and self.writable:
            self.defaults.look_up(meant.muscle.id)

    def is_same_spot(self, mark: Mark, anchor: Anchor) -> bool:
        """Whether ``anchor`` is the very spot of a point: within ``SAME_SPOT_MM``, or as near on
        the picture on which both lie.
        """
        if mark.shape is not Shape.POINT:
            return False
        if lies_on_picture(anchor):
            return lies_on_picture(mark.anchor) and is_same_spot(mark.anchor, anchor)
        if mark.body_version != self.atlas.version:
            return False
        return self.atlas.distance_mm(mark.anchor, anchor, self.body) <= SAME_SPOT_MM

    def add(self, mark: Mark) -> bool:
        """Stores a new mark and selects it."""
        done = self._do(Change.add(f"Add {kind_name(mark.kind)}", mark))
        if done:
            self.selection.set((mark.id,))
        return done

    def add_all(self, marks: Sequence[Mark]) -> bool:
        """Stores new marks of one kind as one step, numbered in their order, and selects them."""
        if not marks:
            return False
        last = self.marks[-1].number if self.marks else 0
        marks = [replace(mark, number=last + k) for k, mark in enumerate(marks, start=1)]
        kind = marks[0].kind
        what = kind_name(kind) if len(marks) == 1 else counted(kind, len(marks))
        done = self._do(Change.add(f"Add {what}", *marks))
        if done:
            self.selection.set(mark.id for mark in marks)
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

    def change_marks(
        self, label: str, marks: Iterable[Mark], *, gone: Iterable[Mark] = (), merge: Any = None
    ) -> bool:
        """Gives marks of this session other values, and removes some, in one step. What belonged
        to a removed mark stays and stands by itself.
        """
        pairs = [(self.store.mark(mark.id), mark) for mark in marks]
        edits = {after.id: Edit(before, after) for before, after in pairs if before is not None}
        removed = {mark.id: Edit(mark, None) for mark in gone}
        for mark in self.marks if removed else ():
            if mark.parent_id in removed and mark.id not in edits:
                edits[mark.id] = Edit(mark, replace(mark, parent_id=None))
        return self._do(Change(label, edits | removed), merge)

    def move(self, before: Mark, after: Mark) -> bool:
        return self._replace(f"Move {kind_name(before.kind)}", before, after)

    def remove(self, ids: Iterable[UUID]) -> bool:
        """Removes marks. It is said what went, above all a needle that is in and counts no
        longer.
        """
        wanted = set(ids)
        gone = [mark for mark in self.marks if mark.id in wanted]
        if not gone:
            return True
        label = f"Remove {kind_name(gone[0].kind)}" if len(gone) == 1 else "Remove marks"
        done = self.change_marks(label, (), gone=gone)
        if done:
            self.told.emit(_removed(gone))
        return done

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

    def _take_up_pictures(self, change: Change | None) -> None:
        """Before any map is asked to show them."""
        edits = () if change is None else change.edits.values()
        if change is None or any(isinstance(edit.record, OwnPicture) for edit in edits):
            self.atlas.show_pictures(self.store.pictures)

    def _drop_what_is_gone(self, change: Change | None) -> None:
        if change is not None and all(each.before is None for each in change.edits.values()):
            return
        if self._session_id is not None and not self.store.has_session(self._session_id):
            self.open(None)
            return
        zone = self.selection.zone
        if zone is not None and self.store.zone(zone) is not None:
            return
        found = map(self.store.mark, self.selection.ids)
        here = [mark.id for mark in found if mark and mark.session_id == self._session_id]
        self.selection.set(here)


def _removed(gone: Sequence[Mark]) -> str:
    said = "Mark removed." if len(gone) == 1 else f"{len(gone)} marks removed."
    still = needles_in(gone)
    return f"{needles_are(still, 'removed from the chart while in')}." if still else said
