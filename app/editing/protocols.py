"""Protocols: points that are placed together again and again, laid onto either side in one step.

A protocol holds what was planned, needles with their sizes and techniques, and nothing of a
patient. It belongs to the practice; it is saved, renamed and removed at the session on the desk,
whose undo takes that back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from app.body.atlas import Atlas
from app.domain.anatomy import Body, Side
from app.domain.change import Change
from app.domain.findings import Finding
from app.domain.folding import fold
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark, MarkKind, Shape
from app.domain.paper_rules import check_name_of_protocol
from app.domain.records import SessionStatus, TreatmentSession
from app.domain.repeating import planned
from app.domain.supplies import PointOfSet, PointSet
from app.editing.again import AgainEditor
from app.editing.history import History
from app.editing.selection import Selection
from app.editing.store import ChartStore

KINDS = frozenset({MarkKind.TRIGGER_POINT, MarkKind.NEEDLE})
"""What a protocol may hold: what is sought and what is done, not what was found or came of it."""


class Lay(StrEnum):
    """Onto which side of the patient."""

    AS_IT_WAS = "as it was"
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both sides"


class ProtocolEditor:
    """Verbs on the protocols. Each returns whether it was stored, or whether nothing was to do."""

    def __init__(
        self,
        store: ChartStore,
        history: History,
        atlas: Atlas,
        selection: Selection,
        again: AgainEditor,
        session: Callable[[], TreatmentSession | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._history = history
        self._atlas = atlas
        self._selection = selection
        self._again = again
        self._session = session
        self._clock = clock

    @property
    def all(self) -> tuple[PointSet, ...]:
        """By name."""
        return self._store.protocols

    @property
    def writable(self) -> bool:
        """Whether a protocol can be laid now."""
        session = self._session()
        return session is not None and session.status is SessionStatus.DRAFT

    # -- saving ----------------------------------------------------------------------------

    @property
    def savable(self) -> tuple[Mark, ...]:
        """The marks that would be saved now: of the selected ones, else of all."""
        session = self._session()
        marks = () if session is None else self._store.marks(session.id)
        chosen = [mark for mark in marks if mark.id in self._selection.ids] or marks
        points = (m for m in chosen if m.kind in KINDS and m.shape is Shape.POINT)
        return tuple(m for m in points if m.side is not None)  # none on a picture of one's own

    def findings(self, name: str, besides: UUID | None = None) -> list[Finding]:
        """What stands against a name; ``besides`` is the protocol that has it already."""
        found = list(check_name_of_protocol(name, 1))
        if any(fold(each.name) == fold(name.strip()) and each.id != besides for each in self.all):
            found.append(Finding("name", "There is a protocol of this name already."))
        return found

    def save(self, name: str) -> bool:
        """Saves what is ``savable`` under a name."""
        marks = self.savable
        if not marks or self.findings(name):
            return False
        points = tuple(
            PointOfSet(
                details=planned(mark.details),
                body_version=mark.body_version,
                anchor=mark.anchor,
                placed_on=mark.placed_on,
                placed_in=mark.placed_in,
                side=mark.side,
                muscle=mark.muscle,
            )
            for mark in marks
            if mark.side is not None  # on the body every mark has one
        )
        return self._do(
            Change.add("Save protocol", PointSet(id=new_id(), name=name.strip(), points=points))
        )

    def rename(self, protocol: PointSet, name: str) -> bool:
        if self.findings(name, protocol.id):
            return False
        after = replace(protocol, name=name.strip())
        return self._do(Change.replace("Rename protocol", protocol, after))

    def remove(self, protocol: PointSet) -> bool:
        """Removes a protocol. What was laid by it stays."""
        return self._do(Change.remove("Remove protocol", [protocol]))

    # -- laying ----------------------------------------------------------------------------

    def laid(self, protocol: PointSet, how: Lay) -> tuple[Mark, ...]:
        """The marks that laying it would add. Where one of the kind is already, none is added.

        A chart file may bring protocols that hold more than was planned: that is not laid.
        """
        session, patient = self._session(), self._store.patient
        if session is None or patient is None:
            return ()
        marks, now = self._store.marks(session.id), self._clock()
        number, made = (marks[-1].number if marks else 0), list[Mark]()
        points = (point for point in protocol.points if point.details.kind in KINDS)
        for point in self._turned(points, how):
            mark = Mark(
                id=new_id(),
                session_id=session.id,
                number=number + 1,
                details=planned(point.details),
                body_version=point.body_version,
                anchor=point.anchor,
                placed_on=patient.body,
                placed_in=point.placed_in,
                side=point.side,
                muscle=point.muscle,
                placed_at=now,
            )
            if self._atlas.has_place_of(mark) and not self._is_there(mark, made, patient.body):
                made.append(mark)
                number += 1
        return tuple(made)

    def lay(self, protocol: PointSet, how: Lay) -> bool:
        """Lays a protocol onto a side in one step."""
        made = self.laid(protocol, how)
        if not made:
            return True
        if not self.writable or not self._do(Change.add(f"Lay {protocol.name}", *made)):
            return False
        self._selection.clear()
        return True

    # -- how ---------------------------------------------------------------------------------

    def _turned(self, points: Iterable[PointOfSet], how: Lay) -> Iterable[PointOfSet]:
        """The points on the side where they are wanted; those of the mid-line stay."""
        for point in points:
            mirrored = point.side is not Side.MIDLINE and self._mirrored(point)
            if how is Lay.AS_IT_WAS or not mirrored:
                yield point
            elif how is Lay.BOTH:
                yield from (point, mirrored)
            else:
                yield point if point.side.value == how.value else mirrored

    def _mirrored(self, point: PointOfSet) -> PointOfSet | None:
        """The mirror image of a point; None where its place means nothing on this body."""
        known = self._atlas.knows(point.body_version, point.placed_on, point.placed_in)
        if not known or not self._atlas.holds([point.anchor]):
            return None
        anchor = self._atlas.anatomy.mirror.anchor(point.anchor)
        view = _other_side(point.placed_in)
        if not self._atlas.knows(point.body_version, point.placed_on, view):
            view = point.placed_in
        return replace(point, anchor=anchor, placed_in=view, side=self._atlas.side(anchor))

    def _is_there(self, mark: Mark, made: Sequence[Mark], body: Body) -> bool:
        """Whether a mark of this kind is on the very spot, or was just laid there."""
        return self._again.on_the_spot(mark) is not None or any(
            each.kind is mark.kind and self._again.is_near(each.anchor, mark.anchor, body)
            for each in made
        )

    def _do(self, change: Change) -> bool:
        return self._session() is not None and self._history.do(change)


def _other_side(view: str) -> str:
    """What a view of the left side is called for the right one."""
    turned = {"left": "right", "right": "left"}
    return "_".join(turned.get(word, word) for word in view.split("_"))
