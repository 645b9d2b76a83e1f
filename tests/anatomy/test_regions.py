"""What must hold of every region on the mesh, whatever anatomy says of it."""

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse import csgraph

from app.body.muscles import Layer, Muscle
from app.body.sample_grid import QuadSpots
from app.domain.anatomy import Anchor, Body, Side
from tests.anatomy.ground import Ground
from tests.helpers.skin import random_anchors

SIDES = (Side.LEFT, Side.RIGHT)
LEAST_CM2 = 3.0
SPECK_CM2 = 1.0
"""Less than this beside the main patch is an island at a border, not a part."""
SHARED_BORDER = 0.05
"""Neighbours may overlap by this share of the smaller one: their borders are drawn twice."""
DEPTHS = {Layer.SUPERFICIAL: 10, Layer.INTERMEDIATE: 20, Layer.DEEP: 30}


def muscles(ground: Ground) -> tuple[Muscle, ...]:
    return ground.anatomy.catalogue.muscles


def test_all_muscles_are_there_on_both_sides(ground: Ground) -> None:
    assert len(muscles(ground)) == 112
    for muscle in muscles(ground):
        assert ground.size(muscle.id) >= LEAST_CM2, muscle.id


def test_depth_agrees_with_the_layer(ground: Ground) -> None:
    wrong = [m.id for m in muscles(ground) if m.depth // 10 * 10 != DEPTHS[m.layer]]
    assert wrong == []


def test_overlapping_muscles_have_an_order(ground: Ground) -> None:
    ordered = sorted(muscles(ground), key=lambda muscle: muscle.depth)
    unclear = [
        (one.id, other.id)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if one.depth == other.depth and ground.overlap(one.id, other.id) > SHARED_BORDER
    ]
    assert unclear == []


def test_every_part_is_one_connected_patch(ground: Ground) -> None:
    """Cells that share a corner of the mesh are neighbours."""
    for muscle in muscles(ground):
        inside = np.flatnonzero(ground.inside(muscle.id))
        patches = [size for size in patch_sizes(ground, inside) if size > SPECK_CM2]
        assert len(patches) <= ground.parts[muscle.id], muscle.id


def patch_sizes(ground: Ground, cells: np.ndarray) -> list[float]:
    """cm2 of each connected patch of some cells: cells of one quad, or of quads that meet."""
    quads = ground.atlas.mesh.quads[ground.spots.quad[cells]]
    rows = np.repeat(np.arange(len(cells)), 4)
    meets = sparse.csr_matrix((np.ones(rows.size), (rows, quads.ravel())))
    count, label = csgraph.connected_components(meets @ meets.T)
    return [float(ground.area[cells[label == k]].sum()) for k in range(count)]


def test_left_and_right_are_mirror_images(ground: Ground) -> None:
    anatomy = ground.anatomy
    opposite = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
    for anchor in random_anchors(ground.atlas, 400, seed=3):
        here = {(each.muscle.id, each.side) for each in anatomy.muscles_at(anchor)}
        there = anatomy.muscles_at(anatomy.mirror.anchor(anchor))
        assert {(each.muscle.id, opposite[each.side]) for each in there} == here


def test_the_mirror_is_its_own_inverse(ground: Ground) -> None:
    mesh, mirror = ground.atlas.mesh, ground.anatomy.mirror
    for anchor in random_anchors(ground.atlas, 200, seed=4):
        there = mirror.anchor(anchor)
        here = np.array(mesh.point(anchor, Body.MALE))
        assert np.linalg.norm(np.array(mesh.point(there, Body.MALE)) * [-1, 1, 1] - here) < 0.05
        back = np.array(mesh.point(mirror.anchor(there), Body.MALE))
        assert np.linalg.norm(back - here) < 0.05


def test_no_muscle_of_the_left_reaches_over_the_midline(ground: Ground) -> None:
    over = ground.points[:, 0] < -0.05
    assert over.any()
    for muscle in muscles(ground):
        assert not (ground.inside(muscle.id) & over).any(), muscle.id


def test_every_spot_has_a_place(ground: Ground) -> None:
    mesh, anatomy = ground.atlas.mesh, ground.anatomy
    anchors = random_anchors(ground.atlas, 3000, seed=5)
    named = [anatomy.place_at(each) is not None for each in anchors]
    pickable = [bool(mesh.pickable_triangles[each.triangle]) for each in anchors]
    missing = [a for a, n, p in zip(anchors, named, pickable, strict=True) if p and not n]
    assert len(missing) <= len(anchors) * 0.005


def test_trunk_and_limb_skin_answers_a_muscle_or_a_place_without_one(ground: Ground) -> None:
    """Where no muscle lies, the place says what is there: a knee cap, an elbow, a heel."""
    bare = ~np.logical_or.reduce([ground.inside(muscle.id) for muscle in muscles(ground)])
    bare &= ground.left & (ground.points[:, 1] < 14.6)
    cells = np.flatnonzero(bare)[::7]
    spots = [QuadSpots(*(each[[cell]] for each in ground.spots)).anchor() for cell in cells]
    places = {ground.anatomy.place_at(spot) for spot in spots}
    assert None not in places
    names = {place.id for place in places if place is not None}
    assert names & {"shin", "kneecap", "front_of_the_knee", "heel", "palm", "front_of_the_wrist"}


@pytest.mark.parametrize("body", list(Body))
def test_fibres_lie_along_the_skin(ground: Ground, body: Body) -> None:
    mesh = ground.atlas.mesh
    for muscle in muscles(ground):
        fibres = ground.anatomy.fibres
        index = ground.anatomy.catalogue.index(muscle.id)
        k = int(np.flatnonzero(fibres.muscle == index)[1])
        spot = Anchor(int(fibres.triangle[k]), float(fibres.b1[k]), float(fibres.b2[k]))
        along = ground.anatomy.direction(muscle.id, spot, mesh, body)
        a, b, c = mesh.vertices[body][mesh.triangles[spot.triangle]]
        normal = np.cross(b - a, c - a)
        steepness = abs(along @ normal) / np.linalg.norm(normal)
        assert steepness < 0.6, muscle.id


def test_both_figures_have_their_muscles_in_the_same_places(ground: Ground) -> None:
    """By height, as a share of stature, and by the share of the skin that they take."""
    mesh = ground.atlas.mesh
    of_body = {}
    for body in Body:
        vertices = mesh.vertices[body]
        corners = vertices[mesh.quads[ground.spots.quad]]
        a, b, c, d = np.moveaxis(corners, 1, 0)
        area = np.linalg.norm(np.cross(c - a, d - b), axis=1)
        of_body[body] = (corners.mean(axis=1)[:, 1] / vertices[:, 1].max(), area)
    for muscle in muscles(ground):
        inside = ground.inside(muscle.id)
        heights = [float(np.average(h[inside], weights=w[inside])) for h, w in of_body.values()]
        shares = [float(w[inside].sum() / w.sum()) for _h, w in of_body.values()]
        assert abs(heights[0] - heights[1]) < 0.03, muscle.id
        assert 0.4 < shares[0] / shares[1] < 2.5, muscle.id  # her buttock is larger


def test_the_segments_of_pain_drawings_cover_the_body_once(ground: Ground) -> None:
    anatomy = ground.anatomy
    for body in Body:
        numbers = [each.numbers[body, side] for each in anatomy.segments for side in SIDES]
        assert sorted(numbers) == [*range(101, 137), *range(201, 239)]
    anchors = random_anchors(ground.atlas, 1500, seed=9)
    pickable = [a for a in anchors if ground.atlas.mesh.pickable_triangles[a.triangle]]
    found = [anatomy.segment_at(anchor) for anchor in pickable]
    assert found.count(None) <= len(found) * 0.002
    for anchor, here in zip(pickable, found, strict=True):
        side = ground.atlas.side(anchor)
        if here is not None and side is not Side.MIDLINE:
            assert here[1] is side


def test_the_maps_of_men_and_women_number_six_segments_in_another_order(ground: Ground) -> None:
    numbers = {
        (each.numbers[Body.FEMALE, side], each.numbers[Body.MALE, side])
        for each in ground.anatomy.segments
        for side in SIDES
    }
    differing = {(female, male) for female, male in numbers if female != male}
    assert differing == {(112, 116), (113, 117), (114, 112), (115, 113), (116, 114), (117, 115)}
