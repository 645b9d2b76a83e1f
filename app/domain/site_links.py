"""What a person has said of a mark: whose site it is, where place alone would tell otherwise."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.identity import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLink:
    """The last word on one mark. It belongs to the patient and to no session, so that it can be
    said of signed sessions too: it changes nothing that was recorded in them.
    """

    id: UUID
    patient_id: UUID
    mark_id: UUID
    """Of which mark. Where that was removed, the link says nothing."""
    earlier_id: UUID | None = None
    """A mark of the same spot in an earlier session; None: none of the sites before is its own."""
    said_at: datetime
