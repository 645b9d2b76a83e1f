"""What may be stored, and the sentence that says why something may not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.domain.anatomy import Anchor, Body, Side
from app.domain.errors import InvalidRecordError
from app.domain.identity import new_id
from app.domain.marks import (
    SHAPES_OF_KIND,
    Activity,
    Details,
    Mark,
    MarkKind,
    Needle,
    Note,
    ReferredPain,
    Shape,
    Soreness,
    SorenessTime,
    Strength,
    TautBand,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.records import Patient, Practitioner, Problem, Record, TreatmentSession
from app.domain.rules import MOST_MARKS, check, require

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAIVE = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - a time without its zone is what is tested
SPOT = Anchor(7, 0.25, 0.5)

WHO = Practitioner(id=new_id(), name="Ada Nadel")
WHOM = Patient(id=new_id(), family_name="Muster", number="1", body=Body.FEMALE)
WHAT = Problem(id=new_id(), patient_id=WHOM.id, title="Neck pain")
WHEN = TreatmentSession(id=new_id(), patient_id=WHOM.id, practitioner_id=WHO.id, started_at=NOW)
POINT = Mark(
    id=new_id(), session_id=WHEN.id, number=1, details=TriggerPoint(), body_version="1",
    anchor=SPOT, placed_on=Body.FEMALE, placed_in="posterior", side=Side.LEFT, placed_at=NOW,
)  # fmt: skip


def fields(record: Record) -> list[str]:
    return [finding.field for finding in check(record, TODAY)]


def with_details(details: Details) -> Mark:
    return replace(POINT, details=details)


@pytest.mark.parametrize("record", [WHO, WHOM, WHAT, WHEN, POINT], ids=lambda r: type(r).__name__)
def test_a_plain_record_may_be_stored(record: Record) -> None:
    assert fields(record) == []
    require(record, TODAY)


def test_a_refusal_names_the_first_field_and_keeps_all_findings() -> None:
    with pytest.raises(InvalidRecordError, match="Enter the family name") as refused:
        require(replace(WHOM, family_name=" ", number=""), TODAY)
    assert [finding.field for finding in refused.value.findings] == ["family_name", "number"]


_REFUSED: list[tuple[Record, dict[str, Any]]] = [
    (WHO, {"name": " "}),
    (WHO, {"name": "x" * 121}),
    (WHO, {"profession": "x" * 501}),
    (WHO, {"licence_number": "\x00"}),
    (WHO, {"credential": "\x1b[31m"}),
    (WHOM, {"family_name": ""}),
    (WHOM, {"given_name": "x" * 121}),
    (WHOM, {"number": "\t"}),
    (WHOM, {"number": "1" * 41}),
    (WHOM, {"birth_date": TODAY + timedelta(days=1)}),
    (WHOM, {"birth_date": date(1879, 12, 31)}),
    (WHOM, {"phone": "\x07"}),
    (WHOM, {"email": "ada"}),
    (WHOM, {"email": "ada@nadel"}),
    (WHOM, {"email": "a b@nadel.example"}),
    (WHOM, {"warnings": ("Anticoagulant", " ")}),
    (WHOM, {"warnings": ("x" * 121,)}),
    (WHOM, {"note": "x" * 20_001}),
    (WHOM, {"note": "half a smile \ud83d"}),
    (WHOM, {"note": "\x7f"}),
    (WHAT, {"title": ""}),
    (WHAT, {"title": "x" * 121}),
    (WHAT, {"goals": "\x0b"}),
    (WHAT, {"onset": TODAY + timedelta(days=1)}),
    (WHAT, {"planned_sessions": 0}),
    (WHAT, {"planned_sessions": 201}),
    (WHEN, {"started_at": NAIVE}),
    (WHEN, {"started_at": NOW + timedelta(days=1)}),
    (WHEN, {"ended_at": NAIVE}),
    (WHEN, {"ended_at": NOW - timedelta(seconds=1)}),
    (WHEN, {"pain_before": -1}),
    (WHEN, {"pain_after": 11}),
    (WHEN, {"pain_after": float("nan")}),
    (WHEN, {"note": "\x01"}),
    (POINT, {"number": 0}),
    (POINT, {"number": MOST_MARKS + 1}),
    (POINT, {"placed_at": NAIVE}),
    (POINT, {"note": "x" * 20_001}),
    (POINT, {"muscle": "x" * 121}),
    (POINT, {"placed_in": "\x00"}),
    (POINT, {"body_version": "x" * 121}),
    (POINT, {"parent_id": POINT.id}),
    (POINT, {"outline": (SPOT,)}),
    (POINT, {"shape": Shape.AREA, "outline": (SPOT, SPOT, SPOT)}),
]


@pytest.mark.parametrize(("record", "change"), _REFUSED)
def test_a_field_that_breaks_a_rule_is_named(record: Record, change: dict[str, Any]) -> None:
    found = fields(replace(record, **change))
    named = "shape" if "shape" in change else next(iter(change))
    assert set(found) == {named}


_ALLOWED: list[tuple[Record, dict[str, Any]]] = [
    (WHO, {"name": "x" * 120, "profession": "Physiotherapist"}),
    (WHOM, {"birth_date": TODAY}),
    (WHOM, {"birth_date": date(1880, 1, 1)}),
    (WHOM, {"email": "ada@nadel.example", "warnings": ("Anticoagulant",)}),
    (WHOM, {"note": "two\nlines\tand a smile 🙂", "family_name": "Šťastná"}),
    (WHAT, {"onset": TODAY, "planned_sessions": 200}),
    (WHEN, {"ended_at": NOW, "pain_before": 0, "pain_after": 10}),
    (POINT, {"number": MOST_MARKS, "muscle": "trapezius"}),
]


@pytest.mark.parametrize(("record", "change"), _ALLOWED)
def test_what_lies_at_the_limit_may_be_stored(record: Record, change: dict[str, Any]) -> None:
    assert fields(replace(record, **change)) == []


_WRONG_DETAILS: list[tuple[Details, str]] = [
    (TriggerPoint(tenderness=5), "trigger_point.tenderness"),
    (TriggerPoint(tenderness=-1), "trigger_point.tenderness"),
    (TriggerPoint(threshold_kpa=float("nan")), "trigger_point.threshold_kpa"),
    (TriggerPoint(threshold_kpa=float("inf")), "trigger_point.threshold_kpa"),
    (Needle(diameter_mm=0.31), "needle.diameter_mm"),
    (Needle(length_mm=41), "needle.length_mm"),
    (Needle(length_mm=25, depth_mm=26), "needle.depth_mm"),
    (Needle(depth_mm=151), "needle.depth_mm"),
    (Needle(passes=0), "needle.passes"),
    (Needle(pain=11), "needle.pain"),
    (Needle(in_at=NAIVE), "needle.in_at"),
    (Needle(in_at=NOW, out_at=NAIVE), "needle.out_at"),
    (Needle(out_at=NOW), "needle.out_at"),
    (Needle(in_at=NOW, out_at=NOW - timedelta(seconds=1)), "needle.out_at"),
    (Needle(stay_s=-1), "needle.stay_s"),
    (Needle(stay_s=2 * 60 * 60 + 1), "needle.stay_s"),
    (TwitchResponse(count=0), "twitch_response.count"),
    (TwitchResponse(count=100), "twitch_response.count"),
    (TwitchResponse(response=Twitch.ABSENT, count=1), "twitch_response.count"),
    (TwitchResponse(response=Twitch.NOT_SOUGHT, strength=Strength.WEAK), "twitch_response.count"),
    (Soreness(intensity=11), "soreness.intensity"),
    (Soreness(when=SorenessTime.LATER, hours_after=5), "soreness.hours_after"),
    (Soreness(when=SorenessTime.LATER, hours_after=73), "soreness.hours_after"),
    (Soreness(when=SorenessTime.AFTER, hours_after=24), "soreness.hours_after"),
]


@pytest.mark.parametrize(("details", "field"), _WRONG_DETAILS)
def test_details_that_break_a_rule_are_named(details: Details, field: str) -> None:
    assert fields(with_details(details)) == [field]


@pytest.mark.parametrize(
    "details",
    [
        TriggerPoint(activity=Activity.ACTIVE, tenderness=4, threshold_kpa=312.5),
        Needle(diameter_mm=0.30, length_mm=40, depth_mm=40, passes=200, pain=10, in_at=NOW),
        Needle(depth_mm=150),
        TwitchResponse(response=Twitch.UNSURE, count=99, strength=Strength.STRONG),
        TwitchResponse(response=Twitch.ABSENT),
        Soreness(intensity=0, when=SorenessTime.LATER, hours_after=72),
        Note(),
    ],
)
def test_details_at_the_limit_may_be_stored(details: Details) -> None:
    assert fields(with_details(details)) == []


@pytest.mark.parametrize(
    "anchor",
    [
        Anchor(-1, 0.2, 0.2),
        Anchor(10**12, 0.2, 0.2),
        Anchor(1, -0.1, 0.2),
        Anchor(1, 0.2, -0.1),
        Anchor(1, 0.6, 0.6),
        Anchor(1, float("nan"), 0.2),
        Anchor(1, 0.2, float("inf")),
    ],
)
def test_an_anchor_beside_every_triangle_is_refused(anchor: Anchor) -> None:
    assert fields(replace(POINT, anchor=anchor)) == ["anchor"]
    area = replace(POINT, details=Soreness(), shape=Shape.AREA, outline=(SPOT, SPOT, anchor))
    assert fields(area) == ["anchor"]  # said once, however many spots are wrong


@pytest.mark.parametrize("kind", MarkKind)
@pytest.mark.parametrize("shape", Shape)
def test_a_kind_has_only_its_own_shapes(kind: MarkKind, shape: Shape) -> None:
    from app.domain.marks import DETAILS_OF_KIND

    outline = () if shape is Shape.POINT else (SPOT, SPOT, SPOT)
    mark = replace(POINT, details=DETAILS_OF_KIND[kind](), shape=shape, outline=outline)
    assert fields(mark) == ([] if shape in SHAPES_OF_KIND[kind] else ["shape"])


def test_an_area_and_a_line_need_their_spots() -> None:
    area = replace(POINT, details=ReferredPain(), shape=Shape.AREA, outline=(SPOT, SPOT))
    band = replace(POINT, details=TautBand(), shape=Shape.LINE, outline=(SPOT,))
    assert fields(area) == fields(band) == ["outline"]
    assert fields(replace(band, outline=(SPOT, SPOT))) == []


def test_a_sentence_says_a_or_an() -> None:
    area = replace(POINT, shape=Shape.AREA, outline=(SPOT, SPOT, SPOT))
    line = replace(POINT, shape=Shape.LINE, outline=(SPOT, SPOT))
    said = [finding.message for mark in (area, line) for finding in check(mark, TODAY)]
    assert said == ["A trigger point cannot be an area.", "A trigger point cannot be a line."]


def test_every_sentence_says_what_to_do_or_what_is_wrong() -> None:
    for record, change in _REFUSED:
        for finding in check(replace(record, **change), TODAY):
            assert finding.message[0].isupper()
            assert finding.message.endswith(".")


def test_a_depth_is_said_to_be_greater_than_the_needle() -> None:
    (finding,) = check(with_details(Needle(length_mm=25, depth_mm=26)), TODAY)
    assert finding.message == (
        "26 mm is deeper than the needle is long, 25 mm. Check depth and length."
    )
    assert check(with_details(Needle(length_mm=25, depth_mm=25)), TODAY) == []
    assert check(with_details(Needle(depth_mm=150)), TODAY) == []
