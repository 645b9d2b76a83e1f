"""The form of a session's papers within a chart file: one object beside its marks."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from app.domain.closing import Closing
from app.domain.identity import UUID
from app.domain.papers import Addendum, HazardNotice, Paper, SessionNote, Signature
from app.domain.preparation import Preparation
from app.exchange.codec import Fields, ListOf, OrNothing, field_codecs
from app.exchange.plain_codecs import Codec

Steps: TypeAlias = tuple[str | int, ...]

_SINGLE: dict[str, type[Paper]] = {
    "preparation": Preparation,
    "closing": Closing,
    "note": SessionNote,
    "signature": Signature,
}
_SEVERAL: dict[str, type[Paper]] = {"notices": HazardNotice, "addenda": Addendum}
_KINDS = {**_SINGLE, **_SEVERAL}
NO_PAPERS: dict[str, Any] = {**dict.fromkeys(_SINGLE), **dict.fromkeys(_SEVERAL, ())}
"""What is read where a file was written before there were papers."""


def _fields(made: type[Paper]) -> Fields:
    return Fields(field_codecs(made, without=("session_id",)))  # they stand within their session


def _codec() -> Fields:
    forms: dict[str, Codec] = {name: OrNothing(_fields(made)) for name, made in _SINGLE.items()}
    forms |= {name: ListOf(_fields(made)) for name, made in _SEVERAL.items()}
    return Fields(forms)


PAPERS = _codec()


def plain_papers(papers: Sequence[Paper]) -> dict[str, Any]:
    """The papers of one session as ``PAPERS`` encodes them; of several, by their ids."""
    found: dict[str, Any] = {}
    for name, made in _KINDS.items():
        fields = [_fields_of(each) for each in papers if isinstance(each, made)]
        found[name] = fields if name in _SEVERAL else (fields[0] if fields else None)
    return found


def papers_of(found: dict[str, Any], session_id: UUID) -> Iterator[tuple[Paper, Steps]]:
    """The papers that ``PAPERS`` decoded, and where among them each stands."""
    for name, made in _KINDS.items():
        given = found[name]
        if name in _SEVERAL:
            for position, fields in enumerate(given):
                yield made(session_id=session_id, **fields), (name, position)
        elif given is not None:
            yield made(session_id=session_id, **given), (name,)


def _fields_of(paper: Paper) -> dict[str, Any]:
    names = field_codecs(type(paper), without=("session_id",))
    return {name: getattr(paper, name) for name in names}
