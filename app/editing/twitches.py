"""Counting twitches without looking at the screen: verbs on the session editor.

A twitch response belongs to a needle or a trigger point. Which one is meant follows from what
was touched last, so that the hand that holds the needle needs one key alone.
"""

from dataclasses import replace

from app.domain.marks import Mark, MarkKind, Strength, Twitch, TwitchResponse
from app.domain.needles import is_in
from app.domain.rules import MOST_TWITCHES
from app.domain.words import kind_name, word
from app.editing.needles import last_in, selected
from app.editing.session_editor import SessionEditor

NOTHING_TWITCHES = (
    "A twitch belongs to a needle or a trigger point. Place one, or press on one that is there."
)
NOT_COUNTED = "No twitch is counted there, so there is none to take back."


def may_twitch(mark: Mark) -> bool:
    """Whether a twitch response may belong to ``mark``."""
    return mark.kind in (MarkKind.NEEDLE, MarkKind.TRIGGER_POINT)


def twitch_of(editor: SessionEditor, target: Mark) -> Mark | None:
    """The twitch response that belongs to a needle or trigger point, if it has one."""
    theirs = (mark for mark in editor.marks if mark.parent_id == target.id)
    return next((mark for mark in theirs if mark.kind is MarkKind.TWITCH), None)


def active_target(editor: SessionEditor) -> Mark | None:
    """The needle or trigger point that twitches now.

    That is the selected one (of a selected trigger point the needle that is in it), or the one
    that the selected twitch belongs to; else the needle that was placed last of those that are
    in; else the trigger point that was placed last.
    """
    current = selected(editor)
    if current is not None and current.kind is MarkKind.TWITCH and current.parent_id is not None:
        current = editor.store.mark(current.parent_id)
    if current is not None and current.kind is MarkKind.TRIGGER_POINT:
        inside = (mark for mark in reversed(editor.marks) if mark.parent_id == current.id)
        return next((mark for mark in inside if is_in(mark)), current)
    if current is not None and may_twitch(current):
        return current
    points = (mark for mark in reversed(editor.marks) if mark.kind is MarkKind.TRIGGER_POINT)
    return last_in(editor) or next(points, None)


def count_one_more(editor: SessionEditor, twitch: Mark) -> bool:
    """Counts one more at a twitch. What was said to be unsure stays so; of a twitch that was
    absent or not sought it says that it was seen now.
    """
    details = _details(twitch)
    count = min((details.count or 0) + 1, MOST_TWITCHES)
    unsure = details.response is Twitch.UNSURE
    response = Twitch.UNSURE if unsure else Twitch.PRESENT
    return _change(editor, "Count twitch", twitch, replace(details, response=response, count=count))


def count_twitch(editor: SessionEditor) -> bool:
    """Counts a twitch where one is expected; the first one there is placed."""
    target = _target(editor)
    if target is None:
        return False
    twitch = twitch_of(editor, target)
    if twitch is None:
        return _place(editor, target, TwitchResponse(count=1))
    return count_one_more(editor, twitch)


def take_twitch_back(editor: SessionEditor) -> bool:
    """Takes the last twitch back; with the only one, the response goes."""
    target = _target(editor)
    if target is None:
        return False
    twitch = twitch_of(editor, target)
    count = None if twitch is None else _details(twitch).count
    if twitch is None or count is None:
        editor.refused.emit(NOT_COUNTED)
        return False
    if count > 1:
        return _change(
            editor, "Take twitch back", twitch, replace(_details(twitch), count=count - 1)
        )
    done = editor.change_marks("Take twitch back", (), gone=[twitch])
    if done:
        editor.selection.set((target.id,))
        said = "its note went with it" if twitch.note else "none is counted there now"
        editor.told.emit(f"Twitch response {twitch.number} is taken back; {said}.")
    return done


def set_strength(editor: SessionEditor, strength: Strength | None) -> bool:
    """Says how strong the twitches are that were seen."""
    target = _target(editor)
    if target is None:
        return False
    twitch = twitch_of(editor, target)
    if twitch is None or _details(twitch).response in (Twitch.ABSENT, Twitch.NOT_SOUGHT):
        editor.refused.emit("No twitch was seen there yet, so it has no strength.")
        return False
    return _change(
        editor, "Change strength of twitch", twitch, replace(_details(twitch), strength=strength)
    )


def set_response(editor: SessionEditor, response: Twitch) -> bool:
    """Says that the twitch was absent, or not sought. What was counted before is never dropped
    by a slip of the hand.
    """
    target = _target(editor)
    if target is None:
        return False
    twitch = twitch_of(editor, target)
    details = TwitchResponse(response=response)
    if twitch is None:
        return _place(editor, target, details)
    if _details(twitch).count is not None:
        editor.refused.emit(
            f"{_details(twitch).count} counted at {_name(target)}, so the twitch was not "
            f"{word(response)}. Take them back first."
        )
        return False
    return _change(editor, "Change twitch response", twitch, details)


def _target(editor: SessionEditor) -> Mark | None:
    target = active_target(editor)
    if target is None:
        editor.refused.emit(NOTHING_TWITCHES)
    return target


def _place(editor: SessionEditor, target: Mark, details: TwitchResponse) -> bool:
    """Places a twitch at its needle or point, which stays selected for the next key."""
    if not editor.writable:
        return False
    twitch = editor.new_mark(
        details, target.anchor, target.placed_in, side=target.side, parent_id=target.id
    )
    # a spot means something on its own body alone
    done = editor.add(replace(twitch, body_version=target.body_version, placed_on=target.placed_on))
    if done:
        editor.selection.set((target.id,))
    return done


def _change(editor: SessionEditor, label: str, twitch: Mark, details: TwitchResponse) -> bool:
    return editor.change_marks(label, [replace(twitch, details=details)])


def _details(twitch: Mark) -> TwitchResponse:
    assert isinstance(twitch.details, TwitchResponse)
    return twitch.details


def _name(mark: Mark) -> str:
    return f"{kind_name(mark.kind)} {mark.number}"
