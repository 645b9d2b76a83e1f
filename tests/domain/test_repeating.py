"""What is repeated of an earlier mark: what was planned, and nothing that was found or happened."""

from dataclasses import fields

import pytest
from hypothesis import given

from app.domain.identity import new_id
from app.domain.marks import (
    Activity,
    Angle,
    Details,
    Needle,
    Note,
    Reaction,
    ReferredPain,
    Soreness,
    SorenessTime,
    TautBand,
    Technique,
    TriggerPoint,
    Twitch,
    TwitchResponse,
)
from app.domain.repeating import WHY_NOT, again, planned, repeated_id
from tests.exchange.samples import any_details
from tests.helpers.marks import a_mark

PLANNED = {"diameter_mm", "length_mm", "angle", "technique"}


@given(any_details)
def test_only_what_was_planned_is_repeated(details: Details) -> None:
    for made in (planned(details), again(details) or planned(details)):
        assert type(made) is type(details)
        fresh = type(details)()
        for field in fields(made):
            value = getattr(made, field.name)
            if field.name in PLANNED:
                assert value == getattr(details, field.name)
            else:
                assert value == getattr(fresh, field.name)


@given(any_details)
def test_what_cannot_be_repeated_says_why(details: Details) -> None:
    assert again(details) is not None or details.kind in WHY_NOT


def test_a_needle_keeps_its_size_and_how_it_is_used_but_never_its_depth() -> None:
    needle = Needle(
        diameter_mm=0.25, length_mm=40, depth_mm=20, angle=Angle.OBLIQUE,
        technique=Technique.PISTONING, passes=4, pain=3,
    )  # fmt: skip
    assert again(needle) == Needle(
        diameter_mm=0.25, length_mm=40, angle=Angle.OBLIQUE, technique=Technique.PISTONING
    )


@pytest.mark.parametrize(
    "happened",
    [
        TwitchResponse(count=3),
        TwitchResponse(response=Twitch.NOT_SOUGHT),
        Reaction(),
        ReferredPain(recognised=True),
        Note(),
        Soreness(intensity=4, when=SorenessTime.AFTER),
        Soreness(when=SorenessTime.LATER, hours_after=24),
        Soreness(when=SorenessTime.DURING),
    ],
)
def test_what_happened_then_is_not_repeated(happened: Details) -> None:
    assert again(happened) is None


@pytest.mark.parametrize(
    ("earlier", "today"),
    [
        (TriggerPoint(activity=Activity.ACTIVE, tenderness=3), TriggerPoint()),
        (Soreness(intensity=6, when=SorenessTime.BEFORE), Soreness()),
        (Soreness(intensity=6), Soreness()),
        (TautBand(), TautBand()),
    ],
)
def test_places_are_repeated_without_their_findings(earlier: Details, today: Details) -> None:
    assert again(earlier) == today


def test_an_earlier_mark_has_one_id_in_a_session_and_another_in_another() -> None:
    ghost, one, other = a_mark(1), new_id(), new_id()
    assert repeated_id(ghost, one) == repeated_id(ghost, one)
    assert len({repeated_id(ghost, one), repeated_id(ghost, other), ghost.id}) == 3
    assert repeated_id(a_mark(1), one) != repeated_id(ghost, one)
