"""What is settled after the last needle of a session.

Taxonomy and grading of adverse events: clinical content, section 3 (severity read in a
secondary source, other lists from memory, to be checked by a clinician).
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.identity import UUID


class Tolerance(StrEnum):
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    STOPPED = "stopped"
    """At the patient's wish."""


class EventGroup(StrEnum):
    LOCAL = "local"
    GENERAL = "general"
    SYMPTOM = "symptom"
    NEEDLE = "needle"
    SERIOUS = "serious"


class EventKind(StrEnum):
    BLEEDING = "bleeding"
    BRUISE = "bruise"
    PAIN_DURING = "pain_during"
    PAIN_AFTER = "pain_after"
    ITCHING_OR_RASH = "itching_or_rash"
    STIFFNESS = "stiffness"
    TINGLING_OR_NUMBNESS = "tingling_or_numbness"
    FAINTNESS = "faintness"
    DIZZINESS = "dizziness"
    SWEATING = "sweating"
    NAUSEA = "nausea"
    DROWSINESS = "drowsiness"
    FATIGUE = "fatigue"
    HEADACHE = "headache"
    ALTERED_EMOTION = "altered_emotion"
    SHAKING = "shaking"
    CLAUSTROPHOBIA = "claustrophobia"
    AGGRAVATION = "aggravation"
    PROLONGED_AGGRAVATION = "prolonged_aggravation"
    STUCK_NEEDLE = "stuck_needle"
    BENT_NEEDLE = "bent_needle"
    BROKEN_NEEDLE = "broken_needle"
    FORGOTTEN_NEEDLE = "forgotten_needle"
    FALLEN_NEEDLE = "fallen_needle"
    NEEDLESTICK_TO_STAFF = "needlestick_to_staff"
    WRONG_SITE = "wrong_site"
    SYNCOPE = "syncope"
    CONVULSIVE_SYNCOPE = "convulsive_syncope"
    PNEUMOTHORAX = "pneumothorax"
    HAEMOTHORAX = "haemothorax"
    CARDIAC_TAMPONADE = "cardiac_tamponade"
    ORGAN_PUNCTURE = "organ_puncture"
    EPIDURAL_HAEMATOMA = "epidural_haematoma"
    CORD_OR_BRAIN_INJURY = "cord_or_brain_injury"
    NERVE_INJURY = "nerve_injury"
    VESSEL_INJURY = "vessel_injury"
    COMPARTMENT_SYNDROME = "compartment_syndrome"
    DEEP_INFECTION = "deep_infection"
    IMPLANT_RUPTURE = "implant_rupture"
    PREGNANCY_LOSS = "pregnancy_loss"
    ALLERGIC_REACTION = "allergic_reaction"
    OTHER = "other"

    @property
    def group(self) -> EventGroup | None:
        """Where the list shows it; None for "other"."""
        return next((group for group, kinds in KINDS_OF_GROUP.items() if self in kinds), None)


def _kinds(first: EventKind, last: EventKind) -> tuple[EventKind, ...]:
    kinds = tuple(EventKind)
    return kinds[kinds.index(first) : kinds.index(last) + 1]


KINDS_OF_GROUP: dict[EventGroup, tuple[EventKind, ...]] = {
    EventGroup.LOCAL: _kinds(EventKind.BLEEDING, EventKind.TINGLING_OR_NUMBNESS),
    EventGroup.GENERAL: _kinds(EventKind.FAINTNESS, EventKind.CLAUSTROPHOBIA),
    EventGroup.SYMPTOM: _kinds(EventKind.AGGRAVATION, EventKind.PROLONGED_AGGRAVATION),
    EventGroup.NEEDLE: _kinds(EventKind.STUCK_NEEDLE, EventKind.WRONG_SITE),
    EventGroup.SERIOUS: _kinds(EventKind.SYNCOPE, EventKind.ALLERGIC_REACTION),
}


class Severity(StrEnum):
    """White et al., as Physiotherapy Alberta gives it (read)."""

    MILD = "mild"
    """Brief, reversible, no inconvenience."""
    SIGNIFICANT = "significant"
    """Needs medical care or interferes with what the patient does."""
    SERIOUS = "serious"
    """Hospital, lasting disability, or death."""


class EventOnset(StrEnum):
    DURING = "during"
    WITHIN_1_H = "within_1_h"
    WITHIN_24_H = "within_24_h"
    LATER = "later"


class Relation(StrEnum):
    """How sure it is that the needling caused it."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


class EventAction(StrEnum):
    NONE = "none"
    FIRST_AID = "first_aid"
    NEEDLE_OUT = "needle_out"
    PHYSICIAN = "physician"
    EMERGENCY = "emergency"
    HOSPITAL = "hospital"


class EventOutcome(StrEnum):
    RESOLVED = "resolved"
    RESOLVING = "resolving"
    ONGOING = "ongoing"
    LASTING = "lasting"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseEvent:
    """Something that the treatment may have caused and nobody wanted."""

    kind: EventKind
    severity: Severity | None = None
    onset: EventOnset | None = None
    relation: Relation | None = None
    action: EventAction | None = None
    outcome: EventOutcome | None = None
    reported_to: str = ""
    """Insurer, board ... in the practitioner's own words; empty: not recorded."""
    mark_id: UUID | None = None
    """The mark of this session that it happened at, where it is one."""
    note: str = ""


class OtherTreatmentKind(StrEnum):
    EXERCISE = "exercise"
    MANUAL_THERAPY = "manual_therapy"
    CHIROPRACTIC = "chiropractic"
    MASSAGE = "massage"
    HEAT_OR_COLD = "heat_or_cold"
    TAPE = "tape"
    ELECTROTHERAPY = "electrotherapy"
    EDUCATION = "education"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTreatment:
    """What else was done in the same visit."""

    kind: OtherTreatmentKind
    place: str = ""
    minutes: int | None = None
    note: str = ""


class Advice(StrEnum):
    """What the patient was told to do afterwards."""

    SORENESS_IS_USUAL = "soreness_is_usual"
    HEAT_OR_COLD = "heat_or_cold"
    KEEP_MOVING = "keep_moving"
    DRINK = "drink"
    NO_HEAVY_LOAD = "no_heavy_load"
    BREATHLESS_OR_CHEST_PAIN = "breathless_or_chest_pain"
    """Call for help at once: breathless, pain in the chest or when breathing, dry cough."""
    WHOM_TO_CALL = "whom_to_call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The end of a session; it has one at most. Pain after stands with the session itself."""

    id: UUID
    session_id: UUID
    needles_counted: int | None = None
    """How many needles were counted out by hand."""
    tolerance: Tolerance | None = None
    no_adverse_events: bool = False
    """It was asked, and there was none. Without events and without this: not asked."""
    events: tuple[AdverseEvent, ...] = ()
    other_treatments: tuple[OtherTreatment, ...] = ()
    advice: frozenset[Advice] = frozenset()
    own_advice: str = ""
    next_step: str = ""
    """Of the plan: what comes next, in the practitioner's own words."""

    @property
    def events_asked(self) -> bool:
        """Whether an adverse event is recorded, or that there was none."""
        return self.no_adverse_events or bool(self.events)
