"""Selecting, moving and erasing what is already on the body."""

from dataclasses import replace

import numpy as np

from app.domain.identity import UUID
from app.domain.marks import Mark, Shape
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.tools.tool import NO_PREVIEW, PointerEvent, Preview, Tool


class SelectTool(Tool):
    """Selects on press; Ctrl or Shift adds. A drag on bare skin moves the picture."""

    key = ToolKey.SELECT
    pans = True

    def press(self, event: PointerEvent) -> None:
        selection = self.editor.selection
        if event.hit is None:
            if not event.extend:
                selection.clear()
        elif event.extend:
            selection.toggle(event.hit)
        else:
            selection.set((event.hit,))


class MoveTool(Tool):
    """Drags a mark to another spot. Beside the body it stays where it last was on skin."""

    key = ToolKey.MOVE
    pans = True

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__(editor)
        self._before: Mark | None = None
        self._pressed: PointerEvent | None = None

    def press(self, event: PointerEvent) -> None:
        if event.hit is None:
            return
        self.editor.selection.set((event.hit,))
        if self.editor.writable:
            self._before = self.editor.store.mark(event.hit)
            self._pressed = event

    def move(self, event: PointerEvent) -> None:
        if self._before is None or self._pressed is None:
            return
        after = moved(self.editor, self._before, self._pressed, event)
        if after is not None:
            self.preview = Preview(marks=(after,))

    def release(self, event: PointerEvent) -> None:
        before, after = self._before, self.preview.marks
        self.cancel()
        if before is not None and after:
            self.editor.move(before, after[0])

    def cancel(self) -> None:
        self._before = self._pressed = None
        self.preview = NO_PREVIEW


class EraseTool(Tool):
    """Removes each mark that the pointer touches between press and release, in one step."""

    key = ToolKey.ERASE

    def press(self, event: PointerEvent) -> None:
        if self.editor.writable:
            self._touch(event.hit)

    def move(self, event: PointerEvent) -> None:
        if self.editor.writable:
            self._touch(event.hit)

    def release(self, event: PointerEvent) -> None:
        touched, self.preview = self.preview.hidden, NO_PREVIEW
        self.editor.remove(touched)

    def _touch(self, hit: UUID | None) -> None:
        if hit is not None:
            self.preview = Preview(hidden=self.preview.hidden | {hit})


def moved(
    editor: SessionEditor, mark: Mark, pressed: PointerEvent, event: PointerEvent
) -> Mark | None:
    """``mark`` carried from where it was grasped to the pointer; None where that is not skin.

    A point goes under the pointer by the same shift. An area is drawn anew on the picture
    where it is grasped, by its outline as seen there.
    """
    atlas, body = editor.atlas, editor.body
    shift = (event.x - pressed.x, event.y - pressed.y)
    if event.view != pressed.view:
        return None
    if mark.shape is Shape.POINT:
        spot = atlas.locate(mark.anchor, body, event.view)
        anchor = atlas.pick(body, event.view, spot.x + shift[0], spot.y + shift[1])
        if anchor is None:
            return None
        return replace(mark, anchor=anchor, placed_in=event.view, side=atlas.side(anchor))
    loops = atlas.area_loops(mark.outline, mark.placed_on, mark.placed_in, body, event.view)
    if not loops:
        return None
    area = atlas.draw_area(body, event.view, max(loops, key=len) + np.array(shift))
    if area is None:
        return None
    return replace(
        mark, anchor=area.anchor, outline=area.outline, side=area.side,
        placed_on=body, placed_in=event.view,
    )  # fmt: skip
