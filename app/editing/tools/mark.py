"""Placing points: one press is one mark, and a drag before the release adjusts it."""

from dataclasses import replace

from app.domain.identity import UUID
from app.domain.marks import (
    Details,
    Mark,
    MarkKind,
    Note,
    TriggerPoint,
    TwitchResponse,
)
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.tools.tool import NO_PREVIEW, PointerEvent, Preview, Tool


class PointTool(Tool):
    """Places marks of one kind, with the details that are usual for it. Pressed where one of
    that kind is already, it selects that one.
    """

    def __init__(self, editor: SessionEditor, key: ToolKey, details: Details) -> None:
        super().__init__(editor)
        self.key = key
        self._details = details

    def press(self, event: PointerEvent) -> None:
        if event.anchor is None or not self.editor.writable:
            return
        there = None if event.hit is None else self.editor.store.mark(event.hit)
        same_kind = there is not None and there.kind is self._details.kind
        if there is not None and same_kind and self.editor.is_same_spot(there, event.anchor):
            self.editor.selection.set((there.id,))  # a second one there was not meant
            return
        mark = self.editor.new_mark(
            self._details, event.anchor, event.view, parent_id=self._parent(event)
        )
        self.preview = Preview(marks=(mark,))

    def move(self, event: PointerEvent) -> None:
        if not self.preview.marks or event.anchor is None:
            return
        mark = self.preview.marks[0]
        if (event.anchor, event.view) == (mark.anchor, mark.placed_in):
            return
        side = self.editor.atlas.side(event.anchor)
        muscle = self.editor.muscle_at(event.anchor, mark.details, mark.parent_id)
        details = self.editor.defaults.refit(mark.details, mark.muscle, muscle)
        moved = replace(
            mark,
            details=details,
            anchor=event.anchor,
            placed_in=event.view,
            side=side,
            muscle=muscle,
        )
        self.preview = Preview(marks=(moved,))

    def release(self, event: PointerEvent) -> None:
        self.move(event)
        marks, self.preview = self.preview.marks, NO_PREVIEW
        if marks:
            self.editor.add(marks[0])

    def _parent(self, _event: PointerEvent) -> UUID | None:
        return None


class TwitchTool(PointTool):
    """Places twitch responses. On a trigger point or a needle the twitch belongs to it; pressed
    there again, or on the twitch itself, it counts one more.
    """

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__(editor, ToolKey.TWITCH, TwitchResponse(count=1))

    def press(self, event: PointerEvent) -> None:
        seen = self._twitch_at(event)
        if seen is None:
            super().press(event)
        elif self.editor.count_twitch(seen):
            self.editor.selection.set((seen.id,))

    def _parent(self, event: PointerEvent) -> UUID | None:
        hit = self._hit(event)
        if hit is not None and hit.kind in (MarkKind.TRIGGER_POINT, MarkKind.NEEDLE):
            return hit.id
        return None

    def _twitch_at(self, event: PointerEvent) -> Mark | None:
        """The twitch that was pressed, or the one that the pressed mark already has."""
        hit = self._hit(event)
        if hit is None or hit.kind is MarkKind.TWITCH:
            return hit
        theirs = [mark for mark in self.editor.marks if mark.parent_id == hit.id]
        return next((mark for mark in theirs if mark.kind is MarkKind.TWITCH), None)

    def _hit(self, event: PointerEvent) -> Mark | None:
        return None if event.hit is None else self.editor.store.mark(event.hit)


def trigger_point_tool(editor: SessionEditor) -> PointTool:
    """Places trigger points. Active or latent is left open: the press does not say it."""
    return PointTool(editor, ToolKey.TRIGGER_POINT, TriggerPoint())


def note_tool(editor: SessionEditor) -> PointTool:
    """Places notes; their words are written at the side."""
    return PointTool(editor, ToolKey.NOTE, Note())
