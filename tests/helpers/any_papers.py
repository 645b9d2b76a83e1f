"""Strategies for what is written of a session beside its marks, and for what goes with it."""

from datetime import date, datetime
from typing import Any, NamedTuple

from hypothesis import strategies as st

from app.domain.anatomy import Anchor, Body, Side
from app.domain.closing import (
    AdverseEvent,
    Advice,
    Closing,
    EventKind,
    OtherTreatment,
    OtherTreatmentKind,
    Severity,
    Tolerance,
)
from app.domain.letterhead import Letterhead
from app.domain.marks import NEEDLE_DIAMETERS_MM, NEEDLE_LENGTHS_MM, Details
from app.domain.outcomes import Measure, OutcomeScore
from app.domain.papers import Addendum, HazardNotice, Paper, SessionNote, Signature
from app.domain.preparation import Consent, Position, Preparation, Risk, SorenessReport
from app.domain.records import Patient, Practitioner, Problem, TreatmentSession
from app.domain.screening import Screened, ScreeningAction, ScreeningAnswer, ScreeningItem
from app.domain.site_links import SiteLink
from app.domain.supplies import NeedleBox, PointOfSet, PointSet
from tests.helpers.pictures import png


class Plain(NamedTuple):
    """Strategies for plain values, as the store or the chart file takes them."""

    text: st.SearchStrategy[str]
    name: st.SearchStrategy[str]
    moment: st.SearchStrategy[datetime]
    day: st.SearchStrategy[date]


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def boxes(plain: Plain) -> st.SearchStrategy[NeedleBox]:
    return st.builds(
        NeedleBox,
        id=st.uuids(),
        manufacturer=plain.name,
        lot=plain.text,
        expires_on=_maybe(plain.day),
        diameter_mm=_maybe(st.sampled_from(NEEDLE_DIAMETERS_MM)),
        length_mm=_maybe(st.sampled_from(NEEDLE_LENGTHS_MM)),
    )


def point_sets(
    plain: Plain, details: st.SearchStrategy[Details], anchors: st.SearchStrategy[Anchor]
) -> st.SearchStrategy[PointSet]:
    return st.builds(
        PointSet,
        id=st.uuids(),
        name=plain.name,
        points=st.lists(
            st.builds(
                PointOfSet,
                details=details,
                body_version=plain.text,
                anchor=anchors,
                placed_on=st.sampled_from(Body),
                placed_in=plain.text,
                side=st.sampled_from(Side),
                muscle=_maybe(plain.name),
            ),
            min_size=1,
            max_size=3,
        ).map(tuple),
    )


def scores(plain: Plain, of: Patient, about: Problem) -> st.SearchStrategy[OutcomeScore]:
    return st.builds(
        OutcomeScore,
        id=st.uuids(),
        patient_id=st.just(of.id),
        problem_id=st.sampled_from([None, about.id]),
        measure=st.just(Measure.QUICKDASH),
        score=st.floats(0, 100),
        measured_on=plain.day,
        detail=plain.text,
    )


def letterheads(plain: Plain) -> st.SearchStrategy[Letterhead]:
    return st.builds(
        Letterhead,
        name=plain.text,
        lines=st.lists(plain.text, max_size=3).map(tuple),
        foot=plain.text,
        logo=st.sampled_from([b"", png(30, 20)]),
    )


def links(plain: Plain, of: Patient) -> st.SearchStrategy[SiteLink]:
    return st.builds(
        SiteLink,
        id=st.uuids(),
        patient_id=st.just(of.id),
        mark_id=st.uuids(),
        earlier_id=_maybe(st.uuids()),
        said_at=plain.moment,
    )


def _screened(plain: Plain) -> st.SearchStrategy[Screened]:
    return st.builds(
        Screened,
        item=st.sampled_from(ScreeningItem),
        answer=st.sampled_from(ScreeningAnswer),
        action=_maybe(st.sampled_from(ScreeningAction)),
        note=plain.text,
    )


_soreness_since = st.builds(
    SorenessReport,
    mark_id=st.uuids(),
    worst=_maybe(st.integers(0, 10)),
    hours=_maybe(st.integers(0, 336)),
)


def _events(plain: Plain) -> st.SearchStrategy[AdverseEvent]:
    return st.builds(
        AdverseEvent,
        kind=st.sampled_from(EventKind),
        severity=_maybe(st.sampled_from(Severity)),
        mark_id=_maybe(st.uuids()),
        note=plain.text,
    )


def _other_treatments(plain: Plain) -> st.SearchStrategy[OtherTreatment]:
    return st.builds(
        OtherTreatment,
        kind=st.sampled_from(OtherTreatmentKind),
        place=plain.text,
        minutes=_maybe(st.integers(1, 480)),
    )


@st.composite
def papers_of(
    draw: st.DrawFn, plain: Plain, visit: TreatmentSession, who: Practitioner, box: NeedleBox
) -> list[Paper]:
    """A paper of each kind; a signature and an addendum where the session is signed."""
    events = tuple(draw(st.lists(_events(plain), max_size=2)))
    of_visit = {"session_id": visit.id}
    papers: list[Paper] = [
        Preparation(
            id=draw(st.uuids()),
            **of_visit,
            screened=tuple(
                draw(st.lists(_screened(plain), max_size=3, unique_by=lambda each: each.item))
            ),
            screened_at=draw(_maybe(plain.moment)),
            affirmed_at=draw(_maybe(plain.moment)),
            consent=draw(_maybe(st.sampled_from(Consent))),
            consent_form=draw(plain.text),
            consent_on=draw(_maybe(plain.day)),
            risks=draw(st.frozensets(st.sampled_from(Risk))),
            position=draw(_maybe(st.sampled_from(Position))),
            box_id=draw(st.sampled_from([None, box.id])),
            soreness_since=tuple(draw(st.lists(_soreness_since, max_size=2))),
        ),
        Closing(
            id=draw(st.uuids()),
            **of_visit,
            needles_counted=draw(_maybe(st.integers(0, 500))),
            tolerance=draw(_maybe(st.sampled_from(Tolerance))),
            no_adverse_events=not events and draw(st.booleans()),
            events=events,
            other_treatments=tuple(draw(st.lists(_other_treatments(plain), max_size=2))),
            advice=draw(st.frozensets(st.sampled_from(Advice))),
            own_advice=draw(plain.text),
            next_step=draw(plain.text),
        ),
        SessionNote(
            id=draw(st.uuids()),
            **of_visit,
            plan=draw(plain.text),
            needling=draw(_maybe(plain.text)),
        ),
        HazardNotice(
            id=draw(st.uuids()),
            **of_visit,
            mark_id=draw(st.uuids()),
            zone=draw(plain.text),
            words=draw(plain.text),
            shown_at=draw(plain.moment),
            acknowledged_at=draw(_maybe(plain.moment)),
        ),
    ]
    if visit.status.is_locked:
        by = {
            "practitioner_id": who.id,
            "name": draw(plain.name),
            "licence_number": draw(plain.text),
        }
        signed_at, written_at = draw(plain.moment), draw(plain.moment)
        papers += [
            Signature(id=draw(st.uuids()), **of_visit, **by, signed_at=signed_at),
            Addendum(
                id=draw(st.uuids()),
                **of_visit,
                **by,
                written_at=written_at,
                reason=draw(plain.name),
                text=draw(plain.name),
            ),
        ]
    return papers
