"""Making a mark that was just placed a mark of another kind, without placing it anew."""

from dataclasses import fields, replace

from app.domain.identity import UUID
from app.domain.marks import (
    DETAILS_OF_KIND,
    PARENTS_OF_KIND,
    SHAPES_OF_KIND,
    Details,
    Mark,
    MarkKind,
    Needle,
    Shape,
    TwitchResponse,
)
from app.domain.needles import is_in
from app.domain.words import kind_name
from app.editing.session_editor import SessionEditor
from app.editing.twitches import NOTHING_TWITCHES

SEVERAL = "Several marks are selected. Select the one that is to become another kind."
_A = {Shape.POINT: "a point", Shape.AREA: "an area", Shape.LINE: "a line"}


def retype(editor: SessionEditor, mark: Mark, kind: MarkKind) -> bool:
    """Gives ``mark`` another kind. Place, number, note and muscle stay; so does what both kinds
    record alike. A needle comes as is usual in the muscle. One step; refused with a sentence
    where the shape does not fit.
    """
    if mark.kind is kind:
        return True
    if mark.shape not in SHAPES_OF_KIND[kind]:
        editor.refused.emit(_misfit(mark, kind))
        return False
    parent_id = _parent(editor, mark, kind)
    if kind is MarkKind.TWITCH and parent_id is None:
        editor.refused.emit(NOTHING_TWITCHES)
        return False
    details = editor.defaults.fill(_details(editor, mark.details, kind), mark.muscle)
    after = replace(mark, details=details, parent_id=parent_id)
    set_free = [
        replace(child, parent_id=None)
        for child in editor.marks
        if child.parent_id == mark.id and kind not in PARENTS_OF_KIND.get(child.kind, ())
    ]
    label = f"Make {kind_name(mark.kind)} a {kind_name(kind)}"
    done = editor.change_marks(label, [after, *set_free])
    if done:
        lost = "; it no longer counts as a needle that is in" if is_in(mark) else ""
        editor.told.emit(f"Mark {mark.number} is a {kind_name(kind)} now{lost}.")
    return done


def _details(editor: SessionEditor, before: Details, kind: MarkKind) -> Details:
    """What is known of a mark of the new kind: what both kinds record alike, and no more."""
    made = DETAILS_OF_KIND[kind]
    if made is Needle and editor.runs_now:
        return Needle(in_at=editor.now())
    if made is TwitchResponse:
        return TwitchResponse(count=1)
    alike = {field.name for field in fields(made)} & {field.name for field in fields(before)}
    return made(**{name: getattr(before, name) for name in alike})


def _parent(editor: SessionEditor, mark: Mark, kind: MarkKind) -> UUID | None:
    parent = None if mark.parent_id is None else editor.store.mark(mark.parent_id)
    fits = parent is not None and parent.kind in PARENTS_OF_KIND.get(kind, ())
    return mark.parent_id if fits else None


def _misfit(mark: Mark, kind: MarkKind) -> str:
    wanted = " or ".join(_A[shape] for shape in Shape if shape in SHAPES_OF_KIND[kind])
    return (
        f"Mark {mark.number} is {_A[mark.shape]}; a {kind_name(kind)} is {wanted}. "
        f"Take the tool for a {kind_name(kind)} and place it anew."
    )
