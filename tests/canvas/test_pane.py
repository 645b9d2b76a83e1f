"""Zooming and moving one picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from app.body.atlas import Atlas
from app.body.view import View
from app.canvas.pane import LARGEST_ZOOM, Pane
from app.domain.anatomy import Body
from app.paths import BODY_MAPS

VIEW: View = Atlas.load(BODY_MAPS).view(Body.MALE, "posterior")
RECT = QRectF(40, 10, 600, 640)


def pane() -> Pane:
    made = Pane(VIEW)
    made.place(RECT)
    return made


def test_the_whole_picture_is_seen_at_first():
    assert RECT.contains(pane().target)


inside = st.tuples(st.floats(41, 639), st.floats(11, 649)).map(lambda at: QPointF(*at))


@given(at=inside, factor=st.floats(1.05, 3))
def test_what_lies_under_the_pointer_stays_there_while_zooming_in(at: QPointF, factor: float):
    zoomed = pane()
    zoomed.zoom_about(RECT.center(), 4)  # away from the edges, where the picture stops
    before = zoomed.picture_point(at)
    zoomed.zoom_about(at, factor)
    after = zoomed.frame.point(*before)
    assert (after.x(), after.y()) == (pytest.approx(at.x()), pytest.approx(at.y()))


@given(steps=st.lists(st.tuples(inside, st.floats(0.2, 5), inside), max_size=8))
def test_the_picture_never_leaves_the_pane_and_zoom_has_its_limits(
    steps: list[tuple[QPointF, float, QPointF]],
):
    moved = pane()
    for at, factor, by in steps:
        moved.zoom_about(at, factor)
        moved.pan(by - RECT.center())
        assert 1.0 <= moved.zoom <= LARGEST_ZOOM
        assert moved.target.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(RECT.center())


def test_a_point_of_the_picture_goes_to_the_screen_and_back():
    zoomed = pane()
    zoomed.zoom_about(QPointF(300, 200), 2.5)
    assert zoomed.picture_point(zoomed.frame.point(500, 700)) == pytest.approx((500, 700))


def test_a_region_is_shown_whole_and_not_too_close():
    shown = pane()
    region = QRectF(500, 300, 80, 60)
    shown.show_region(region)
    assert RECT.contains(shown.frame.point(500, 300))
    assert RECT.contains(shown.frame.point(580, 360))
    assert shown.zoom == pytest.approx(2.2)


def test_fitting_shows_the_whole_picture_again():
    zoomed = pane()
    zoomed.zoom_about(QPointF(300, 200), 3)
    zoomed.fit()
    assert zoomed.target == pane().target


def test_signs_shrink_on_a_small_picture_but_words_stay_legible():
    small, large = Pane(VIEW), Pane(VIEW)
    small.place(QRectF(0, 0, 260, 300))
    large.place(QRectF(0, 0, 900, 1300))
    assert small.frame.unit < 0.7 < small.frame.label_unit
    assert (large.frame.unit, large.frame.label_unit) == (1.0, 1.0)
