"""What needles come in, and points that are placed together again and again."""

from dataclasses import dataclass
from datetime import date

from app.domain.anatomy import Anchor, Body, Side
from app.domain.identity import UUID
from app.domain.marks import Details


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedleBox:
    """A box of needles of one size (STRICTA 2010 item 2: maker and size of needles, read)."""

    id: UUID
    manufacturer: str
    lot: str = ""
    expires_on: date | None = None
    diameter_mm: float | None = None
    length_mm: int | None = None

    def is_expired(self, today: date) -> bool:
        """A box may be used up on the day that is printed on it, and not after it."""
        return self.expires_on is not None and self.expires_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class PointOfSet:
    """A mark of a set as it was placed, on the side where it was placed."""

    details: Details
    body_version: str
    anchor: Anchor
    placed_on: Body
    placed_in: str
    side: Side
    muscle: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSet:
    """A protocol: points under a name, to be laid onto either side. It holds nothing of a patient.

    (``typing`` owns the name Protocol, as SQLAlchemy owns Session.)
    """

    id: UUID
    name: str
    points: tuple[PointOfSet, ...]
