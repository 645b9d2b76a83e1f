"""Left and right are the patient's, in every picture."""

import numpy as np
import pytest

from app.body.atlas import HALF_MIDLINE_MM, Atlas
from app.domain.anatomy import Anchor, Body, Side
from tests.helpers.skin import VIEWS, skin_anchors

OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.MIDLINE: Side.MIDLINE}


def mirrored(atlas: Atlas, quads: dict[frozenset[int], int], quad: int, share: float) -> Anchor:
    """The spot at ``share`` of the first edge of a quad, on the other side of the body."""
    mesh = atlas.mesh
    corners = [int(mesh.mirror[corner]) for corner in mesh.quads[quad]]
    partner = quads[frozenset(corners)]
    for triangle in (2 * partner, 2 * partner + 1):
        weight = {corners[0]: 1 - share, corners[1]: share}
        own = [int(corner) for corner in mesh.triangles[triangle]]
        if set(weight) <= set(own):
            return Anchor(triangle, weight.get(own[1], 0.0), weight.get(own[2], 0.0))
    raise AssertionError("an edge of a quad belongs to one of its triangles")


def test_the_mirrored_spot_is_on_the_other_side(atlas: Atlas) -> None:
    chance = np.random.default_rng(4)
    quads = {frozenset(map(int, corners)): k for k, corners in enumerate(atlas.mesh.quads)}
    chosen = chance.integers(0, len(atlas.mesh.quads), 3000)
    sides = set()
    for quad, share in zip(map(int, chosen), chance.random(3000), strict=True):
        here = Anchor(2 * quad, float(share), 0.0)
        there = mirrored(atlas, quads, quad, float(share))
        side = atlas.side(here)
        assert atlas.side(there) is OTHER[side]
        for body in Body:
            x, y, z = atlas.mesh.point(here, body)
            np.testing.assert_allclose(atlas.mesh.point(there, body), (-x, y, z), atol=0.002)
        sides.add(side)
    assert sides == set(Side)


@pytest.mark.parametrize("body", Body)
def test_in_front_the_patients_right_is_at_the_viewers_left(atlas: Atlas, body: Body) -> None:
    middle = atlas.view(body, "anterior").width / 2
    for x, _y, anchor in skin_anchors(atlas, body, "anterior", 600):
        if abs(x - middle) > 12:
            assert atlas.side(anchor) is (Side.RIGHT if x < middle else Side.LEFT)


@pytest.mark.parametrize("body", Body)
def test_from_behind_the_patients_right_is_at_the_viewers_right(atlas: Atlas, body: Body) -> None:
    middle = atlas.view(body, "posterior").width / 2
    for x, _y, anchor in skin_anchors(atlas, body, "posterior", 600):
        if abs(x - middle) > 12:
            assert atlas.side(anchor) is (Side.LEFT if x < middle else Side.RIGHT)


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_a_picture_from_one_side_shows_that_side(atlas: Atlas, body: Body, side: Side) -> None:
    shown = [atlas.side(anchor) for _x, _y, anchor in skin_anchors(atlas, body, side, 600)]
    assert OTHER[side] not in shown
    assert shown.count(side) > 500


@pytest.mark.parametrize("body", Body)
def test_the_spine_is_the_mid_line_for_some_millimetres(atlas: Atlas, body: Body) -> None:
    view = atlas.view(body, "posterior")
    half = HALF_MIDLINE_MM * 0.01 * view.camera.scale

    def side(x: float) -> Side:
        anchor = atlas.pick(body, "posterior", x, 500.0)
        assert anchor is not None
        return atlas.side(anchor)

    middle = view.width / 2
    for step in np.linspace(-0.6, 0.6, 7):
        assert side(middle + step * half) is Side.MIDLINE
    assert side(middle - 1.6 * half) is Side.LEFT
    assert side(middle + 1.6 * half) is Side.RIGHT


@pytest.mark.parametrize("body", Body)
def test_the_letters_at_the_picture_name_the_patients_sides(atlas: Atlas, body: Body) -> None:
    letters = {view.name: (view.letters, view.letter) for view in atlas.views(body)}
    assert letters == {
        "anterior": (("R", "L"), ""),
        "posterior": (("L", "R"), ""),
        "left": (("", ""), "L"),
        "right": (("", ""), "R"),
    }
    assert tuple(letters) == VIEWS


def test_a_view_knows_the_size_of_its_picture(atlas: Atlas) -> None:
    view = atlas.view(Body.FEMALE, "left")
    assert (view.width, view.height) == (view.camera.width, view.camera.height) == (432, 2048)


def test_an_unknown_view_is_refused(atlas: Atlas) -> None:
    with pytest.raises(KeyError):
        atlas.view(Body.MALE, "from above")
