"""Areas drawn around sore skin: what they cover, and how they look from elsewhere."""

import numpy as np
import pytest

from app.body.areas import inside_loops, inside_polygon, winding
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


def test_what_an_area_covers_elsewhere_is_what_each_spot_alone_says(atlas: Atlas) -> None:
    drawn = atlas.draw_area(Body.MALE, BACK, circle(330, 1600, 60))
    assert drawn is not None
    (own,) = atlas.area_loops(drawn.outline, Body.MALE, BACK, Body.MALE, BACK)
    raster = atlas._whole(Body.FEMALE, LEFT).raster
    covered = atlas._common(Body.MALE, BACK, Body.FEMALE, LEFT).samples_within(own)
    near = np.flatnonzero(np.abs(raster.pixels[:, 1] - 1600) < 70)
    alone = [
        sample
        for sample in near
        if atlas.area_holds(drawn.outline, Body.MALE, BACK, raster.anchor(int(sample)))
    ]
    assert covered.tolist() == alone
    assert len(alone) > 50


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


# -- lines that leave the skin ----------------------------------------------------------------


def runs_of_skin(atlas: Atlas, body: Body, y: float) -> list[tuple[float, float]]:
    """From where to where there is skin at the height ``y`` of the back: arm, trunk, arm."""
    pixels = atlas._whole(body, BACK).raster.pixels
    x = np.sort(pixels[np.abs(pixels[:, 1] - y) < 3, 0])
    return [
        (float(run[0]), float(run[-1])) for run in np.split(x, 1 + np.flatnonzero(np.diff(x) > 6))
    ]


def ellipse(x: float, y: float, wide: float, high: float) -> Points:
    return np.array([x, y]) + circle(0, 0, 1, points=60) * [wide, high]


def draws_the_skin_inside(atlas: Atlas, body: Body, line: Points) -> Points:
    """The loop that is shown for a line. It must cover the skin inside the line, and no other."""
    pixels = atlas._whole(body, BACK).raster.pixels
    drawn = atlas.draw_area(body, BACK, line)
    assert drawn is not None
    (loop,) = atlas.area_loops(drawn.outline, body, BACK, body, BACK)
    meant, shown = inside_polygon(pixels, line), inside_polygon(pixels, loop)
    assert (meant ^ shown).sum() <= max(0.015 * meant.sum(), 6)  # samples at the very edge
    return loop


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_line_in_the_gap_beside_an_arm_never_jumps_to_the_trunk(
    atlas: Atlas, body: Body, share: float
) -> None:
    (left, right), (trunk, _end), _arm = runs_of_skin(atlas, body, 850)
    edge = right + share * (trunk - right)
    loop = draws_the_skin_inside(
        atlas, body, ellipse((left + edge) / 2, 850, (edge - left) / 2, 60)
    )
    assert loop[:, 0].max() < right + 0.3 * (trunk - right)  # an arm is not quite upright


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_line_in_the_gap_beside_the_trunk_never_jumps_to_the_arm(
    atlas: Atlas, body: Body, share: float
) -> None:
    (_left, arm), (trunk, _end), _arm = runs_of_skin(atlas, body, 850)
    edge = arm + share * (trunk - arm)
    loop = draws_the_skin_inside(atlas, body, ellipse(edge + 60, 850, 60, 70))
    assert loop[:, 0].min() > arm + 0.4 * (trunk - arm)


@pytest.mark.parametrize("body", Body)
def test_a_line_across_the_gap_goes_straight_across_it(atlas: Atlas, body: Body) -> None:
    (_left, arm), (trunk, _end), _arm = runs_of_skin(atlas, body, 750)
    line = ellipse((arm + trunk) / 2, 750, 90, 60)
    loop = draws_the_skin_inside(atlas, body, line)
    assert area_px(loop) == pytest.approx(area_px(line), rel=0.1)


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("beside", [20.0, 60.0, 120.0, 400.0])
def test_a_loose_line_about_the_head_is_the_whole_head(
    atlas: Atlas, body: Body, beside: float
) -> None:
    line = ellipse(centre(atlas, body, BACK), 150, 80 + beside, 130 + beside / 8)
    loop = draws_the_skin_inside(atlas, body, line)
    pixels = atlas._whole(body, BACK).raster.pixels
    assert loop[:, 1].min() < pixels[:, 1].min() + 6


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("x", [-60.0, 0.0, 60.0])
def test_a_line_over_the_edge_of_the_shoulder_follows_the_edge(
    atlas: Atlas, body: Body, x: float
) -> None:
    edge = runs_of_skin(atlas, body, 440)[-1][1]
    line = circle(edge + x, 440, 80)
    loop = draws_the_skin_inside(atlas, body, line)
    for spot in loop:
        on_line = np.hypot(*(line - spot).T).min() < 7
        assert on_line or atlas.pick(body, BACK, spot[0] + 3, spot[1], reach=0.0) is None


