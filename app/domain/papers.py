"""What is written of a session beside its marks."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from app.domain.closing import Closing
from app.domain.identity import UUID
from app.domain.preparation import Preparation


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNote:
    """The note in four parts (SOAP); a session has one at most.

    What the marks say is not stored: it is worded anew from them. Where the practitioner has
    worded it in their own way, that stands in ``needling``, and ``needling_of`` holds what the
    marks said then: where they say something else now, the reader is told, and nothing of the
    practitioner's words is overwritten. Where a session is signed with the marks' own words,
    ``needling_of`` alone holds them: a later version of the program may word marks otherwise, and
    what was signed still reads as it did.
    """

    id: UUID
    session_id: UUID
    subjective: str = ""
    objective: str = ""
    assessment: str = ""
    plan: str = ""
    needling: str | None = None
    needling_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardNotice:
    """A notice that was shown when a mark was placed or changed, and what was answered."""

    id: UUID
    session_id: UUID
    mark_id: UUID
    """The mark may be gone since; the notice stays."""
    zone: str
    """The id of the hazard zone, or of the rule (both sides of the chest)."""
    words: str
    """What was said of it: in the line below the map, or, where that named a graver one and how
    many more there are, in the card of the mark."""
    shown_at: datetime
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed a session, and when; a signed session has one. Sessions that were signed by an
    older version of the program have none.

    Name and licence number are those of the day: a practitioner may be renamed later, and what
    was signed still says who signed it.
    """

    id: UUID
    session_id: UUID
    practitioner_id: UUID
    name: str
    licence_number: str = ""
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """What was added to a session after it was signed. It is never changed or removed.

    Name and licence number are those of the day, as in a signature.
    """

    id: UUID
    session_id: UUID
    practitioner_id: UUID
    name: str
    licence_number: str = ""
    written_at: datetime
    reason: str
    text: str


Paper: TypeAlias = Preparation | Closing | SessionNote | HazardNotice | Signature | Addendum
"""Belongs to one session, as marks do, and is locked with it."""
