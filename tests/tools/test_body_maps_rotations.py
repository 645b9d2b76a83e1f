"""Rotations, as properties that must hold for any axis and direction."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tools.body_maps.rotations import rotation, rotation_between, twist_about

numbers = st.floats(-1, 1)
vectors = (
    st.tuples(numbers, numbers, numbers)
    .map(np.array)
    .filter(lambda vector: np.linalg.norm(vector) > 0.1)
)
angles = st.floats(-179, 179)


def unit(vector):
    return vector / np.linalg.norm(vector)


def test_a_quarter_turn_about_z_takes_x_to_y():
    turned = rotation(np.array([0.0, 0.0, 2.0]), 90) @ [1, 0, 0]
    np.testing.assert_allclose(turned, [0, 1, 0], atol=1e-12)


@given(vectors, angles)
def test_a_rotation_keeps_lengths_and_handedness_and_its_axis(axis, angle):
    turn = rotation(axis, angle)
    np.testing.assert_allclose(turn @ turn.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(turn) > 0
    np.testing.assert_allclose(turn @ axis, axis, atol=1e-12)


@given(vectors, vectors)
def test_the_turn_between_two_directions_takes_one_to_the_other(start, end):
    turn = rotation_between(start, end)
    np.testing.assert_allclose(turn @ unit(start), unit(end), atol=1e-9)
    np.testing.assert_allclose(turn @ turn.T, np.eye(3), atol=1e-9)


@given(vectors)
def test_a_direction_can_be_turned_to_its_opposite_and_to_itself(start):
    np.testing.assert_allclose(rotation_between(start, -start) @ start, -start, atol=1e-9)
    np.testing.assert_allclose(rotation_between(start, 3 * start), np.eye(3), atol=1e-7)


@given(vectors, vectors, angles)
def test_a_twist_is_measured_as_it_was_made(axis, start, angle):
    across = start - unit(axis) * (start @ unit(axis))
    if np.linalg.norm(across) > 0.1:
        end = rotation(axis, angle) @ start
        assert abs(twist_about(axis, start, end) - angle) < 1e-6
