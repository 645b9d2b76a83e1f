"""The form of a chart file, ``needlepoint.chart/1``: which record stands where, in what form.

A picture holds the bytes of its file. Sessions hold their marks, so a mark does not repeat its
session. What belongs to a mark's
kind alone stands under the name of that kind (``"needle": {"diameter_mm": 0.3, ...}``); a kind
with nothing of its own, such as a note, has no such object.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.identity import UUID
from app.domain.letterhead import Letterhead
from app.domain.marks import DETAILS_OF_KIND, Mark, MarkKind
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import OwnPicture
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Paper
from app.domain.records import (
    PAPER_TYPES,
    Patient,
    Practitioner,
    Problem,
    Record,
    TreatmentSession,
)
from app.domain.site_links import SiteLink
from app.domain.supplies import NeedleBox, PointSet
from app.exchange.codec import Fielded, Fields, ListOf, codec_of, field_codecs, whole_object
from app.exchange.misfit import Misfit, place, quoted
from app.exchange.papers_format import NO_PAPERS, PAPERS, papers_of, plain_papers
from app.exchange.plain_codecs import Base64, Codec, Id

FAMILY = "needlepoint.chart"
VERSION = 1
FORMAT = f"{FAMILY}/{VERSION}"

SECTIONS: dict[str, type[Record]] = {
    "practitioners": Practitioner,
    "patients": Patient,
    "problems": Problem,
    "no_needle_zones": NoNeedleZone,
    "outcome_scores": OutcomeScore,
    "needle_boxes": NeedleBox,
    "protocols": PointSet,
    "letterheads": Letterhead,
    "site_links": SiteLink,
}
"""The lists of a chart file that come before its sessions, in their order."""
PICTURES = "pictures"
_ABSENT = dict.fromkeys(
    (
        "no_needle_zones", "outcome_scores", "needle_boxes", "protocols", "letterheads",
        "site_links", PICTURES,
    ),
    (),
)  # fmt: skip
"""Files that were written before there were such records do not have these lists."""


class Placed(NamedTuple):
    """A record that was read, and where in the file it stands: ("sessions", 3, "marks", 7).

    ``content``: of a picture, the bytes of its file.
    """

    record: Record
    steps: tuple[str | int, ...]
    content: bytes = b""

    @property
    def place(self) -> str:
        return place(*self.steps)


class Exactly(Codec):
    """A text that is always the same one."""

    def __init__(self, text: str) -> None:
        self._text = text

    def encode(self, value: str) -> str:
        return value

    def decode(self, found: object) -> str:
        if found != self._text:
            raise Misfit(f"must be {quoted(self._text)}")
        return self._text

    def schema(self) -> dict[str, Any]:
        return {"const": self._text}


class MarkCodec(Codec):
    """A mark: its kind decides which object of details stands beside the common fields.

    It is read into a dict of a Mark's arguments, since only its session knows the session's id.
    """

    def __init__(self) -> None:
        self._kind = codec_of(MarkKind)
        self._detailed = {kind for kind, made in DETAILS_OF_KIND.items() if field_codecs(made)}
        self._forms = {kind: self._form(kind) for kind in MarkKind}

    def _form(self, kind: MarkKind) -> Fields:
        common = field_codecs(Mark, without=("session_id", "details"))
        form = {"id": common.pop("id"), "kind": Exactly(kind.value), **common}
        if kind in self._detailed:
            form[kind.value] = codec_of(DETAILS_OF_KIND[kind])
        return Fields(form)

    def encode(self, value: Mark) -> dict[str, Any]:
        form = self._forms[value.kind]
        # What is no field of every mark is the object of its details.
        return form.encode({name: getattr(value, name, value.details) for name in form.fields})

    def decode(self, found: object) -> dict[str, Any]:
        kind = self._kind_of(found)
        fields = self._forms[kind].decode(found)
        del fields["kind"]
        details = fields.pop(kind) if kind in self._detailed else DETAILS_OF_KIND[kind]()
        return {**fields, "details": details}

    def _kind_of(self, found: object) -> MarkKind:
        fields = whole_object(found)
        if "kind" not in fields:
            raise Misfit("this field is missing", "kind")
        try:
            return MarkKind(self._kind.decode(fields["kind"]))
        except Misfit as misfit:
            raise misfit.inside("kind") from None

    def schema(self) -> dict[str, Any]:
        common = Fields({"id": Id(), **field_codecs(Mark, without=("session_id", "details"))})
        described = common.schema()
        del described["additionalProperties"], described["required"]  # they depend on the kind
        return {
            **described,
            "oneOf": [self._alternative(kind) for kind in MarkKind],
            "unevaluatedProperties": False,
        }

    def _alternative(self, kind: MarkKind) -> dict[str, Any]:
        form = self._forms[kind]
        own = [str(kind)] if kind in self._detailed else []
        properties = {name: form.fields[name].schema() for name in ["kind", *own]}
        return {"title": str(kind), "properties": properties, "required": list(form.fields)}


_MARK = MarkCodec()
_SESSION = Fielded(TreatmentSession)
_PICTURE = Fields({**field_codecs(OwnPicture), "data": Base64()})
_CHART = Fields(
    {
        "format": Exactly(FORMAT),
        **{name: ListOf(codec_of(made)) for name, made in SECTIONS.items()},
        PICTURES: ListOf(_PICTURE),
        "sessions": ListOf(
            Fields(
                {**field_codecs(TreatmentSession), "marks": ListOf(_MARK), "papers": PAPERS},
                {"papers": NO_PAPERS},
            )
        ),
    },
    _ABSENT,
)


def chart_schema() -> dict[str, Any]:
    """What a schema says of a whole chart file."""
    return _CHART.schema()


def decode_chart(document: object) -> list[Placed]:
    """The records of a parsed chart file, parents before children.

    Raises Misfit where it is no chart file of this version or a field is not as it must be.
    """
    _check_format(document)
    lists = _CHART.decode(document)
    placed = [
        Placed(record, (section, position))
        for section in SECTIONS
        for position, record in enumerate(lists[section])
    ]
    for position, fields in enumerate(lists[PICTURES]):
        content = fields.pop("data")
        placed.append(Placed(OwnPicture(**fields), (PICTURES, position), content))
    for position, fields in enumerate(lists["sessions"]):
        marks, papers = fields.pop("marks"), fields.pop("papers")
        session = TreatmentSession(**fields)
        steps = ("sessions", position)
        placed.append(Placed(session, steps))
        placed += (
            Placed(Mark(session_id=session.id, **arguments), (*steps, "marks", index))
            for index, arguments in enumerate(marks)
        )
        placed += (
            Placed(paper, (*steps, "papers", *within))
            for paper, within in papers_of(papers, session.id)
        )
    return placed


def _check_format(document: object) -> None:
    """Says what the file is before anything is said of what is in it."""
    fields = whole_object(document) if not isinstance(document, list) else {}
    if "format" not in fields:
        raise Misfit(f'this is no chart file, which says "format": "{FORMAT}"')
    name = fields["format"]
    version = re.fullmatch(FAMILY + r"/([0-9]{1,9})", name if isinstance(name, str) else "")
    if version is None:
        raise Misfit(f"{quoted(name)} is not the format of a chart file, {FORMAT}", "format")
    if int(version[1]) > VERSION:
        raise Misfit(
            f"the file was made by a newer version of Needlepoint ({name}); "
            "install that version to read it",
            "format",
        )


ContentOf = Callable[[OwnPicture], bytes]
"""The bytes of a picture's file."""


