"""What of a chart file a practice holds already, and what of it would clash with the practice."""

import dataclasses
from collections.abc import Collection, Sequence

from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.ports import Repository
from app.domain.records import Patient, Record, TreatmentSession
from app.exchange.chart_format import Placed
from app.exchange.misfit import Misfit, quoted


def check_against_practice(placed: Sequence[Placed], repository: Repository) -> list[Record]:
    """The records that the practice does not hold yet.

    Raises Misfit where it holds one with other values, or another with the same number.
    """
    stored = repository.existing([each.record for each in placed])
    new = []
    for each in placed:
        held = stored.get(each.record.id)
        if held is None:
            new.append(each)
        elif held != each.record:
            raise Misfit(_difference(held, each.record), *each.steps)
    _check_patient_numbers(new, repository)
    _check_mark_numbers(new, stored.keys(), repository)
    return [each.record for each in new]


def _difference(held: Record, read: Record) -> str:
    fields = [
        field.name
        for field in dataclasses.fields(read)
        if getattr(held, field.name) != getattr(read, field.name)
    ]
    return (
        f"the practice already holds {_name(held)} ({read.id}) with another value of "
        f"{' and '.join(fields)}, and an import never overwrites"
    )


def _name(record: Record) -> str:
    if isinstance(record, Patient):
        return f"patient {quoted(record.full_name)}"
    if isinstance(record, Mark):
        return f"mark {record.number} of that session"
    if isinstance(record, TreatmentSession):
        return f"the session of {record.started_at:%Y-%m-%d}"
    return f"this {type(record).__name__.lower()}"


def _check_patient_numbers(new: Sequence[Placed], repository: Repository) -> None:
    coming = {
        each.record.number.strip().casefold(): each
        for each in new
        if isinstance(each.record, Patient)
    }
    if not coming:
        return
    for patient in repository.patients():
        taken = coming.get(patient.number.strip().casefold())
        if taken is not None:
            raise Misfit(
                f"the practice has a patient with the number {quoted(patient.number)} already",
                *taken.steps,
                "number",
            )


def _check_mark_numbers(
    new: Sequence[Placed], stored: Collection[UUID], repository: Repository
) -> None:
    """A new mark of a session that is stored must not take the number of a mark in it."""
    taken: dict[UUID, set[int]] = {}
    for record, steps in new:
        if not isinstance(record, Mark) or record.session_id not in stored:
            continue
        session_id = record.session_id
        if session_id not in taken:
            taken[session_id] = {mark.number for mark in repository.marks(session_id)}
        if record.number in taken[session_id]:
            raise Misfit(
                f"the practice's session has a mark {record.number} already", *steps, "number"
            )
