"""How a signature and what was added later are said beside the map. Pure functions."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.papers import Addendum, Paper, Signature
from app.domain.records import SessionStatus, TreatmentSession
from app.panels.texts import clock_time, day

STATE_WORDS = {
    SessionStatus.DRAFT: "",
    SessionStatus.SIGNED: "signed",
    SessionStatus.AMENDED: "amended",
}

NO_BREAK = "\u00a0"


def moment(at: datetime) -> str:
    """ "25 Nov 2026 14:03", where it was recorded."""
    return f"{day(at)} {clock_time(at)}"


def signed_line(session: TreatmentSession, signature: Signature | None) -> str:
    """ "Signed by Ada Nadel, 25 Nov 2026 14:03"; "" for a draft.

    What an older program signed does not say by whom, and nothing is made up.
    """
    if not session.status.is_locked:
        return ""
    if signature is None:
        return "Signed; by whom and when was not recorded"
    return f"Signed by {signature.name}, {moment(signature.signed_at)}"


def added_title(addendum: Addendum) -> str:
    """ "Added by Ada Nadel, 26 Nov 2026 09:12"."""
    return f"Added by {addendum.name}, {moment(addendum.written_at)}"


def kept_whole(line: str) -> str:
    """``line`` in a narrow column: its day and time, after the last comma, are not broken apart."""
    who, comma, at = line.rpartition(", ")
    return f"{who}{comma}{at.replace(' ', NO_BREAK)}" if comma else line


def addenda_counted(count: int) -> str:
    """ "1 addendum", "2 addenda"."""
    return f"{count} {'addendum' if count == 1 else 'addenda'}"


def in_order(papers: Sequence[Paper]) -> list[Addendum]:
    """The addenda among ``papers``, as they were written."""
    found = [each for each in papers if isinstance(each, Addendum)]
    return sorted(found, key=lambda each: (each.written_at, each.id))
