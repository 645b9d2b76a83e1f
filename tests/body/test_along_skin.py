"""Distances along the skin: on bodies of known shape, and on the real one."""

from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import cKDTree

from app.body.along_skin import SkinDistances
from app.body.atlas import Atlas
from app.body.mesh import BodyMesh, Points, Pose
from app.domain.anatomy import Anchor, Body
from app.paths import BODY_MAPS

RADIUS_DM, AROUND, ALONG = 0.5, 90, 40


def mesh_of(vertices: Points, quads: list[list[int]]) -> BodyMesh:
    count = len(quads)
    return BodyMesh(
        vertices=dict.fromkeys(Body, vertices),
        quads=np.array(quads),
        mirror=np.arange(len(vertices)),
        pickable=np.ones(count, dtype=bool),
        part=np.zeros(count, dtype=np.uint8),
        file=Path(),
    )


def tube() -> BodyMesh:
    """A tube of 100 mm across, like a forearm; quads of 3.5 by 5 mm."""
    turns = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    ring = np.stack([np.cos(turns), np.sin(turns)], axis=1) * RADIUS_DM
    vertices = np.array([(x, y, z * 0.05) for z in range(ALONG) for x, y in ring])
    quads = [
        [z * AROUND + k, z * AROUND + (k + 1) % AROUND,
         (z + 1) * AROUND + (k + 1) % AROUND, (z + 1) * AROUND + k]
        for z in range(ALONG - 1) for k in range(AROUND)
    ]  # fmt: skip
    return mesh_of(vertices, quads)


def at_vertex(mesh: BodyMesh, ring: int, turn: int) -> Anchor:
    """The spot of a vertex: the first corner of a triangle."""
    return Anchor(2 * (ring * AROUND + turn), 0.0, 0.0)


@pytest.mark.parametrize(("up", "around"), [(4, 0), (0, 8), (3, 5), (5, -7)])
def test_on_a_tube_it_is_the_way_over_its_unrolled_skin(up: int, around: int) -> None:
    mesh = tube()
    start, end = at_vertex(mesh, 10, 40), at_vertex(mesh, 10 + up, 40 + around)
    arc = RADIUS_DM * 100 * 2 * np.pi / AROUND * around
    expected = np.hypot(arc, up * 5)
    found = SkinDistances(mesh, Body.MALE).from_spot(start, [end], 40)
    assert found == pytest.approx([expected], rel=0.002)


