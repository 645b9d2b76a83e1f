"""When a needle calls for a notice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.body.muscles import Severity
from app.domain.anatomy import Side
from app.domain.hazard_rule import (
    CHEST_ZONES,
    LONG_NEEDLE_MM,
    Needled,
    both_sides_of_chest,
    reasons,
)
from app.domain.marks import NEEDLE_LENGTHS_MM, Needle, Technique

any_needles = st.builds(
    Needle,
    length_mm=st.none() | st.sampled_from(NEEDLE_LENGTHS_MM),
    depth_mm=st.none() | st.integers(0, 150),
    technique=st.none() | st.sampled_from(Technique),
)


@given(any_needles)
def test_the_rule_is_the_one_that_was_proposed(needle: Needle) -> None:
    long = needle.length_mm is not None and needle.length_mm >= 30
    grave = long or needle.depth_mm is None or needle.technique is Technique.PISTONING
    assert bool(reasons(needle)) == grave


@pytest.mark.parametrize(
    ("needle", "said"),
    [
        (Needle(length_mm=25, depth_mm=10), ()),
        (Needle(length_mm=30, depth_mm=10), ("30 mm long",)),
        (Needle(length_mm=25), ("depth not recorded",)),
        (Needle(length_mm=25, depth_mm=0), ()),
        (Needle(depth_mm=9, technique=Technique.PISTONING), ("pistoning",)),
        (
            Needle(length_mm=50, technique=Technique.PISTONING),
            ("50 mm long", "depth not recorded", "pistoning"),
        ),
    ],
)
def test_each_reason_is_named(needle: Needle, said: tuple[str, ...]) -> None:
    assert reasons(needle) == said


def test_the_threshold_is_a_length_that_needles_have() -> None:
    assert LONG_NEEDLE_MM in NEEDLE_LENGTHS_MM


_places = st.builds(
    Needled,
    zones=st.frozensets(st.sampled_from([*sorted(CHEST_ZONES), "kidney", "sternum"]), max_size=3),
    side=st.sampled_from(Side),
)


@given(st.lists(_places, max_size=6))
def test_both_sides_are_two_needles_over_two_lungs(places: list[Needled]) -> None:
    over = [place.side for place in places if place.zones & CHEST_ZONES]
    assert both_sides_of_chest(places) == (Side.LEFT in over and Side.RIGHT in over)


def test_a_needle_in_the_midline_is_on_neither_side() -> None:
    chest = frozenset({"posterior_thorax"})
    assert not both_sides_of_chest([Needled(chest, Side.LEFT), Needled(chest, Side.MIDLINE)])
    assert both_sides_of_chest([Needled(chest, Side.LEFT), Needled(chest, Side.RIGHT)])


def test_the_zones_of_the_chest_are_known_and_high() -> None:
    from app.body.atlas import Atlas
    from app.paths import BODY_MAPS

    zones = {zone.id: zone for zone in Atlas.load(BODY_MAPS).anatomy.zones}
    assert zones.keys() >= CHEST_ZONES
    assert all(zones[each].severity is Severity.HIGH for each in CHEST_ZONES)
