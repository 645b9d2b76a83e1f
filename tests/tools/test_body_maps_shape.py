"""Smoothing, ridges, pockets and 16-bit coordinates, on small surfaces."""

import numpy as np
import pytest

from tools.body_maps import landmarks, quantise
from tools.body_maps.neutral import Ellipsoid, Skin, faired, smoothstep
from tools.body_maps.pickable import SMALLEST_POCKET, pickable
from tools.body_maps.surface import vertex_normals

SIZE = 31


def sheet(spacing=0.1):
    """A square sheet in the plane z = 0, SIZE by SIZE vertices, its middle at the origin."""
    rows, columns = np.mgrid[:SIZE, :SIZE] - SIZE // 2
    vertices = np.stack([columns.ravel(), rows.ravel(), np.zeros(SIZE**2)], axis=1) * spacing
    corner = (np.arange(SIZE - 1)[:, None] * SIZE + np.arange(SIZE - 1)).ravel()
    return vertices, np.stack([corner, corner + 1, corner + SIZE + 1, corner + SIZE], axis=1)


MIDDLE = Ellipsoid((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))


def test_normals_point_to_where_the_quads_run_counter_clockwise():
    vertices, quads = sheet()
    np.testing.assert_allclose(vertex_normals(vertices, quads), np.tile([0, 0, 1], (SIZE**2, 1)))


def test_fairing_takes_a_bump_off_and_leaves_the_rest_alone():
    flat, quads = sheet()
    bumpy = flat.copy()
    bumpy[:, 2] = 0.2 * np.exp(-20 * (flat[:, 0] ** 2 + flat[:, 1] ** 2))
    skin = Skin(flat, quads, np.arange(len(flat)))
    smooth = faired(bumpy, skin, MIDDLE, amount=1.0, full_within=0.9)
    outside = MIDDLE.distance(flat) >= 1
    np.testing.assert_array_equal(smooth[outside], bumpy[outside])
    assert np.abs(smooth[:, 2]).max() < 0.01


def test_fairing_goes_only_as_far_as_it_is_told():
    flat, quads = sheet()
    bumpy = flat + np.where(np.all(flat == 0, axis=1), 0.2, 0)[:, None] * [0, 0, 1]
    skin = Skin(flat, quads, np.arange(len(flat)))
    half = faired(bumpy, skin, MIDDLE, amount=0.5, full_within=0.9)
    np.testing.assert_allclose(half[:, 2].max(), 0.1, atol=1e-6)
    np.testing.assert_array_equal(faired(bumpy, skin, MIDDLE, 0.0, 0.9), bumpy)


def test_a_region_on_the_left_holds_on_the_right():
    region = Ellipsoid((1.0, 0.0, 0.0), (0.5, 0.5, 0.5))
    np.testing.assert_allclose(region.distance(np.array([[1, 0, 0.5], [-1, 0, 0.5]])), 1)


def test_smoothstep_is_flat_outside_and_rises_between():
    np.testing.assert_allclose(smoothstep(np.array([-1, 2, 3, 4, 9.0]), 2, 4), [0, 0, 0.5, 1, 1])


def back(height=17.0):
    """A sheet that faces backwards, as high and broad as a back: (vertices, quads)."""
    vertices, quads = sheet()
    return np.column_stack(
        [-vertices[:, 0] * 2, vertices[:, 1] * 2 + height - 4, vertices[:, 2]]
    ), quads


def test_landmarks_rise_on_both_sides_alike_and_scale_with_the_stature():
    male, quads = back()
    female = male * 0.9
    rises = landmarks.rises({"male": male, "female": female}, quads)
    rise = male[:, 2] - landmarks.raised(male, quads, rises["male"])[:, 2]
    assert 0.03 < rise.max() < 0.06
    assert -0.04 < rise.min() < -0.02
    across = rise.reshape(SIZE, SIZE)
    np.testing.assert_allclose(across, across[:, ::-1], atol=1e-12)
    lower = female[:, 2] - landmarks.raised(female, quads, rises["female"])[:, 2]
    np.testing.assert_allclose(lower, 0.9 * rise, atol=1e-12)


def test_landmarks_leave_the_front_alone():
    vertices, quads = sheet()
    front = vertices * 2 + [0, 13, 0]
    rise = landmarks.rises({"male": front}, quads)["male"]
    np.testing.assert_array_equal(landmarks.raised(front, quads, rise), front)


def test_landmarks_are_raised_alike_in_every_pose():
    """The same vertices rise by the same, wherever the pose has carried them."""
    male, quads = back()
    rise = landmarks.rises({"male": male}, quads)["male"]
    turned = male[:, [2, 0, 1]]  # lying on its side
    height = np.linalg.norm(landmarks.raised(turned, quads, rise) - turned, axis=1)
    np.testing.assert_allclose(height, np.abs(rise), atol=1e-12)


def test_a_large_pocket_cannot_be_picked_and_a_small_one_can():
    _, quads = sheet()
    openness = np.ones((SIZE, SIZE))
    openness[2:27, 2:27] = 0
    openness[29, 29] = 0
    chartable = pickable(quads, openness.ravel())
    assert (~chartable).sum() == 24 * 24 >= SMALLEST_POCKET
    openness[12:14] = 1
    assert pickable(quads, openness.ravel()).all()


@pytest.mark.parametrize("extent", [1.0, 17.5])
def test_sixteen_bits_keep_a_coordinate_to_half_a_step(extent):
    vertices = np.random.default_rng(3).uniform(-extent / 2, extent / 2, (500, 3))
    steps, bounds = quantise.quantise(vertices)
    assert steps.dtype == np.uint16
    error = np.abs(quantise.restore(steps, bounds) - vertices).max()
    assert error <= extent / 65_535 * 0.501
