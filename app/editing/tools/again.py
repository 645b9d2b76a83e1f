"""Repeating last time's marks: a press on a ghost, or a sweep over several."""

import math
from collections.abc import Iterable

from app.domain.identity import UUID
from app.domain.marks import Mark, Shape
from app.domain.repeating import WHY_NOT
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.tools.tool import NO_PREVIEW, PointerEvent, Preview, Tool

REACH = 13.0
"""A ghost is swept up within this many screen px of its middle, as a sign is hit."""
STILL = 4.0
"""A hand that has moved so many screen px sweeps; until then the ghost that was pressed is meant,
and none that lies beside it."""


class AgainTool(Tool):
    """Repeats each ghost that the pointer touches between press and release, in one step.

    A hand is faster than the pointer reports: what lies between two reports is touched too.
    """

    key = ToolKey.AGAIN

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__(editor)
        self._first: PointerEvent | None = None
        """The press, until the hand has moved away from it."""
        self._last: PointerEvent | None = None
        self._touched: dict[UUID, Mark] = {}
        self._never: Mark | None = None
        """The ghost that was pressed and cannot be repeated."""

    def press(self, event: PointerEvent) -> None:
        if not self.editor.writable:
            return
        self._first = self._last = event
        ghost = self.editor.again.ghost(event.ghost)
        if ghost is not None and not self.editor.again.can_repeat(ghost):
            self._never = ghost
        self._touch([] if ghost is None else [ghost])

    def move(self, event: PointerEvent) -> None:
        last = self._last
        if last is None or self._is_still(event):
            return
        self._first, self._last = None, event
        if event.view == last.view:
            self._touch(
                mark
                for mark in self.editor.again.ghosts
                if mark.id == event.ghost or self._is_between(mark, last, event)
            )

    def release(self, event: PointerEvent) -> None:
        self.move(event)
        touched, never = tuple(self._touched), self._never
        self.cancel()
        if touched:
            self.editor.again.repeat(touched)
        elif never is not None:
            self.editor.refused.emit(WHY_NOT.get(never.kind, "This cannot be repeated here."))

    def cancel(self) -> None:
        self._first = self._last = self._never = None
        self._touched = {}
        self.preview = NO_PREVIEW

    def _is_still(self, event: PointerEvent) -> bool:
        """Whether the hand only presses."""
        first = self._first
        if first is None or event.view != first.view:
            return False
        return math.hypot(event.x - first.x, event.y - first.y) * event.scale < STILL

    def _touch(self, ghosts: Iterable[Mark]) -> None:
        again = self.editor.again
        new = {m.id: m for m in ghosts if m.id not in self._touched and again.can_repeat(m)}
        if new:
            self._touched |= new
            self.preview = Preview(marks=again.as_today(self._touched.values()))

    def _is_between(self, mark: Mark, start: PointerEvent, end: PointerEvent) -> bool:
        """Whether a ghost that is a point lies on the way from one report to the next."""
        if mark.shape is not Shape.POINT or not self.editor.again.can_repeat(mark):
            return False
        spot = self.editor.atlas.locate(mark.anchor, self.editor.body, end.view)
        return spot.visible and _distance(spot.x, spot.y, start, end) * end.scale <= REACH


def _distance(x: float, y: float, start: PointerEvent, end: PointerEvent) -> float:
    """How far (x, y) is from the straight line between two places, in px of the picture."""
    along_x, along_y = end.x - start.x, end.y - start.y
    length = along_x**2 + along_y**2
    share = ((x - start.x) * along_x + (y - start.y) * along_y) / length if length else 0.0
    share = min(max(share, 0.0), 1.0)
    return math.hypot(x - start.x - share * along_x, y - start.y - share * along_y)