def test_it_does_not_go_through_the_air() -> None:
    mesh = tube()
    opposite = at_vertex(mesh, 10, 40), at_vertex(mesh, 10, 40 + AROUND // 2)
    found = SkinDistances(mesh, Body.MALE).from_spot(opposite[0], [opposite[1]], 120)
    assert np.isinf(found[0])  # 100 mm through the air, 157 along the skin


def test_spots_in_one_triangle_lie_straight_apart() -> None:
    mesh = tube()
    spots = [Anchor(800, *weights) for weights in ((0.2, 0.2), (0.6, 0.3), (0.2, 0.7), (0.2, 0.2))]
    found = SkinDistances(mesh, Body.MALE).from_spot(spots[0], spots[1:], 30)
    places = mesh.points(tuple(spots), Body.MALE) * 100
    assert found == pytest.approx(np.linalg.norm(places[1:] - places[0], axis=1), abs=0.02)


def test_skin_that_is_not_joined_is_out_of_reach() -> None:
    square = np.array([[0, 0, 0], [0.1, 0, 0], [0.1, 0.1, 0], [0, 0.1, 0]], dtype=float)
    apart = mesh_of(
        np.concatenate([square, square + np.array([0, 0, 0.05])]), [[0, 1, 2, 3], [4, 5, 6, 7]]
    )
    found = SkinDistances(apart, Body.MALE).from_spot(
        Anchor(0, 0.3, 0.3), [Anchor(2, 0.3, 0.3)], 30
    )
    assert np.isinf(found).all()


def test_no_way_leads_through_a_single_point() -> None:
    """The tips of two squares touch, as folds of skin do where the patch around a spot ends."""
    corners = [[0, 0, 0], [0.1, 0, 0], [0.1, 0.1, 0], [0, 0.1, 0]]
    further = [[0.2, 0.1, 0], [0.2, 0.2, 0], [0.1, 0.2, 0]]
    mesh = mesh_of(np.array(corners + further, dtype=float), [[0, 1, 2, 3], [2, 4, 5, 6]])
    distances = SkinDistances(mesh, Body.MALE)
    found = distances.from_spot(Anchor(0, 0.3, 0.3), [Anchor(2, 0.3, 0.3), Anchor(1, 0.3, 0.3)], 30)
    assert np.isinf(found[0])
    assert np.isfinite(found[1])


def test_what_is_not_asked_is_not_answered() -> None:
    distances = SkinDistances(tube(), Body.MALE)
    assert len(distances.from_spot(Anchor(0, 0.2, 0.2), [], 30)) == 0
    with pytest.raises(IndexError):
        distances.from_spot(Anchor(0, 0.2, 0.2), [Anchor(10**9, 0.2, 0.2)], 30)


@pytest.fixture(scope="module")
def body() -> BodyMesh:
    return BodyMesh.load(BODY_MAPS / "body.npz")


def test_on_the_body_it_is_the_same_both_ways_and_never_shorter_than_straight(
    body: BodyMesh,
) -> None:
    distances = SkinDistances(body, Body.FEMALE)
    rng = np.random.default_rng(7)
    middles = body.points(
        tuple(Anchor(k, 0.3, 0.3) for k in range(len(body.triangles))), Body.FEMALE
    )
    checked = 0
    for start in rng.choice(np.flatnonzero(body.pickable_triangles), 25):
        apart = np.linalg.norm(middles - middles[start], axis=1) * 100
        near = np.flatnonzero((apart < 20) & (apart > 0) & body.pickable_triangles)
        end = int(rng.choice(near))
        one, other = Anchor(int(start), 0.3, 0.3), Anchor(end, 0.3, 0.3)
        there = distances.from_spot(one, [other], 30)[0]
        back = distances.from_spot(other, [one], 30)[0]
        assert there == pytest.approx(back, rel=1e-3)
        assert there >= apart[end] - 0.01
        checked += bool(np.isfinite(there))
    assert checked > 15


def test_from_finger_to_finger_the_way_leads_round_the_web(body: BodyMesh) -> None:
    """Two facing spots of neighbouring toes or fingers are near through the air alone."""
    distances = SkinDistances(body, Body.MALE)
    triangles = body.positions(Body.MALE, Pose.ANATOMICAL)[body.triangles] * 100
    middles = triangles.mean(axis=1)
    normals = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    shown = np.flatnonzero(body.pickable_triangles)
    one, other = shown[cKDTree(middles[shown]).query_pairs(6, output_type="ndarray")].T
    facing = (normals[one] * normals[other]).sum(axis=1) < -0.9
    facing &= ((middles[other] - middles[one]) * normals[one]).sum(axis=1) > 1
    longer = []
    for k in np.random.default_rng(3).choice(np.flatnonzero(facing), 20, replace=False):
        start, end = (Anchor(int(triangle), 0.3, 0.3) for triangle in (one[k], other[k]))
        way = distances.from_spot(start, [end], 30)[0]
        longer.append(way / np.linalg.norm(middles[one[k]] - middles[other[k]]))
    assert min(longer) >= 1
    assert np.median(longer) > 1.5


@pytest.mark.parametrize("body", Body)
def test_the_patch_around_a_spot_is_all_skin_within_reach(atlas: Atlas, body: Body) -> None:
    skin = SkinDistances(atlas.mesh, body)
    at = atlas.mesh.positions(body, Pose.ANATOMICAL)[atlas.mesh.triangles] * 100.0
    middles = at.mean(axis=1)
    radii = np.linalg.norm(at - middles[:, None], axis=2).max(axis=1)
    for spot in middles[np.flatnonzero(atlas.mesh.pickable_triangles)[:: len(middles) // 12]]:
        near = np.linalg.norm(middles - spot, axis=1) <= 30.0 + radii
        expected = np.flatnonzero(near & atlas.mesh.pickable_triangles)
        assert skin._reached(spot, 30.0).tolist() == expected.tolist()
