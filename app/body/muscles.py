"""The catalogue of muscles: what is known of each, and how sure that is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from app.domain.folding import fold, is_short_for, words_of

UNREVIEWED = "Approximate surface projection, not reviewed by an anatomist"

FROM_MEMORY = (
    "Anatomy after Gray's Anatomy (Standring) and TA2, referral after Simons and Travell 1999 and "
    "Donnelly 2019, lengths and hazards after Dommerholt and Fernández-de-las-Peñas 2018: written "
    "from memory, to be verified. A usual length is a product, not a depth: build decides."
)
"""How sure everything is that does not name a source that was read."""


class Layer(StrEnum):
    """How deep a muscle lies."""

    SUPERFICIAL = "superficial"
    INTERMEDIATE = "intermediate"
    DEEP = "deep"


class Severity(StrEnum):
    """How grave it is to hit what lies near."""

    NONE = "none"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Muscle:
    """One muscle, or the part of one that is needled by itself.

    ``needle_mm`` is a usual product length, shortest and longest, never a licence for depth;
    None where the muscle is not routinely needled. ``read`` names the sources of which
    something was read; everything else is from memory and to be verified.
    """

    id: str
    name: str
    latin: str
    aliases: tuple[str, ...]
    body_part: str
    layer: Layer
    depth: int
    """Orders overlapping muscles from skin to bone: the smaller one lies nearer to the skin."""
    nerve: str
    roots: str
    needle_mm: tuple[int, int] | None
    needle_note: str
    hazards: tuple[str, ...]
    severity: Severity
    referral: str
    read: tuple[str, ...]
    doubt: str
    reviewed_by: str
    reviewed_on: str

    @property
    def is_usually_needled(self) -> bool:
        return self.needle_mm is not None

    @property
    def review(self) -> str:
        """Who has reviewed the region, or that nobody has."""
        if not self.reviewed_by:
            return UNREVIEWED
        return f"Surface projection reviewed by {self.reviewed_by}, {self.reviewed_on}"

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "Muscle":
        needle = entry["needle_mm"]
        return cls(
            **{
                **entry,
                **{name: tuple(entry[name]) for name in ("aliases", "hazards", "read")},
                "layer": Layer(entry["layer"]),
                "severity": Severity(entry["severity"]),
                "needle_mm": None if needle is None else (needle[0], needle[1]),
            }
        )


class Catalogue:
    """All muscles, in the order of their regions' fields."""

    def __init__(self, muscles: tuple[Muscle, ...]) -> None:
        self.muscles = muscles
        self._by_id = {muscle.id: muscle for muscle in muscles}

    @classmethod
    def load(cls, path: Path) -> "Catalogue":
        entries = json.loads(path.read_text(encoding="utf-8"))["muscles"]
        return cls(tuple(Muscle.from_json(entry) for entry in entries))

    @cached_property
    def _words(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        return {muscle.id: _search_words(muscle) for muscle in self.muscles}

    @cached_property
    def by_name(self) -> tuple[Muscle, ...]:
        return tuple(sorted(self.muscles, key=lambda muscle: fold(muscle.name)))

    def get(self, muscle_id: str) -> Muscle | None:
        return self._by_id.get(muscle_id)

    def name(self, muscle_id: str) -> str:
        """The name to show: that of the catalogue, or the id where it is not in there."""
        muscle = self.get(muscle_id)
        return muscle_id if muscle is None else muscle.name

    def index(self, muscle_id: str) -> int:
        """Raises KeyError where the muscle is not in the catalogue."""
        return self.muscles.index(self._by_id[muscle_id])

    def search(self, text: str) -> tuple[Muscle, ...]:
        """Muscles of whose names every word of ``text`` begins a word, best first.

        A whole name or alias comes before the beginning of one, and that before words within;
        last come names for which ``text`` is short, as "utr" for the upper trapezius.
        """
        return tuple(muscle for _rank_, muscle in self._ranked(text))

    def closest(self, text: str) -> tuple[Muscle, ...]:
        """Of those that ``search`` finds, the ones that fit equally well and best: more than one
        where ``text`` does not say which is meant.
        """
        ranked = self._ranked(text)
        return tuple(muscle for rank, muscle in ranked if rank == ranked[0][0])

    def _ranked(self, text: str) -> list[tuple[int, Muscle]]:
        wanted = fold(text).split()
        if not wanted:
            return []
        ranked = [
            (rank, place, muscle)
            for place, muscle in enumerate(self.muscles)
            if (rank := _rank(self._words[muscle.id], wanted)) is not None
        ]
        return [(rank, muscle) for rank, _place, muscle in sorted(ranked, key=lambda r: r[:2])]


def _search_words(muscle: Muscle) -> tuple[tuple[str, ...], ...]:
    """The words of each name under which a muscle is known."""
    names = (muscle.name, muscle.latin, *muscle.aliases)
    return tuple(words_of(name) for name in names)


def _rank(names: tuple[tuple[str, ...], ...], wanted: list[str]) -> int | None:
    ranks = [rank for words in names if (rank := _rank_of_name(words, wanted)) is not None]
    if ranks:
        return min(ranks)
    every = [word for words in names for word in words]
    if all(any(word.startswith(each) for word in every) for each in wanted):
        return 3
    return 4 if any(is_short_for("".join(wanted), words) for words in names) else None


def _rank_of_name(words: tuple[str, ...], wanted: list[str]) -> int | None:
    if list(words) == wanted:
        return 0
    if " ".join(words).startswith(" ".join(wanted)):
        return 1
    if all(any(word.startswith(each) for word in words) for each in wanted):
        return 2
    return None
