"""Outcome measures: the score alone. Texts of questionnaires belong to their owners.

Ranges and directions: clinical content, section 7 (NDI, ODI, LEFS, HIT-6 read; others from
memory).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from app.domain.identity import UUID


class Measure(StrEnum):
    PAIN = "pain"
    PRESSURE_THRESHOLD = "pressure_threshold"
    RANGE_OF_MOTION = "range_of_motion"
    PSFS = "psfs"
    NDI = "ndi"
    ODI = "odi"
    QUICKDASH = "quickdash"
    LEFS = "lefs"
    HIT6 = "hit6"
    RMDQ = "rmdq"


class Scale(NamedTuple):
    """What a score may be, and what it means."""

    name: str
    lowest: float
    highest: float
    unit: str
    high_is_bad: bool
    whole: bool = True


SCALES = MappingProxyType(
    {
        Measure.PAIN: Scale("Pain, 0–10", 0, 10, "", True),
        Measure.PRESSURE_THRESHOLD: Scale("Pressure pain threshold", 0, 3000, "kPa", False, False),
        Measure.RANGE_OF_MOTION: Scale("Range of motion", 0, 360, "°", False),
        Measure.PSFS: Scale("PSFS, mean of activities", 0, 10, "", False, False),
        Measure.NDI: Scale("NDI, raw score", 0, 50, "", True),
        Measure.ODI: Scale("ODI", 0, 100, "%", True),
        Measure.QUICKDASH: Scale("QuickDASH", 0, 100, "", True, False),
        Measure.LEFS: Scale("LEFS", 0, 80, "", False),
        Measure.HIT6: Scale("HIT-6", 36, 78, "", True),
        Measure.RMDQ: Scale("RMDQ", 0, 24, "", True),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeScore:
    """One score of a patient on one day."""

    id: UUID
    patient_id: UUID
    problem_id: UUID | None = None
    measure: Measure
    score: float
    measured_on: date
    detail: str = ""
    """What was measured, where the name does not say it: "neck rotation, left"."""
