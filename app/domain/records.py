"""The records of a practice: frozen values that are compared, kept in undo and stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from app.domain.anatomy import Body, Side
from app.domain.closing import Closing
from app.domain.identity import UUID
from app.domain.letterhead import Letterhead
from app.domain.marks import Mark
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import OwnPicture
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Addendum, HazardNotice, SessionNote, Signature
from app.domain.preparation import Preparation
from app.domain.site_links import SiteLink
from app.domain.supplies import NeedleBox, PointSet


class SessionStatus(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    AMENDED = "amended"

    @property
    def is_locked(self) -> bool:
        """Whether the session and its marks stay as they are. The database sees to it."""
        return self is not SessionStatus.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Practitioner:
    """Who treats."""

    id: UUID
    name: str
    profession: str = ""
    licence_number: str = ""
    credential: str = ""
    """Dry-needling credential, in the practitioner's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who is treated."""

    id: UUID
    family_name: str
    given_name: str = ""
    birth_date: date | None = None
    number: str
    """The practice's own number for the patient; unique."""
    body: Body
    phone: str = ""
    email: str = ""
    warnings: tuple[str, ...] = ()
    """Short words that must never be overlooked ("Anticoagulant"), always shown."""
    note: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def number_key(self) -> str:
        """The number as it must be unique: a7 and A7 are one number."""
        return self.number.strip().casefold()


class Condition(StrEnum):
    """What dry needling is asked for most (the product's own list)."""

    NECK_PAIN = "neck_pain"
    BACK_PAIN = "back_pain"
    SHOULDER_PAIN = "shoulder_pain"
    KNEE_PAIN = "knee_pain"
    HEADACHE = "headache"
    MYOFASCIAL_PAIN = "myofascial_pain"
    MUSCLE_STRAIN = "muscle_strain"
    SPORTS_INJURY = "sports_injury"
    CHRONIC_PAIN = "chronic_pain"
    FIBROMYALGIA = "fibromyalgia"
    NEUROLOGICAL = "neurological"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A condition treated over several sessions."""

    id: UUID
    patient_id: UUID
    title: str
    side: Side | None = None
    onset: date | None = None
    goals: str = ""
    planned_sessions: int | None = None
    condition: Condition | None = None
    code: str = ""
    """Of a classification, as the user typed it. The program ships none."""
    other_treatment: str = ""
    """What the plan holds beside needling: exercise, manual therapy ..., in own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentSession:
    """One treatment visit. Times carry their zone."""

    id: UUID
    patient_id: UUID
    practitioner_id: UUID
    problem_id: UUID | None = None
    started_at: datetime
    ended_at: datetime | None = None
    status: SessionStatus = SessionStatus.DRAFT
    pain_before: int | None = None
    """0 to 10."""
    pain_after: int | None = None
    """0 to 10."""
    note: str = ""


Record: TypeAlias = (
    Practitioner | Patient | Problem | NoNeedleZone | OwnPicture | OutcomeScore | NeedleBox
    | PointSet | Letterhead | SiteLink | TreatmentSession | Mark | Preparation | Closing
    | SessionNote | HazardNotice | Signature | Addendum
)  # fmt: skip

RECORD_TYPES: tuple[type[Record], ...] = (
    Practitioner, Patient, Problem, NoNeedleZone, OwnPicture, OutcomeScore, NeedleBox, PointSet,
    Letterhead, SiteLink, TreatmentSession, Mark, Preparation, Closing, SessionNote, HazardNotice,
    Signature, Addendum,
)  # fmt: skip
"""Parents before children: the order in which rows can be written."""

PAPER_TYPES: tuple[type[Record], ...] = (
    Preparation, Closing, SessionNote, HazardNotice, Signature, Addendum,
)  # fmt: skip
"""Those that are written of one session beside its marks (``papers.Paper``)."""


def parents_first(records: Sequence[Record]) -> list[Record]:
    """``records`` in an order in which a mark comes after the mark that it belongs to."""
    waiting = {record.id: record for record in records}
    ordered: list[Record] = []
    for record in records:
        chain: list[Record] = []
        link = waiting.pop(record.id, None)
        while link is not None:
            chain.append(link)
            parent_id = link.parent_id if isinstance(link, Mark) else None
            link = None if parent_id is None else waiting.pop(parent_id, None)
        ordered.extend(reversed(chain))
    return ordered
