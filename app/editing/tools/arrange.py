"""Selecting, moving and erasing what is already on the body."""

import math
from dataclasses import replace

import numpy as np

from app.body.mesh import Points
from app.domain.anatomy import Anchor, Side
from app.domain.identity import UUID
from app.domain.marks import Mark, Shape
from app.domain.own_pictures import lies_on_picture
from app.domain.own_zones import NoNeedleZone
from app.domain.words import kind_name
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.tools.again import AgainTool
from app.editing.tools.tool import NO_PREVIEW, PointerEvent, Preview, Tool

DEAD_ZONE = 3.0
"""A hand that moved a mark less than this, in screen px, only trembled."""


class SelectTool(Tool):
    """Selects on press; Ctrl or Shift adds. A drag on bare skin moves the picture.

    Where no mark is, a press means the no-needle zone that is there. A ghost is repeated.
    """

    key = ToolKey.SELECT
    pans = True

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__(editor)
        self._again = AgainTool(editor)

    def press(self, event: PointerEvent) -> None:
        selection = self.editor.selection
        if event.ghost is not None and not event.extend and self.editor.writable:
            self._again.press(event)
            self.preview = self._again.preview
        elif event.hit is None:
            if not event.extend:
                self._select_zone(event)
        elif event.extend:
            selection.toggle(event.hit)
        else:
            selection.set((event.hit,))

    def move(self, event: PointerEvent) -> None:
        self._again.move(event)
        self.preview = self._again.preview

    def release(self, event: PointerEvent) -> None:
        self._again.release(event)
        self.preview = NO_PREVIEW

    def cancel(self) -> None:
        self._again.cancel()
        self.preview = NO_PREVIEW

    def _select_zone(self, event: PointerEvent) -> None:
        zone = self.editor.zones.at(event.anchor)
        if zone is None:
            self.editor.selection.clear()
        else:
            self.editor.selection.set_zone(zone.id)


class MoveTool(Tool):
    """Drags a mark to another spot. Where it does not fit it stays where it last did."""

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
        if self._before is None or self._pressed is None or event.view != self._pressed.view:
            return
        if _distance(self._pressed, event) * event.scale < DEAD_ZONE:
            self.preview = NO_PREVIEW
            return
        hindrance = hindrance_to_moving(self.editor, self._before, event.view)
        if hindrance:
            self.cancel()
            self.editor.refused.emit(hindrance)
            return
        after = moved(self.editor, self._before, self._pressed, event)
        if after is not None:
            self.preview = Preview(marks=(after,))

    def release(self, event: PointerEvent) -> None:
        self.move(event)
        before, after = self._before, self.preview.marks
        self.cancel()
        if before is not None and after:
            self.editor.move(before, after[0])

    def cancel(self) -> None:
        self._before = self._pressed = None
        self.preview = NO_PREVIEW


class EraseTool(Tool):
    """Removes each mark that the pointer touches between press and release, in one step.

    A no-needle zone goes only where it is pressed and nothing else is touched: a sweep over
    marks on it must not take it along.
    """

    key = ToolKey.ERASE

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__(editor)
        self._zone: NoNeedleZone | None = None

    def press(self, event: PointerEvent) -> None:
        if self.editor.writable:
            self._touch(event.hit)
            self._zone = self.editor.zones.at(event.anchor) if event.hit is None else None

    def move(self, event: PointerEvent) -> None:
        if self.editor.writable:
            self._touch(event.hit)
            if self._zone is not None and self.editor.zones.at(event.anchor) != self._zone:
                self._zone = None

    def release(self, event: PointerEvent) -> None:
        touched, zone = self.preview.hidden, self._zone
        self.cancel()
        if touched:
            self.editor.remove(touched)
        elif zone is not None:
            self.editor.zones.remove(zone.id)

    def cancel(self) -> None:
        self._zone = None
        super().cancel()

    def _touch(self, hit: UUID | None) -> None:
        if hit is not None:
            self.preview = Preview(hidden=self.preview.hidden | {hit})


