"""Areas drawn around sore skin: what they cover, and how they look from elsewhere."""

import numpy as np
import pytest

from app.body.areas import inside_polygon
from app.body.atlas import Atlas
from app.body.mesh import Points
from app.domain.anatomy import Body, Side
from tests.helpers.skin import VIEWS, circle

FRONT, BACK, LEFT = "anterior", "posterior", "left"


def centre(atlas: Atlas, body: Body, view: str) -> float:
    return atlas.view(body, view).width / 2


def area_px(loop: Points) -> float:
    x, y = loop.T
    return abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1))) / 2


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize(
    ("shift", "side"), [(-90.0, Side.LEFT), (90.0, Side.RIGHT), (0.0, Side.MIDLINE)]
)
def test_an_area_on_the_back_has_its_side_and_a_spot_inside(
    atlas: Atlas, body: Body, shift: float, side: Side
) -> None:
    line = circle(centre(atlas, body, BACK) + shift, 600, 60)
    drawn = atlas.draw_area(body, BACK, line)
    assert drawn is not None
    assert drawn.side is side
    spot = atlas.locate(drawn.anchor, body, BACK)
    assert spot.visible
    assert np.hypot(spot.x - line[:, 0].mean(), spot.y - 600) < 6
    assert len(drawn.outline) == len(line)


@pytest.mark.parametrize("body", Body)
def test_an_area_covers_the_skin_inside_its_line(atlas: Atlas, body: Body) -> None:
    line = circle(centre(atlas, body, BACK) - 90, 600, 60)
    drawn = atlas.draw_area(body, BACK, line)
    assert drawn is not None
    (loop,) = atlas.area_loops(drawn.outline, body, BACK, body, BACK)
    np.testing.assert_allclose(loop, line, atol=1e-6)
    assert inside_polygon(np.array([[line[:, 0].mean(), 600.0]]), loop)[0]


@pytest.mark.parametrize("body", Body)
def test_from_the_side_an_area_of_the_calf_is_the_same_skin(atlas: Atlas, body: Body) -> None:
    """The contour in another picture, taken back, lies on the line that was drawn."""
    row = atlas._whole(body, BACK).raster.pixels
    row = row[(np.abs(row[:, 1] - 1600) < 3) & (row[:, 0] < centre(atlas, body, BACK))]
    middle = float(row[:, 0].min()) + 38
    line = circle(middle, 1600, 25)
    drawn = atlas.draw_area(body, BACK, line)
    assert drawn is not None
    loops = atlas.area_loops(drawn.outline, body, BACK, body, LEFT)
    off_line = []
    for x, y in np.vstack(loops):
        anchor = atlas.pick(body, LEFT, float(x), float(y))
        assert anchor is not None
        back = atlas.locate(anchor, body, BACK)
        if back.visible:  # else the skin turns away there, and the area ends
            off_line.append(np.hypot(back.x - middle, back.y - 1600) - 25)
    assert len(off_line) > 20
    assert np.percentile(np.abs(off_line), 90) < 8  # worse only where skin nearly turns away
    assert np.median(np.abs(off_line)) < 3


@pytest.mark.parametrize("body", Body)
def test_an_area_is_not_shown_where_its_skin_cannot_be_seen(atlas: Atlas, body: Body) -> None:
    drawn = atlas.draw_area(body, BACK, circle(centre(atlas, body, BACK) - 90, 600, 40))
    assert drawn is not None
    assert atlas.area_loops(drawn.outline, body, BACK, body, FRONT) == []
    assert atlas.area_loops(drawn.outline, body, BACK, body, "right") == []


@pytest.mark.parametrize("view", VIEWS)
def test_an_area_drawn_on_one_body_is_about_as_large_on_the_other(atlas: Atlas, view: str) -> None:
    line = circle(centre(atlas, Body.FEMALE, view), 600, 50)
    drawn = atlas.draw_area(Body.FEMALE, view, line)
    assert drawn is not None
    loops = atlas.area_loops(drawn.outline, Body.FEMALE, view, Body.MALE, view)
    largest = max(map(area_px, loops))
    assert 0.5 < largest / area_px(line) < 2.2
    spot = atlas.locate(drawn.anchor, Body.MALE, view)
    assert any(inside_polygon(np.array([[spot.x, spot.y]]), loop)[0] for loop in loops)


