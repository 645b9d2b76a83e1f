"""What a change touches, so that no more is shown anew than must be."""

from app.domain.change import Change
from app.domain.marks import Mark
from app.domain.papers import Paper
from app.domain.records import TreatmentSession


def only_added_marks(change: Change | None, session: TreatmentSession | None) -> list[Mark] | None:
    """The marks that ``change`` adds to ``session``, if that is all that it does; else None."""
    if change is None or session is None:
        return None
    added = [
        edit.after
        for edit in change.edits.values()
        if edit.before is None and isinstance(edit.after, Mark)
    ]
    alone = len(added) == len(change.edits)
    return added if alone and all(m.session_id == session.id for m in added) else None


def only_papers(change: Change | None) -> bool:
    """Whether nothing but papers of sessions was changed."""
    if change is None:
        return False
    return all(isinstance(edit.record, Paper) for edit in change.edits.values())
