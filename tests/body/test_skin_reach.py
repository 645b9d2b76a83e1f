"""Skin within some millimetres of spots: on a sheet, and on fingers."""

import numpy as np
import pytest

from app.body.atlas import Atlas
from app.body.skin_reach import SkinReach
from app.body.skin_samples import MM_PER_DM, SkinSamples
from app.domain.anatomy import Body
from tests.helpers.meshes import plane


@pytest.fixture(scope="module")
def sheet() -> SkinSamples:
    """120 mm square."""
    return SkinSamples(plane(columns=60, rows=60, width_mm=2, height_mm=2), half_midline=0.04)


def test_of_flat_skin_as_much_is_near_as_a_circle_holds(sheet: SkinSamples) -> None:
    at = sheet.points(Body.MALE) * MM_PER_DM
    middle = np.linalg.norm(at - at.mean(axis=0), axis=1).argmin()
    near = SkinReach(sheet, Body.MALE).within(np.array([middle]), 15.0)
    assert sheet.area_mm2(Body.MALE)[near].sum() == pytest.approx(np.pi * 15**2, rel=0.03)
    away = np.linalg.norm(at - at[middle], axis=1)
    assert near[away < 14].all()
    assert not near[away > 16].any()


def test_none_is_near_to_nothing(sheet: SkinSamples) -> None:
    assert not SkinReach(sheet, Body.MALE).within(np.empty(0, dtype=np.int64), 15.0).any()


def test_what_is_near_through_the_air_alone_is_not_near(atlas: Atlas) -> None:
    """Of spots along a hand: beside a finger is the next one, less than 12 mm away."""
    skin, reach = atlas.skin, SkinReach(atlas.skin, Body.FEMALE)
    at = skin.points(Body.FEMALE) * MM_PER_DM
    outward = np.argsort(np.where(skin.left, -at[:, 0], np.inf))
    left_out = 0
    for spot in outward[:6000:200]:
        straight = np.linalg.norm(at - at[spot], axis=1)
        near = reach.within(np.array([spot]), 15.0)
        assert straight[near].max() <= 15.0 * 1.06
        left_out += int((straight[~near] < 12.0).sum())
    assert left_out > 0
