"""The note of a session on paper: what the practitioner wrote, else what the marks say."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.note_words import NotePart, needling_of_note, note_parts
from app.domain.papers import Paper, SessionNote
from app.domain.records import TreatmentSession

OUTDATED = (
    "The marks were changed after the practitioner worded the needling; the table of marks shows "
    "them as they are."
)


@dataclass(frozen=True, slots=True)
class NoteLines:
    """The parts in which anything is written, and a remark on them."""

    parts: tuple[NotePart, ...] = ()
    remark: str = ""


def note_lines(session: TreatmentSession, papers: Sequence[Paper], marks_say: str) -> NoteLines:
    """The note of ``session``, whose papers these are; ``marks_say`` words its marks."""
    note = next((each for each in papers if isinstance(each, SessionNote)), None)
    needling = needling_of_note(note, marks_say, locked=session.status.is_locked)
    return NoteLines(note_parts(note, needling.words), OUTDATED if needling.outdated else "")
