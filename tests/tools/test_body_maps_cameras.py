"""The cameras: what they show where, and how the four of a body go together."""

import numpy as np
import pytest

from tools.body_maps.cameras import MARGIN, PICTURE_HEIGHT, WHOLE_VIEWS, whole_body

# a figure 18 dm high, whose left arm reaches farther out than its right, and its nose forward
FIGURE = np.array([[0, 0, 0], [0, 18, 0], [5, 10, 0], [-4, 10, 0], [0, 16, 1.5], [0, 0, -1.0]])
HEAD, LEFT_HAND, RIGHT_HAND, NOSE = 1, 2, 3, 4


@pytest.fixture
def cameras():
    return dict(zip(WHOLE_VIEWS, whole_body(FIGURE), strict=True))


def test_the_axes_of_every_camera_are_a_right_handed_frame(cameras):
    for camera in cameras.values():
        np.testing.assert_allclose(np.cross(camera.right, camera.up), camera.toward)


def test_the_figure_fills_the_height_but_for_the_margin(cameras):
    for camera in cameras.values():
        y = camera.project(FIGURE)[:, 1]
        np.testing.assert_allclose([y.min(), y.max()], [MARGIN, PICTURE_HEIGHT - MARGIN])


def test_the_figure_stands_in_the_middle_of_the_width_with_the_margin_kept(cameras):
    for camera in cameras.values():
        x = camera.project(FIGURE)[:, 0]
        assert x.min() + x.max() == pytest.approx(camera.width)
        assert x.min() >= MARGIN
        assert camera.width % 16 == 0


def test_the_four_pictures_align_when_laid_side_by_side(cameras):
    heights = [camera.project(FIGURE)[:, 1] for camera in cameras.values()]
    for height in heights[1:]:
        np.testing.assert_allclose(height, heights[0])


def test_the_patients_left_hand_is_on_the_viewers_right_from_the_front(cameras):
    x = cameras["anterior"].project(FIGURE)[:, 0]
    assert x[LEFT_HAND] > x[HEAD] > x[RIGHT_HAND]
    x = cameras["posterior"].project(FIGURE)[:, 0]
    assert x[LEFT_HAND] < x[HEAD] < x[RIGHT_HAND]


def test_the_left_view_has_the_left_hand_nearest_and_looks_to_the_viewers_left(cameras):
    points = cameras["left"].project(FIGURE)
    assert points[LEFT_HAND, 2] == points[:, 2].max()
    assert points[NOSE, 0] < points[HEAD, 0]


def test_right_is_the_mirror_image_of_left(cameras):
    left, right = cameras["left"], cameras["right"]
    mirrored = right.project(FIGURE * [-1, 1, 1])
    points = left.project(FIGURE)
    np.testing.assert_allclose(mirrored[:, 0], right.width - points[:, 0])
    np.testing.assert_allclose(mirrored[:, 1:], points[:, 1:])