def hindrance_to_moving(editor: SessionEditor, mark: Mark, view: str) -> str:
    """Why ``mark`` cannot be moved on that picture, as a sentence; "" where it can."""
    if mark.shape is Shape.POINT or _outline_px(editor, mark, view) is not None:
        return ""
    what = kind_name(mark.kind).capitalize()
    if mark.placed_on is not editor.body:
        return f"{what} {mark.number} was drawn on the other body; on this one, draw it anew."
    title = editor.atlas.view(mark.placed_on, mark.placed_in).title
    return f"{what} {mark.number} is not all seen here. Move it where it was drawn: {title}."


def moved(
    editor: SessionEditor, mark: Mark, pressed: PointerEvent, event: PointerEvent
) -> Mark | None:
    """``mark`` carried from where it was grasped to the pointer; None where it does not fit.

    Every spot of it goes by the same shift, so that it keeps its shape.
    """
    if event.view != pressed.view:
        return None
    return carried_by(editor, mark, event.view, (event.x - pressed.x, event.y - pressed.y))


def carried_by(
    editor: SessionEditor, mark: Mark, view: str, shift: tuple[float, float]
) -> Mark | None:
    """``mark`` moved by so many px of a picture; None where it does not fit there."""
    carried = _carried(editor, mark, view, np.array(shift))
    if carried is None:
        return None
    anchor, outline, side = carried
    return replace(
        mark, anchor=anchor, outline=outline, side=side, muscle=_muscle_there(editor, mark, anchor),
        body_version=editor.atlas.version_in(view), placed_on=editor.body, placed_in=view,
    )  # fmt: skip


def _muscle_there(editor: SessionEditor, mark: Mark, anchor: Anchor) -> str | None:
    """The muscle that was chosen, where the mark is still in it. A point that has left it gets
    the one that is usual at its new spot; what had none gets none.
    """
    if mark.muscle is None or lies_on_picture(anchor):
        return mark.muscle
    there = editor.atlas.anatomy.muscles_at(anchor)
    if any(each.muscle.id == mark.muscle for each in there):
        return mark.muscle
    return None if mark.outline else editor.muscle_at(anchor, mark.details)


def _carried(
    editor: SessionEditor, mark: Mark, view: str, shift: Points
) -> tuple[Anchor, tuple[Anchor, ...], Side | None] | None:
    """The anchor, outline and side of ``mark`` after a shift in px on a picture."""
    atlas, body = editor.atlas, editor.body
    if mark.shape is Shape.POINT:
        spot = atlas.locate(mark.anchor, body, view)
        anchor = atlas.pick(body, view, spot.x + shift[0], spot.y + shift[1])
        return None if anchor is None else (anchor, (), atlas.side_in(anchor, view))
    line = _outline_px(editor, mark, view)
    if line is None:
        return None
    if mark.shape is Shape.AREA:
        area = atlas.carry_area(body, view, line + shift)
        return None if area is None else (area.anchor, area.outline, area.side)
    outline = atlas.carry_outline(body, view, line + shift)
    if outline is None:
        return None
    middle = outline[len(outline) // 2]
    return middle, outline, atlas.side_in(middle, view)


def _outline_px(editor: SessionEditor, mark: Mark, view: str) -> Points | None:
    """(k, 2) the outline in px of a picture; None where it is not all seen there."""
    atlas, body = editor.atlas, editor.body
    if mark.shape is Shape.AREA:
        return atlas.outline_in_sight(mark.outline, mark.placed_on, mark.placed_in, body, view)
    spots = [atlas.locate(anchor, body, view) for anchor in mark.outline]
    return np.array([spot[:2] for spot in spots]) if all(s.visible for s in spots) else None


def _distance(one: PointerEvent, other: PointerEvent) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)
