"""Slim read models: where the marks of all patients lie, without whose they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

from app.domain.anatomy import Anchor, Body, Side
from app.domain.identity import UUID
from app.domain.marks import MarkKind

PointPlace: TypeAlias = tuple[int, float, float]
"""The triangle and the weights b1 and b2 of a point: its anchor, as plain numbers."""


class SoreArea(NamedTuple):
    """The outline of an area of soreness, and the picture that it was drawn on."""

    session_id: UUID
    number: int
    outline: tuple[Anchor, ...]
    placed_on: Body
    placed_in: str


class PlaceFigure(NamedTuple):
    """How many marks of one kind lie in one muscle and side, and how many twitches they count; a
    twitch that was felt and not counted is one. A place may be named several times: they add up.
    """

    muscle: str | None
    side: Side | None
    kind: MarkKind
    body_version: str
    marks: int
    twitches: int = 0


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """How often each muscle and side was marked in the whole practice, at one moment."""

    figures: tuple[PlaceFigure, ...]
    sessions_with: Mapping[tuple[str | None, Side | None], int]
    """By muscle and side: how many sessions have a mark there."""
    sessions: int
    """How many there are in all."""


class Places(Protocol):
    """What counting over the skin asks of the whole practice. May raise StorageError."""

    def points(self, kind: MarkKind, body_version: str) -> list[PointPlace]:
        """Where all points of one kind on a version of the body lie, in no order."""

    def sore_areas(
        self, body_version: str, after: tuple[UUID, int] | None, most: int
    ) -> list[SoreArea]:
        """The next ``most`` areas of soreness on a version of the body, session by session, after
        the session and the number of the one that was read last; None: from the first.
        """

    def count_sore_areas(self, body_version: str) -> int: ...

    def figures(self) -> PlaceFigures:
        """How many marks there are of each kind, muscle and side."""
