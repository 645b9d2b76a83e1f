"""The trail in its table: one row for each commit, written with it and never again."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Uuid, bindparam, func, insert, select

from app.domain.audit import Action, AuditEntry, Stamp
from app.domain.change import Change, Edit
from app.domain.marks import Mark
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import OwnPicture
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Paper
from app.domain.records import Patient, Problem, Record, TreatmentSession
from app.domain.site_links import SiteLink
from db.mapping import MAPPINGS, Row
from db.plain import Plain, from_plain, to_plain
from db.prepared import Prepared
from db.tables import audit, treatment_session

ENTRY_COLUMNS = tuple(
    audit.c[name]
    for name in ("sequence", "at", "actor", "action", "step", "scope", "label", "edits")
)

_TYPES: dict[str, type[Record]] = {mapping.table.name: kind for kind, mapping in MAPPINGS.items()}
_NAMES = {kind: name for name, kind in _TYPES.items()}

_PATIENT_OF_SESSION = select(treatment_session.c.patient_id).where(
    treatment_session.c.id == bindparam("session_id")
)
_FIND_PATIENT = Prepared(_PATIENT_OF_SESSION)
_INSERT = Prepared(
    insert(audit)
    .values({c.name: bindparam(c.name) for c in audit.columns if not c.primary_key})
    .values(
        patient_id=func.coalesce(
            bindparam("patient_id", type_=Uuid), _PATIENT_OF_SESSION.scalar_subquery()
        )
    )
)


def append(connection: Connection, change: Change, stamp: Stamp) -> None:
    """Adds the line of ``change``, within the transaction that writes it.

    It names the one patient whom the change is about, where there is one. Of a single session,
    as that of a click, the insertion itself looks up whose it is.
    """
    patients, sessions = _about(change)
    session_id = sessions.pop() if len(sessions) == 1 and not patients else None
    for each in sessions:
        patients.update(found for (found,) in _FIND_PATIENT.rows(connection, {"session_id": each}))
    line = {
        "at": stamp.at,
        "actor": stamp.actor,
        "action": str(stamp.action),
        "step": stamp.step,
        "scope": stamp.scope,
        "patient_id": patients.pop() if len(patients) == 1 else None,
        "session_id": session_id,
        "label": change.label,
        "edits": plain_edits(change),
    }
    _INSERT.run(connection, [line])


def plain_edits(change: Change) -> Plain:
    """The values of a change, for JSON: ``[{"type": ..., "before": ..., "after": ...}, ...]``."""
    return [
        {
            "type": _NAMES[type(edit.record)],
            "before": None if edit.before is None else to_plain(edit.before),
            "after": None if edit.after is None else to_plain(edit.after),
        }
        for edit in change.edits.values()
    ]


def entry_of(row: Row) -> AuditEntry:
    """The entry that a row of ``ENTRY_COLUMNS`` keeps."""
    sequence, at, actor, action, step, scope, label, edits = row
    stamp = Stamp(step=step, action=Action(action), at=at, actor=actor, scope=scope)
    return AuditEntry(sequence=sequence, stamp=stamp, change=Change(label, dict(map(_edit, edits))))


def _edit(plain: dict[str, Any]) -> tuple[UUID, Edit]:
    kind = _TYPES[plain["type"]]
    before, after = (
        None if plain[when] is None else from_plain(kind, plain[when])
        for when in ("before", "after")
    )
    edit = Edit(before, after)
    return edit.record.id, edit


def _about(change: Change) -> tuple[set[UUID], set[UUID]]:
    """The patients whom ``change`` names, and the sessions that it names without their patient."""
    patients: set[UUID] = set()
    sessions: set[UUID] = set()
    for record in _records(change):
        if isinstance(record, Patient):
            patients.add(record.id)
        elif isinstance(
            record, Problem | NoNeedleZone | OutcomeScore | SiteLink | TreatmentSession
        ):
            patients.add(record.patient_id)
        elif isinstance(record, OwnPicture):
            patients |= set() if record.patient_id is None else {record.patient_id}
        elif isinstance(record, Mark | Paper):
            sessions.add(record.session_id)
    return patients, sessions - change.edits.keys()


def _records(change: Change) -> Iterable[Record]:
    for edit in change.edits.values():
        yield from (record for record in edit if record is not None)
