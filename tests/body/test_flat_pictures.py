"""Places on an own picture come back as they were, and are never taken for skin."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.body.areas import inside_polygon
from app.body.atlas import Atlas
from app.body.chart_atlas import ChartAtlas
from app.body.flat_picture import PICTURE_EDGE, FlatPicture, picture_view
from app.domain.anatomy import Anchor, Body, Side
from app.domain.own_pictures import FLAT_TRIANGLES, lies_on_picture
from app.painting.placing import place_mark
from tests.helpers.marks import a_mark
from tests.helpers.pictures import own_picture
from tests.helpers.skin import circle, skin_anchors

PICTURE = own_picture(b"one", width=4032, height=3024, side=Side.LEFT)
OTHER = own_picture(b"two", width=900, height=1400)
edges = st.integers(1, 20_000)
shares = st.floats(0, 1)


@given(width=edges, height=edges, across=shares, down=shares)
def test_any_place_comes_back_within_a_hundredth_of_a_pixel(
    width: int, height: int, across: float, down: float
) -> None:
    flat = FlatPicture(picture_view(replace(PICTURE, width=width, height=height)))
    frame = flat.view
    anchor = flat.pick(across * frame.width, down * frame.height)
    assert anchor is not None
    assert anchor.triangle in FLAT_TRIANGLES
    assert min(anchor.b1, anchor.b2, 1 + 1e-12 - anchor.b1 - anchor.b2) >= 0
    spot = flat.locate(anchor)
    assert spot.visible
    assert abs(spot.x / frame.width * width - across * width) < 0.01
    assert abs(spot.y / frame.height * height - down * height) < 0.01


@given(width=edges, height=edges)
def test_a_frame_has_the_shape_of_its_picture(width: int, height: int) -> None:
    view = picture_view(replace(PICTURE, width=width, height=height))
    assert max(view.width, view.height) == PICTURE_EDGE
    wanted = max(min(width, height) / max(width, height) * PICTURE_EDGE, 1)
    assert abs(min(view.width, view.height) - wanted) <= 0.5


def test_beside_the_picture_there_is_nothing_but_at_its_edge() -> None:
    flat = FlatPicture(picture_view(PICTURE))
    assert flat.pick(-0.1, 5) is None
    assert flat.pick(5, flat.view.height + 0.1) is None
    near = flat.pick(-2, 600, reach=3)
    assert near is not None
    assert flat.locate(near)[:2] == pytest.approx((0, 600))
    assert flat.pick(-4, 600, reach=3) is None


def test_an_area_keeps_the_line_that_was_drawn() -> None:
    flat = FlatPicture(picture_view(PICTURE))
    line = circle(700, 900, 80)
    area = flat.draw_area(line)
    assert area is not None
    assert area.side is Side.LEFT
    assert np.abs(flat.line(area.outline) - line).max() < 1e-6
    middle = flat.locate(area.anchor)
    assert np.hypot(middle.x - 700, middle.y - 900) < 8


def test_an_area_with_a_hollow_is_marked_inside_it() -> None:
    flat = FlatPicture(picture_view(PICTURE))
    turn = np.linspace(0.4, 2 * np.pi - 0.4, 40)
    outer, inner = (
        np.stack([900 + r * np.cos(t), 900 + r * np.sin(t)], axis=1)
        for r, t in ((200, turn), (150, turn[::-1]))
    )
    line = np.concatenate([outer, inner])
    area = flat.draw_area(line)
    assert area is not None
    assert inside_polygon(np.array([flat.locate(area.anchor)[:2]]), line)[0]


def test_a_line_that_runs_beside_the_picture_ends_at_its_edge() -> None:
    flat = FlatPicture(picture_view(PICTURE))
    area = flat.draw_area(circle(0, 0, 120))
    assert area is not None
    assert (flat.line(area.outline) >= 0).all()
    assert flat.draw_area(circle(-500, -500, 90)) is None
    assert flat.draw_area(np.array([[10.0, 10.0], [200.0, 10.0], [10.0, 10.0]])) is None


def test_what_is_carried_off_the_picture_does_not_fit() -> None:
    flat = FlatPicture(picture_view(PICTURE))
    assert flat.carry_area(circle(100, 100, 90)) is not None
    assert flat.carry_area(circle(80, 100, 90)) is None
    assert flat.carry_outline(circle(80, 100, 90)) is None


@pytest.fixture(scope="module")
def charted(atlas: Atlas) -> ChartAtlas:
    return ChartAtlas(atlas, [PICTURE, OTHER])


def test_a_place_on_a_picture_is_no_skin(atlas: Atlas) -> None:
    for triangle in FLAT_TRIANGLES:
        anchor = Anchor(triangle, 0.2, 0.3)
        assert lies_on_picture(anchor)
        assert not atlas.holds([anchor])
        with pytest.raises(IndexError):
            atlas.side(anchor)
        with pytest.raises(IndexError):
            atlas.locate(anchor, Body.FEMALE, "posterior")
    assert len(atlas.mesh.triangles) < min(FLAT_TRIANGLES)


def test_each_mark_is_seen_on_its_own_surface_alone(charted: ChartAtlas) -> None:
    _x, _y, skin = skin_anchors(charted, Body.FEMALE, "posterior", 1)[0]
    on_body = a_mark(anchor=skin, body_version=charted.version)
    spot = charted.pick(Body.FEMALE, PICTURE.version, 800, 600)
    on_picture = a_mark(
        anchor=spot, body_version=PICTURE.version, placed_in=PICTURE.version, side=None
    )
    views = [view.name for view in charted.every_view(Body.FEMALE)]
    views += [view.name for view in charted.own_views()]
    for body in Body:
        seen = {v for v in views if place_mark(charted, on_picture, body, v) is not None}
        assert seen == {PICTURE.version}
        seen = {v for v in views if place_mark(charted, on_body, body, v) is not None}
        assert "posterior" in seen
        assert not seen & {PICTURE.version, OTHER.version}


def test_a_mark_whose_picture_is_gone_is_seen_nowhere(atlas: Atlas, charted: ChartAtlas) -> None:
    spot = charted.pick(Body.FEMALE, PICTURE.version, 800, 600)
    mark = a_mark(anchor=spot, body_version=PICTURE.version, placed_in=PICTURE.version, side=None)
    without = ChartAtlas(atlas, [OTHER])
    for known in (atlas, without):
        assert not known.has_place_of(mark)
        assert place_mark(known, mark, Body.FEMALE, "posterior") is None
    assert place_mark(without, mark, Body.FEMALE, OTHER.version) is None


def test_a_picture_has_no_muscles_no_zones_and_no_guessed_side(charted: ChartAtlas) -> None:
    muscle, zone = "infraspinatus", charted.anatomy.zones[0]
    assert charted.muscle_loops(muscle, Side.LEFT, Body.MALE, "posterior") != []
    spot = charted.pick(Body.MALE, OTHER.version, 10, 10)
    assert spot is not None
    assert charted.muscle_loops(muscle, Side.LEFT, Body.MALE, OTHER.version) == []
    assert charted.zone_loops(zone, Body.MALE, OTHER.version) == []
    assert charted.close_up_at(spot, Body.MALE, OTHER.version) is None
    assert charted.side_in(spot, OTHER.version) is None
    assert charted.side_in(spot, PICTURE.version) is Side.LEFT
    assert charted.view(Body.MALE, OTHER.version).letters == ("", "")
    assert charted.view(Body.MALE, PICTURE.version).letter == ""


def test_the_bodies_are_read_once_for_all_charts(atlas: Atlas, charted: ChartAtlas) -> None:
    again = ChartAtlas(charted)
    assert again.bodies is atlas
    assert again.mesh is atlas.mesh
    assert again.anatomy is atlas.anatomy
    assert again.picker(Body.MALE, "left") is atlas.picker(Body.MALE, "left")
    assert again.own_views() == ()
    assert len(charted.own_views()) == 2


def test_the_view_of_a_picture_stays_the_same_while_nothing_is_said_anew(atlas: Atlas) -> None:
    chart = ChartAtlas(atlas, [PICTURE, OTHER])
    first, second = chart.own_views()
    chart.show_pictures([PICTURE, replace(OTHER, title="Knee")])
    assert chart.own_views()[0] is first
    assert chart.own_views()[1] is not second
    assert chart.own_views()[1].title == "Knee"
