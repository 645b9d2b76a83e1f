"""What an invented practice writes of its sessions beside the marks: before, and after.

It draws from a chance of its own, so that people, sessions and marks are the same with it or
without.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from app.domain.closing import (
    AdverseEvent,
    Advice,
    Closing,
    EventAction,
    EventKind,
    EventOnset,
    EventOutcome,
    OtherTreatment,
    OtherTreatmentKind,
    Relation,
    Severity,
    Tolerance,
)
from app.domain.identity import UUID
from app.domain.marks import Mark, Needle
from app.domain.papers import Paper
from app.domain.preparation import Consent, Position, Preparation, Risk, SorenessReport
from app.domain.records import Patient, TreatmentSession
from app.domain.screening import Screened, ScreeningAction, ScreeningAnswer, ScreeningItem
from app.domain.stages import is_needled
from app.domain.supplies import NeedleBox
from app.exchange.demo_chance import make_id

_KNOWN_BY = {
    "Anticoagulant": ScreeningItem.ANTICOAGULANT,
    "Needle phobia": ScreeningItem.NEEDLE_PHOBIA,
    "Faints easily": ScreeningItem.FAINTING,
    "Nickel allergy": ScreeningItem.METAL_ALLERGY,
    "Pacemaker": ScreeningItem.ACTIVE_IMPLANT_AND_CURRENT,
    "Diabetes": ScreeningItem.DIABETES_OR_NEUROPATHY,
    "Lymphoedema of the left arm": ScreeningItem.LYMPHOEDEMA,
    "Hip replacement on the right": ScreeningItem.IMPLANT_AT_SITE,
}
"""What a demo patient's warnings answer in the screening."""
_NOTES = {
    ScreeningItem.ANTICOAGULANT: "Superficial only, press for two minutes.",
    ScreeningItem.FAINTING: "Treat lying down.",
    ScreeningItem.DRIVING_OR_SPORT_AFTER: "Drives home, 20 minutes.",
}
_NEXT = (
    "Once more in a week, then home exercise alone for two weeks.",
    "Two more sessions, then measure again.",
    "Less needling, more loading.",
)
_FORM = "Needling, version 2"
BOXES = (("Demo needles", "DEMO-A17", 0.25, 30), ("Demo needles", "DEMO-B02", 0.30, 40))


def invent_boxes(seed: int, now: datetime) -> Iterator[NeedleBox]:
    """The boxes of the practice; none of them has expired."""
    chance = Random(f"needlepoint demo {seed}, boxes")
    for index, (maker, lot, diameter, length) in enumerate(BOXES):
        yield NeedleBox(
            id=make_id(chance, now - timedelta(days=400 - index)),
            manufacturer=maker,
            lot=lot,
            expires_on=date(now.year + 3, 6, 30),
            diameter_mm=diameter,
            length_mm=length,
        )


def papers_of(
    chance: Random,
    patient: Patient,
    sessions: Sequence[TreatmentSession],
    marks: Sequence[Mark],
    boxes: Sequence[NeedleBox],
) -> Iterator[Paper]:
    """The preparation and closing of each session, oldest first."""
    screened = _screened(chance, patient)
    risks = frozenset(Risk) - {Risk.PNEUMOTHORAX, Risk.BROKEN_NEEDLE}
    box, position = chance.choice(boxes), chance.choice(list(Position)[:4])
    before: list[Mark] = []
    for visit, session in enumerate(sessions):
        here = [mark for mark in marks if mark.session_id == session.id]
        yield Preparation(
            id=make_id(chance, session.started_at),
            session_id=session.id,
            screened=screened,
            screened_at=sessions[0].started_at + timedelta(minutes=1),
            affirmed_at=session.started_at + timedelta(minutes=1) if visit else None,
            consent=Consent.WRITTEN if visit == 0 else Consent.VERBAL,
            consent_form=_FORM if visit == 0 else "",
            consent_on=session.started_at.date(),
            risks=risks,
            position=position,
            box_id=box.id,
            soreness_since=tuple(_soreness(chance, before)),
        )
        yield _closing(chance, session, here)
        before = here


def _screened(chance: Random, patient: Patient) -> tuple[Screened, ...]:
    yes = {_KNOWN_BY[each] for each in patient.warnings}
    if chance.random() < 0.5:
        yes.add(ScreeningItem.DRIVING_OR_SPORT_AFTER)
    unknown = {ScreeningItem.OSTEOPOROSIS} if chance.random() < 0.2 else set()

    def answered(item: ScreeningItem) -> Screened:
        if item in yes:
            adapted = ScreeningAction.PROCEED_ADAPTED
            note = _NOTES.get(item, "")
            return Screened(item=item, answer=ScreeningAnswer.YES, action=adapted, note=note)
        answer = ScreeningAnswer.UNKNOWN if item in unknown else ScreeningAnswer.NO
        return Screened(item=item, answer=answer)

    return tuple(answered(item) for item in ScreeningItem)


def _soreness(chance: Random, before: Sequence[Mark]) -> Iterator[SorenessReport]:
    seen: set[object] = set()
    for mark in before:
        area = (mark.muscle, mark.side)
        if is_needled(mark) and area not in seen:
            seen.add(area)
            worst = chance.choice((0, 1, 2, 3, 3, 4, 5))
            hours = chance.choice((6, 12, 24, 24, 36, 48)) if worst else None
            yield SorenessReport(mark_id=mark.id, worst=worst, hours=hours)


def _closing(chance: Random, session: TreatmentSession, marks: Sequence[Mark]) -> Closing:
    needles = sum(isinstance(mark.details, Needle) for mark in marks)
    events = tuple(_events(chance, [mark.id for mark in marks if is_needled(mark)]))
    others: tuple[OtherTreatment, ...] = ()
    if chance.random() < 0.7:
        kind = chance.choice(
            (
                OtherTreatmentKind.EXERCISE,
                OtherTreatmentKind.MANUAL_THERAPY,
                OtherTreatmentKind.MASSAGE,
            )
        )
        others = (OtherTreatment(kind=kind, minutes=chance.choice((5, 10, 15))),)
    return Closing(
        id=make_id(chance, session.started_at + timedelta(minutes=20)),
        session_id=session.id,
        needles_counted=needles,
        tolerance=chance.choice((Tolerance.GOOD, Tolerance.GOOD, Tolerance.FAIR)),
        no_adverse_events=not events,
        events=events,
        other_treatments=others,
        advice=frozenset({Advice.SORENESS_IS_USUAL, Advice.KEEP_MOVING, Advice.WHOM_TO_CALL}),
        next_step=chance.choice(_NEXT),
    )


def _events(chance: Random, at: Sequence[UUID]) -> Iterator[AdverseEvent]:
    """About as often as it was published of bruises and bleeding (clinical content, section 3)."""
    if chance.random() < 0.15:
        yield AdverseEvent(
            kind=chance.choice((EventKind.BRUISE, EventKind.BLEEDING)),
            severity=Severity.MILD,
            onset=EventOnset.DURING,
            relation=Relation.CERTAIN,
            action=EventAction.FIRST_AID,
            outcome=EventOutcome.RESOLVED,
            mark_id=chance.choice(at) if at else None,
        )
