"""Close-ups: which one fits a spot, and that marks are the same in all of them."""

from itertools import pairwise

import numpy as np
import pytest

from app.body.atlas import Atlas
from app.body.mesh import Pose
from app.domain.anatomy import Anchor, Body, Side
from tests.helpers.skin import circle, part_name, skin_anchors

CLOSE_UPS = [
    "head_neck_left", "shoulder_right_posterior", "axilla_left", "hand_left_palmar",
    "hand_right_dorsal", "trunk_right_overhead", "pelvis_left_lateral", "leg_left_medial",
    "foot_left_plantar", "foot_right_medial",
]  # fmt: skip


def spot_on(atlas: Atlas, body: Body, view: str, x: float, y: float) -> Anchor:
    """The spot at shares ``x`` and ``y`` of a picture."""
    shown = atlas.view(body, view)
    found = atlas.pick(body, view, x * shown.width, y * shown.height)
    assert found is not None
    return found


@pytest.mark.parametrize("body", Body)
def test_the_whole_views_come_first_and_alone(atlas: Atlas, body: Body) -> None:
    names = [view.name for view in atlas.views(body)]
    assert names == ["anterior", "posterior", "left", "right"]
    assert atlas.every_view(body) == atlas.views(body) + atlas.close_ups(body)
    assert len(atlas.close_ups(body)) >= 29


@pytest.mark.parametrize(
    ("view", "x", "y", "expected"),
    [
        ("posterior", 0.35, 0.22, "shoulder_left_posterior"),
        ("posterior", 0.50, 0.06, "head_neck_posterior"),
        ("posterior", 0.56, 0.48, "pelvis_posterior"),
        ("anterior", 0.35, 0.20, "shoulder_right_anterior"),
        ("anterior", 0.50, 0.08, "head_neck_anterior"),
        ("left", 0.55, 0.07, "head_neck_left"),
        ("left", 0.50, 0.30, "shoulder_left_lateral"),
        ("posterior", 0.56, 0.36, "trunk_posterior"),
        ("left", 0.50, 0.45, "pelvis_left_lateral"),
        ("right", 0.50, 0.97, "foot_right_lateral"),
    ],
)
@pytest.mark.parametrize("body", Body)
def test_the_close_up_that_fits_is_the_one_of_that_place(
    atlas: Atlas, body: Body, view: str, x: float, y: float, expected: str
) -> None:
    found = atlas.close_up_at(spot_on(atlas, body, view, x, y), body, view)
    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize("body", Body)
def test_skin_that_no_whole_view_shows_has_a_close_up(atlas: Atlas, body: Body) -> None:
    for close_up, x, y in (("foot_left_plantar", 0.5, 0.5), ("axilla_left", 0.6, 0.6)):
        spot = spot_on(atlas, body, close_up, x, y)
        if not any(each.visible for each in atlas.spots(spot, body).values()):
            found = atlas.close_up_at(spot, body, "anterior")
            assert found is not None
            assert atlas.locate(spot, body, found.name).visible


def test_where_there_is_no_close_up_none_is_offered(atlas: Atlas) -> None:
    """The front of a thigh: the inner side's picture would show it slantwise only."""
    thigh = spot_on(atlas, Body.FEMALE, "anterior", 0.62, 0.62)
    assert atlas.close_up_at(thigh, Body.FEMALE, "anterior") is None


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("view", CLOSE_UPS)
def test_a_spot_picked_in_a_close_up_is_located_there(atlas: Atlas, body: Body, view: str) -> None:
    found = skin_anchors(atlas, body, view, 120)
    assert len(found) > 80
    for x, y, anchor in found:
        spot = atlas.locate(anchor, body, view)
        assert spot.visible
        assert (spot.x, spot.y) == pytest.approx((x, y), abs=1e-6)


@pytest.mark.parametrize("body", Body)
def test_a_spot_comes_back_from_every_other_view_that_shows_it(atlas: Atlas, body: Body) -> None:
    returned = 0
    for view in CLOSE_UPS:
        for x, y, anchor in skin_anchors(atlas, body, view, 12, seed=3):
            for other in atlas.every_view(body):
                spot = atlas.locate(anchor, body, other.name)
                if other.name == view or not spot.visible:
                    continue
                there = atlas.pick(body, other.name, spot.x, spot.y, reach=0.0)
                if there is None:  # the lids' edge, which cannot be needled
                    continue
                back = atlas.locate(there, body, view)
                assert (back.x, back.y) == pytest.approx((x, y), abs=1e-5)
                returned += 1
    assert returned > 150


