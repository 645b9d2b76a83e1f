"""The seal of a session: what a print of it carries, so that it can be checked later.

A seal holds no word of a record: only the session's id, and hashes. The hashes of parts say which
kind of record was changed, and nothing of what it says: each is reckoned over ids that nobody can
guess as well.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.identity import UUID

_VERSION = 1
FIGURES, SHORT_FIGURES, PART_FIGURES = 64, 32, 16
"""Hexadecimal figures of the hash of the whole session, where many are packed, and of one part."""
MOST_CHARACTERS = 32_500
"""Of all that a file carries: its keywords are one string, and PDF/A lets that have 32,767 bytes
(ISO 19005-2, 6.1.13, as Typst checks it).
"""
_SEAL = re.compile(
    rb"needlepoint\.seal/1:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    rb":([0-9a-f]{64})((?::[a-z]{1,20}=[0-9a-f]{16})*)"
)
_PACKED_WORDS = "needlepoint.seals/1:"
_PACKED = re.compile(rb"needlepoint\.seals/1:([A-Za-z0-9_-]{1,33000})")
_PACKED_BYTES = 16 + SHORT_FIGURES // 2
"""Of one session among many: its id, and the first figures of its fingerprint."""


@dataclass(frozen=True, slots=True)
class Seal:
    """``fingerprint``: 64 figures over all that is the session's own; the first 32 of them where
    a file carries many. ``parts``: 16 figures for each part of it that holds anything ("session",
    "marks", "closing", "addenda" ...), or nothing where there was no room for them.
    """

    session_id: UUID
    fingerprint: str
    parts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        right = len(self.fingerprint) in (FIGURES, SHORT_FIGURES)
        if not right or any(len(p) != PART_FIGURES for p in self.parts.values()):
            raise ValueError("a seal has 64 figures, or 32 of them, and 16 for each part")

    @property
    def words(self) -> str:
        """The seal in one word of ASCII, as a file carries it."""
        parts = "".join(f":{name}={figures}" for name, figures in sorted(self.parts.items()))
        return f"needlepoint.seal/{_VERSION}:{self.session_id}:{self.fingerprint}{parts}"

    def is_that_of(self, other: "Seal") -> bool:
        """Whether the same session has this fingerprint, as far as this seal has figures."""
        same = self.session_id == other.session_id
        return same and other.fingerprint.startswith(self.fingerprint)

    def parts_unlike(self, other: "Seal") -> tuple[str, ...]:
        """The names of the parts that differ, or that only one of the two has, sorted; none where
        this seal says nothing of parts.
        """
        if not self.parts:
            return ()
        names = {*self.parts, *other.parts}
        return tuple(
            sorted(name for name in names if self.parts.get(name) != other.parts.get(name))
        )


def carried(seals: Sequence[Seal]) -> list[str]:
    """The words by which a file carries ``seals``, as much of them as it has room for.

    Up to some 110 sessions: all. Up to some 260: without their parts. Up to some 760: packed into
    one word, with half of each fingerprint. Of more a file carries nothing, and cannot be checked.
    """
    whole = [each.words for each in seals]
    plain = [replace(each, parts={}).words for each in seals]
    for words in (whole, plain, _packed(seals)):
        if sum(len(each) + 2 for each in words) <= MOST_CHARACTERS:
            return words
    return []


def seals_in(content: bytes) -> tuple[Seal, ...]:
    """The seals that ``content`` carries, in their order, each once."""
    found = [_seal(*match.groups()) for match in _SEAL.finditer(content)]
    for match in _PACKED.finditer(content):
        found += _unpacked(match[1])
    return tuple(_without_repetition(found))


def _packed(seals: Sequence[Seal]) -> list[str]:
    content = b"".join(
        each.session_id.bytes + bytes.fromhex(each.fingerprint[:SHORT_FIGURES]) for each in seals
    )
    return [_PACKED_WORDS + urlsafe_b64encode(content).decode().rstrip("=")]


def _unpacked(words: bytes) -> Iterator[Seal]:
    """Of words that were cut off or made up: what there is of whole seals."""
    content = urlsafe_b64decode(words[: len(words) - (len(words) % 4 == 1)] + b"==")
    for at in range(0, len(content) - _PACKED_BYTES + 1, _PACKED_BYTES):
        session_id, figures = content[at : at + 16], content[at + 16 : at + _PACKED_BYTES]
        yield Seal(UUID(bytes=session_id), figures.hex())


def _seal(session_id: bytes, fingerprint: bytes, parts: bytes) -> Seal:
    pairs = (each.partition("=")[::2] for each in parts.decode().split(":")[1:])
    return Seal(UUID(session_id.decode()), fingerprint.decode(), dict(pairs))


def _without_repetition(seals: Iterable[Seal]) -> list[Seal]:
    kept: list[Seal] = []
    for seal in seals:
        if seal not in kept:
            kept.append(seal)
    return kept
