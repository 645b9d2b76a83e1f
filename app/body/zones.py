"""Hazard zones: skin under which a needle may reach what it must not. They inform, never block."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.body.muscles import Severity


class Certainty(StrEnum):
    """How what a zone says is known."""

    READ = "read"
    PARTLY_READ = "partly read"
    FROM_MEMORY = "from memory"


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """``why`` is one sentence; ``guidance`` is what published guidance says, in our words."""

    id: str
    title: str
    severity: Severity
    structure: str
    why: str
    guidance: str
    source: str
    certainty: Certainty

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Zone":
        severity, certainty = Severity(entry["severity"]), Certainty(entry["certainty"])
        return cls(**{**entry, "severity": severity, "certainty": certainty})

    @property
    def cited(self) -> str:
        """Where that comes from and how sure it is: "BN121 (read)"."""
        unsure = self.certainty is Certainty.FROM_MEMORY
        return f"{self.source} ({self.certainty}{', to be verified' if unsure else ''})"

    @property
    def sentence(self) -> str:
        """What is said when a mark is placed in the zone: "Lung: Pleura lies ..."."""
        return f"{self.structure}: {self.why}"
