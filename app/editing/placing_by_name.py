"""Marks are placed in a muscle by its name, at its usual points, as one change."""

from app.domain.anatomy import Anchor
from app.domain.marks import Details, TriggerPoint
from app.domain.words import counted
from app.editing.session_editor import SessionEditor
from app.editing.shorthand import Placement
from app.editing.toolbox import Toolbox


def details_in_hand(toolbox: Toolbox) -> Details:
    """What a press with the tool in hand would place; a trigger point where it places nothing."""
    details = toolbox.active.details
    return TriggerPoint() if details is None else details


def place_by_name(
    editor: SessionEditor, placement: Placement, seen_in: str | None
) -> tuple[Anchor, ...]:
    """Places the marks and selects them; where they went, or nothing where they were refused.

    ``seen_in`` is the view that is looked at, None where all stand side by side.
    """
    if not editor.writable:
        return ()
    atlas, body, muscle = editor.atlas, editor.body, placement.muscle
    anchors: list[Anchor] = []
    for side in placement.sides:
        found = atlas.usual_points(muscle.id, side, placement.count, body)
        if len(found) < placement.count:
            kind = placement.details.kind
            editor.refused.emit(f"{muscle.name} has room for {counted(kind, len(found))} only.")
            return ()
        anchors += found
    if any(_is_there(editor, placement, anchor) for anchor in anchors):
        editor.refused.emit(f"{placement.words}: there is one at such a spot already.")
        return ()
    marks = [
        editor.new_mark(
            placement.details,
            anchor,
            atlas.best_view((anchor,), body, seen_in),
            muscle=muscle.id,
        )
        for anchor in anchors
    ]
    return tuple(anchors) if editor.add_all(marks) else ()


def _is_there(editor: SessionEditor, placement: Placement, anchor: Anchor) -> bool:
    """Whether a mark of the kind is at the very spot: a second one there was not meant."""
    same = [mark for mark in editor.marks if mark.kind is placement.details.kind]
    return any(editor.is_same_spot(mark, anchor) for mark in same)
