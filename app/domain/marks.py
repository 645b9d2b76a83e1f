"""Marks: what a practitioner places on the body, as typed values.

A mark's *details* say what kind it is. ``None`` in a field always means "not recorded",
which differs from every answer that can be given ("absent", "none", 0).

Sources of the scales: tenderness 0-IV, Hubbard & Berkoff 1993 (read in a secondary source);
needle sizes, STRICTA 2010 item 2 (read); criteria, Delphi 2018 (read); other lists are from
memory and wait for a clinician's review.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias

from app.domain.anatomy import Anchor, Body, Side
from app.domain.identity import UUID


class MarkKind(StrEnum):
    TRIGGER_POINT = "trigger_point"
    NEEDLE = "needle"
    TWITCH = "twitch_response"
    SORENESS = "soreness"
    REFERRED_PAIN = "referred_pain"
    TAUT_BAND = "taut_band"
    REACTION = "reaction"
    NOTE = "note"


class Shape(StrEnum):
    POINT = "point"
    AREA = "area"
    LINE = "line"


class Activity(StrEnum):
    """Active: pressing it brings on pain that the patient recognises as theirs."""

    ACTIVE = "active"
    LATENT = "latent"


class Criterion(StrEnum):
    """What was found on palpation (Delphi 2018, and recognition of the pain)."""

    TAUT_BAND = "taut_band"
    HYPERSENSITIVE_SPOT = "hypersensitive_spot"
    REFERRED_SENSATION = "referred_sensation"
    RECOGNISED_PAIN = "recognised_pain"


class Twitch(StrEnum):
    NOT_SOUGHT = "not_sought"
    ABSENT = "absent"
    PRESENT = "present"
    UNSURE = "unsure"


class Strength(StrEnum):
    WEAK = "weak"
    MEDIUM = "medium"
    STRONG = "strong"


class PainQuality(StrEnum):
    ACHING = "aching"
    TENDER = "tender"
    TIGHT = "tight"
    SHARP = "sharp"
    BURNING = "burning"
    CRAMPING = "cramping"


class SorenessTime(StrEnum):
    """When the soreness was felt, seen from the needling of this session."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    LATER = "later"


class Technique(StrEnum):
    SUPERFICIAL = "superficial"
    DEEP_STATIC = "deep_static"
    PISTONING = "pistoning"
    FANNING = "fanning"
    ROTATION = "rotation"
    PERIOSTEAL = "periosteal"
    ELECTRICAL = "electrical"


class Angle(StrEnum):
    PERPENDICULAR = "perpendicular"
    OBLIQUE = "oblique"
    TANGENTIAL = "tangential"


class Sensation(StrEnum):
    DULL_ACHE = "dull_ache"
    HEAVINESS = "heaviness"
    CRAMP = "cramp"
    PRESSURE = "pressure"
    WARMTH = "warmth"
    TINGLING = "tingling"
    NUMBNESS = "numbness"
    SHARP = "sharp"
    BURNING = "burning"
    ELECTRIC = "electric"
    SPREADING = "spreading"


class Bleeding(StrEnum):
    NONE = "none"
    SPOT = "spot"
    PRESSURE_NEEDED = "pressure_needed"


class ReactionKind(StrEnum):
    BLEEDING = "bleeding"
    BRUISE = "bruise"
    PAIN = "pain"
    NUMBNESS = "numbness"
    FAINT = "faint"
    DIZZINESS = "dizziness"
    NAUSEA = "nausea"
    OTHER = "other"


