"""Areas that are carried to another place: they keep their shape, and come back as they were."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.body.areas import DrawnArea, inside_loops, inside_polygon
from app.body.atlas import Atlas
from app.body.mesh import Points
from app.domain.anatomy import Body
from tests.helpers.skin import VIEWS, circle, skin_pixels

BACK, LEFT = "posterior", "left"
shifts = st.tuples(st.floats(-150, 150), st.floats(-150, 150)).map(np.array)


def covered(atlas: Atlas, area: DrawnArea, body: Body, drawn_in: str, view: str) -> np.ndarray:
    loops = atlas.area_loops(area.outline, body, drawn_in, body, view)
    return inside_loops(atlas._whole(body, view).raster.pixels, loops)


def drawn_somewhere(atlas: Atlas, body: Body, view: str, seed: int, radius: float) -> DrawnArea:
    """A round area about a pixel of skin; it may reach beyond the edge of the body."""
    ((x, y),) = skin_pixels(atlas, body, view, 1, seed)
    drawn = atlas.draw_area(body, view, circle(x, y, radius, points=50))
    assume(drawn is not None)
    assert drawn is not None
    return drawn


def carried(
    atlas: Atlas, area: DrawnArea, body: Body, view: str, shift: Points, drawn_in: str = ""
) -> DrawnArea | None:
    line = atlas.outline_in_sight(area.outline, body, drawn_in or view, body, view)
    return None if line is None else atlas.carry_area(body, view, line + shift)


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("view", VIEWS)
@given(seed=st.integers(0, 10**6), radius=st.floats(12, 60), shift=shifts)
def test_there_and_back_an_area_is_what_it_was(
    atlas: Atlas, body: Body, view: str, seed: int, radius: float, shift: Points
) -> None:
    before = drawn_somewhere(atlas, body, view, seed, radius)
    there = carried(atlas, before, body, view, shift)
    if there is None:
        return  # it does not fit there, and stays where it is
    back = carried(atlas, there, body, view, -shift)
    assert back is not None
    was, now = (covered(atlas, area, body, view, view) for area in (before, back))
    assert (was ^ now).sum() <= max(0.03 * was.sum(), 2)
    assert len(back.outline) == len(there.outline) == len(before.outline)


@pytest.mark.parametrize("body", Body)
@settings(max_examples=30)
@given(data=st.data())
def test_carried_again_and_again_an_area_does_not_wear_away(
    atlas: Atlas, body: Body, data: st.DataObject
) -> None:
    area = before = drawn_somewhere(atlas, body, BACK, data.draw(st.integers(0, 10**6)), 40)
    size = covered(atlas, before, body, BACK, BACK).sum()
    way = np.zeros(2)
    for shift in data.draw(st.lists(shifts, min_size=8, max_size=8)):
        after = carried(atlas, area, body, BACK, shift)
        if after is not None:
            area, way = after, way + shift
    assert len(area.outline) == len(before.outline)
    line, moved = (
        atlas.outline_in_sight(each.outline, body, BACK, body, BACK) for each in (before, area)
    )
    assert line is not None
    assert moved is not None
    off = np.hypot(*(moved - line - way).T)
    assert np.percentile(off, 60) < 1e-6  # the hand's own shape, but for what met the edge
    assert off.max() < 8 * 3.1
    assert inside_polygon(np.array(skin_grid(line + way)), moved).mean() > 0.85
    assert size > 0


def skin_grid(line: Points) -> list[tuple[float, float]]:
    """Pixels inside a line, 3 px apart."""
    (x0, y0), (x1, y1) = line.min(axis=0), line.max(axis=0)
    grid = np.stack(np.meshgrid(np.arange(x0, x1, 3.0), np.arange(y0, y1, 3.0)), axis=-1)
    grid = grid.reshape(-1, 2)
    return [(float(x), float(y)) for x, y in grid[inside_polygon(grid, line)]]


@pytest.mark.parametrize("body", Body)
def test_amid_the_back_fifty_moves_change_nothing(atlas: Atlas, body: Body) -> None:
    x = atlas.view(body, BACK).width / 2 - 60
    upright = [[x, y] for y in range(560, 640, 4)]  # points just 4 px apart
    before = area = atlas.draw_area(body, BACK, np.array([*upright, [x + 80, 640], [x + 80, 560]]))
    assert before is not None
    for k in range(50):
        assert area is not None
        area = carried(atlas, area, body, BACK, np.array([(5.0, -5.0)[k % 2], 0.0]))
    assert area is not None
    assert len(area.outline) == len(before.outline)
    was, now = (atlas.area_loops(a.outline, body, BACK, body, BACK)[0] for a in (before, area))
    np.testing.assert_allclose(now, was, atol=1e-6)
    assert area.side is before.side


@pytest.mark.parametrize("body", Body)
@given(
    view=st.sampled_from(VIEWS), drawn_in=st.sampled_from(VIEWS), seed=st.integers(0, 10**6),
    radius=st.floats(15, 50), shift=st.tuples(st.floats(-8, 8), st.floats(-8, 8)).map(np.array),
)  # fmt: skip
def test_carried_in_another_view_there_and_back_an_area_is_what_it_was(
    atlas: Atlas, body: Body, view: str, drawn_in: str, seed: int, radius: float, shift: Points
) -> None:
    before = drawn_somewhere(atlas, body, drawn_in, seed, radius)
    there = carried(atlas, before, body, view, shift, drawn_in)
    if there is None:
        return
    back = carried(atlas, there, body, view, -shift)
    assert back is not None
    was = covered(atlas, before, body, drawn_in, drawn_in)
    now = covered(atlas, back, body, view, drawn_in)
    assert (was & now).sum() >= 0.8 * (was | now).sum() - 4


@pytest.mark.parametrize("body", Body)
def test_an_area_that_is_partly_hidden_in_a_view_cannot_be_carried_there(
    atlas: Atlas, body: Body
) -> None:
    x = atlas.view(body, BACK).width / 2
    drawn = atlas.draw_area(body, BACK, circle(x + 70, 700, 45))
    assert drawn is not None
    assert atlas.area_loops(drawn.outline, body, BACK, body, "right")  # part of it is seen
    assert atlas.outline_in_sight(drawn.outline, body, BACK, body, "right") is None
    assert atlas.outline_in_sight(drawn.outline, body, BACK, body, "anterior") is None
    assert atlas.outline_in_sight(drawn.outline, body, BACK, body, BACK) is not None


@pytest.mark.parametrize("body", Body)
def test_a_line_from_the_side_about_arm_and_trunk_is_not_carried_on_the_back(
    atlas: Atlas, body: Body
) -> None:
    """Its points are all seen from behind, but there they would enclose what lies between."""
    refused = 0
    for seed in range(90):
        ((x, y),) = skin_pixels(atlas, body, LEFT, 1, seed)
        drawn = atlas.draw_area(body, LEFT, circle(x, y, 25))
        if drawn is None:
            continue
        spots = [atlas.locate(anchor, body, BACK) for anchor in drawn.outline]
        if not all(spot.visible for spot in spots):
            continue
        line = np.array([spot[:2] for spot in spots])
        there = inside_polygon(atlas._whole(body, BACK).raster.pixels, line)
        same = covered(atlas, drawn, body, LEFT, BACK)
        if (there & same).sum() < 0.8 * (there | same).sum():
            refused += 1
            assert atlas.outline_in_sight(drawn.outline, body, LEFT, body, BACK) is None
    assert refused


@pytest.mark.parametrize("body", Body)
def test_an_area_does_not_fit_where_it_would_leave_the_skin(atlas: Atlas, body: Body) -> None:
    x = atlas.view(body, BACK).width / 2
    drawn = atlas.draw_area(body, BACK, circle(x - 40, 700, 40))
    assert drawn is not None
    for shift in ((-4000, 0), (0, 4000), (-90, 0), (-130, 0)):
        assert carried(atlas, drawn, body, BACK, np.array(shift, dtype=float)) is None
    assert carried(atlas, drawn, body, BACK, np.array([40.0, 10.0])) is not None


def test_a_few_points_at_the_edge_are_put_at_it(atlas: Atlas) -> None:
    """The hand need not be steadier than the edge of the body is sharp."""
    pixels = atlas._whole(Body.FEMALE, BACK).raster.pixels
    edge = float(pixels[np.abs(pixels[:, 1] - 1250) < 3, 0].min())
    line = circle(edge + 31, 1250, 30, points=100)
    beside = [atlas.pick(Body.FEMALE, BACK, x, y, reach=0.0) is None for x, y in line]
    assert not any(beside)
    for k in range(30):
        moved = line - [k / 4, 0]
        off = sum(atlas.pick(Body.FEMALE, BACK, x, y, reach=0.0) is None for x, y in moved)
        outline = atlas.carry_outline(Body.FEMALE, BACK, moved)
        assert (outline is not None) == (off <= 5)
        if outline is not None:
            spots = np.array([atlas.locate(each, Body.FEMALE, BACK)[:2] for each in outline])
            assert np.hypot(*(spots - moved).T).max() <= 3
