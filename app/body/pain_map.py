"""The CHOIR Body Map: the segments of published pain drawings (docs/anatomy/choir.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.anatomy import Body, Side


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment of both sides. ``numbers`` by whose map and by the patient's side: the male
    and the female map number some segments in another order.
    """

    id: str
    words: str
    numbers: Mapping[tuple[Body, Side], int]

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Segment":
        numbers = {
            (body, side): int(entry[f"number_{body}_{side}"])
            for body in Body
            for side in (Side.LEFT, Side.RIGHT)
        }
        return cls(entry["id"], entry["words"], numbers)
