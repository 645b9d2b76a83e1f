"""Where on the body, in a practitioner's words: "right upper back"."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.anatomy import Side


@dataclass(frozen=True, slots=True)
class Place:
    """A named part of the skin. Together the places cover all of it."""

    id: str
    name: str

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Place":
        return cls(entry["id"], entry["name"])

    def words(self, side: Side) -> str:
        """ "right upper back"; on the mid-line without a side."""
        return self.name if side is Side.MIDLINE else f"{side} {self.name}"
