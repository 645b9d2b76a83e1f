"""A spot that was picked in one picture is the same spot in every other one."""

from itertools import permutations

import numpy as np
import pytest

from app.body.atlas import Atlas
from app.domain.anatomy import Body
from tests.helpers.skin import VIEWS, skin_anchors

POINTS = 400


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("view", VIEWS)
def test_a_picked_spot_is_seen_in_its_own_picture_at_the_very_pixel(
    atlas: Atlas, body: Body, view: str
) -> None:
    picked = skin_anchors(atlas, body, view, POINTS)
    assert len(picked) > POINTS * 0.8
    for x, y, anchor in picked:
        spot = atlas.locate(anchor, body, view)
        assert spot.visible
        assert (spot.x, spot.y) == pytest.approx((x, y), abs=1e-6)


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize(("first", "second"), list(permutations(VIEWS, 2)))
def test_from_picture_to_picture_and_back_no_spot_moves(
    atlas: Atlas, body: Body, first: str, second: str
) -> None:
    shared = 0
    for x, y, anchor in skin_anchors(atlas, body, first, POINTS, seed=1):
        there = atlas.locate(anchor, body, second)
        if not there.visible:
            continue
        shared += 1
        again = atlas.pick(body, second, there.x, there.y)
        assert again is not None
        back = atlas.locate(again, body, first)
        assert back.visible
        assert np.hypot(back.x - x, back.y - y) < 0.01
    opposite = {first, second} in ({"anterior", "posterior"}, {"left", "right"})
    assert shared == 0 if opposite else shared > POINTS * 0.1


@pytest.mark.parametrize("view", VIEWS)
def test_a_spot_of_one_body_lies_at_the_same_height_of_the_other(atlas: Atlas, view: str) -> None:
    picked = skin_anchors(atlas, Body.FEMALE, view, POINTS, seed=2)
    on_male = [atlas.locate(anchor, Body.MALE, view) for _x, _y, anchor in picked]
    heights = [(y / 2048, spot.y / 2048) for (_x, y, _a), spot in zip(picked, on_male, strict=True)]
    apart = np.abs(np.diff(np.array(heights), axis=1))
    assert apart.max() < 0.06
    assert np.median(apart) < 0.02
    assert np.mean([spot.visible for spot in on_male]) > 0.93


@pytest.mark.parametrize("view", VIEWS)
def test_a_spot_of_one_body_lies_on_the_same_side_of_the_other(atlas: Atlas, view: str) -> None:
    for _x, _y, anchor in skin_anchors(atlas, Body.FEMALE, view, POINTS, seed=3):
        female, male = (float(atlas.mesh.point(anchor, body)[0]) for body in Body)
        assert abs(female) < 0.15 or female * male > 0


def test_spots_names_every_view_of_a_body(atlas: Atlas) -> None:
    _x, _y, anchor = skin_anchors(atlas, Body.MALE, "left", 5)[0]
    spots = atlas.spots(anchor, Body.MALE)
    assert tuple(spots) == VIEWS
    assert spots["left"] == atlas.locate(anchor, Body.MALE, "left")


def test_a_spot_of_another_mesh_is_refused(atlas: Atlas) -> None:
    from app.domain.anatomy import Anchor

    for triangle in (-1, len(atlas.mesh.triangles)):
        with pytest.raises(IndexError, match="no triangle"):
            atlas.mesh.point(Anchor(triangle, 0.2, 0.2), Body.MALE)


def test_many_spots_at_once_are_the_spots_one_by_one(atlas: Atlas) -> None:
    anchors = tuple(anchor for _x, _y, anchor in skin_anchors(atlas, Body.MALE, "right", 50))
    together = atlas.mesh.points(anchors, Body.MALE)
    one_by_one = [atlas.mesh.point(anchor, Body.MALE) for anchor in anchors]
    np.testing.assert_allclose(together, one_by_one)
