"""Clicks at the edge of the body, beside it, and on what cannot be needled."""

from dataclasses import replace

import numpy as np
import pytest

from app.body.atlas import SNAP_REACH, Atlas
from app.body.mesh import Points
from app.body.picking import (
    SAME_EDGE,
    Picker,
    barycentric,
    cells_of_boxes,
    nearest_on_edges,
)
from app.domain.anatomy import Body, Side
from tests.helpers.skin import VIEWS


def distance_to_skin(atlas: Atlas, body: Body, view: str, point: Points) -> float:
    """By looking at every edge of skin that faces the camera and can be needled."""
    picker = atlas.picker(body, view)
    corners = picker.corners[atlas.mesh.pickable_triangles[picker.facing], :, :2]
    near = (np.abs(corners - point) < 60).all(axis=(1, 2))
    if not near.any():
        return np.inf
    return float(nearest_on_edges(corners[near], point)[0].min())


def points_beside_the_body(atlas: Atlas, body: Body, view: str, count: int) -> list[Points]:
    raster = atlas._whole(body, view).raster
    skin = np.isfinite(raster.depth)
    inner = skin & np.roll(skin, 1, 0) & np.roll(skin, -1, 0)
    inner &= np.roll(skin, 1, 1) & np.roll(skin, -1, 1)
    rows, columns = np.nonzero(skin & ~inner)
    edge = np.stack([columns + 0.5, rows + 0.5], axis=1) * 4
    chance = np.random.default_rng(5)
    found: list[Points] = []
    while len(found) < count:
        point = edge[chance.integers(len(edge))] + chance.uniform(-7, 7, 2)
        if atlas.picker(body, view)._cast(*point) is None:
            found.append(point)
    return found


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("view", VIEWS)
def test_a_click_beside_the_outline_is_taken_to_it_from_up_to_three_pixels(
    atlas: Atlas, body: Body, view: str
) -> None:
    taken = 0
    for point in points_beside_the_body(atlas, body, view, 120):
        x, y = map(float, point)
        distance = distance_to_skin(atlas, body, view, point)
        anchor = atlas.pick(body, view, x, y)
        if distance > SNAP_REACH + 0.01:
            assert anchor is None
        elif distance < SNAP_REACH - 0.01:
            assert anchor is not None
            spot = atlas.locate(anchor, body, view)
            assert np.hypot(spot.x - x, spot.y - y) == pytest.approx(distance, abs=SAME_EDGE)
            assert spot.visible
            taken += 1
        assert atlas.pick(body, view, x, y, reach=0.0) is None
    assert 20 < taken < 100


def test_walking_away_from_the_head_the_skin_is_lost_after_three_pixels(atlas: Atlas) -> None:
    x = atlas.view(Body.FEMALE, "anterior").width / 2
    raster = atlas._whole(Body.FEMALE, "anterior").raster
    top = float(raster.pixels[:, 1].min()) - 4
    while atlas.pick(Body.FEMALE, "anterior", x, top, reach=0.0) is None:
        top += 0.01
    assert atlas.pick(Body.FEMALE, "anterior", x, top - 2.95) is not None
    assert atlas.pick(Body.FEMALE, "anterior", x, top - 3.03) is None


@pytest.mark.parametrize("at", [(-500.0, 900.0), (5000.0, 900.0), (450.0, -9.0), (450.0, 2100.0)])
def test_beside_the_picture_there_is_no_skin(atlas: Atlas, at: tuple[float, float]) -> None:
    assert atlas.pick(Body.FEMALE, "anterior", *at) is None


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_a_click_beside_the_profile_is_on_the_side_that_is_seen(
    atlas: Atlas, body: Body, side: Side
) -> None:
    """In profile the far leg ends just where the near one does."""
    for point in points_beside_the_body(atlas, body, side, 150):
        anchor = atlas.pick(body, side, float(point[0]), float(point[1]))
        if anchor is not None:
            assert atlas.side(anchor) in (side, Side.MIDLINE)


def test_skin_that_cannot_be_needled_is_not_picked(atlas: Atlas) -> None:
    """A hole is cut into the skin that may be picked: inside of it there is nothing."""
    body, view = Body.FEMALE, "posterior"
    middle = np.array([456.0, 600.0])
    whole = atlas.picker(body, view)
    corners = whole.camera.project(atlas.mesh.vertices[body])[atlas.mesh.quads, :2].mean(axis=1)
    closed = np.hypot(*(corners - middle).T) < 30
    mesh = replace(atlas.mesh, pickable=atlas.mesh.pickable & ~closed)
    picker = Picker(mesh, body, whole.camera)
    assert whole.pick(*middle) is not None
    assert picker.pick(*middle) is None
    assert picker.pick(*middle, reach=10.0) is None
    for x in np.linspace(456, 506, 200):
        anchor = picker.pick(float(x), 600.0, reach=3.0)
        if anchor is not None:
            assert mesh.pickable_triangles[anchor.triangle]
            assert picker.locate(anchor).x == pytest.approx(x, abs=3.0)
        else:
            assert x < 490


def test_a_picture_is_prepared_at_the_first_question_and_kept(atlas: Atlas) -> None:
    from app.paths import BODY_MAPS

    fresh = Atlas.load(BODY_MAPS)
    assert fresh.picker(Body.FEMALE, "left") is fresh.picker(Body.FEMALE, "left")
    assert fresh.pick(Body.FEMALE, "left", 200, 700) == atlas.pick(Body.FEMALE, "left", 200, 700)


# -- the arithmetic below, against the plainest way of doing it -------------------------------


def test_cells_of_boxes_lists_each_cell_of_each_box() -> None:
    chance = np.random.default_rng(6)
    for _round in range(30):
        first = chance.integers(0, 9, (12, 2))
        last = first + chance.integers(-2, 5, (12, 2))
        expected = [
            (box, column, row)
            for box, ((c0, r0), (c1, r1)) in enumerate(zip(first, last, strict=True))
            for row in range(r0, r1 + 1)
            for column in range(c0, c1 + 1)
        ]
        found = list(zip(*(map(int, part) for part in cells_of_boxes(first, last)), strict=True))
        assert sorted(found) == sorted(expected)


def test_barycentric_weights_give_the_point_back() -> None:
    chance = np.random.default_rng(7)
    corners = chance.uniform(-50, 50, (500, 3, 3))
    points = chance.uniform(-50, 50, (500, 2))
    b1, b2 = barycentric(corners, points)
    a, b, c = (corners[:, k, :2] for k in range(3))
    np.testing.assert_allclose(
        (1 - b1 - b2)[:, None] * a + b1[:, None] * b + b2[:, None] * c, points, atol=1e-6
    )


def test_the_nearest_spot_on_edges_is_nearer_than_any_other() -> None:
    chance = np.random.default_rng(8)
    corners = chance.uniform(-20, 20, (60, 3, 2))
    for point in chance.uniform(-30, 30, (20, 2)):
        distance, spot = nearest_on_edges(corners, point)
        np.testing.assert_allclose(np.hypot(*(spot - point).T), distance)
        share = np.linspace(0, 1, 400)[None, None, :, None]
        along = corners[:, :, None] * (1 - share) + np.roll(corners, -1, 1)[:, :, None] * share
        brute = np.hypot(*np.moveaxis(along - point, -1, 0)).min(axis=(1, 2))
        assert (distance <= brute + 1e-9).all()
        assert (brute - distance).max() < 0.15
