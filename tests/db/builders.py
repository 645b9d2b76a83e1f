"""Records to test with: plain ones to build on, and strategies for any valid one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.domain.anatomy import Anchor, Body, Side
from app.domain.audit import Action, Stamp
from app.domain.identity import new_id
from app.domain.marks import (
    DETAILS_OF_KIND,
    NEEDLE_DIAMETERS_MM,
    NEEDLE_LENGTHS_MM,
    SHAPES_OF_KIND,
    Details,
    Mark,
    MarkKind,
    Needle,
    Shape,
    Soreness,
    SorenessTime,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.own_pictures import MediaType, OwnPicture
from app.domain.own_zones import NoNeedleZone, ZoneReason
from app.domain.records import (
    Condition,
    Patient,
    Practitioner,
    Problem,
    Record,
    SessionStatus,
    TreatmentSession,
)
from app.domain.rules import MOST_MARKS, MOST_TRIANGLES, check
from tests.helpers import any_papers

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=timezone(timedelta(hours=1)))
TODAY = NOW.date()


def clock() -> datetime:
    return NOW


def stamp(scope: UUID | None = None, action: Action = Action.DO) -> Stamp:
    return Stamp(step=new_id(), action=action, at=NOW, actor=None, scope=scope)


def practitioner(**fields: Any) -> Practitioner:
    return Practitioner(**{"id": new_id(), "name": "Dr. Ada Nadel", **fields})


def patient(family_name: str = "Muster", number: str = "1", **fields: Any) -> Patient:
    given = {"id": new_id(), "family_name": family_name, "number": number, "body": Body.FEMALE}
    return Patient(**{**given, **fields})


def session(of: Patient, by: Practitioner, **fields: Any) -> TreatmentSession:
    given = {"id": new_id(), "patient_id": of.id, "practitioner_id": by.id, "started_at": NOW}
    return TreatmentSession(**{**given, **fields})


def mark(of: TreatmentSession, number: int = 1, **fields: Any) -> Mark:
    given = {
        "id": new_id(),
        "session_id": of.id,
        "number": number,
        "details": TriggerPoint(tenderness=2, threshold_kpa=312.5),
        "body_version": "1",
        "anchor": Anchor(1234, 0.25, 0.5),
        "placed_on": Body.FEMALE,
        "placed_in": "posterior",
        "side": Side.LEFT,
        "muscle": "trapezius",
        "placed_at": NOW,
    }
    return Mark(**{**given, **fields})


def zone(of: Patient, **fields: Any) -> NoNeedleZone:
    given = {
        "id": new_id(),
        "patient_id": of.id,
        "reason": ZoneReason.SCAR,
        "body_version": "1",
        "anchor": Anchor(1234, 0.25, 0.5),
        "outline": (Anchor(1, 0.0, 0.0), Anchor(2, 0.5, 0.25), Anchor(3, 0.0, 1.0)),
        "placed_on": Body.FEMALE,
        "placed_in": "anterior",
        "side": Side.LEFT,
        "drawn_at": NOW,
    }
    return NoNeedleZone(**{**given, **fields})


# Strategies ------------------------------------------------------------------------------

_characters = st.characters(
    exclude_categories=("Cs",),
    exclude_characters=[*map(chr, range(9)), *map(chr, range(11, 32)), "\x7f"],
)


def texts(longest: int = 30) -> st.SearchStrategy[str]:
    return st.text(_characters, max_size=longest)


def words(longest: int = 30) -> st.SearchStrategy[str]:
    return st.text(_characters, min_size=1, max_size=longest).filter(str.strip)


_offsets = st.one_of(
    st.just(UTC),
    # Whole seconds: Python 3.11 itself reads back +00:00:00.000001 as UTC.
    st.integers(-82_800, 82_800).map(lambda seconds: timezone(timedelta(seconds=seconds))),
    st.sampled_from(["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]).map(ZoneInfo),
)
_SINCE, _UNTIL = (NOW.replace(year=year, tzinfo=None) for year in (1900, 2200))
moments = st.datetimes(_SINCE, _UNTIL, timezones=_offsets, allow_imaginary=False)
_past_moments = st.datetimes(
    _SINCE, NOW.replace(tzinfo=None), timezones=_offsets, allow_imaginary=False
)
_past_days = st.dates(date(1880, 1, 1), TODAY)


def anchors() -> st.SearchStrategy[Anchor]:
    share = st.floats(0, 1)
    return st.builds(
        lambda triangle, b1, rest: Anchor(triangle, b1, (1 - b1) * rest),
        st.integers(0, MOST_TRIANGLES - 1),
        share,
        share,
    )


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


practitioners = st.builds(
    Practitioner,
    id=st.uuids(),
    name=words(),
    profession=texts(),
    licence_number=texts(),
    credential=texts(),
)
patients = st.builds(
    Patient,
    id=st.uuids(),
    family_name=words(),
    given_name=texts(),
    birth_date=_maybe(_past_days),
    number=words(),
    body=st.sampled_from(Body),
    phone=texts(),
    email=st.sampled_from(["", "a@b.example"]),
    warnings=st.lists(words(), max_size=3).map(tuple),
    note=texts(300),
)


def problems(of: Patient) -> st.SearchStrategy[Problem]:
    return st.builds(
        Problem,
        id=st.uuids(),
        patient_id=st.just(of.id),
        title=words(),
        side=_maybe(st.sampled_from(Side)),
        onset=_maybe(_past_days),
        goals=texts(),
        planned_sessions=_maybe(st.integers(1, 200)),
        condition=_maybe(st.sampled_from(Condition)),
        code=texts(),
        other_treatment=texts(),
    )


def zones(of: Patient) -> st.SearchStrategy[NoNeedleZone]:
    return st.builds(
        NoNeedleZone,
        id=st.uuids(),
        patient_id=st.just(of.id),
        reason=_maybe(st.sampled_from(ZoneReason)),
        note=texts(),
        body_version=texts(),
        anchor=anchors(),
        outline=st.lists(anchors(), min_size=3, max_size=5).map(tuple),
        placed_on=st.sampled_from(Body),
        placed_in=texts(),
        side=st.sampled_from(Side),
        drawn_at=moments,
    )


PICTURE_BYTES = b"The bytes of every picture: keep them before one is committed."


def pictures(of: Patient) -> st.SearchStrategy[OwnPicture]:
    return st.builds(
        OwnPicture,
        id=st.uuids(),
        patient_id=st.sampled_from([None, of.id]),
        title=words(),
        side=_maybe(st.sampled_from(Side)),
        sha256=st.just(sha256(PICTURE_BYTES).hexdigest()),
        media_type=st.sampled_from(MediaType),
        width=st.integers(1, 7000),
        height=st.integers(1, 7000),
        added_at=moments,
    )


def _in_order(visit: TreatmentSession) -> TreatmentSession:
    ended = visit.ended_at
    if ended is not None and ended < visit.started_at:
        return replace(visit, started_at=ended, ended_at=visit.started_at)
    return visit


def sessions(of: Patient, by: Practitioner, about: Problem) -> st.SearchStrategy[TreatmentSession]:
    return st.builds(
        TreatmentSession,
        id=st.uuids(),
        patient_id=st.just(of.id),
        practitioner_id=st.just(by.id),
        problem_id=st.sampled_from([None, about.id]),
        started_at=_past_moments,
        ended_at=_maybe(moments),
        status=st.sampled_from(SessionStatus),
        pain_before=_maybe(st.integers(0, 10)),
        pain_after=_maybe(st.integers(0, 10)),
        note=texts(),
    ).map(_in_order)


def _needle(stay: list[datetime], **fields: Any) -> Needle:
    """A needle that is out, or was never in: with one that is in, no session can be signed."""
    at = stay[0] if stay else None
    return Needle(in_at=at, out_at=at, **fields)


_DETAILS: dict[MarkKind, st.SearchStrategy[Details]] = {
    **{kind: st.from_type(details) for kind, details in DETAILS_OF_KIND.items()},
    MarkKind.TRIGGER_POINT: st.builds(
        TriggerPoint, tenderness=_maybe(st.integers(0, 4)), threshold_kpa=_maybe(st.floats(0, 3000))
    ),
    MarkKind.NEEDLE: st.builds(
        _needle,
        st.lists(moments, max_size=1),
        diameter_mm=_maybe(st.sampled_from(NEEDLE_DIAMETERS_MM)),
        length_mm=_maybe(st.sampled_from(NEEDLE_LENGTHS_MM)),
        depth_mm=_maybe(st.integers(0, 13)),
        passes=_maybe(st.integers(1, 200)),
        pain=_maybe(st.integers(0, 10)),
    ),
    MarkKind.TWITCH: st.builds(
        TwitchResponse,
        response=st.sampled_from([Twitch.PRESENT, Twitch.UNSURE]),
        count=_maybe(st.integers(1, 99)),
    ),
    MarkKind.SORENESS: st.builds(
        Soreness,
        intensity=_maybe(st.integers(0, 10)),
        when=st.just(SorenessTime.LATER),
        hours_after=_maybe(st.integers(6, 72)),
    ),
}


_PLAIN = any_papers.Plain(texts(), words(), moments, _past_days)


@st.composite
def marks(
    draw: st.DrawFn,
    of: TreatmentSession,
    kind: MarkKind,
    number: int,
    parent: UUID | None = None,
) -> Mark:
    shape = draw(st.sampled_from(sorted(SHAPES_OF_KIND[kind])))
    spots = 0 if shape is Shape.POINT else 3
    outline = draw(st.lists(anchors(), min_size=spots, max_size=spots + 2 if spots else 0))
    return Mark(
        id=draw(st.uuids()),
        session_id=of.id,
        number=number,
        details=draw(_DETAILS[kind]),
        shape=shape,
        body_version=draw(texts()),
        anchor=draw(anchors()),
        outline=tuple(outline),
        placed_on=draw(st.sampled_from(Body)),
        placed_in=draw(texts()),
        side=draw(st.sampled_from(Side)),
        muscle=draw(_maybe(words())),
        parent_id=parent,
        note=draw(texts()),
        placed_at=draw(moments),
    )


@st.composite
def practices(draw: st.DrawFn) -> list[Record]:
    """One of each record, with a mark of every kind, that may all be stored together."""
    who, whom = draw(practitioners), draw(patients)
    about = draw(problems(whom))
    visit = draw(sessions(whom, who, about))
    box = draw(any_papers.boxes(_PLAIN))
    details = _DETAILS[MarkKind.NEEDLE] | _DETAILS[MarkKind.TRIGGER_POINT]
    points = any_papers.point_sets(_PLAIN, details, anchors())
    beside = [draw(any_papers.scores(_PLAIN, whom, about)), draw(points)]
    beside += [draw(any_papers.links(_PLAIN, whom)), draw(any_papers.letterheads(_PLAIN))]
    count = len(MarkKind) + 1
    number, *numbers = draw(
        st.lists(st.integers(1, MOST_MARKS), min_size=count, max_size=count, unique=True)
    )
    first = draw(marks(visit, MarkKind.TRIGGER_POINT, number))
    others = [
        draw(marks(visit, kind, each, first.id))
        for kind, each in zip(MarkKind, numbers, strict=True)
    ]
    beside += [draw(zones(whom)), draw(pictures(whom))]
    papers = draw(any_papers.papers_of(_PLAIN, visit, who, box))
    records: list[Record] = [
        who, whom, about, *beside, box, visit, first, *others, *papers,
    ]  # fmt: skip
    assert not [finding for record in records for finding in check(record, TODAY)]
    return records
