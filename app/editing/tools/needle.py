"""Placing needles, and taking them out again where they are pressed."""

from app.domain.identity import UUID
from app.domain.marks import Details, Mark, MarkKind, Needle
from app.domain.needles import is_in
from app.editing.needles import take_out
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.tools.mark import PointTool
from app.editing.tools.tool import PointerEvent

STILL_HAND_PX = 6.0
"""A hand that moved more than this between press and release, in screen px, meant no needle."""


class NeedleTool(PointTool):
    """Places needles, which are in from then on. Pressed on a trigger point, a needle belongs to
    it; pressed on a needle that is in, it takes that one out.

    In a session of another day a needle gets no time: when it went in then is not known.
    """

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__(editor, ToolKey.NEEDLE, Needle())
        self._pressed: PointerEvent | None = None
        self._taking_out: Mark | None = None

    def press(self, event: PointerEvent) -> None:
        self.cancel()
        self._pressed = event
        if self.editor.writable:
            self._taking_out = self._needle_in_at(event)
        if self._taking_out is None:
            super().press(event)

    def release(self, event: PointerEvent) -> None:
        needle, pressed = self._taking_out, self._pressed
        if needle is None or pressed is None:
            super().release(event)
            return
        self.cancel()
        way = max(abs(event.x - pressed.x), abs(event.y - pressed.y)) * event.scale
        if event.view == pressed.view and way <= STILL_HAND_PX:
            take_out(self.editor, needle)

    def cancel(self) -> None:
        self._taking_out = self._pressed = None
        super().cancel()

    def _details_now(self) -> Details:
        return Needle(in_at=self.editor.now()) if self.editor.runs_now else Needle()

    def _parent(self, event: PointerEvent) -> UUID | None:
        under = self._hit(event)
        return under.id if under is not None and under.kind is MarkKind.TRIGGER_POINT else None

    def _needle_in_at(self, event: PointerEvent) -> Mark | None:
        """The needle that is in whose sign was pressed, or that is in at that very spot."""
        hit = self._hit(event)
        if hit is not None and is_in(hit) and event.on_sign:
            return hit
        anchor = event.anchor
        if anchor is None:
            return None
        still = (mark for mark in self.editor.marks if is_in(mark))
        return next((mark for mark in still if self.editor.is_same_spot(mark, anchor)), None)
