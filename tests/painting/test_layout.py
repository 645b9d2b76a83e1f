"""Where signs and labels stand: beside each other, as long as there is room."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from app.domain.marks import Soreness
from app.painting.glyphs import GLYPH_DIAMETER
from app.painting.hatching import Segment, hatch
from app.painting.layout import SIGN_DISTANCE, Frame, LaidMark, Layout
from app.painting.marks import area_path, lay_out, paint_dots, paint_ghosts, paint_marks
from app.painting.marks import paint_selected as ring
from app.painting.placing import PlacedMark
from tests.helpers.marks import a_mark, grey, painted, placed_at
from tests.helpers.skin import circle

FRAME = Frame(1.0)
LEAST = SIGN_DISTANCE * GLYPH_DIAMETER
spots = st.tuples(st.floats(0, 400), st.floats(0, 400))


def scattered(places: list[tuple[float, float]]) -> list[PlacedMark]:
    return [placed_at(x, y, number) for number, (x, y) in enumerate(places, start=1)]


def sign_boxes(laid: list[LaidMark]) -> list[QRectF]:
    radius = GLYPH_DIAMETER / 2
    return [
        QRectF(m.sign.x() - radius, m.sign.y() - radius, GLYPH_DIAMETER, GLYPH_DIAMETER)
        for m in laid
    ]


def require_signs_apart(laid: list[LaidMark]) -> None:
    for one, other in combinations(laid, 2):
        apart = math.hypot(one.sign.x() - other.sign.x(), one.sign.y() - other.sign.y())
        assert apart >= LEAST - 1e-6


def require_room(laid: list[LaidMark]) -> None:
    """No sign lies on a sign, no label on a label or on a sign."""
    require_signs_apart(laid)
    for one, other in combinations(laid, 2):
        assert not one.label.intersects(other.label)
    for number, box in enumerate(sign_boxes(laid)):
        for other, mark in enumerate(laid):
            assert other == number or not mark.label.intersects(box)


def test_a_mark_alone_stands_on_its_spot_with_its_label_at_the_right() -> None:
    (laid,) = lay_out([placed_at(100, 80)], FRAME)
    assert laid.sign == laid.spot == QPointF(100, 80)
    assert not laid.stepped_aside
    assert laid.label.left() > 100 + GLYPH_DIAMETER / 2
    assert laid.label.center().y() == pytest.approx(80)


@given(st.lists(spots, max_size=12, unique=True))
def test_where_there_is_room_nothing_covers_anything(places: list[tuple[float, float]]) -> None:
    """Marks of one group, far enough from the next group: at most four near each other."""
    apart = [(x / 400 * 30 + 150 * (k // 3), y / 400 * 30) for k, (x, y) in enumerate(places)]
    require_room(lay_out(scattered(apart), FRAME))


@pytest.mark.parametrize("count", [2, 3, 8])
def test_marks_on_one_spot_step_aside_and_stay_apart(count: int) -> None:
    laid = lay_out(scattered([(200.0, 200.0)] * count), FRAME)
    require_signs_apart(laid)
    if count < 4:  # with more around it, the first one has no room for its label
        require_room(laid)
    assert [mark.stepped_aside for mark in laid] == [False] + [True] * (count - 1)
    assert all(mark.spot == QPointF(200, 200) for mark in laid)


def test_the_first_mark_keeps_its_spot_whatever_the_order_of_the_list() -> None:
    marks = scattered([(200.0, 200.0), (203.0, 201.0)])
    first = lay_out(marks, FRAME)
    again = lay_out(marks[::-1], FRAME)
    assert [mark.sign for mark in first] == [mark.sign for mark in again]
    assert [mark.placed.mark.number for mark in again] == [1, 2]


def test_in_a_crowd_that_has_no_room_marks_stay_on_their_spots() -> None:
    laid = lay_out(scattered([(200.0, 200.0)] * 80), FRAME)
    assert laid[-1].sign == laid[-1].spot
    assert sum(mark.stepped_aside for mark in laid) >= 12


def test_at_a_larger_zoom_signs_return_to_their_spots() -> None:
    marks = scattered([(200.0, 200.0), (206.0, 200.0)])
    assert lay_out(marks, Frame(1.0))[1].stepped_aside
    assert not lay_out(marks, Frame(4.0))[1].stepped_aside


def test_labels_stay_within_bounds_where_they_can() -> None:
    bounds = QRectF(0, 0, 300, 300)
    (laid,) = Layout(FRAME, bounds).lay_out([placed_at(290, 150)])
    assert bounds.contains(laid.label)
    assert laid.label.right() < 290


@given(st.lists(spots, min_size=2, max_size=14, unique=True))
def test_a_mark_more_moves_no_sign_and_only_labels_that_it_covers(
    places: list[tuple[float, float]],
) -> None:
    *earlier, last = scattered([(x * 0.4, y * 0.4) for x, y in places])
    layout = Layout(FRAME)
    before = layout.lay_out(earlier)
    laid, moved = layout.add_label(layout.add_sign(last))
    (box,) = sign_boxes([laid])
    for old, new in moved.items():
        assert old in before
        assert (new.sign, new.spot, new.placed) == (old.sign, old.spot, old.placed)
        assert old.label.intersects(box)
        assert not new.label.intersects(box)
        assert not new.label.intersects(laid.label)
    for mark in before:
        apart = math.hypot(mark.sign.x() - laid.sign.x(), mark.sign.y() - laid.sign.y())
        assert apart >= LEAST - 1e-6 or not laid.stepped_aside


def test_a_label_that_a_new_sign_covers_goes_elsewhere_and_can_go_again() -> None:
    layout = Layout(FRAME)
    (first,) = layout.lay_out([placed_at(100, 100, 1)])
    at = first.label.center()
    second, moved = layout.add_label(layout.add_sign(placed_at(at.x(), at.y(), 2)))
    (now,) = moved.values()
    assert not now.label.intersects(first.label)
    again = now.label.center()
    third, moved = layout.add_label(layout.add_sign(placed_at(again.x(), again.y(), 3)))
    assert list(moved) == [now]
    require_room([moved[now], second, third])


def lay_out_alone(placed: PlacedMark) -> LaidMark:
    (laid,) = Layout(FRAME).lay_out([placed])
    return laid


def test_an_area_moves_no_labels_and_has_its_own_in_its_middle() -> None:
    layout = Layout(FRAME)
    layout.lay_out([placed_at(100, 100, 1)])
    area = PlacedMark(a_mark(2, details=Soreness()), 120.0, 100.0, (circle(120, 100, 40),))
    laid, moved = layout.add_label(layout.add_sign(area))
    assert moved == {}
    assert not laid.stepped_aside
    alone = lay_out_alone(area)
    assert (alone.label.center() - QPointF(120, 100)).manhattanLength() < 0.01


def test_areas_on_one_place_have_labels_apart() -> None:
    areas = [
        PlacedMark(a_mark(n, details=Soreness()), 200.0, 200.0, (circle(200, 200, 50),))
        for n in (1, 2, 3, 4)
    ]
    laid = lay_out(areas, FRAME)
    assert not any(a.label.intersects(b.label) for a, b in combinations(laid, 2))


# -- hatching ---------------------------------------------------------------------------------


def inside(x: float, y: float, loops: tuple[np.ndarray, ...]) -> bool:
    path = area_path(PlacedMark(a_mark(), 0, 0, loops), FRAME)
    return path.contains(QPointF(x, y))


polygons = st.lists(
    st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=3, max_size=9, unique=True
)


@given(polygons, st.floats(3, 12))
def test_hatch_lines_lie_inside_the_outline(corners: list[tuple[int, int]], spacing: float) -> None:
    from app.body.areas import inside_polygon

    loop = np.array(corners, dtype=float)
    for x0, y0, x1, y1 in hatch((loop,), spacing):
        assert y1 - y0 == pytest.approx(x1 - x0, abs=1e-6)  # at 45 degrees
        for share in (0.25, 0.5, 0.75):
            point = np.array([[x0 + share * (x1 - x0), y0 + share * (y1 - y0)]])
            if math.hypot(x1 - x0, y1 - y0) > 1e-6:
                assert inside_polygon(point, loop)[0] or _on_edge(point[0], loop)


def _on_edge(point: np.ndarray, loop: np.ndarray) -> bool:
    from app.body.picking import nearest_on_edges

    after = np.roll(loop, -1, axis=0)
    edges = np.stack([loop, after, after], axis=1)
    return bool(nearest_on_edges(edges, point)[0].min() < 1e-6)


def test_a_hole_is_not_hatched() -> None:
    loops = (circle(100, 100, 60), circle(100, 100, 30)[::-1])  # as contours run around holes
    segments = hatch(loops, 7.0)
    assert segments
    assert inside(145, 100, loops)
    assert not inside(100, 100, loops)
    for x0, y0, x1, y1 in segments:
        assert math.hypot((x0 + x1) / 2 - 100, (y0 + y1) / 2 - 100) > 29


def twice_round(x: float, y: float, radius: float) -> np.ndarray:
    """A hand that circles a spot twice, the second time a little wider."""
    return np.vstack([circle(x, y, radius), circle(x, y, radius + 4)])


def test_what_is_circled_twice_is_filled_and_hatched_as_if_once() -> None:
    loop = twice_round(100, 100, 50)
    assert inside(100, 100, (loop,))
    assert inside(100, 120, (loop,))
    once = hatch((circle(100, 100, 54),), 7.0)
    twice = hatch((loop,), 7.0)
    assert len(twice) == len(once)
    assert _length(twice) == pytest.approx(_length(once), rel=0.02)


@given(polygons, st.floats(3, 12))
def test_hatching_leaves_nothing_out(corners: list[tuple[int, int]], spacing: float) -> None:
    """Between hatch lines of one level there is nothing of the area."""
    from app.body.areas import inside_polygon

    loop = np.array(corners, dtype=float)
    segments = hatch((loop,), spacing)
    for level in {round(y0 - x0, 6) for x0, y0, _x1, _y1 in segments}:
        spans = [(s[0], s[2]) for s in segments if abs(s[1] - s[0] - level) < 1e-5]
        for x in np.arange(0.37, 100, 3.1):
            if not any(start - 1e-6 <= x <= end + 1e-6 for start, end in spans):
                point = np.array([[x, x + level]])
                assert not inside_polygon(point, loop)[0] or _on_edge(point[0], loop)


def _length(segments: list[Segment]) -> float:
    return sum(math.hypot(x1 - x0, y1 - y0) for x0, y0, x1, y1 in segments)


def test_hatch_lines_are_as_far_apart_as_they_should_be() -> None:
    square = np.array([[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]])
    offsets = sorted((y0 - x0) / math.sqrt(2) for x0, y0, _x1, _y1 in hatch((square,), 10.0))
    np.testing.assert_allclose(np.diff(offsets), 10.0)


# -- the painting of many ---------------------------------------------------------------------


def test_marks_are_painted_where_they_were_laid_out() -> None:
    clay = painted(lambda _painter: None, 200, 100)
    marks = scattered([(60.0, 50.0), (62.0, 52.0)])
    area = PlacedMark(a_mark(3, details=Soreness()), 150.0, 50.0, (circle(150, 50, 30),))
    line = PlacedMark(a_mark(4), 30.0, 80.0, line=np.array([[10.0, 80.0], [50.0, 80.0]]))
    for kept in (False, True):
        frame = Frame(1.0, sprites=kept)
        pixels = painted(lambda p, f=frame: paint_marks(p, [*marks, area, line], f), 200, 100)
        changed = (pixels != clay).any(axis=2)
        for x, y in ((60, 50), (150, 35), (12, 80), (48, 80)):
            assert changed[y - 2 : y + 3, x - 2 : x + 3].any()
        assert not changed[:10, :40].any()


def test_a_ring_is_drawn_around_what_is_selected() -> None:
    laid = [Layout(FRAME).add_sign(each) for each in scattered([(60.0, 50.0)])]
    area = PlacedMark(a_mark(3, details=Soreness()), 150.0, 50.0, (circle(150, 50, 30),))
    laid.append(Layout(FRAME).add_sign(area))
    clay = grey(painted(lambda _painter: None, 200, 100))
    pixels = grey(painted(lambda painter: ring(painter, laid, FRAME), 200, 100))
    assert abs(pixels - clay)[50, 60] < 1  # hollow
    assert abs(pixels - clay)[50, 72:76].max() > 60
    assert abs(pixels - clay)[50, 178:182].max() > 60


def test_on_a_thumbnail_a_point_is_a_dot_and_an_area_a_patch() -> None:
    area = PlacedMark(a_mark(2, details=Soreness()), 40.0, 40.0, (circle(40, 40, 10),))
    clay = grey(painted(lambda _painter: None))
    dots = painted(lambda painter: paint_dots(painter, [placed_at(20, 20), area], FRAME))
    changed = np.abs(grey(dots) - clay) > 5
    assert changed[19:21, 19:21].all()
    assert changed[34:46, 34:46].all()
    assert not changed[:13].any()
    assert not changed[13:27, 28:].any()


def test_earlier_sessions_are_painted_without_numbers() -> None:
    area = PlacedMark(a_mark(2, details=Soreness()), 40.0, 40.0, (circle(40, 40, 10),))
    clay = grey(painted(lambda _painter: None))
    ghosts = grey(painted(lambda p: paint_ghosts(p, [placed_at(15, 15), area], FRAME)))
    changed = np.abs(ghosts - clay) > 5
    assert changed[5:25, 5:25].any()
    assert changed[28:52, 28:52].any()
    assert not changed[5:25, 28:].any()
