"""How records are read: in the window, in lists and on paper."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest

from app.domain import anatomy, audit, marks, records
from app.domain.identity import new_id
from app.domain.marks import (
    DETAILS_OF_KIND,
    Activity,
    Angle,
    Bleeding,
    Criterion,
    Details,
    MarkKind,
    Needle,
    Note,
    PainQuality,
    Reaction,
    ReactionKind,
    ReferredPain,
    Sensation,
    Soreness,
    SorenessTime,
    Strength,
    TautBand,
    Technique,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.words import (
    SIDE_LETTERS,
    attributes,
    counted,
    counts_line,
    kind_name,
    kind_title,
    local_day,
    local_time,
    short_counts_line,
    word,
)
from tests.domain.test_rules import POINT

NOON = datetime(2026, 3, 2, 12, 0, 5, tzinfo=UTC)
ENUMS = [
    value
    for module in (anatomy, audit, marks, records)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
]


@pytest.mark.parametrize("words", ENUMS, ids=lambda enum: enum.__name__)
def test_every_value_reads_as_words(words: type[StrEnum]) -> None:
    for value in words:
        assert word(value) == word(value).strip().lower()
        assert "_" not in word(value)


@pytest.mark.parametrize("kind", MarkKind)
def test_every_kind_is_counted_in_singular_and_plural(kind: MarkKind) -> None:
    one, two = counted(kind, 1), counted(kind, 2)
    assert one.startswith("1 ")
    assert two == f"2 {one[2:]}s"
    assert counted(kind, 0) == f"0 {two[2:]}"
    assert kind_title(kind) == kind_name(kind).capitalize()


def test_counts_come_in_the_order_of_the_kinds() -> None:
    counts = {MarkKind.TWITCH: 2, MarkKind.TRIGGER_POINT: 1, MarkKind.NOTE: 0}
    assert counts_line(counts) == "1 trigger point, 2 twitch responses"
    assert short_counts_line(counts) == "1 trigger · 2 twitch"
    assert counts_line({}) == short_counts_line({}) == ""
    for kind in MarkKind:
        assert short_counts_line({kind: 3}).startswith("3 ")


def test_each_side_has_a_letter_of_its_own() -> None:
    assert sorted(SIDE_LETTERS.values()) == ["L", "M", "R"]
    assert set(SIDE_LETTERS) == set(anatomy.Side)


@pytest.mark.parametrize("kind", MarkKind)
def test_what_was_not_recorded_is_not_mentioned(kind: MarkKind) -> None:
    said = attributes(replace(POINT, details=DETAILS_OF_KIND[kind]()))
    assert said == (["present, not counted"] if kind is MarkKind.TWITCH else [])


@pytest.mark.parametrize(
    ("details", "phrases"),
    [
        (
            TriggerPoint(
                activity=Activity.ACTIVE,
                criteria=frozenset({Criterion.TAUT_BAND, Criterion.RECOGNISED_PAIN}),
                tenderness=3,
                threshold_kpa=312.5,
            ),
            ["active", "tenderness III", "recognised pain", "taut band", "threshold 312.5 kPa"],
        ),
        (TriggerPoint(tenderness=0), ["tenderness 0"]),
        (TwitchResponse(count=1), ["1 twitch"]),
        (TwitchResponse(count=3, strength=Strength.STRONG), ["3 twitches", "strong"]),
        (TwitchResponse(response=Twitch.ABSENT), ["absent"]),
        (TwitchResponse(response=Twitch.UNSURE, count=2), ["2 twitches", "unsure"]),
        (Soreness(intensity=0), ["0 of 10"]),
        (
            Soreness(intensity=4, quality=PainQuality.ACHING, when=SorenessTime.AFTER),
            ["4 of 10", "aching", "after needling"],
        ),
        (Soreness(when=SorenessTime.LATER), ["later"]),
        (Soreness(when=SorenessTime.LATER, hours_after=24), ["24 h after"]),
        (ReferredPain(quality=PainQuality.SHARP, recognised=True), ["sharp", "recognised"]),
        (ReferredPain(recognised=False), ["not recognised"]),
        (Reaction(reaction=ReactionKind.FAINT), ["faint"]),
        (TautBand(), []),
        (Note(), []),
        (Needle(diameter_mm=0.3), ["0.30 mm thick"]),
        (Needle(length_mm=40), ["40 mm long"]),
        (Needle(passes=1, bleeding=Bleeding.NONE), ["1 pass", "no bleeding"]),
        (
            Needle(
                diameter_mm=0.25, length_mm=40, depth_mm=0, angle=Angle.OBLIQUE,
                technique=Technique.PISTONING, in_at=NOON, out_at=NOON, passes=6, pain=0,
                sensations=frozenset({Sensation.HEAVINESS, Sensation.DULL_ACHE}),
                bleeding=Bleeding.SPOT,
            ),
            [
                "0.25 × 40 mm", "0 mm deep", "oblique", "pistoning", "in 12:00:05",
                "out 12:00:05", "6 passes", "dull ache", "heaviness", "pain 0 of 10",
                "bleeding: spot",
            ],
        ),
    ],

)  # fmt: skip
def test_what_was_recorded_is_said_in_short_phrases(details: Details, phrases: list[str]) -> None:
    assert attributes(replace(POINT, details=details)) == phrases


def test_a_patient_is_called_by_the_names_that_are_known() -> None:
    whom = records.Patient(id=new_id(), family_name="Muster", number="1", body=anatomy.Body.MALE)
    assert whom.full_name == "Muster"
    assert replace(whom, given_name="Ida").full_name == "Ida Muster"


def test_ids_are_unique_and_come_in_the_order_of_their_making() -> None:
    made = [new_id() for _each in range(1000)]
    assert made == sorted(set(made))
    assert {each.version for each in made} == {7}


def test_a_day_is_that_of_the_wall_where_it_was_recorded() -> None:
    late = datetime(2026, 3, 14, 23, 30, 5, tzinfo=timezone(timedelta(hours=-8)))
    assert local_day(late) == date(2026, 3, 14)  # 15 March in Europe, and in UTC
    assert local_time(late) == "23:30"
    assert local_time(late, seconds=True) == "23:30:05"
