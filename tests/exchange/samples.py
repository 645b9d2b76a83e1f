"""A small practice with every kind of mark, written out by hand, and any practice at all."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from app.domain.anatomy import Anchor, Body, Side
from app.domain.audit import Action, Stamp
from app.domain.closing import Closing
from app.domain.identity import UUID, new_id
from app.domain.letterhead import Letterhead
from app.domain.marks import (
    NEEDLE_DIAMETERS_MM,
    NEEDLE_LENGTHS_MM,
    Activity,
    Angle,
    Bleeding,
    Criterion,
    Details,
    Mark,
    MarkKind,
    Needle,
    Note,
    PainQuality,
    Reaction,
    ReactionKind,
    ReferredPain,
    Sensation,
    Shape,
    Soreness,
    SorenessTime,
    Strength,
    TautBand,
    Technique,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.outcomes import Measure, OutcomeScore
from app.domain.own_zones import NoNeedleZone, ZoneReason
from app.domain.papers import HazardNotice, SessionNote
from app.domain.preparation import Consent, Preparation
from app.domain.records import (
    Patient,
    Practitioner,
    Problem,
    Record,
    SessionStatus,
    TreatmentSession,
)
from app.domain.screening import Screened, ScreeningAnswer, ScreeningItem
from app.domain.site_links import SiteLink
from app.domain.supplies import NeedleBox, PointOfSet, PointSet
from app.exchange.chart_file import export_chart, load_chart
from app.exchange.known_bodies import KnownBody
from tests.helpers import any_papers
from tests.helpers.pictures import png

TODAY = date(2026, 11, 22)
BODY_VERSION = "test-1"
VIEWS = ("anterior", "posterior")
BODIES = {BODY_VERSION: KnownBody(1000, dict.fromkeys(Body, VIEWS))}
ZONE = timezone(timedelta(hours=5, minutes=45))

_DETAILS: tuple[tuple[Details, Shape], ...] = (
    (
        TriggerPoint(
            activity=Activity.ACTIVE,
            criteria=frozenset({Criterion.TAUT_BAND, Criterion.RECOGNISED_PAIN}),
            tenderness=3,
            threshold_kpa=212.5,
        ),
        Shape.POINT,
    ),
    (TwitchResponse(count=3, strength=Strength.STRONG), Shape.POINT),
    (Soreness(intensity=6, when=SorenessTime.LATER, hours_after=24), Shape.AREA),
    (ReferredPain(quality=PainQuality.ACHING, recognised=False), Shape.AREA),
    (TautBand(), Shape.LINE),
    (Reaction(reaction=ReactionKind.BRUISE), Shape.POINT),
    (Note(), Shape.POINT),
    (
        Needle(
            diameter_mm=0.3,
            length_mm=40,
            depth_mm=20,
            technique=Technique.PISTONING,
            in_at=datetime(2026, 11, 2, 9, 5, tzinfo=ZONE),
            out_at=datetime(2026, 11, 2, 9, 15, tzinfo=ZONE),
            sensations=frozenset({Sensation.DULL_ACHE}),
            bleeding=Bleeding.NONE,
        ),
        Shape.POINT,
    ),
)


def make_id(number: int) -> UUID:
    return UUID(f"01900000-0000-7000-8000-{number:012}")


def sample_records() -> list[Record]:
    """1 practitioner (1), 2 patients (11, 12), 2 problems (21, 22), 4 sessions (31-34) of eight
    marks (41-48, 51-58, ...); the second mark of each session belongs to the first. The first
    patient has a no-needle zone (81)."""
    records: list[Record] = [Practitioner(id=make_id(1), name="Léa Brönnimann")]
    for nth, body in enumerate(Body):
        patient = Patient(
            id=make_id(11 + nth),
            family_name="Nguyễn",
            birth_date=date(1987, 3, 14),
            number=f"DEMO-{nth}",
            body=body,
            warnings=("Anticoagulant",),
        )
        problem = Problem(id=make_id(21 + nth), patient_id=patient.id, title="Neck pain")
        records += [patient, problem]
    records.append(
        NoNeedleZone(
            id=make_id(81),
            patient_id=make_id(11),
            reason=ZoneReason.PACEMAKER,
            note="2024, left",
            body_version=BODY_VERSION,
            anchor=Anchor(5, 0.1, 0.2),
            outline=tuple(Anchor(triangle, 0.25, 0.5) for triangle in (4, 5, 6)),
            placed_on=Body.FEMALE,
            placed_in="anterior",
            side=Side.LEFT,
            drawn_at=datetime(2026, 11, 2, 9, 20, tzinfo=ZONE),
        )
    )
    for nth in range(4):
        records += _sample_session(nth)
    return records + _sample_papers()


def _sample_papers() -> list[Record]:
    """Box (82), protocol (83), letterhead, score (84), link (89); papers of the first session
    (85-88).
    """
    of = {"session_id": make_id(31)}
    point = PointOfSet(
        details=Reaction(),
        body_version=BODY_VERSION,
        anchor=Anchor(5, 0.1, 0.2),
        placed_on=Body.FEMALE,
        placed_in="posterior",
        side=Side.LEFT,
    )
    return [
        NeedleBox(id=make_id(82), manufacturer="Maker", lot="L 7", expires_on=date(2028, 1, 1)),
        PointSet(id=make_id(83), name="Neck", points=(point,)),
        Letterhead(name="Praxis", lines=("Seeweg 3", "Zürich"), logo=png(30, 20)),
        SiteLink(
            id=make_id(89),
            patient_id=make_id(11),
            mark_id=make_id(51),
            earlier_id=make_id(41),
            said_at=datetime(2026, 11, 3, 9, 20, tzinfo=ZONE),
        ),
        OutcomeScore(
            id=make_id(84),
            patient_id=make_id(11),
            problem_id=make_id(21),
            measure=Measure.NDI,
            score=17,
            measured_on=date(2026, 11, 2),
        ),
        Preparation(
            id=make_id(85),
            **of,
            screened=(Screened(item=ScreeningItem.PREGNANCY, answer=ScreeningAnswer.NO),),
            consent=Consent.WRITTEN,
            box_id=make_id(82),
        ),
        Closing(id=make_id(86), **of, no_adverse_events=True),
        SessionNote(id=make_id(87), **of, plan="again in a week"),
        HazardNotice(
            id=make_id(88),
            **of,
            mark_id=make_id(41),
            zone="lung_apex",
            words="A lung lies under it.",
            shown_at=datetime(2026, 11, 2, 9, 20, tzinfo=ZONE),
        ),
    ]


def _sample_session(nth: int) -> list[Record]:
    start = datetime(2026, 11, 2, 9, 0, 0, 123, tzinfo=ZONE) + timedelta(days=nth)
    session = TreatmentSession(
        id=make_id(31 + nth),
        patient_id=make_id(11 + nth // 2),
        practitioner_id=make_id(1),
        problem_id=make_id(21 + nth // 2),
        started_at=start,
        pain_before=7,
    )
    marks = [
        Mark(
            id=make_id(41 + 10 * nth + at),
            session_id=session.id,
            number=at + 1,
            details=details,
            shape=shape,
            body_version=BODY_VERSION,
            anchor=Anchor(at, 0.1, 0.2),
            outline=()
            if shape is Shape.POINT
            else (Anchor(1, 0.0, 1.0), *[Anchor(2, 0.3, 0.3)] * 2),
            placed_on=Body.MALE,
            placed_in="posterior",
            side=Side.RIGHT,
            parent_id=make_id(41 + 10 * nth) if at == 1 else None,
            note="keep away" if at == 6 else "",
            placed_at=start + timedelta(minutes=at),
        )
        for at, (details, shape) in enumerate(_DETAILS)
    ]
    return [session, *marks]


SAMPLE_COUNT = len(sample_records())


def sample_document(folder: Path) -> dict[str, Any]:
    """The chart file of ``sample_records``, parsed."""
    export_chart(sample_records(), folder / "sample.json")
    document: dict[str, Any] = json.loads((folder / "sample.json").read_text(encoding="utf-8"))
    return document


def read_chart(path: Path) -> list[Record]:
    return [placed.record for placed in load_chart(path, TODAY, BODIES)]


def stamp() -> Stamp:
    return Stamp(step=new_id(), action=Action.DO, at=datetime(2026, 11, 22, tzinfo=UTC))


_text = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30)
_name = _text.filter(str.strip)
_scale = st.none() | st.integers(0, 10)
_offsets = st.timedeltas(timedelta(hours=-14), timedelta(hours=14)).map(
    lambda offset: timezone(timedelta(minutes=offset // timedelta(minutes=1)))
)
_moments = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=_offsets,
)
_past_moments = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001
    datetime(TODAY.year, TODAY.month, TODAY.day),  # noqa: DTZ001
    timezones=_offsets,
)
_days = st.dates(date(1900, 1, 1), TODAY)


@st.composite
def _anchors(draw: st.DrawFn) -> Anchor:
    b1 = draw(st.floats(0, 1))
    return Anchor(draw(st.integers(0, 999)), b1, draw(st.floats(0, 1 - b1)))


def _maybe(values: Any) -> Any:
    return st.none() | st.sampled_from(values)


def _with_times(needle: Needle) -> st.SearchStrategy[Needle]:
    """Never in, in, or out too: not before it went in."""
    both = st.tuples(_moments, _moments).map(sorted)
    return st.one_of(
        st.just(needle),
        _moments.map(lambda at: replace(needle, in_at=at)),
        both.map(lambda two: replace(needle, in_at=two[0], out_at=two[1])),
    )


_points = st.one_of(
    st.builds(
        TriggerPoint,
        activity=_maybe(Activity),
        criteria=st.frozensets(st.sampled_from(Criterion)),
        tenderness=st.none() | st.integers(0, 4),
        threshold_kpa=st.none() | st.floats(0, 3000),
    ),
    st.builds(
        Needle,
        diameter_mm=_maybe(NEEDLE_DIAMETERS_MM),
        length_mm=_maybe(NEEDLE_LENGTHS_MM),
        depth_mm=st.none() | st.integers(0, 13),
        angle=_maybe(Angle),
        technique=_maybe(Technique),
        stay_s=st.none() | st.integers(0, 7200),
        passes=st.none() | st.integers(1, 200),
        sensations=st.frozensets(st.sampled_from(Sensation)),
        pain=_scale,
        bleeding=_maybe(Bleeding),
    ).flatmap(_with_times),
    st.builds(
        TwitchResponse, response=st.just(Twitch.UNSURE), count=st.none() | st.integers(1, 99)
    ),
    st.builds(Reaction, reaction=_maybe(ReactionKind)),
    st.just(Note()),
)
_areas = st.one_of(
    st.builds(
        Soreness,
        intensity=_scale,
        when=st.just(SorenessTime.LATER),
        hours_after=st.none() | st.integers(6, 72),
    ),
    st.builds(ReferredPain, quality=_maybe(PainQuality), recognised=st.none() | st.booleans()),
    st.just(TautBand()),
)


any_details = _points | _areas
"""What a mark of any kind may hold."""


@st.composite
def _marks(draw: st.DrawFn, session_id: UUID, number: int, parent_id: UUID | None) -> Mark:
    details = draw(any_details)
    shape = Shape.LINE if details.kind is MarkKind.TAUT_BAND else Shape.POINT
    if isinstance(details, Soreness | ReferredPain):
        shape = Shape.AREA
    fewest, most = (0, 0) if shape is Shape.POINT else (3, 6)
    outline = draw(st.lists(_anchors(), min_size=fewest, max_size=most))
    return Mark(
        id=draw(st.uuids(version=4)),
        session_id=session_id,
        number=number,
        details=details,
        shape=shape,
        body_version=BODY_VERSION,
        anchor=draw(_anchors()),
        outline=tuple(outline),
        placed_on=draw(st.sampled_from(Body)),
        placed_in=draw(st.sampled_from(VIEWS)),
        side=draw(st.sampled_from(Side)),
        muscle=draw(st.none() | _text),
        parent_id=parent_id,
        note=draw(_text),
        placed_at=draw(_moments),
    )


def _zones(patient_id: UUID) -> st.SearchStrategy[NoNeedleZone]:
    return st.builds(
        NoNeedleZone,
        id=st.uuids(version=4),
        patient_id=st.just(patient_id),
        reason=_maybe(ZoneReason),
        note=_text,
        body_version=st.just(BODY_VERSION),
        anchor=_anchors(),
        outline=st.lists(_anchors(), min_size=3, max_size=6).map(tuple),
        placed_on=st.sampled_from(Body),
        placed_in=st.sampled_from(VIEWS),
        side=st.sampled_from(Side),
        drawn_at=_moments,
    )


_PLAIN = any_papers.Plain(_text, _name, _moments, _days)
_point_sets = any_papers.point_sets(_PLAIN, _points, _anchors())


@st.composite
def any_records(draw: st.DrawFn) -> list[Record]:
    """Valid records of a small practice, with references that hold."""
    ids = st.uuids(version=4)
    who = Practitioner(id=draw(ids), name=draw(_name), credential=draw(_text))
    heads = draw(st.lists(any_papers.letterheads(_PLAIN), max_size=1))
    records: list[Record] = [who, *heads]
    for nth in range(draw(st.integers(0, 2))):
        patient = Patient(
            id=draw(ids),
            family_name=draw(_name),
            given_name=draw(_text),
            birth_date=draw(st.none() | _days),
            number=str(nth),
            body=draw(st.sampled_from(Body)),
            warnings=tuple(draw(st.lists(_name, max_size=2))),
            note=draw(_text),
        )
        problem = Problem(
            id=draw(ids),
            patient_id=patient.id,
            title=draw(_name),
            side=draw(_maybe(Side)),
            onset=draw(st.none() | _days),
            planned_sessions=draw(st.none() | st.integers(1, 200)),
        )
        session = TreatmentSession(
            id=draw(ids),
            patient_id=patient.id,
            practitioner_id=who.id,
            problem_id=draw(st.sampled_from((problem.id, None))),
            started_at=draw(_past_moments),
            status=draw(st.sampled_from(SessionStatus)),
            pain_before=draw(_scale),
        )
        box = draw(any_papers.boxes(_PLAIN))
        records += [patient, problem, box, session]
        records += [draw(any_papers.scores(_PLAIN, patient, problem)), draw(_point_sets)]
        records.append(draw(any_papers.links(_PLAIN, patient)))
        records += draw(st.lists(_zones(patient.id), max_size=2))
        records += draw(any_papers.papers_of(_PLAIN, session, who, box))
        parent_id = None
        for number in range(1, 1 + draw(st.integers(0, 3))):
            mark = draw(_marks(session.id, number, parent_id))
            if session.status.is_locked and isinstance(mark.details, Needle):
                # none is in where a session is signed
                mark = replace(mark, details=replace(mark.details, out_at=mark.details.in_at))
            parent_id = draw(st.sampled_from((mark.id, None)))
            records.append(mark)
    return records