def test_a_line_about_everything_is_the_whole_back(atlas: Atlas) -> None:
    view = atlas.view(Body.MALE, BACK)
    around = np.array([[-50, -50], [2000, -50], [2000, 5000], [-50, 5000]], dtype=float)
    drawn = atlas.draw_area(Body.MALE, BACK, around)
    assert drawn is not None
    (loop,) = atlas.area_loops(drawn.outline, Body.MALE, BACK, Body.MALE, BACK)
    covered = inside_polygon(atlas._whole(Body.MALE, BACK).raster.pixels, loop)
    assert covered.mean() > 0.97
    assert drawn.side is Side.MIDLINE
    assert np.ptp(loop[:, 0]) > 0.8 * view.width


def test_a_line_that_crosses_itself_covers_both_of_its_halves(atlas: Atlas) -> None:
    figure_of_eight = np.array([[370.0, 560.0], [470.0, 640.0], [470.0, 560.0], [370.0, 640.0]])
    drawn = atlas.draw_area(Body.FEMALE, BACK, figure_of_eight)
    assert drawn is not None
    (loop,) = atlas.area_loops(drawn.outline, Body.FEMALE, BACK, Body.FEMALE, BACK)
    here = np.array([[385.0, 600.0], [455.0, 600.0], [420.0, 570.0], [420.0, 630.0]])
    assert inside_polygon(here, loop).tolist() == [True, True, False, False]
    spot = atlas.locate(drawn.anchor, Body.FEMALE, BACK)
    assert inside_polygon(np.array([[spot.x, spot.y]]), loop)[0]


def test_inside_and_outside_of_a_polygon_are_told_by_counting_turns() -> None:
    """Against a ray to the right, edge by edge, on polygons of all sorts."""
    chance = np.random.default_rng(9)
    for corners in (3, 4, 7, 15):
        for _round in range(15):
            polygon = chance.integers(0, 12, (corners, 2)).astype(float)  # with level edges
            points = chance.uniform(-1, 13, (200, 2))
            expected = [_turns(point, polygon) for point in points]
            assert winding(points, polygon).tolist() == expected
            assert inside_polygon(points, polygon).tolist() == [turns != 0 for turns in expected]


def _turns(point: Points, polygon: Points) -> int:
    """By the angle that somebody at ``point`` turns who follows the line once with the eyes."""
    to = polygon - point
    angle = np.arctan2(to[:, 1], to[:, 0])
    steps = np.roll(angle, -1) - angle
    return round(float(((steps + np.pi) % (2 * np.pi) - np.pi).sum() / (2 * np.pi)))


def test_a_hole_in_an_area_is_outside_of_it() -> None:
    loops = [circle(100, 100, 60), circle(100, 100, 30)[::-1]]
    here = np.array([[100.0, 100.0], [145.0, 100.0], [170.0, 100.0]])
    assert inside_loops(here, loops).tolist() == [False, True, False]
    assert not inside_loops(here, []).any()


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("wider", [0.0, 4.0, 10.0])
@pytest.mark.parametrize("rounds", [2, 3])
def test_what_is_circled_twice_is_as_sore_as_what_is_circled_once(
    atlas: Atlas, body: Body, wider: float, rounds: int
) -> None:
    x, pixels = centre(atlas, body, BACK) - 90, atlas._whole(body, BACK).raster.pixels
    line = np.vstack([circle(x, 600, 50 + k * wider) for k in range(rounds)])
    once, drawn = circle(x, 600, 50 + (rounds - 1) * wider), atlas.draw_area(body, BACK, line)
    assert drawn is not None
    (loop,) = atlas.area_loops(drawn.outline, body, BACK, body, BACK)
    missing = inside_polygon(pixels, once) & ~inside_polygon(pixels, loop)
    assert missing.sum() <= 0.05 * inside_polygon(pixels, once).sum()
    spot = atlas.locate(drawn.anchor, body, BACK)
    assert np.hypot(spot.x - x, spot.y - 600) < 6


def test_far_from_a_polygon_nothing_is_inside() -> None:
    assert not inside_polygon(np.array([[900.0, 900.0]]), circle(0, 0, 5)).any()


def test_one_point_alone_is_told_as_it_is_among_many() -> None:
    chance = np.random.default_rng(7)
    for corners in (3, 8, 40):
        polygon = chance.integers(0, 12, (corners, 2)).astype(float)  # level edges among them
        points = chance.integers(0, 24, (200, 2)) / 2.0
        together = winding(points, polygon)
        assert [int(winding(point[None], polygon)[0]) for point in points] == together.tolist()
