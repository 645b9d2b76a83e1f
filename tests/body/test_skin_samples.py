"""The skin as samples: their areas, sides, mirror image and neighbours, and what areas cover."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.body.areas import winding
from app.body.atlas import HALF_MIDLINE_MM, Atlas
from app.body.mesh import BodyMesh, Indices, Points, Pose
from app.body.skin_pieces import SkinGraph
from app.body.skin_samples import LARGEST_MM, SkinSamples
from app.body.spots_within import winding_of_sorted
from app.domain.anatomy import Anchor, Body, Side
from tests.helpers.meshes import MM, plane, tube
from tests.helpers.skin import VIEWS, circle, random_anchors, skin_pixels

BACK = "posterior"
AREAS_OF_THE_BACK = [
    (900, 0, 0, 60),  # all around an arm
    (1600, 0, 0, 90),
    (600, 0, -80, 60), (600, 0, 80, 45), (700, 1, 0, 70), (900, 1, -60, 35), (900, 1, 50, 60),
    (1100, 0, 0, 40), (1600, 0, 0, 25), (1600, 1, 5, 30),
]  # fmt: skip
"""y px; the arm, trunk or leg that the row at y crosses there, counted from the left; how far
aside of its middle, and the radius, px."""


@pytest.fixture(scope="module")
def graph(atlas: Atlas) -> SkinGraph:
    return SkinGraph(atlas.skin)


def samples_of(mesh: BodyMesh) -> SkinSamples:
    return SkinSamples(mesh, HALF_MIDLINE_MM * MM)


def anchor_of(skin: SkinSamples, sample: int) -> Anchor:
    triangle, b1, b2 = (each[sample] for each in skin.weights)
    return Anchor(int(triangle), float(b1), float(b2))


# -- areas ------------------------------------------------------------------------------------


def test_a_sheet_of_known_size_has_its_area() -> None:
    skin = samples_of(plane(columns=6, rows=4, width_mm=30, height_mm=7))
    assert skin.size == 6 * 4 * 8 * 2  # 30 mm are cut into 8, 7 mm into 2
    assert skin.area_mm2(Body.MALE) == pytest.approx(30 / 8 * 7 / 2)


def test_a_tube_has_the_area_of_its_facets() -> None:
    skin = samples_of(tube(radius_mm=50, around=60, rings=10, ring_mm=12))
    facet = 2 * 50 * np.sin(np.pi / 60)
    assert skin.area_mm2(Body.MALE).sum() == pytest.approx(60 * facet * 120)
    assert skin.area_mm2(Body.MALE).sum() == pytest.approx(2 * np.pi * 50 * 120, rel=0.001)


def test_cells_that_the_diagonal_cuts_are_measured_in_both_triangles() -> None:
    """A quad folded along its diagonal, whose halves differ: against very many small spots."""
    mesh = plane(columns=1, rows=1, width_mm=20, height_mm=10)
    mesh.vertices[Body.MALE] = mesh.vertices[Body.MALE] + np.eye(4, 3, -1) * 0.3
    skin = samples_of(mesh)
    assert skin.across[0] != skin.along[0]
    side = int(skin.across[0] * skin.along[0]) * 8  # as many spots in every cell
    u, v = ((np.indices((side, side)) + 0.5) / side).reshape(2, -1)
    corners = mesh.vertices[Body.MALE][mesh.triangles] / MM
    halves = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    cell = (v * skin.along[0]).astype(int) * skin.across[0] + (u * skin.across[0]).astype(int)
    counted = np.bincount(cell, np.where(u > v, halves[0], halves[1])) / side**2
    assert skin.area_mm2(Body.MALE) == pytest.approx(counted, rel=0.002)


@pytest.mark.parametrize("body", Body)
def test_the_samples_are_the_whole_skin_that_can_be_seen(atlas: Atlas, body: Body) -> None:
    mesh = atlas.mesh
    a, b, c = (mesh.vertices[body][mesh.triangles[:, k]] / MM for k in range(3))
    sides = [np.linalg.norm(one - other, axis=1) for one, other in ((a, b), (b, c), (c, a))]
    half = sum(sides) / 2  # by Heron's formula, where the program takes a cross product
    squared = half * np.prod([half - side for side in sides], axis=0)
    by_triangles = np.sqrt(np.maximum(squared, 0))[np.repeat(mesh.pickable, 2)].sum()
    assert atlas.skin.area_mm2(body).sum() == pytest.approx(by_triangles, rel=1e-6)
    assert 13_000 < atlas.skin.area_mm2(body).sum() / 100 < 18_000  # cm2


@pytest.mark.parametrize("body", Body)
def test_samples_are_small_and_none_is_empty(atlas: Atlas, body: Body) -> None:
    area = atlas.skin.area_mm2(body)
    assert area.min() > 0
    assert area.max() <= LARGEST_MM**2


# -- places -----------------------------------------------------------------------------------


def test_the_middle_of_a_sample_lies_in_it(atlas: Atlas) -> None:
    skin = atlas.skin
    assert (skin.holding(*skin.weights) == np.arange(skin.size)).all()
    for sample in range(0, skin.size, 9973):
        spot = atlas.mesh.point(anchor_of(skin, sample), Body.FEMALE, Pose.OVERHEAD)
        assert skin.points(Body.FEMALE, Pose.OVERHEAD)[sample] == pytest.approx(spot)


def test_a_spot_lies_within_the_reach_of_its_sample(atlas: Atlas) -> None:
    skin = atlas.skin
    anchors = tuple(random_anchors(atlas, 3000))
    columns = np.array([(a.triangle, a.b1, a.b2) for a in anchors]).T
    held = skin.holding(columns[0].astype(int), columns[1], columns[2])
    visible = atlas.mesh.pickable_triangles[columns[0].astype(int)]
    assert ((held >= 0) == visible).all()
    away = skin.points(Body.MALE)[held] - atlas.mesh.points(anchors, Body.MALE)
    assert np.linalg.norm(away[visible], axis=1).max() / MM <= LARGEST_MM * np.sqrt(2) / 2 + 0.7


def test_a_spot_on_no_triangle_is_refused(atlas: Atlas) -> None:
    for triangle in (10**9, -1):
        with pytest.raises(IndexError):
            atlas.skin.holding(np.array([triangle]), np.array([0.2]), np.array([0.2]))


def test_sides_are_those_of_the_atlas(atlas: Atlas) -> None:
    skin = atlas.skin
    for sample in range(0, skin.size, 211):
        expected = atlas.side(anchor_of(skin, sample))
        assert skin.left[sample] == (expected is Side.LEFT)
        assert skin.right[sample] == (expected is Side.RIGHT)


def test_the_mirror_image_of_a_sample_is_one_of_the_other_side(atlas: Atlas) -> None:
    skin = atlas.skin
    assert (skin.mirrored[skin.mirrored] == np.arange(skin.size)).all()
    assert (skin.left[skin.mirrored] == skin.right).all()
    points = skin.points(Body.MALE)
    across = points[skin.mirrored] * [-1, 1, 1] - points
    assert np.linalg.norm(across, axis=1).max() / MM < 0.1  # vertices are stored as fractions


def test_a_side_that_is_a_little_longer_is_cut_as_the_other() -> None:
    uneven = plane(columns=2, rows=1, width_mm=8, height_mm=8)
    uneven.vertices[Body.MALE][[2, 5], 0] += 0.02  # the left quad alone is longer than 8 mm
    skin = samples_of(uneven)
    assert skin.across.tolist() == [3, 3]
    assert (skin.mirrored[skin.mirrored] == np.arange(skin.size)).all()


# -- neighbours -------------------------------------------------------------------------------


def neighbours(graph: SkinGraph, sample: int) -> set[int]:
    return set(graph.touching[[sample]].indices.tolist())


def test_on_a_sheet_a_sample_has_the_eight_around_it() -> None:
    skin = samples_of(plane(columns=3, rows=3, width_mm=12, height_mm=8))
    graph, at = SkinGraph(skin), skin.points(Body.MALE) / MM
    for sample in range(skin.size):
        near = (np.abs(at - at[sample]) <= [4.1, 4.1, 0]).all(axis=1)
        near[sample] = False
        assert neighbours(graph, sample) == set(np.flatnonzero(near).tolist())


def test_quads_cut_more_and_less_finely_meet_where_their_cells_do() -> None:
    mesh = plane(columns=2, rows=1, width_mm=4, height_mm=12)
    mesh.vertices[Body.MALE] = mesh.vertices[Body.MALE] + np.array(
        [[0, 0, 0]] * 3 + [[0, 0.1, 0], [0, 0, 0], [0, 0.1, 0]]
    )  # the outer edges are 22 mm long now, and the common one 12 mm
    skin = samples_of(mesh)
    assert skin.along.tolist() == [6, 6]
    flat = plane(columns=2, rows=1, width_mm=4, height_mm=12)
    flat.quads[1] = np.roll(flat.quads[1], 2)  # named from another corner: runs the other way
    graph, at = SkinGraph(samples_of(flat)), samples_of(flat).points(Body.MALE) / MM
    near = np.abs(at[:, None] - at[None]).max(axis=2) <= 4.1
    np.fill_diagonal(near, False)
    assert (graph.touching.toarray() == near).all()


def test_the_neighbours_on_the_body_are_near_and_mutual(atlas: Atlas, graph: SkinGraph) -> None:
    at = atlas.skin.points(Body.MALE) / MM
    one, other = graph.touching.nonzero()
    assert np.linalg.norm(at[one] - at[other], axis=1).max() < 2 * LARGEST_MM
    assert (graph.touching != graph.touching.T).nnz == 0
    assert np.median(np.bincount(one)) == 8


def test_all_of_the_skin_is_one_piece(atlas: Atlas, graph: SkinGraph) -> None:
    everything = np.ones(atlas.skin.size, dtype=bool)
    assert len(graph.pieces(everything)) == 1
    assert graph.pieces(~everything) == []


def test_two_patches_are_two_pieces_and_a_bridge_joins_them() -> None:
    skin = samples_of(plane(columns=20, rows=4, width_mm=4, height_mm=4))
    graph, x = SkinGraph(skin), skin.points(Body.MALE)[:, 0] / MM
    apart = np.abs(x) > 11
    assert [len(piece) for piece in graph.pieces(apart)] == [28, 28]
    row = skin.points(Body.MALE)[:, 1] / MM < 4
    (joined,) = graph.pieces(apart | row)
    assert len(joined) == 56 + 6


def test_a_tube_joins_its_two_ends_around() -> None:
    skin = samples_of(tube(radius_mm=20, around=40, rings=3, ring_mm=4))
    assert len(SkinGraph(skin).pieces(np.ones(skin.size, dtype=bool))) == 1
    right_and_left = skin.left | skin.right
    assert len(SkinGraph(skin).pieces(right_and_left)) == 2


# -- areas ------------------------------------------------------------------------------------


def near_and_far(graph: SkinGraph, covered: Indices, chance: np.random.Generator) -> Indices:
    """Some samples that an area covers, some next to them, and some anywhere."""
    inside = chance.choice(covered, min(60, len(covered)), replace=False)
    ring = graph.touching[covered].indices
    some = chance.choice(ring, 80), chance.integers(0, graph.touching.shape[0], 60)
    return np.unique(np.concatenate([inside, *some]))


def is_turned_to(atlas: Atlas, body: Body, view: str, spot: Anchor) -> bool:
    camera = atlas.view(body, view).camera
    a, b, c = atlas.mesh.positions(body, camera.pose)[atlas.mesh.corners(spot)]
    return bool(np.cross(b - a, c - a) @ camera.toward > 0)


@pytest.mark.parametrize("view", [*VIEWS, "hand_right_palmar", "trunk_left_overhead"])
@pytest.mark.parametrize("body", Body)
def test_an_area_covers_the_samples_whose_middles_it_holds(
    atlas: Atlas, graph: SkinGraph, body: Body, view: str
) -> None:
    chance = np.random.default_rng(3)
    for x, y in skin_pixels(atlas, body, view, 4):
        drawn = atlas.draw_area(body, view, circle(x, y, chance.uniform(12, 90)))
        if drawn is None:
            continue
        covered = atlas.covered_samples(drawn.outline, body, view)
        for sample in near_and_far(graph, covered, chance):
            spot = anchor_of(atlas.skin, int(sample))
            held = atlas.area_holds(drawn.outline, body, view, spot)
            assert (held and is_turned_to(atlas, body, view, spot)) == (sample in covered), spot


def by_rays(atlas: Atlas, body: Body, loop: Points) -> float:
    """mm2 of skin within a line on the back, by rays cast through it: each bit of the picture
    counts as much skin as it shows, which is more where the skin turns away.
    """
    camera = atlas.view(body, BACK).camera
    low, high = loop.min(axis=0), loop.max(axis=0)
    step = float((high - low).max()) / 50
    pixels = low + (np.indices((52, 52)).reshape(2, -1).T - 0.5) * step
    inside = pixels[winding(pixels, loop) != 0]
    seen = [atlas.pick(body, BACK, *each, reach=0.0) for each in inside]
    triangles = [anchor.triangle for anchor in seen if anchor is not None]
    a, b, c = np.moveaxis(atlas.mesh.vertices[body][atlas.mesh.triangles[triangles]], 1, 0)
    normal = np.cross(b - a, c - a)
    slant = (normal @ camera.toward) / np.linalg.norm(normal, axis=1)
    return float(((step / camera.scale / MM) ** 2 / slant).sum())


def test_the_extent_of_an_area_is_that_of_its_pixels_seen_aslant(atlas: Atlas) -> None:
    """Within 4 % for an area of a palm's size, since its border is cut into samples; in the mean
    of many within 1 %.
    """
    ratios = []
    for body in Body:
        pixels = atlas._whole(body, BACK).raster.pixels
        for y, run, aside, radius in AREAS_OF_THE_BACK:
            row = np.sort(pixels[np.abs(pixels[:, 1] - y) < 3, 0])
            across = np.split(row, 1 + np.flatnonzero(np.diff(row) > 6))[run]
            line = circle(float(np.median(across)) + aside, y, radius)
            drawn = atlas.draw_area(body, BACK, line)
            assert drawn is not None
            covered = atlas.covered_samples(drawn.outline, body, BACK)
            (loop,) = atlas.area_loops(drawn.outline, body, BACK, body, BACK)
            area = atlas.skin.area_mm2(body)[covered].sum()
            ratios.append(area / by_rays(atlas, body, loop))
    assert ratios == pytest.approx([1.0] * len(ratios), abs=0.04)
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.01)


@given(
    corners=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=15),
    seed=st.integers(0, 2**32 - 1),
)
@settings(max_examples=150)
def test_turns_around_many_spots_are_counted_as_around_one(
    corners: list[tuple[int, int]], seed: int
) -> None:
    polygon = np.array(corners, dtype=float)
    spots = np.random.default_rng(seed).integers(-2, 28, (80, 2)) / 2
    spots = spots[np.argsort(spots[:, 1])]
    expected = winding(spots, polygon)
    assert winding_of_sorted(spots[:, 0], spots[:, 1], polygon).tolist() == expected.tolist()
