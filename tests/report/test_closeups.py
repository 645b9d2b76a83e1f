from dataclasses import replace

from app.body.atlas import Atlas
from app.domain.anatomy import Body
from app.domain.marks import Mark, TriggerPoint, TwitchResponse
from app.painting.placing import place_marks
from app.report.closeups import (
    CROWDED_MM,
    PICTURE_MM,
    REACH_MM,
    ZOOM,
    CloseUp,
    close_ups_of_hidden,
    find_close_ups,
)
from tests.report.builders import plain_mark, point, scattered


def found(atlas: Atlas, marks: list[Mark]) -> list[CloseUp]:
    views = atlas.views(Body.FEMALE)
    seen = {view.name: place_marks(atlas, marks, Body.FEMALE, view.name) for view in views}
    return find_close_ups(views, seen)


def test_marks_with_room_around_them_need_no_close_up(atlas: Atlas) -> None:
    marks = [
        point(atlas, number, TriggerPoint(), "posterior", 456, 300 + 150 * number)
        for number in (1, 2, 3)
    ]
    assert found(atlas, marks) == []
    assert found(atlas, []) == []


def test_a_twitch_beside_its_trigger_point_is_shown_larger(atlas: Atlas) -> None:
    far = point(atlas, 3, TriggerPoint(), "posterior", 400, 900)
    crowd = [
        point(atlas, 1, TriggerPoint(), "posterior", 560, 470),
        point(atlas, 2, TwitchResponse(), "posterior", 575, 476),
    ]
    (window,) = found(atlas, [far, *crowd])
    assert (window.view, window.marks) == ("posterior", crowd)
    assert abs(window.x - 567.5) < 1
    assert abs(window.y - 473) < 1


def test_every_crowded_mark_is_in_a_close_up_or_clear_elsewhere(atlas: Atlas) -> None:
    marks = scattered(atlas, 80, plain_mark().session_id)
    windows = found(atlas, marks)
    shown = {mark.id for window in windows for mark in window.marks}
    scale = atlas.view(Body.FEMALE, "posterior").height / PICTURE_MM
    spots = {mark.id: atlas.spots(mark.anchor, Body.FEMALE) for mark in marks}
    for mark in marks:
        clear = any(
            spot.visible
            and not any(
                other.id != mark.id
                and spots[other.id][view].visible
                and (spots[other.id][view].x - spot.x) ** 2
                + (spots[other.id][view].y - spot.y) ** 2
                < (CROWDED_MM * scale) ** 2
                for other in marks
            )
            for view, spot in spots[mark.id].items()
        )
        hidden = not any(spot.visible for spot in spots[mark.id].values())
        assert clear or hidden or mark.id in shown


def test_a_shown_mark_lies_well_inside_of_its_window(atlas: Atlas) -> None:
    marks = scattered(atlas, 60, plain_mark().session_id)
    for window in found(atlas, marks):
        reach = REACH_MM / ZOOM * atlas.view(Body.FEMALE, window.view).height / PICTURE_MM
        for mark in window.marks:
            spot = atlas.locate(mark.anchor, Body.FEMALE, window.view)
            assert abs(spot.x - window.x) <= reach + 1e-3
            assert abs(spot.y - window.y) <= reach + 1e-3


def hidden(atlas: Atlas, marks: list[Mark]) -> list[CloseUp]:
    views = atlas.views(Body.FEMALE)
    seen = {view.name: place_marks(atlas, marks, Body.FEMALE, view.name) for view in views}
    return close_ups_of_hidden(atlas, Body.FEMALE, marks, seen)


def test_a_mark_out_of_sight_is_shown_in_the_close_up_in_which_it_was_placed(atlas: Atlas) -> None:
    sole = [
        point(atlas, number, TriggerPoint(), "foot_left_plantar", 330, 300 * number)
        for number in (1, 2, 3)
    ]
    back = point(atlas, 4, TriggerPoint(), "posterior", 400, 900)
    (window,) = hidden(atlas, [*sole, back])
    assert (window.view, window.title) == ("foot_left_plantar", "Left foot, plantar")
    assert window.marks == sole
    assert not window.of_whole


def test_a_mark_out_of_sight_that_was_placed_on_the_other_body_finds_its_close_up(
    atlas: Atlas,
) -> None:
    sole = point(atlas, 1, TriggerPoint(), "foot_left_plantar", 330, 600)
    (window,) = hidden(atlas, [replace(sole, placed_in="anterior", placed_on=Body.MALE)])
    assert window.view == "foot_left_plantar"


def test_marks_that_a_whole_view_shows_need_no_close_up(atlas: Atlas) -> None:
    shown = point(atlas, 1, TriggerPoint(), "shoulder_left_posterior", 600, 600)
    assert hidden(atlas, [shown]) == []
