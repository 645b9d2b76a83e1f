"""The seal of a session: what a print of it carries, so that it can be checked later.

A seal holds no word of a record: only the session's id, and hashes. The hashes of parts say which
kind of record was changed, and nothing of what it says: each is reckoned over ids that nobody can
guess as well.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.identity import UUID

_VERSION = 1
FIGURES, PART_FIGURES = 64, 16
"""Hexadecimal figures of the hash of the whole session, and of one part."""
_SEAL = re.compile(
    rb"needlepoint\.seal/1:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    rb":([0-9a-f]{64})((?::[a-z]{1,20}=[0-9a-f]{16})*)"
)


@dataclass(frozen=True, slots=True)
class Seal:
    """``fingerprint``: 64 figures over all that is the session's own. ``parts``: 16 figures for
    each part of it that holds anything ("session", "marks", "closing", "addenda" ...).
    """

    session_id: UUID
    fingerprint: str
    parts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if len(self.fingerprint) != FIGURES or any(
            len(p) != PART_FIGURES for p in self.parts.values()
        ):
            raise ValueError("a seal has 64 figures, and 16 for each part")

    @property
    def words(self) -> str:
        """The seal in one word of ASCII, as a file carries it."""
        parts = "".join(f":{name}={figures}" for name, figures in sorted(self.parts.items()))
        return f"needlepoint.seal/{_VERSION}:{self.session_id}:{self.fingerprint}{parts}"

    def parts_unlike(self, other: "Seal") -> tuple[str, ...]:
        """The names of the parts that differ, or that only one of the two has, sorted."""
        names = {*self.parts, *other.parts}
        return tuple(
            sorted(name for name in names if self.parts.get(name) != other.parts.get(name))
        )


def seals_in(content: bytes) -> tuple[Seal, ...]:
    """The seals that ``content`` carries, in their order, each once."""
    found = (_seal(*match.groups()) for match in _SEAL.finditer(content))
    return tuple(_without_repetition(found))


def _seal(session_id: bytes, fingerprint: bytes, parts: bytes) -> Seal:
    pairs = (each.partition("=")[::2] for each in parts.decode().split(":")[1:])
    return Seal(UUID(session_id.decode()), fingerprint.decode(), dict(pairs))


def _without_repetition(seals: Iterable[Seal]) -> list[Seal]:
    kept: list[Seal] = []
    for seal in seals:
        if seal not in kept:
            kept.append(seal)
    return kept
