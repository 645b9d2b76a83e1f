"""What the records of one chart file must be to each other before they can be stored."""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.identity import UUID
from app.domain.marks import Mark, Needle
from app.domain.outcomes import OutcomeScore
from app.domain.papers import Addendum, Signature
from app.domain.records import Patient, Practitioner, Problem, Record, TreatmentSession
from app.domain.supplies import NeedleBox
from app.exchange.chart_format import Placed
from app.exchange.misfit import Misfit, quoted

_REFERENCES: dict[str, tuple[type[Record], str]] = {
    "patient_id": (Patient, "patient"),
    "practitioner_id": (Practitioner, "practitioner"),
    "problem_id": (Problem, "problem"),
    "box_id": (NeedleBox, "box of needles"),
}
"""What the fields of that name refer to, in whatever record they are."""


def check_references(placed: Sequence[Placed]) -> None:
    """Raises Misfit where an id or number is taken twice or names nothing that it may name.

    A chart file stands alone: what a record refers to is in the same file.
    """
    records = _by_id(placed)
    _check_numbers(placed)
    for record, steps, _content in placed:
        for field, trouble in _dangling(record, records):
            raise Misfit(trouble, *steps, field)
        if isinstance(record, Mark) and _is_left_in(record, records):
            raise Misfit(
                "this needle is still in, and its session is signed",
                *steps, "needle", "out_at",
            )  # fmt: skip
        early = _signed_early(record, records)
        if early:
            raise Misfit(early, *steps)
    _check_descent(placed, records)


def _signed_early(record: Record, records: Mapping[UUID, Record]) -> str:
    """What is wrong with a signature or addendum of a draft: nobody could ever sign that."""
    if not isinstance(record, Signature | Addendum):
        return ""
    session = records.get(record.session_id)
    if not isinstance(session, TreatmentSession) or session.status.is_locked:
        return ""
    has = "has a signature" if isinstance(record, Signature) else "takes no addendum"
    return f"this session is not signed, and {has}"


def _is_left_in(mark: Mark, records: Mapping[UUID, Record]) -> bool:
    """Whether a needle of a signed session has no end: the practice would refuse the session."""
    needle, session = mark.details, records.get(mark.session_id)
    if not isinstance(needle, Needle) or not isinstance(session, TreatmentSession):
        return False
    return session.status.is_locked and needle.in_at is not None and needle.out_at is None


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
    for field, (made, name) in _REFERENCES.items():
        wanted = getattr(record, field, None)
        if wanted is not None and not isinstance(records.get(wanted), made):
            yield field, f"the file holds no {name} {wanted}"
    if isinstance(record, TreatmentSession | OutcomeScore) and record.problem_id is not None:
        problem = records.get(record.problem_id)
        if isinstance(problem, Problem) and problem.patient_id != record.patient_id:
            yield "problem_id", f"the problem {record.problem_id} is another patient's"
    if isinstance(record, Mark) and record.parent_id is not None:
        parent = records.get(record.parent_id)
        if not isinstance(parent, Mark) or parent.session_id != record.session_id:
            yield "parent_id", f"this session holds no mark {record.parent_id}"


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
