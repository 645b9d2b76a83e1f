"""Catmull-Clark subdivision on meshes whose answer is known by hand."""

import numpy as np
import pytest

from tools.body_maps.subdivide import lift_mirror, subdivide, subdivided
from tools.body_maps.surface import quad_edges

CUBE = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], dtype=float)
CUBE_QUADS = np.array(
    [[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]]
)
SQUARE = np.array([[0, 0, 0], [4, 0, 0], [4, 4, 0], [0, 4, 0]], dtype=float)
SQUARE_QUADS = np.array([[0, 1, 2, 3]])


def finer(vertices, quads, times):
    for _ in range(times):
        step = subdivide(quads, len(vertices))
        vertices, quads = subdivided(step, vertices), step.quads
    return vertices, quads


def test_a_cube_gains_a_vertex_for_each_edge_and_each_quad():
    vertices, quads = finer(CUBE, CUBE_QUADS, 1)
    assert vertices.shape == (8 + 12 + 6, 3)
    assert quads.shape == (24, 4)
    assert sorted(np.unique(quads)) == list(range(26))


def test_the_vertices_of_a_cube_go_where_catmull_and_clark_put_them():
    vertices, _ = finer(CUBE, CUBE_QUADS, 1)
    np.testing.assert_allclose(np.abs(vertices[:8]), 5 / 9)
    edge_points = np.sort(np.abs(vertices[8:20]), axis=1)
    np.testing.assert_allclose(edge_points, np.tile([0, 0.75, 0.75], (12, 1)), atol=1e-12)
    face_points = np.sort(np.abs(vertices[20:]), axis=1)
    np.testing.assert_allclose(face_points, np.tile([0, 0, 1], (6, 1)), atol=1e-12)


def test_a_cube_becomes_round():
    vertices, _ = finer(CUBE, CUBE_QUADS, 4)
    radii = np.linalg.norm(vertices, axis=1)
    assert radii.max() / radii.min() < 1.15


def test_child_k_begins_at_corner_k_of_its_parent():
    step = subdivide(CUBE_QUADS, 8)
    np.testing.assert_array_equal(step.quads[:, 0].reshape(6, 4), CUBE_QUADS)


def test_a_closed_surface_stays_closed_and_keeps_its_winding():
    _, quads = finer(CUBE, CUBE_QUADS, 2)
    edges = {tuple(edge) for edge in quad_edges(quads).tolist()}
    assert len(edges) == 4 * len(quads)
    assert all((end, start) in edges for start, end in edges)


def test_every_rule_is_an_average():
    for count, quads in ((8, CUBE_QUADS), (4, SQUARE_QUADS)):
        sums = subdivide(quads, count).matrix.sum(axis=1)
        np.testing.assert_allclose(sums, 1)


def test_an_open_border_is_a_b_spline_curve():
    vertices, _ = finer(SQUARE, SQUARE_QUADS, 1)
    np.testing.assert_allclose(vertices[0], [0.5, 0.5, 0])
    middles = vertices[4:8]
    assert [2.0, 0.0, 0.0] in middles.tolist()
    np.testing.assert_allclose(vertices[8], [2, 2, 0])


def test_a_vertex_between_two_sheets_stays_where_it_is():
    hourglass = np.array([[0, 1, 2, 3], [0, 4, 5, 6]])
    vertices = np.arange(21, dtype=float).reshape(7, 3)
    fine, _ = finer(vertices, hourglass, 1)
    np.testing.assert_allclose(fine[0], vertices[0])


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_mirror_table_is_carried_to_the_finer_mesh(axis):
    flip = np.ones(3)
    flip[axis] = -1
    mirror = np.array([np.flatnonzero((vertex * flip == CUBE).all(axis=1))[0] for vertex in CUBE])
    step = subdivide(CUBE_QUADS, 8)
    fine = subdivided(step, CUBE)
    table = lift_mirror(mirror, CUBE_QUADS, step)
    np.testing.assert_array_equal(table[table], np.arange(26))
    np.testing.assert_allclose(fine[table], fine * flip, atol=1e-12)
