"""Where a mark goes that is placed by a muscle's name: within it, on its side, apart, in sight."""

from itertools import combinations

import numpy as np
import pytest

from app.body.atlas import Atlas
from app.body.region_fields import REACH
from app.body.usual_points import LEAST_APART_MM, interior, usual_points
from app.domain.anatomy import Body, Side

SIDES = (Side.LEFT, Side.RIGHT)


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("side", SIDES)
def test_every_muscle_has_a_usual_point_in_it_and_on_its_side(
    atlas: Atlas, body: Body, side: Side
) -> None:
    for muscle in atlas.catalogue.muscles:
        (point,) = atlas.usual_points(muscle.id, side, 1, body)
        here = {(each.muscle.id, each.side) for each in atlas.anatomy.muscles_at(point)}
        assert (muscle.id, side) in here
        assert atlas.side(point) is side
        assert atlas.holds([point])


def test_every_usual_point_is_seen_in_the_view_that_is_opened_for_it(atlas: Atlas) -> None:
    unseen = []
    for muscle in atlas.catalogue.muscles:
        points = atlas.usual_points(muscle.id, Side.LEFT, 1, Body.FEMALE)
        view = atlas.best_view(points, Body.FEMALE, "posterior")
        if not atlas.locate(points[0], Body.FEMALE, view).visible:
            unseen.append(muscle.id)
    assert unseen == []


def test_several_points_lie_apart_and_along_the_fibres(atlas: Atlas) -> None:
    for muscle_id in ("trapezius_descending", "rectus_femoris", "longissimus_thoracis"):
        points = atlas.usual_points(muscle_id, Side.RIGHT, 3, Body.MALE)
        assert len(points) == 3
        apart = [atlas.distance_mm(a, b, Body.MALE) for a, b in combinations(points, 2)]
        assert min(apart) >= LEAST_APART_MM
        along = atlas.anatomy.direction(muscle_id, points[1], Body.MALE)
        spots = np.array([atlas.mesh.point(each, Body.MALE) for each in points])
        steps = np.diff(spots @ along)
        assert (steps > 0).all() or (steps < 0).all()


def test_a_muscle_without_room_answers_fewer(atlas: Atlas) -> None:
    found = atlas.usual_points("opponens_pollicis", Side.LEFT, 9, Body.FEMALE)
    assert 1 <= len(found) < 9


def test_left_and_right_are_mirror_images(atlas: Atlas) -> None:
    (left,) = atlas.usual_points("infraspinatus", Side.LEFT, 1, Body.FEMALE)
    (right,) = atlas.usual_points("infraspinatus", Side.RIGHT, 1, Body.FEMALE)
    here, there = (np.array(atlas.mesh.point(each, Body.FEMALE)) for each in (left, right))
    assert np.abs(here * [-1, 1, 1] - there).max() * 100 < 2.0


def test_beyond_the_reach_of_a_field_the_distance_goes_on() -> None:
    """A square of 80 mm, of which the field knows its outer 12.7 mm."""
    across = np.arange(0, 81, 4.0)
    x, y = (each.ravel() for each in np.meshgrid(across, across))
    edge = np.minimum.reduce([x, y, 80 - x, 80 - y])
    points = np.stack([x, y, 0 * x], axis=1) / 100
    depth = interior(points, np.minimum(edge, REACH))
    assert (x[depth.argmax()], y[depth.argmax()]) == (40, 40)
    chosen = usual_points(points, depth, np.array([1.0, 0, 0]), 2)
    assert [(x[k], y[k]) for k in chosen] == [(28, 40), (52, 40)]


def test_the_view_stays_where_it_shows_the_points(atlas: Atlas) -> None:
    points = tuple(
        atlas.usual_points("trapezius_descending", side, 1, Body.FEMALE)[0] for side in SIDES
    )
    assert atlas.best_view(points, Body.FEMALE, "posterior") == "posterior"
    assert atlas.best_view(points, Body.FEMALE, None) == "posterior"
    knee = atlas.usual_points("rectus_femoris", Side.LEFT, 1, Body.FEMALE)
    assert atlas.best_view(knee, Body.FEMALE, "posterior") == "anterior"
    sole = atlas.usual_points("flexor_digitorum_brevis", Side.LEFT, 1, Body.FEMALE)
    assert atlas.best_view(sole, Body.FEMALE, "posterior") == "foot_left_plantar"
