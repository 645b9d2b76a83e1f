"""The records of a practice: frozen values that are compared, kept in undo and stored."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from app.domain.anatomy import Body, Side
from app.domain.identity import UUID
from app.domain.marks import Mark


class SessionStatus(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    AMENDED = "amended"


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


Record: TypeAlias = Practitioner | Patient | Problem | TreatmentSession | Mark

RECORD_TYPES: tuple[type[Record], ...] = (
    Practitioner, Patient, Problem, TreatmentSession, Mark,
)  # fmt: skip
"""Parents before children: the order in which rows can be written."""
