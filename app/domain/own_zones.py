"""A patient's own no-needle zones: skin that must not be needled, whatever is treated."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.anatomy import Anchor, Body, Side
from app.domain.identity import UUID


class ZoneReason(StrEnum):
    """What makes the skin one not to be needled (a clinician's review is awaited)."""

    IMPLANT = "implant"
    PACEMAKER = "pacemaker"
    PORT = "port"
    LYMPHOEDEMA = "lymphoedema"
    GRAFT = "graft"
    SCAR = "scar"
    TUMOUR = "tumour"
    WOUND_OR_INFECTION = "wound_or_infection"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoNeedleZone:
    """An area of one patient's skin. It belongs to no session and is shown in every one.

    ``anchor`` is the spot that stands for it. ``outline`` is the closed line as it was drawn in
    the view ``placed_in`` of the picture ``placed_on``, as that of a mark's area is.
    """

    id: UUID
    patient_id: UUID
    reason: ZoneReason | None = None
    """None: not recorded."""
    note: str = ""
    body_version: str
    anchor: Anchor
    outline: tuple[Anchor, ...]
    placed_on: Body
    placed_in: str
    side: Side
    drawn_at: datetime