NEEDLE_DIAMETERS_MM = (0.12, 0.14, 0.16, 0.18, 0.20, 0.22, 0.25, 0.30, 0.35, 0.40)
NEEDLE_LENGTHS_MM = (13, 15, 25, 30, 40, 50, 60, 75, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerPoint:
    kind: ClassVar[MarkKind] = MarkKind.TRIGGER_POINT
    activity: Activity | None = None
    criteria: frozenset[Criterion] = frozenset()
    tenderness: int | None = None
    """Grade 0 to 4 (written 0, I, II, III, IV)."""
    threshold_kpa: float | None = None
    """Pressure pain threshold in kPa."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needle:
    kind: ClassVar[MarkKind] = MarkKind.NEEDLE
    diameter_mm: float | None = None
    length_mm: int | None = None
    depth_mm: int | None = None
    angle: Angle | None = None
    technique: Technique | None = None
    in_at: datetime | None = None
    out_at: datetime | None = None
    stay_s: int | None = None
    """How long it is planned to stay in, in seconds; 0: it is withdrawn at once."""
    passes: int | None = None
    sensations: frozenset[Sensation] = frozenset()
    pain: int | None = None
    """0 to 10."""
    bleeding: Bleeding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TwitchResponse:
    kind: ClassVar[MarkKind] = MarkKind.TWITCH
    response: Twitch = Twitch.PRESENT
    count: int | None = None
    strength: Strength | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Soreness:
    kind: ClassVar[MarkKind] = MarkKind.SORENESS
    intensity: int | None = None
    """0 to 10."""
    quality: PainQuality | None = None
    when: SorenessTime | None = None
    hours_after: int | None = None
    """6 to 72, when ``when`` is LATER."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferredPain:
    kind: ClassVar[MarkKind] = MarkKind.REFERRED_PAIN
    quality: PainQuality | None = None
    recognised: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TautBand:
    kind: ClassVar[MarkKind] = MarkKind.TAUT_BAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    kind: ClassVar[MarkKind] = MarkKind.REACTION
    reaction: ReactionKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note's words are the mark's ``note``, as for every other kind."""

    kind: ClassVar[MarkKind] = MarkKind.NOTE


Details: TypeAlias = (
    TriggerPoint | Needle | TwitchResponse | Soreness | ReferredPain | TautBand | Reaction | Note
)

DETAILS_OF_KIND: dict[MarkKind, type[Details]] = {
    details.kind: details
    for details in (
        TriggerPoint, Needle, TwitchResponse, Soreness, ReferredPain, TautBand, Reaction, Note,
    )
}  # fmt: skip

PARENTS_OF_KIND: dict[MarkKind, frozenset[MarkKind]] = {
    MarkKind.NEEDLE: frozenset({MarkKind.TRIGGER_POINT}),
    MarkKind.TWITCH: frozenset({MarkKind.TRIGGER_POINT, MarkKind.NEEDLE}),
    MarkKind.REFERRED_PAIN: frozenset({MarkKind.TRIGGER_POINT}),
}
"""What a mark of a kind may belong to; those that are not named stand by themselves."""

SHAPES_OF_KIND: dict[MarkKind, frozenset[Shape]] = {
    MarkKind.TRIGGER_POINT: frozenset({Shape.POINT}),
    MarkKind.NEEDLE: frozenset({Shape.POINT}),
    MarkKind.TWITCH: frozenset({Shape.POINT}),
    MarkKind.SORENESS: frozenset({Shape.POINT, Shape.AREA}),
    MarkKind.REFERRED_PAIN: frozenset({Shape.AREA}),
    MarkKind.TAUT_BAND: frozenset({Shape.LINE}),
    MarkKind.REACTION: frozenset({Shape.POINT}),
    MarkKind.NOTE: frozenset({Shape.POINT, Shape.AREA}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing placed on the body in one session.

    ``anchor`` is the spot of a point, and the spot that stands for an area or a line (its
    number is written there). ``outline`` is the closed line of an area or the open line of a
    line, as it was drawn in the view ``placed_in`` of the picture ``placed_on``; it is empty
    for a point. Pixels are never stored. On a practitioner's own picture ``body_version`` and
    ``placed_in`` both name that picture.
    """

    id: UUID
    session_id: UUID
    number: int
    """What is written beside the mark: 1, 2, 3 ... in the order of placing; unique in a session."""
    details: Details
    shape: Shape = Shape.POINT
    body_version: str
    anchor: Anchor
    outline: tuple[Anchor, ...] = ()
    placed_on: Body
    placed_in: str
    side: Side | None = None
    """None: not known, as on a picture of which nobody has said it."""
    muscle: str | None = None
    parent_id: UUID | None = None
    """The trigger point of a needle, the needle or trigger point of a twitch response ..."""
    note: str = ""
    placed_at: datetime

    @property
    def kind(self) -> MarkKind:
        return self.details.kind