def test_the_same_area_is_computed_once(atlas: Atlas) -> None:
    drawn = atlas.draw_area(Body.MALE, BACK, circle(430, 600, 40))
    assert drawn is not None
    first = atlas.area_loops(drawn.outline, Body.MALE, BACK, Body.MALE, LEFT)
    assert atlas.area_loops(drawn.outline, Body.MALE, BACK, Body.MALE, LEFT) is first


def test_a_line_that_leaves_the_body_is_drawn_to_the_skin_inside_it(atlas: Atlas) -> None:
    edge = atlas._whole(Body.FEMALE, BACK).raster
    row = edge.pixels[np.abs(edge.pixels[:, 1] - 1400) < 3]
    line = circle(float(row[:, 0].max()), 1400, 30)
    drawn = atlas.draw_area(Body.FEMALE, BACK, line)
    assert drawn is not None
    assert drawn.side is Side.RIGHT
    assert atlas.locate(drawn.anchor, Body.FEMALE, BACK).visible
    assert inside_polygon(np.array([atlas.locate(drawn.anchor, Body.FEMALE, BACK)[:2]]), line)[0]


@pytest.mark.parametrize(
    "line",
    [
        circle(20, 1900, 15),  # beside the body
        circle(430, 600, 1.0),  # a trembling finger
        np.array([[430.0, 600.0], [480.0, 600.0]]),  # there and back
        np.array([[430.0, 600.0]]),
        circle(-4000, 600, 50),
    ],
)
def test_a_line_around_no_skin_is_no_area(atlas: Atlas, line: Points) -> None:
    assert atlas.draw_area(Body.FEMALE, BACK, line) is None


def test_a_line_that_crosses_itself_covers_both_of_its_halves(atlas: Atlas) -> None:
    figure_of_eight = np.array([[370.0, 560.0], [470.0, 640.0], [470.0, 560.0], [370.0, 640.0]])
    drawn = atlas.draw_area(Body.FEMALE, BACK, figure_of_eight)
    assert drawn is not None
    (loop,) = atlas.area_loops(drawn.outline, Body.FEMALE, BACK, Body.FEMALE, BACK)
    here = np.array([[385.0, 600.0], [455.0, 600.0], [420.0, 570.0], [420.0, 630.0]])
    assert inside_polygon(here, loop).tolist() == [True, True, False, False]
    spot = atlas.locate(drawn.anchor, Body.FEMALE, BACK)
    assert inside_polygon(np.array([[spot.x, spot.y]]), loop)[0]


def test_inside_and_outside_of_a_polygon_are_told_by_counting_crossings() -> None:
    """Against a ray to the right, edge by edge, on polygons of all sorts."""
    chance = np.random.default_rng(9)
    for corners in (3, 4, 7, 15):
        for _round in range(15):
            polygon = chance.integers(0, 12, (corners, 2)).astype(float)  # with level edges
            points = chance.uniform(-1, 13, (200, 2))
            expected = [_crossings(point, polygon) % 2 == 1 for point in points]
            assert inside_polygon(points, polygon).tolist() == expected


def _crossings(point: Points, polygon: Points) -> int:
    (x, y), count = point, 0
    for k in range(len(polygon)):
        (x0, y0), (x1, y1) = polygon[k], polygon[(k + 1) % len(polygon)]
        if min(y0, y1) <= y < max(y0, y1) and x0 + (y - y0) / (y1 - y0) * (x1 - x0) > x:
            count += 1
    return count


def test_far_from_a_polygon_nothing_is_inside() -> None:
    assert not inside_polygon(np.array([[900.0, 900.0]]), circle(0, 0, 5)).any()
