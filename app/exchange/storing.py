"""What of a chart file a practice holds already, and what of it would clash with the practice."""

import dataclasses
from collections.abc import Mapping, Sequence

from app.domain.identity import UUID
from app.domain.letterhead import Letterhead
from app.domain.marks import Mark
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import OwnPicture
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Addendum, HazardNotice, Paper, SessionNote
from app.domain.ports import Repository
from app.domain.records import Patient, Record, TreatmentSession
from app.domain.supplies import NeedleBox, PointSet
from app.domain.words import local_day
from app.exchange.chart_format import Placed
from app.exchange.misfit import Misfit, quoted

_NOUNS: dict[type[Record], str] = {
    NoNeedleZone: "no-needle zone",
    OutcomeScore: "score",
    NeedleBox: "box of needles",
    PointSet: "protocol",
    SessionNote: "note",
    HazardNotice: "notice",
}
"""What records are called whose type is called otherwise."""


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
    _check_sessions_of_marks(new, stored, repository)
    _check_single_papers(new, stored, repository)
    return [each.record for each in new]


def without_other_letterhead(
    placed: Sequence[Placed], repository: Repository
) -> tuple[Sequence[Placed], bool]:
    """``placed`` without a letterhead, where the practice has another one; and whether it has."""
    held = repository.letterhead()
    kept = [
        each
        for each in placed
        if not isinstance(each.record, Letterhead) or held in (None, each.record)
    ]
    return kept, len(kept) < len(placed)


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
        return f"the session of {local_day(record.started_at)}"
    if isinstance(record, OwnPicture):
        return f"the picture {quoted(record.title)}"
    return f"this {_NOUNS.get(type(record)) or type(record).__name__.lower()}"


def _check_patient_numbers(new: Sequence[Placed], repository: Repository) -> None:
    coming = {each.record.number_key: each for each in new if isinstance(each.record, Patient)}
    if not coming:
        return
    for patient in repository.patients():
        taken = coming.get(patient.number_key)
        if taken is not None:
            raise Misfit(
                f"the practice has a patient with the number {quoted(patient.number)} already",
                *taken.steps,
                "number",
            )


def _check_sessions_of_marks(
    new: Sequence[Placed], stored: Mapping[UUID, Record], repository: Repository
) -> None:
    """A session that is stored takes a new mark or paper as a draft alone, and a mark under a
    number of its own.
    """
    taken: dict[UUID, set[int]] = {}
    for mark, steps, _content in new:
        session = stored.get(mark.session_id) if isinstance(mark, Mark | Paper) else None
        if not isinstance(session, TreatmentSession):
            continue
        if session.status.is_locked and not isinstance(mark, Addendum):
            what = "mark" if isinstance(mark, Mark) else "part"
            raise Misfit(
                f"{_name(session)} is signed in the practice, and takes no new {what}", *steps
            )
        if not isinstance(mark, Mark):
            continue
        if session.id not in taken:
            taken[session.id] = {each.number for each in repository.marks(session.id)}
        if mark.number in taken[session.id]:
            raise Misfit(
                f"the practice's session has a mark {mark.number} already", *steps, "number"
            )


def _check_single_papers(
    new: Sequence[Placed], stored: Mapping[UUID, Record], repository: Repository
) -> None:
    """A session that is stored takes no second paper of a kind of which it has one at most."""
    held: dict[UUID, set[type[Record]]] = {}
    for paper, steps, _content in new:
        if not isinstance(paper, Paper) or isinstance(paper, HazardNotice | Addendum):
            continue
        if paper.session_id not in stored:
            continue
        if paper.session_id not in held:
            held[paper.session_id] = {type(each) for each in repository.papers(paper.session_id)}
        if type(paper) in held[paper.session_id]:
            raise Misfit("the practice's session has another one already", *steps)
