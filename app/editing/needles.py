"""What is done to needles while they are in: taken out one by one, or all at once.

Verbs on the session editor, each one named step. Whoever needs the rules that they follow
finds them in ``app/domain/needles.py``.
"""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.marks import Mark, Needle
from app.domain.needles import is_in, needle_of, needles_in
from app.editing.session_editor import SessionEditor

NONE_IN = "No needle is in. Place one first: take the needle tool and press on the body."

ANOTHER_DAY = (
    "This session is of another day, so when the needle was taken out is not known here. "
    "Select it and write the time beside it."
)


def needle_to_take_out(editor: SessionEditor) -> Mark | None:
    """The selected needle where it is in, else the one that was placed last of those that are."""
    current = selected(editor)
    if current is not None and is_in(current):
        return current
    return last_in(editor)


def last_in(editor: SessionEditor) -> Mark | None:
    """The needle that was placed last of those that are in."""
    return next(iter(needles_in(reversed(editor.marks))), None)


def selected(editor: SessionEditor) -> Mark | None:
    """The mark of the session that was selected last."""
    current = editor.selection.current
    return None if current is None else editor.store.mark(current)


def take_out(editor: SessionEditor, mark: Mark) -> bool:
    """Takes a needle out now, and says so."""
    done = _take_out(editor, "Take needle out", [mark])
    if done:
        editor.selection.set((mark.id,))
        left = len(needles_in(editor.marks))
        editor.told.emit(f"Needle {mark.number} is out; {_still(left)}.")
    return done


def take_one_out(editor: SessionEditor) -> bool:
    """Takes out the needle that is meant; says so where there is none."""
    mark = needle_to_take_out(editor)
    if mark is None:
        editor.refused.emit(NONE_IN)
        return False
    return take_out(editor, mark)


def take_all_out(editor: SessionEditor) -> bool:
    """Takes all needles out now, in one step."""
    still = needles_in(editor.marks)
    if not still:
        editor.refused.emit(NONE_IN)
        return False
    done = _take_out(editor, "Take all needles out", still)
    if done:
        many = len(still)
        editor.told.emit("1 needle is out." if many == 1 else f"All {many} needles are out.")
    return done


def plan_stay(editor: SessionEditor, stay_s: int | None) -> bool:
    """Plans one stay for all needles that are in, each from when it went in; None: no plan.

    In one step; says so where no needle is in.
    """
    still = needles_in(editor.marks)
    if not still:
        editor.refused.emit(NONE_IN)
        return False
    after = [replace(mark, details=_with_stay(mark, stay_s)) for mark in still]
    return editor.change_marks("Plan stay of all needles in", after)


def _with_stay(mark: Mark, stay_s: int | None) -> Needle:
    needle = needle_of(mark)
    assert needle is not None
    return replace(needle, stay_s=stay_s)


def _take_out(editor: SessionEditor, label: str, marks: Iterable[Mark]) -> bool:
    if not editor.runs_now:
        editor.refused.emit(ANOTHER_DAY)
        return False
    now = editor.now()
    after = []
    for mark in marks:
        needle = needle_of(mark)
        assert needle is not None
        assert needle.in_at is not None
        # a clock that was set back must not keep a needle in
        after.append(replace(mark, details=replace(needle, out_at=max(now, needle.in_at))))
    return editor.change_marks(label, after)


def _still(left: int) -> str:
    if not left:
        return "none is in"
    return f"{left} {'is' if left == 1 else 'are'} still in"
