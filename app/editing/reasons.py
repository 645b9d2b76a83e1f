"""Why an action cannot be done now, in one sentence, where that is known."""

from dataclasses import dataclass

from app.domain.records import SessionStatus, TreatmentSession

_NOTHING_THERE = {
    "undo": "There is nothing to undo in this session.",
    "redo": "There is nothing to redo in this session.",
    "remove": "Nothing is selected.",
}
_ELSEWHERE = dict.fromkeys(("review.next", "review.previous"), "Open the review first (Ctrl+R).")


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides whether an action can be done."""

    practice_open: bool = False
    chart_open: bool = False
    session: TreatmentSession | None = None


def why_not(action_id: str, now: Situation) -> str:
    """Of an action that cannot be done; "" where nothing is known that would help."""
    if not now.practice_open:
        return "The practice is still being opened."
    if not now.chart_open:
        return "Open a patient's chart first."
    if action_id in _ELSEWHERE:
        return _ELSEWHERE[action_id]
    if now.session is None:
        return "Start a session first (Ctrl+T)."
    if now.session.status is not SessionStatus.DRAFT:
        return "This session is signed and can no longer be changed."
    return _NOTHING_THERE.get(action_id, "")
