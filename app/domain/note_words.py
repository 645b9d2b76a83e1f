"""The note of a session as it is read: in the window, on paper and on the clipboard."""

from typing import NamedTuple

from app.domain.papers import SessionNote


class Needling(NamedTuple):
    """How the needling reads in the note."""

    words: str
    own: bool = False
    """Whether the practitioner worded it, or else the marks did."""
    outdated: bool = False
    """Whether the marks say something else now than when the practitioner worded it."""


class NotePart(NamedTuple):
    """One of the four parts, with its heading."""

    heading: str
    text: str


def needling_of_note(note: SessionNote | None, says: str, *, locked: bool) -> Needling:
    """The practitioner's words where there are any, else what the marks say.

    ``says`` is what they say now. In a signed session (``locked``) the marks' words are those
    that were signed, where the note holds them.
    """
    if note is not None and note.needling is not None:
        return Needling(note.needling, own=True, outdated=note.needling_of != says and not locked)
    if note is not None and locked and note.needling_of:
        return Needling(note.needling_of)
    return Needling(says)


def note_parts(note: SessionNote | None, needling: str) -> tuple[NotePart, ...]:
    """The parts in which anything is written, in their order. The needling opens the objective."""
    own = ("", "", "", "")
    if note is not None:
        own = (note.subjective, note.objective, note.assessment, note.plan)
    subjective, objective, assessment, plan = (text.strip() for text in own)
    parts = (
        NotePart("Subjective", subjective),
        NotePart("Objective", "\n\n".join(filter(None, (needling.strip(), objective)))),
        NotePart("Assessment", assessment),
        NotePart("Plan", plan),
    )
    return tuple(part for part in parts if part.text)


def note_as_text(parts: tuple[NotePart, ...]) -> str:
    """The whole note, to be pasted elsewhere. It names no patient: clipboards are shared."""
    return "\n\n".join(f"{part.heading}\n{part.text}" for part in parts)
