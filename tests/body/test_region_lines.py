"""The lines that are drawn beforehand: they are those of the regions that are shipped."""

import numpy as np
import pytest

from app.body.areas import inside_loops
from app.body.atlas import Atlas
from app.body.region_lines import (
    STEPS_PER_PX,
    RegionLines,
    fingerprint,
    muscle_key,
    pack_lines,
    packed_text,
    unpack_lines,
)
from app.body.sample_grid import QuadSpots
from app.domain.anatomy import Body, Side
from app.paths import BODY_MAPS
from tests.helpers.skin import is_within, skin_anchors


def test_they_were_drawn_from_the_regions_mesh_and_cameras_that_are_shipped() -> None:
    """Where this fails: python -m tools.anatomy lines"""
    assert RegionLines(BODY_MAPS).drawn_from == fingerprint(BODY_MAPS)


def test_lines_come_back_as_they_were_to_a_quarter_of_a_px() -> None:
    lines = {"b": [np.array([[0.0, 2047.9], [1039.9, 0.0], [3.13, 5.5], [0.0, 2047.9]])], "a": []}
    lines["a"] = [lines["b"][0] + 7, lines["b"][0][1:]]
    packed = pack_lines(["c", "b", "a"], lines, Body.MALE, "left")
    packed["names"] = packed_text('["c", "b", "a"]')
    back = unpack_lines(packed, Body.MALE, "left")
    assert {key: len(found) for key, found in back.items()} == {"a": 2, "b": 1}
    for key, found in lines.items():
        for before, after in zip(found, back[key], strict=True):
            assert np.abs(after - before).max() <= 0.5 / STEPS_PER_PX


def test_a_picture_on_which_nothing_shows_has_no_lines() -> None:
    packed = pack_lines([], {}, Body.MALE, "left") | {"names": packed_text("[]")}
    assert unpack_lines(packed, Body.MALE, "left") == {}


def test_every_picture_has_its_lines(atlas: Atlas) -> None:
    for body in Body:
        for view in atlas.every_view(body):
            every = [loop for found in atlas.lines.on(body, view.name).values() for loop in found]
            assert every
            for loop in every:
                assert len(loop) >= 3
                assert (loop >= 0).all()
                assert (loop <= (view.width, view.height)).all()
    with pytest.raises(KeyError):
        atlas.lines.on(Body.MALE, "above")


def test_what_is_out_of_sight_has_no_line_there(atlas: Atlas) -> None:
    assert atlas.muscle_loops("rectus_femoris", Side.LEFT, Body.FEMALE, "posterior") == []
    assert muscle_key("rectus_femoris", Side.LEFT) in atlas.lines.on(Body.FEMALE, "anterior")


@pytest.mark.parametrize("view", ["anterior", "posterior", "hand_left_palmar"])
def test_segments_bound_what_they_answer(atlas: Atlas, view: str) -> None:
    """Of spots well within a segment that have skin all around them."""
    for x, y, anchor in skin_anchors(atlas, Body.FEMALE, view, 60, seed=4):
        found = atlas.anatomy.segment_at(anchor)
        assert found is not None
        segment, side = found
        spots = atlas.anatomy.on_grid(QuadSpots.one(anchor), side)
        depth = float(atlas.anatomy.segment_field(segment, spots)[0])
        if depth > 8 and is_within(atlas, Body.FEMALE, view, x, y):
            loops = atlas.segment_loops(segment, side, Body.FEMALE, view)
            assert inside_loops(np.array([[x, y]]), tuple(loops))[0], (found, x, y)