def no_content(picture: OwnPicture) -> bytes:
    """For records among which there is no picture."""
    raise ValueError(f"the bytes of the picture {picture.id} are not given")


def encode_chart(records: Sequence[Record], content_of: ContentOf = no_content) -> Iterator[str]:
    """The text of a chart file, piece by piece: a line for each record, whatever its length.

    The same records give the same text, in whatever order they come. Raises ValueError where
    the session of a mark is not among the records, and whatever ``content_of`` raises.
    """
    by_type: dict[type, list[Any]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.id):
        by_type[type(record)].append(record)
    marks: dict[UUID, list[Mark]] = {session.id: [] for session in by_type[TreatmentSession]}
    papers: dict[UUID, list[Paper]] = {session_id: [] for session_id in marks}
    for mark in sorted(by_type[Mark], key=lambda mark: mark.number):
        if mark.session_id not in marks:
            raise ValueError(f"the session of mark {mark.id} is not among the records")
        marks[mark.session_id].append(mark)
    for paper in (each for kind in PAPER_TYPES for each in by_type[kind]):
        papers[paper.session_id].append(paper)
    yield f'{{\n"format": {_json(FORMAT)}'
    for section, made in SECTIONS.items():
        codec = codec_of(made)
        yield f',\n"{section}": '
        yield from _array(_json(codec.encode(record)) for record in by_type[made])
    yield f',\n"{PICTURES}": '
    yield from _array(_picture(each, content_of) for each in by_type[OwnPicture])
    yield ',\n"sessions": '
    yield from _array(
        _session(each, marks[each.id], papers[each.id]) for each in by_type[TreatmentSession]
    )
    yield "\n}\n"


def _picture(picture: OwnPicture, content_of: ContentOf) -> str:
    fields = {name: getattr(picture, name, None) for name in _PICTURE.fields}
    return _json(_PICTURE.encode({**fields, "data": content_of(picture)}))


def plain_session(
    session: TreatmentSession, marks: Sequence[Mark], papers: Sequence[Paper]
) -> dict[str, Any]:
    """One session with all that belongs to it alone, as it stands in a chart file."""
    return {
        **_SESSION.encode(session),
        "marks": [_MARK.encode(mark) for mark in sorted(marks, key=lambda mark: mark.number)],
        "papers": PAPERS.encode(plain_papers(sorted(papers, key=lambda paper: paper.id))),
    }


def _session(session: TreatmentSession, marks: Sequence[Mark], papers: Sequence[Paper]) -> str:
    fields = _json(_SESSION.encode(session)).removesuffix("}")
    listed = "".join(_array(_json(_MARK.encode(mark)) for mark in marks))
    beside = _json(PAPERS.encode(plain_papers(papers)))
    return f'{fields}, "marks": {listed},\n"papers": {beside}}}'


def _array(items: Iterable[str]) -> Iterator[str]:
    separator = "[\n"
    for item in items:
        yield separator + item
        separator = ",\n"
    yield "[]" if separator == "[\n" else "\n]"


def _json(value: str | Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
