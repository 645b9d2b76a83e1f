"""The close-ups' cameras, set up around a little figure made of boxes."""

import numpy as np
import pytest

from tools.body_maps.close_ups import LONGER_EDGE, MARGIN, SHOTS, close_ups
from tools.body_maps.parts import PARTS

# the middle and the half-size of a box for each part on the left and the midline
BOXES = {
    "head": ((0, 16.5, 0), (0.8, 1, 0.9)),
    "neck": ((0, 15.2, 0), (0.5, 0.4, 0.5)),
    "trunk": ((0, 11.5, 0), (1.6, 3.3, 1)),
    "upper_arm_left": ((2.2, 12.5, 0), (0.4, 1.5, 0.4)),
    "forearm_left": ((2.8, 9.8, 0), (0.3, 1.2, 0.3)),
    "hand_left": ((3.2, 7.8, 0), (0.5, 0.8, 0.2)),
    "thigh_left": ((0.9, 6.3, 0), (0.7, 2, 0.7)),
    "lower_leg_left": ((0.9, 2.6, 0), (0.5, 1.8, 0.5)),
    "foot_left": ((0.9, 0.4, 0.5), (0.4, 0.4, 1.2)),
}


@pytest.fixture(scope="module")
def figure():
    """vertices (n, 3), quads (m, 4), part (m,): each box as a stack of squares, both sides."""
    vertices, part = [], []
    square = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    corners = np.array([(x, y, z) for y in np.linspace(-1, 1, 9) for x, z in square])
    for name, (middle, half) in BOXES.items():
        box = np.array(middle) + corners * half
        vertices.append(box)
        part += [PARTS.index(name)] * 9
        if name.endswith("_left"):
            vertices.append(box * [-1, 1, 1])
            part += [PARTS.index(name.replace("left", "right"))] * 9
    quads = np.arange(4 * len(part)).reshape(-1, 4)
    return np.concatenate(vertices), quads, np.array(part)


@pytest.fixture(scope="module")
def cameras(figure):
    vertices, quads, part = figure
    made = close_ups({"anatomical": vertices, "overhead": vertices}, quads, part)
    return {camera.view: camera for camera in made}


def vertices_of(figure, name):
    vertices, quads, part = figure
    return vertices[np.unique(quads[part == PARTS.index(name)])]


def test_every_axis_is_a_unit_vector_of_a_right_handed_frame(cameras):
    for camera in cameras.values():
        np.testing.assert_allclose(np.cross(camera.right, camera.up), camera.toward, atol=1e-9)
        np.testing.assert_allclose(np.linalg.norm(camera.toward), 1)


def test_paired_shots_are_made_for_both_sides_and_the_others_once(cameras):
    assert len(cameras) == sum(2 if shot.paired else 1 for shot in SHOTS)
    assert cameras["foot_left_plantar"].title == "Left foot, plantar"
    assert cameras["foot_right_plantar"].side == "right"
    assert cameras["pelvis_posterior"].side is None


def test_the_subject_fills_the_picture_but_for_its_margin(cameras, figure):
    camera = cameras["foot_left_plantar"]
    x, y, _ = camera.project(vertices_of(figure, "foot_left")).T
    longer = max(np.ptp(x), np.ptp(y))
    assert longer == pytest.approx(LONGER_EDGE * (1 - 2 * MARGIN))
    assert (x.min() + x.max(), y.min() + y.max()) == pytest.approx((camera.width, camera.height))


def test_the_right_side_is_the_mirror_image_of_the_left(cameras, figure):
    vertices = figure[0]
    for view, left in cameras.items():
        if left.side == "left":
            right = cameras[view.replace("left", "right")]
            points, mirrored = left.project(vertices), right.project(vertices * [-1, 1, 1])
            np.testing.assert_allclose(mirrored[:, 0], right.width - points[:, 0], atol=1e-6)
            np.testing.assert_allclose(mirrored[:, 1:], points[:, 1:], atol=1e-6)


def test_a_sole_is_seen_from_below_with_the_toes_up(cameras):
    camera = cameras["foot_left_plantar"]
    heel, toes, ankle = camera.project(np.array([[0.9, 0, -0.7], [0.9, 0, 1.7], [0.9, 1, 0]]))
    assert toes[1] < heel[1]
    assert heel[2] > ankle[2]


def test_a_palm_is_seen_from_the_front_with_the_fingers_down(cameras):
    camera = cameras["hand_left_palmar"]
    elbow, knuckles, back = camera.project(np.array([[2.7, 11, 0], [3.2, 7.4, 0], [3, 9, -0.5]]))
    assert knuckles[1] > elbow[1]
    assert knuckles[2] > back[2]


def test_the_other_leg_is_left_out_of_a_medial_view(cameras):
    assert cameras["foot_left_medial"].toward[0] < 0
    assert all(part.endswith("_left") for part in cameras["foot_left_medial"].parts)
    assert cameras["head_neck_left"].parts == ()


def test_a_shoulder_ends_at_the_midline_and_below_the_blade(cameras, figure):
    camera = cameras["shoulder_left_posterior"]
    other, same, low = camera.project(np.array([[-1.5, 13, 0], [1.5, 13, 0], [1.5, 10, 0]]))
    assert other[0] > camera.width
    assert 0 < same[0] < camera.width
    assert low[1] > camera.height
