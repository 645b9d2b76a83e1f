"""Placing points: one press is one mark, and a drag before the release adjusts it."""

from app.domain.identity import UUID
from app.domain.marks import (
    Details,
    Mark,
    MarkKind,
    Note,
    Reaction,
    TriggerPoint,
    TwitchResponse,
)
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.tools.tool import NO_PREVIEW, PointerEvent, Preview, Tool
from app.editing.twitches import NOTHING_TWITCHES, count_one_more, may_twitch, twitch_of


class PointTool(Tool):
    """Places marks of one kind, with the details that are usual for it. Pressed where one of
    that kind is already, it selects that one.
    """

    def __init__(self, editor: SessionEditor, key: ToolKey, details: Details) -> None:
        super().__init__(editor)
        self.key = key
        self._details = details

    @property
    def details(self) -> Details | None:
        return self._details

    def press(self, event: PointerEvent) -> None:
        if event.anchor is None or not self.editor.writable:
            return
        there = self._hit(event)
        same_kind = there is not None and there.kind is self._details.kind
        if there is not None and same_kind and self.editor.is_same_spot(there, event.anchor):
            self.editor.selection.set((there.id,))  # a second one there was not meant
            return
        mark = self.editor.new_mark(
            self._details_now(), event.anchor, event.view, parent_id=self._parent(event)
        )
        self.preview = Preview(marks=(mark,))

    def move(self, event: PointerEvent) -> None:
        if not self.preview.marks or event.anchor is None:
            return
        mark = self.preview.marks[0]
        if (event.anchor, event.view) == (mark.anchor, mark.placed_in):
            return
        self.preview = Preview(marks=(self.editor.placed_at(mark, event.anchor, event.view),))

    def release(self, event: PointerEvent) -> None:
        self.move(event)
        marks, self.preview = self.preview.marks, NO_PREVIEW
        if marks:
            self.editor.add(marks[0])

    def _details_now(self) -> Details:
        """What a mark holds that is placed now."""
        return self._details

    def _parent(self, _event: PointerEvent) -> UUID | None:
        return None

    def _hit(self, event: PointerEvent) -> Mark | None:
        """The mark that was pressed."""
        return None if event.hit is None else self.editor.store.mark(event.hit)


class TwitchTool(PointTool):
    """Places twitch responses. A twitch belongs to the trigger point or the needle that was
    pressed; pressed there again, or on the twitch itself, it counts one more.
    """

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__(editor, ToolKey.TWITCH, TwitchResponse(count=1))

    @property
    def details(self) -> None:
        """A twitch belongs to a point or a needle: none is placed where nothing is pressed."""
        return None

    def press(self, event: PointerEvent) -> None:
        hit = self._hit(event)
        seen = hit if hit is None or hit.kind is MarkKind.TWITCH else twitch_of(self.editor, hit)
        if seen is not None:
            if count_one_more(self.editor, seen):
                self.editor.selection.set((seen.id,))
        elif self._parent(event) is not None:
            super().press(event)
        elif event.anchor is not None and self.editor.writable:
            self.editor.refused.emit(NOTHING_TWITCHES)

    def _parent(self, event: PointerEvent) -> UUID | None:
        hit = self._hit(event)
        return hit.id if hit is not None and may_twitch(hit) else None


def trigger_point_tool(editor: SessionEditor) -> PointTool:
    """Places trigger points. Active or latent is left open: the press does not say it."""
    return PointTool(editor, ToolKey.TRIGGER_POINT, TriggerPoint())


def reaction_tool(editor: SessionEditor) -> PointTool:
    """Places reactions; which it was is said at the side."""
    return PointTool(editor, ToolKey.REACTION, Reaction())


def note_tool(editor: SessionEditor) -> PointTool:
    """Places notes; their words are written at the side."""
    return PointTool(editor, ToolKey.NOTE, Note())