@pytest.mark.parametrize("body", Body)
def test_what_was_left_out_of_a_picture_is_neither_picked_nor_seen(
    atlas: Atlas, body: Body
) -> None:
    view = "foot_left_medial"
    assert all(
        part_name(atlas, anchor).endswith("_left")
        for _x, _y, anchor in skin_anchors(atlas, body, view, 80)
    )
    for _x, _y, anchor in skin_anchors(atlas, body, "foot_right_lateral", 40):
        assert not atlas.locate(anchor, body, view).visible


def test_skin_beside_the_frame_is_not_seen(atlas: Atlas) -> None:
    toe = spot_on(atlas, Body.MALE, "foot_left_dorsal", 0.45, 0.8)
    head = atlas.locate(toe, Body.MALE, "head_neck_anterior")
    assert not head.visible
    knee = spot_on(atlas, Body.MALE, "anterior", 0.60, 0.72)
    assert not atlas.locate(knee, Body.MALE, "foot_left_dorsal").visible
    view = atlas.view(Body.MALE, "shoulder_left_anterior")
    assert atlas.pick(Body.MALE, view.name, 1.0, view.height + 2.0, reach=3.0) is None


@pytest.mark.parametrize("body", Body)
def test_a_raised_arm_changes_neither_side_nor_distance(atlas: Atlas, body: Body) -> None:
    """Marks may be placed with the arms raised; they are measured with the arms down."""
    spots = [anchor for _x, _y, anchor in skin_anchors(atlas, body, "trunk_left_overhead", 30)]
    moved = 0.0
    for one, other in pairwise(spots):
        down = atlas.mesh.points((one, other), body)
        raised = atlas.mesh.points((one, other), body, Pose.OVERHEAD)
        apart = np.linalg.norm(down[0] - down[1])
        assert atlas.distance_mm(one, other, body) == pytest.approx(100 * apart)
        moved = max(moved, abs(float(np.linalg.norm(raised[0] - raised[1]) - apart)))
    assert moved > 0.5, "the pose stretches the flank, or this test shows nothing"


@pytest.mark.parametrize("body", Body)
def test_an_area_drawn_on_a_raised_flank_lies_there_with_the_arm_down(
    atlas: Atlas, body: Body
) -> None:
    view = atlas.view(body, "trunk_left_overhead")
    line = circle(view.width * 0.5, view.height * 0.72, 120)
    drawn = atlas.draw_area(body, view.name, line)
    assert drawn is not None
    assert drawn.side is Side.LEFT
    (loop,) = atlas.area_loops(drawn.outline, body, view.name, body, view.name)
    assert np.ptp(loop[:, 0]) == pytest.approx(240, abs=12)
    seen = atlas.area_loops(drawn.outline, body, view.name, body, "left")
    assert seen, "the flank is seen beside the hanging arm"
    size = 240 / view.camera.scale * atlas.view(body, "left").camera.scale
    assert max(np.ptp(loop[:, 1]) for loop in seen) < 1.3 * size


def test_an_area_on_one_foot_does_not_spill_onto_the_other(atlas: Atlas) -> None:
    view = atlas.view(Body.MALE, "foot_left_medial")
    drawn = atlas.draw_area(Body.MALE, view.name, circle(view.width * 0.35, view.height * 0.6, 200))
    assert drawn is not None
    other = "foot_right_lateral"
    assert atlas.area_loops(drawn.outline, Body.MALE, view.name, Body.MALE, other) == []


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("view", CLOSE_UPS)
def test_a_close_up_has_its_place_on_the_view_most_like_it(
    atlas: Atlas, body: Body, view: str
) -> None:
    close_up = atlas.view(body, view)
    whole = atlas.whole_like(close_up)
    box = atlas.box_on(close_up, whole)
    assert not whole.is_close_up
    assert 0 <= box.left < box.right <= whole.width
    assert 0 <= box.top < box.bottom <= whole.height
    assert box.bottom - box.top < 0.6 * whole.height


def test_a_close_up_names_the_side_that_it_shows(atlas: Atlas) -> None:
    """A medial view looks at the left foot from the right: it is still the left foot."""
    letters = {
        view.name: (view.letters, view.letter)
        for view in atlas.close_ups(Body.MALE)
        if view.name in ("foot_left_medial", "head_neck_posterior", "hand_right_dorsal")
    }
    assert letters == {
        "foot_left_medial": (("", ""), "L"),
        "head_neck_posterior": (("L", "R"), ""),
        "hand_right_dorsal": (("", ""), "R"),
    }
