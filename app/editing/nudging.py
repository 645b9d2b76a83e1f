"""Moving what is selected by the arrow keys, a pixel of the picture at a time."""

from app.domain.marks import Mark, Shape
from app.domain.words import kind_name
from app.editing.session_editor import SessionEditor
from app.editing.tools.arrange import carried_by, hindrance_to_moving


def nudge(editor: SessionEditor, view: str, right: int, down: int) -> bool:
    """Moves the selected marks on a picture, all or none. A run of presses is one step.

    Where one of them would leave the skin, or is not seen there, they stay where they are.
    """
    ids = editor.selection.ids
    marks = [mark for mark in map(editor.store.mark, ids) if mark is not None]
    if not marks or not editor.writable:
        return False
    after: list[Mark] = []
    for mark in marks:
        hindrance = _unseen(editor, mark, view) or hindrance_to_moving(editor, mark, view)
        if hindrance:
            editor.refused.emit(hindrance)
            return False
        carried = carried_by(editor, mark, view, (right, down))
        if carried is None:
            return False  # the edge of the skin: it goes no further
        after.append(carried)
    label = "Nudge mark" if len(after) == 1 else "Nudge marks"
    return editor.change_marks(label, after, merge=("nudge", ids))


def _unseen(editor: SessionEditor, mark: Mark, view: str) -> str:
    """Why a point cannot be moved on a picture; "" where it is seen there."""
    atlas = editor.atlas
    if mark.shape is not Shape.POINT:
        return ""
    if atlas.has_place_of(mark) and atlas.locate(mark.anchor, editor.body, view).visible:
        return ""
    what = kind_name(mark.kind).capitalize()
    return f"{what} {mark.number} is not seen on this picture. Show one on which it is."
