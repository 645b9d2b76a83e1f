"""Last time again: the marks of earlier sessions that lie under today's, and repeating them.

An earlier mark that is not repeated stays what it is: history. A gesture is one change, however
many marks it repeats.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.body.atlas import Atlas
from app.body.mesh import Points
from app.domain.anatomy import Anchor, Body
from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind, Shape
from app.domain.records import SessionStatus, TreatmentSession
from app.domain.repeating import again, repeated_id
from app.domain.words import kind_name
from app.editing.history import History
from app.editing.selection import Selection
from app.editing.store import ChartStore

_MM_PER_DM = 100.0
SAME_SPOT_MM = 5.0
"""Two marks of one kind this close are one: a fingertip covers three times as much."""


class AgainEditor(QObject):
    """Verbs on the ghosts: the marks of the sessions that lie under the one on the desk."""

    repeated = Signal(object)
    """The marks that were just added by repeating earlier ones."""

    def __init__(
        self,
        store: ChartStore,
        history: History,
        atlas: Atlas,
        selection: Selection,
        session: Callable[[], TreatmentSession | None],
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._store = store
        self._history = history
        self._atlas = atlas
        self._selection = selection
        self._session = session
        self._clock = clock
        self._under: set[UUID] = set()
        self._ghosts: tuple[Mark, ...] | None = None
        """Kept until a record changes: a sweep asks for them at every move."""
        self._left: tuple[Mark, ...] | None = None
        self._today: dict[MarkKind, tuple[list[Mark], Points]] | None = None
        """Today's points of each kind, and (n, 3) where they are."""
        store.changed.connect(self.look_anew)

    # -- what lies under -------------------------------------------------------------------

    @property
    def last(self) -> TreatmentSession | None:
        """The newest session before the one on the desk that holds a mark."""
        session = self._session()
        for each in self._store.sessions:  # newest first
            earlier = session is None or (
                each.id != session.id and each.started_at <= session.started_at
            )
            if earlier and any(self._store.mark_counts(each.id).values()):
                return each
        return None

    @property
    def under(self) -> frozenset[UUID]:
        """The sessions whose marks lie under the desk's as ghosts."""
        return frozenset(each for each in self._under if self._store.has_session(each))

    def lay_under(self, session_ids: Iterable[UUID]) -> None:
        """Lays these sessions under the desk's, and no others."""
        self._under = set(session_ids)
        self.look_anew()

    def toggle(self, session_id: UUID) -> None:
        """Lays a session under the desk's, or takes it away."""
        self.lay_under(self._under ^ {session_id})

    @property
    def ghosts(self) -> tuple[Mark, ...]:
        """The earlier marks that lie under today's; one that was repeated no longer does."""
        if self._ghosts is None:
            earlier = [mark for each in self.under for mark in self._store.marks(each)]
            self._ghosts = tuple(mark for mark in earlier if self.stand_in(mark) is None)
        return self._ghosts

    def ghost(self, mark_id: UUID | None) -> Mark | None:
        """The ghost of that id, or None."""
        return next((mark for mark in self.ghosts if mark.id == mark_id), None)

    @property
    def left(self) -> tuple[Mark, ...]:
        """The marks of the last session that can be repeated and are not yet, by number."""
        if self._left is None:
            last = self.last
            marks = () if last is None else self._store.marks(last.id)
            self._left = tuple(
                mark for mark in marks if self.can_repeat(mark) and self.stand_in(mark) is None
            )
        return self._left

    def can_repeat(self, mark: Mark) -> bool:
        """Whether anything of an earlier mark can be said again, and has its place here."""
        session = self._session()
        if session is None or again(mark.details) is None or not self._atlas.has_place_of(mark):
            return False
        return self._store.session(mark.session_id).started_at <= session.started_at

    @property
    def writable(self) -> bool:
        session = self._session()
        return session is not None and session.status is SessionStatus.DRAFT

    def stand_in(self, ghost: Mark) -> Mark | None:
        """The mark on the desk that repeats an earlier one, wherever it was moved since; or one
        of its kind that was placed on the very spot.
        """
        session = self._session()
        if session is None:
            return None
        repeated = self._store.mark(repeated_id(ghost, session.id))
        if repeated is not None:
            return repeated
        if ghost.shape is Shape.POINT:
            return self.on_the_spot(ghost)
        drawn = (ghost.kind, ghost.anchor, ghost.outline)
        marks = self._store.marks(session.id)
        return next((m for m in marks if (m.kind, m.anchor, m.outline) == drawn), None)

    # -- repeating -------------------------------------------------------------------------

    def as_today(self, ghosts: Iterable[Mark]) -> tuple[Mark, ...]:
        """The marks that repeating ``ghosts`` would add; those that cannot be are left out."""
        session = self._session()
        if session is None:
            return ()
        wanted = {mark.id: mark for mark in ghosts if self.can_repeat(mark)}
        marks, now = self._store.marks(session.id), self._clock()
        number = marks[-1].number if marks else 0
        made = []
        for ghost in sorted(wanted.values(), key=lambda mark: (mark.placed_at, mark.number)):
            details = again(ghost.details)
            assert details is not None
            number += 1
            made.append(
                replace(
                    ghost,
                    id=repeated_id(ghost, session.id),
                    session_id=session.id,
                    number=number,
                    details=details,
                    parent_id=self._parent(ghost, wanted, session.id),
                    note="",
                    placed_at=now,
                )
            )
        return tuple(made)

    def repeat(self, ghost_ids: Iterable[UUID]) -> bool:
        """Repeats some ghosts in one step, and selects what came of it where that is one mark."""
        wanted = set(ghost_ids)
        return self._add(mark for mark in self.ghosts if mark.id in wanted)

    def repeat_all(self) -> bool:
        """Repeats all of the last session that is not repeated yet, in one step."""
        return self._add(self.left)

    def _add(self, ghosts: Iterable[Mark]) -> bool:
        made = self.as_today(ghosts)
        if not made or not self.writable:
            return False
        one = len(made) == 1
        label = f"Repeat {kind_name(made[0].kind)}" if one else f"Repeat {len(made)} marks"
        if not self._history.do(Change.add(label, *made)):
            return False
        # Del after a sweep must not take all of it away again
        self._selection.set((made[0].id,) if one else ())
        self.repeated.emit(made)
        return True

    # -- how ---------------------------------------------------------------------------------

    def _parent(self, ghost: Mark, wanted: dict[UUID, Mark], session_id: UUID) -> UUID | None:
        """What the mark that repeats ``ghost`` belongs to: what stands for the ghost's parent."""
        if ghost.parent_id is None:
            return None
        if ghost.parent_id in wanted:
            return repeated_id(wanted[ghost.parent_id], session_id)
        parent = self._store.mark(ghost.parent_id)
        today = None if parent is None else self.stand_in(parent)
        return today.id if today is not None and parent and today.kind is parent.kind else None

    def on_the_spot(self, ghost: Mark) -> Mark | None:
        """The point on the desk of a point's kind that is nearest to it, if near enough."""
        there = self._points().get(ghost.kind)
        if there is None or not self._known(ghost):
            return None
        marks, spots = there
        distances = np.linalg.norm(spots - self._spots([ghost]), axis=1)
        nearest = int(distances.argmin())
        near_enough = distances[nearest] * _MM_PER_DM <= SAME_SPOT_MM
        return marks[nearest] if near_enough else None

    def is_near(self, one: Anchor, other: Anchor, body: Body) -> bool:
        """Whether two spots are one."""
        return self._atlas.distance_mm(one, other, body) <= SAME_SPOT_MM

    def _points(self) -> dict[MarkKind, tuple[list[Mark], Points]]:
        if self._today is None:
            session, of_kind = self._session(), dict[MarkKind, list[Mark]]()
            for mark in () if session is None else self._store.marks(session.id):
                if mark.shape is Shape.POINT and self._known(mark):
                    of_kind.setdefault(mark.kind, []).append(mark)
            self._today = {kind: (of, self._spots(of)) for kind, of in of_kind.items()}
        return self._today

    def _spots(self, marks: Sequence[Mark]) -> Points:
        """(n, 3) where points are on the patient's body, in dm."""
        patient = self._store.patient
        assert patient is not None
        return self._atlas.mesh.points(tuple(mark.anchor for mark in marks), patient.body)

    def _known(self, mark: Mark) -> bool:
        return mark.body_version == self._atlas.version and self._atlas.holds((mark.anchor,))

    def look_anew(self) -> None:
        """Another session is on the desk, or a record changed: other ghosts may be left."""
        self._ghosts = self._left = self._today = None
