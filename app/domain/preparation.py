"""What is settled before the first needle of a session.

Sources: items of consent and of a needling record, clinical content sections 1b and 2 (read:
state rules and STRICTA 2010; the lists of risks and positions are from memory).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.identity import UUID
from app.domain.screening import Screened, ScreeningItem


class Consent(StrEnum):
    WRITTEN = "written"
    VERBAL = "verbal"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def is_given(self) -> bool:
        return self in (Consent.WRITTEN, Consent.VERBAL)


class Risk(StrEnum):
    """What the patient was told may happen."""

    SORENESS = "soreness"
    BRUISE = "bruise"
    BLEEDING = "bleeding"
    FAINTING = "fainting"
    INFECTION = "infection"
    NERVE_INJURY = "nerve_injury"
    PNEUMOTHORAX = "pneumothorax"
    BROKEN_NEEDLE = "broken_needle"


class Position(StrEnum):
    PRONE = "prone"
    SUPINE = "supine"
    LEFT_SIDE = "left_side"
    RIGHT_SIDE = "right_side"
    SEATED = "seated"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class SorenessReport:
    """How a needled area felt after the last session, as the patient remembers it."""

    mark_id: UUID
    """The mark of that session: a needle, a trigger point or a sore area."""
    worst: int | None = None
    """0 to 10."""
    hours: int | None = None
    """How long it lasted, 0 to 336."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Screening, consent and what else was settled; a session has one at most."""

    id: UUID
    session_id: UUID
    screened: tuple[Screened, ...] = ()
    """Items that were asked. What is not here was not asked."""
    screened_at: datetime | None = None
    """When the last item was answered; older than the session where the answers were carried over
    from an earlier one."""
    affirmed_at: datetime | None = None
    """When it was said in this session that nothing has changed since."""
    consent: Consent | None = None
    consent_form: str = ""
    """Which form, in the practice's own words."""
    consent_on: date | None = None
    """When the form was signed, or consent was given."""
    risks: frozenset[Risk] = frozenset()
    """Those that were explained."""
    position: Position | None = None
    box_id: UUID | None = None
    """The box that this session's needles come from."""
    soreness_since: tuple[SorenessReport, ...] = ()
    """What was answered to "how sore, how long?" about the session before."""

    def screened_as(self, item: ScreeningItem) -> Screened | None:
        """The answer to ``item``, or None where it was not asked."""
        return next((each for each in self.screened if each.item is item), None)
