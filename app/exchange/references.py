"""What the records of one chart file must be to each other before they can be stored."""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.own_pictures import OwnPicture
from app.domain.own_zones import NoNeedleZone
from app.domain.records import Patient, Practitioner, Problem, Record, TreatmentSession
from app.exchange.chart_format import Placed
from app.exchange.misfit import Misfit, quoted


def check_references(placed: Sequence[Placed]) -> None:
    """Raises Misfit where an id or number is taken twice or names nothing that it may name.

    A chart file stands alone: what a record refers to is in the same file.
    """
    records = _by_id(placed)
    _check_numbers(placed)
    for record, steps, _content in placed:
        for field, trouble in _dangling(record, records):
            raise Misfit(trouble, *steps, field)
    _check_descent(placed, records)


def _by_id(placed: Sequence[Placed]) -> dict[UUID, Record]:
    first: dict[UUID, Placed] = {}
    for each in placed:
        other = first.setdefault(each.record.id, each)
        if other is not each:
            raise Misfit(f"{other.record.id} is the id of {other.place} too", *each.steps, "id")
    return {each.record.id: each.record for each in placed}


def _check_numbers(placed: Sequence[Placed]) -> None:
    """Patient numbers are unique in a practice, mark numbers in a session."""
    first: dict[object, Placed] = {}
    for each in placed:
        record = each.record
        if not isinstance(record, Patient | Mark):
            continue
        if isinstance(record, Mark):
            key: tuple[object, ...] = (record.session_id, record.number)
        else:
            key = (record.number_key,)
        other = first.setdefault(key, each)
        if other is not each:
            raise Misfit(
                f"{quoted(record.number)} is the number of {other.place} too", *each.steps, "number"
            )


def _dangling(record: Record, records: Mapping[UUID, Record]) -> Iterator[tuple[str, str]]:
    """(field, trouble) of each reference of ``record`` that does not hold."""
    if isinstance(record, Problem | NoNeedleZone | OwnPicture | TreatmentSession):
        patient_id = record.patient_id
        if patient_id is not None and not isinstance(records.get(patient_id), Patient):
            yield "patient_id", f"the file holds no patient {patient_id}"
    if isinstance(record, TreatmentSession):
        if not isinstance(records.get(record.practitioner_id), Practitioner):
            yield "practitioner_id", f"the file holds no practitioner {record.practitioner_id}"
        yield from _dangling_problem(record, records)
    if isinstance(record, Mark) and record.parent_id is not None:
        parent = records.get(record.parent_id)
        if not isinstance(parent, Mark) or parent.session_id != record.session_id:
            yield "parent_id", f"this session holds no mark {record.parent_id}"


def _dangling_problem(
    session: TreatmentSession, records: Mapping[UUID, Record]
) -> Iterator[tuple[str, str]]:
    if session.problem_id is None:
        return
    problem = records.get(session.problem_id)
    if not isinstance(problem, Problem):
        yield "problem_id", f"the file holds no problem {session.problem_id}"
    elif problem.patient_id != session.patient_id:
        yield "problem_id", f"the problem {session.problem_id} is another patient's"


def _check_descent(placed: Sequence[Placed], records: Mapping[UUID, Record]) -> None:
    """No mark is its own ancestor. Each chain is walked once, however long it is."""
    sound: set[UUID] = set()
    for record, steps, _content in placed:
        chain: set[UUID] = set()
        ancestor: Record | None = record
        while isinstance(ancestor, Mark) and ancestor.id not in sound:
            if ancestor.id in chain:
                raise Misfit(
                    "the marks that this one belongs to form a circle", *steps, "parent_id"
                )
            chain.add(ancestor.id)
            ancestor = records.get(ancestor.parent_id) if ancestor.parent_id else None
        sound |= chain
