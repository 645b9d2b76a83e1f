"""Records as rows and back, exactly.

A row is a tuple in the order of ``Mapping.columns``. It holds what the column types of
``db/tables.py`` take and give (UUID, date, datetime, float ...), so it knows no database.
Two records are the same if and only if their rows are equal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeAlias, get_type_hints
from uuid import UUID

from sqlalchemy import Column, Table

from app.domain.anatomy import Anchor, Body, Side
from app.domain.closing import Closing
from app.domain.letterhead import Letterhead
from app.domain.marks import DETAILS_OF_KIND, Mark, Shape
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import OwnPicture
from app.domain.own_zones import NoNeedleZone, ZoneReason
from app.domain.papers import Addendum, HazardNotice, SessionNote, Signature
from app.domain.preparation import Preparation
from app.domain.records import (
    Patient,
    Practitioner,
    Problem,
    Record,
    SessionStatus,
    TreatmentSession,
)
from app.domain.site_links import SiteLink
from app.domain.supplies import NeedleBox, PointSet
from db import tables
from db.column_types import fixed_offset
from db.plain import Codec, codec, present, to_plain
from db.search_text import search_text

Row: TypeAlias = Sequence[Any]


@dataclass(frozen=True)
class Mapping:
    """How records of one type are kept in one table."""

    table: Table
    names: tuple[str, ...]
    """The columns that a record is read from, its id first; derived ones are not among them."""
    to_row: Callable[[Any], tuple[Any, ...]]
    from_row: Callable[[Row], Any]
    """Raises ValueError, TypeError or KeyError for a row that no record was written as."""
    derive: Callable[[Any], dict[str, Any]]
    """The derived columns of a record."""

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        return tuple(self.table.c[name] for name in self.names)

    def values(self, record: Any) -> dict[str, Any]:
        """All columns of ``record``, by name, to be written."""
        return {**dict(zip(self.names, self.to_row(record), strict=True)), **self.derive(record)}


def _nothing(_record: Record) -> dict[str, Any]:
    return {}


def _derive_patient(patient: Patient) -> dict[str, Any]:
    return {"number_key": patient.number_key, "search": search_text(patient)}


def _field_by_field(
    record_type: type[Record],
    table: Table,
    derive: Callable[[Any], dict[str, Any]] = _nothing,
) -> Mapping:
    """The mapping of a record whose every field has a column of its own name."""
    hints = get_type_hints(record_type)
    names = [column.name for column in table.columns if column.name in hints]
    codecs = {name: _column_codec(hints[name]) for name in names}
    encoders = [(name, each.encode) for name, each in codecs.items()]
    decoders = [(name, each.decode) for name, each in codecs.items() if each.decode is not None]

    def to_row(record: Any) -> tuple[Any, ...]:
        row = []
        for name, encode in encoders:
            value = getattr(record, name)
            row.append(value if encode is None or value is None else encode(value))
        return tuple(row)

    def from_row(row: Row) -> Any:
        values = dict(zip(names, row, strict=True))
        for name, decode in decoders:
            if values[name] is not None:
                values[name] = decode(values[name])
        return record_type(**values)

    return Mapping(table, tuple(codecs), to_row, from_row, derive)


def _column_codec(hint: Any) -> Codec:
    """As ``db.plain`` has it, except for the types that columns take as they are."""
    inner = present(hint)
    if inner in (UUID, date, bytes):
        return Codec(None, None)
    if inner is datetime:
        return Codec(fixed_offset, None)
    return codec(inner)


_MARK_COLUMNS = (
    "id", "session_id", "number", "kind", "details", "shape", "body_version", "triangle", "b1",
    "b2", "outline", "placed_on", "placed_in", "side", "muscle", "parent_id", "note", "placed_at",
)  # fmt: skip
_DETAILS = {
    str(kind): (details, codec(details).decode) for kind, details in DETAILS_OF_KIND.items()
}
_STATUSES = {str(status): status for status in SessionStatus}
_SHAPES = {str(shape): shape for shape in Shape}
_BODIES = {str(body): body for body in Body}
_SIDES = {str(side): side for side in Side}
_SIDES_OR_NONE: dict[str | None, Side | None] = {None: None} | {str(side): side for side in Side}


def _row_of_mark(mark: Mark) -> tuple[Any, ...]:
    """A mark lies flat in its row, but for its outline and for what depends on its kind."""
    return (
        mark.id, mark.session_id, mark.number, str(mark.kind), to_plain(mark.details),
        str(mark.shape), mark.body_version, *to_plain(mark.anchor),
        [to_plain(anchor) for anchor in mark.outline] or None, str(mark.placed_on), mark.placed_in,
        None if mark.side is None else str(mark.side), mark.muscle, mark.parent_id, mark.note,
        fixed_offset(mark.placed_at),
    )  # fmt: skip


def _mark_of_row(row: Row) -> Mark:
    """Written out, because a chart is opened by reading thousands of them."""
    (
        mark_id, session_id, number, kind, details, shape, body_version, triangle, b1, b2,
        outline, placed_on, placed_in, side, muscle, parent_id, note, placed_at,
    ) = row  # fmt: skip
    details_type, decode = _DETAILS[kind]
    return Mark(
        id=mark_id,
        session_id=session_id,
        number=number,
        details=decode(details) if details and decode else details_type(),
        shape=_SHAPES[shape],
        body_version=body_version,
        anchor=Anchor(triangle, b1, b2),
        outline=tuple([Anchor(*spot) for spot in outline]) if outline else (),
        placed_on=_BODIES[placed_on],
        placed_in=placed_in,
        side=_SIDES_OR_NONE[side],
        muscle=muscle,
        parent_id=parent_id,
        note=note,
        placed_at=placed_at,
    )


_ZONE_COLUMNS = (
    "id", "patient_id", "reason", "note", "body_version", "triangle", "b1", "b2", "outline",
    "placed_on", "placed_in", "side", "drawn_at",
)  # fmt: skip


def _row_of_zone(zone: NoNeedleZone) -> tuple[Any, ...]:
    return (
        zone.id, zone.patient_id, None if zone.reason is None else str(zone.reason), zone.note,
        zone.body_version, *to_plain(zone.anchor), [to_plain(anchor) for anchor in zone.outline],
        str(zone.placed_on), zone.placed_in, str(zone.side), fixed_offset(zone.drawn_at),
    )  # fmt: skip


def _zone_of_row(row: Row) -> NoNeedleZone:
    (
        zone_id, patient_id, reason, note, body_version, triangle, b1, b2, outline,
        placed_on, placed_in, side, drawn_at,
    ) = row  # fmt: skip
    return NoNeedleZone(
        id=zone_id,
        patient_id=patient_id,
        reason=None if reason is None else ZoneReason(reason),
        note=note,
        body_version=body_version,
        anchor=Anchor(triangle, b1, b2),
        outline=tuple(Anchor(*spot) for spot in outline),
        placed_on=_BODIES[placed_on],
        placed_in=placed_in,
        side=_SIDES[side],
        drawn_at=drawn_at,
    )


def _session_of_row(row: Row) -> TreatmentSession:
    """Written out, because a patient of many years has hundreds of them."""
    (
        session_id, patient_id, practitioner_id, problem_id, started_at, ended_at, status,
        pain_before, pain_after, note,
    ) = row  # fmt: skip
    return TreatmentSession(
        id=session_id,
        patient_id=patient_id,
        practitioner_id=practitioner_id,
        problem_id=problem_id,
        started_at=started_at,
        ended_at=ended_at,
        status=_STATUSES[status],
        pain_before=pain_before,
        pain_after=pain_after,
        note=note,
    )


MAPPINGS: dict[type[Record], Mapping] = {
    Practitioner: _field_by_field(Practitioner, tables.practitioner),
    Patient: _field_by_field(Patient, tables.patient, _derive_patient),
    Problem: _field_by_field(Problem, tables.problem),
    NoNeedleZone: Mapping(
        tables.no_needle_zone, _ZONE_COLUMNS, _row_of_zone, _zone_of_row, _nothing
    ),
    OwnPicture: _field_by_field(OwnPicture, tables.own_picture),
    TreatmentSession: replace(
        _field_by_field(TreatmentSession, tables.treatment_session), from_row=_session_of_row
    ),
    Mark: Mapping(tables.mark, _MARK_COLUMNS, _row_of_mark, _mark_of_row, _nothing),
    OutcomeScore: _field_by_field(OutcomeScore, tables.outcome_score),
    NeedleBox: _field_by_field(NeedleBox, tables.needle_box),
    PointSet: _field_by_field(PointSet, tables.protocol),
    Letterhead: _field_by_field(Letterhead, tables.letterhead),
    SiteLink: _field_by_field(SiteLink, tables.site_link),
    Preparation: _field_by_field(Preparation, tables.preparation),
    Closing: _field_by_field(Closing, tables.closing),
    SessionNote: _field_by_field(SessionNote, tables.session_note),
    HazardNotice: _field_by_field(HazardNotice, tables.hazard_notice),
    Signature: _field_by_field(Signature, tables.signature),
    Addendum: _field_by_field(Addendum, tables.addendum),
}
