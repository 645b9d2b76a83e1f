"""Each tool as a hand uses it, down to what lies on the disk."""

from dataclasses import replace

import numpy as np
import pytest

from app.body.mesh import Points
from app.domain.anatomy import Body, Side
from app.domain.change import Change
from app.domain.marks import (
    Mark,
    MarkKind,
    Shape,
    TautBand,
    TriggerPoint,
)
from app.domain.records import SessionStatus
from app.editing.tool_keys import ToolKey
from app.editing.tools.area import NOTHING_ENCLOSED
from app.editing.tools.arrange import moved
from app.editing.tools.tool import NO_PREVIEW, PointerEvent, Tool
from tests.helpers.chart import START, Chart
from tests.helpers.skin import circle

BACK, FRONT = "posterior", "anterior"
LEFT_SHOULDER = (BACK, 380.0, 480.0)
OTHER_SPOT = (BACK, 520.0, 640.0)
BESIDE_THE_BODY = (BACK, 20.0, 1900.0)
MARKING = [
    ToolKey.TRIGGER_POINT,
    ToolKey.NEEDLE,
    ToolKey.TWITCH,
    ToolKey.REACTION,
    ToolKey.SORENESS,
    ToolKey.NOTE,
]
AREA = circle(380.0, 700.0, 45.0)


def point_at(mark: Mark, chart: Chart) -> tuple[float, float]:
    return pytest.approx(chart.pixel(mark, BACK), abs=0.01)


# -- placing ----------------------------------------------------------------------------------


def test_a_press_marks_a_trigger_point(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    mark = chart.mark
    assert (mark.kind, mark.shape, mark.number) == (MarkKind.TRIGGER_POINT, Shape.POINT, 1)
    assert mark.details == TriggerPoint()  # active or latent was not said
    assert (mark.side, mark.placed_in, mark.placed_on) == (Side.LEFT, BACK, chart.editor.body)
    assert point_at(mark, chart) == LEFT_SHOULDER[1:]
    assert mark.placed_at > START
    assert chart.editor.selection.ids == (mark.id,)
    assert chart.labels == ("Add trigger point", None)


def test_marks_are_numbered_as_they_are_placed(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER).click(*OTHER_SPOT)
    chart.take(ToolKey.NOTE).click(FRONT, 456.0, 700.0)
    assert [(mark.number, mark.kind) for mark in chart.marks] == [
        (1, MarkKind.TRIGGER_POINT), (2, MarkKind.TRIGGER_POINT), (3, MarkKind.NOTE),
    ]  # fmt: skip


def test_nothing_is_stored_until_the_hand_lets_go(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).press(*LEFT_SHOULDER)
    assert chart.toolbox.is_down
    assert len(chart.toolbox.preview.marks) == 1
    assert chart.marks == []
    chart.release()
    assert not chart.toolbox.is_down
    assert chart.toolbox.preview == NO_PREVIEW
    assert len(chart.marks) == 1


def test_a_drag_before_the_release_adjusts_the_place(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).press(*LEFT_SHOULDER).drag(400, 500).drag(*OTHER_SPOT[1:])
    chart.release()
    assert chart.mark.side is Side.RIGHT
    assert point_at(chart.mark, chart) == OTHER_SPOT[1:]
    assert chart.labels == ("Add trigger point", None)


def test_a_mark_stands_where_the_hand_lets_go(chart: Chart) -> None:
    """Even where the window system told of no way between."""
    chart.take(ToolKey.TRIGGER_POINT).press(*LEFT_SHOULDER).release(*OTHER_SPOT[1:])
    assert point_at(chart.mark, chart) == OTHER_SPOT[1:]


def test_dragged_beside_the_body_it_stays_where_it_last_was_on_skin(chart: Chart) -> None:
    chart.take(ToolKey.NOTE).press(*LEFT_SHOULDER).drag(*BESIDE_THE_BODY[1:]).release()
    assert point_at(chart.mark, chart) == LEFT_SHOULDER[1:]


@pytest.mark.parametrize("key", ToolKey)
def test_esc_leaves_no_trace(chart: Chart, key: ToolKey) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    before, trail = chart.marks, len(chart.repository.steps(chart.editor.session.id))
    chart.take(key).press(*LEFT_SHOULDER).drag(*OTHER_SPOT[1:]).escape()
    assert chart.toolbox.preview == NO_PREVIEW
    chart.drag(*OTHER_SPOT[1:]).release()  # the hand goes on, the gesture is over
    if key is not ToolKey.TWITCH:  # a press on a mark with a twitch of its own counts at once
        assert chart.marks == before
        assert len(chart.repository.steps(chart.editor.session.id)) == trail
        assert chart.labels == ("Add trigger point", None)


@pytest.mark.parametrize("key", MARKING)
def test_another_tool_drops_what_the_last_one_began(chart: Chart, key: ToolKey) -> None:
    chart.take(key).press(*LEFT_SHOULDER).take(ToolKey.SELECT).release()
    assert chart.marks == []
    assert chart.toolbox.active.key is ToolKey.SELECT


@pytest.mark.parametrize("key", MARKING)
def test_beside_the_body_there_is_nothing_to_mark(chart: Chart, key: ToolKey) -> None:
    chart.take(key).click(*BESIDE_THE_BODY)
    assert chart.marks == []
    assert chart.labels == (None, None)


def test_undo_takes_a_mark_away_and_redo_brings_the_same_one_back(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    mark = chart.mark
    assert chart.undo().marks == []
    assert chart.labels == (None, "Add trigger point")
    assert chart.redo().mark == mark


# -- areas ------------------------------------------------------------------------------------


def test_a_line_around_sore_skin_is_an_area(chart: Chart) -> None:
    chart.take(ToolKey.SORENESS).draw(BACK, AREA)
    mark = chart.mark
    assert (mark.kind, mark.shape, mark.side) == (MarkKind.SORENESS, Shape.AREA, Side.LEFT)
    assert len(mark.outline) >= 20
    assert chart.hit(BACK, 380, 700) == mark.id
    assert chart.labels == ("Add soreness", None)


def test_while_it_is_drawn_the_line_is_shown(chart: Chart) -> None:
    chart.take(ToolKey.SORENESS).press(BACK, 380, 700).drag(381, 700).drag(390, 700)
    preview = chart.toolbox.preview
    assert preview.line_view == BACK
    assert preview.line == ((380, 700), (390, 700))  # a trembling hand adds nothing
    chart.drag(400, 710, FRONT)
    assert chart.toolbox.preview == preview


def test_a_short_press_is_a_sore_spot(chart: Chart) -> None:
    chart.take(ToolKey.SORENESS).press(*LEFT_SHOULDER).drag(384, 482).release()
    assert (chart.mark.kind, chart.mark.shape) == (MarkKind.SORENESS, Shape.POINT)
    assert point_at(chart.mark, chart) == LEFT_SHOULDER[1:]


@pytest.mark.parametrize(
    "line",
    [
        circle(20, 1950, 15),  # beside the body
        np.array([[380.0, 480.0], [430.0, 480.0]]),  # a stroke
        np.array([[380.0, 480.0], [430.0, 480.0], [380.0, 480.0]]),  # there and back
    ],
)
def test_a_line_around_no_skin_is_nothing_and_that_is_said(chart: Chart, line: Points) -> None:
    told = refusals(chart)
    chart.take(ToolKey.SORENESS).draw(BACK, line)
    assert chart.marks == []
    assert told == [NOTHING_ENCLOSED]


def test_where_something_is_stored_nothing_is_said(chart: Chart) -> None:
    told = refusals(chart)
    chart.take(ToolKey.SORENESS).draw(BACK, AREA).click(*OTHER_SPOT).click(*BESIDE_THE_BODY)
    chart.take(ToolKey.MOVE).press(BACK, 380, 700).drag(430, 700).release()
    assert told == []


def test_what_is_circled_twice_is_sore_in_its_middle(chart: Chart) -> None:
    twice = np.vstack([circle(380, 700, 45), circle(380, 700, 49)])
    mark = chart.take(ToolKey.SORENESS).draw(BACK, twice).mark
    assert mark.shape is Shape.AREA
    assert chart.hit(BACK, 380, 700) == mark.id
    assert chart.pixel(mark, BACK) == pytest.approx((380, 700), abs=6)


def refusals(chart: Chart) -> list[str]:
    """What the user is told from now on, of gestures that come to nothing."""
    told: list[str] = []
    chart.editor.refused.connect(told.append)
    return told


# -- selecting, moving, erasing ---------------------------------------------------------------


def two_points(chart: Chart) -> tuple[Mark, Mark]:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER).click(*OTHER_SPOT)
    first, second = chart.marks
    return first, second


def test_a_press_selects_and_beside_marks_lets_go(chart: Chart) -> None:
    first, second = two_points(chart)
    chart.take(ToolKey.SELECT).click(*LEFT_SHOULDER)
    assert chart.editor.selection.ids == (first.id,)
    chart.click(*OTHER_SPOT, extend=True)
    assert chart.editor.selection.ids == (first.id, second.id)
    chart.click(*LEFT_SHOULDER, extend=True)
    assert chart.editor.selection.ids == (second.id,)
    chart.click(BACK, 456, 1000, extend=True)
    assert chart.editor.selection.ids == (second.id,)
    chart.click(BACK, 456, 1000)
    assert chart.editor.selection.ids == ()
    assert chart.toolbox.active.pans


def test_a_mark_is_dragged_by_the_way_of_the_hand(chart: Chart) -> None:
    first, _second = two_points(chart)
    chart.take(ToolKey.MOVE).press(BACK, 384, 482)  # grasped 4 px beside its middle
    chart.drag(404, 500)
    assert chart.toolbox.preview.marks[0].id == first.id
    assert chart.marks[0] == first
    chart.release()
    assert chart.pixel(chart.marks[0], BACK) == pytest.approx((400, 498), abs=0.1)
    assert chart.labels == ("Move trigger point", None)
    assert chart.undo().marks[0] == first


def test_moved_over_the_spine_a_mark_changes_its_side(chart: Chart) -> None:
    two_points(chart)
    chart.take(ToolKey.MOVE).press(*LEFT_SHOULDER).drag(530, 480).release()
    assert chart.marks[0].side is Side.RIGHT


def test_what_was_said_of_the_old_place_does_not_go_along(chart: Chart) -> None:
    first, _second = two_points(chart)
    chart.editor.history.do(
        Change.replace("Choose", first, replace(first, muscle="Upper trapezius", note="deep"))
    )
    chart.take(ToolKey.MOVE).press(*LEFT_SHOULDER).drag(430, 900).release()
    after = chart.marks[0]
    there = chart.editor.muscles_under(after)
    assert after.muscle == there[0].muscle.id
    assert (after.note, after.placed_at) == ("deep", first.placed_at)


def test_moved_on_the_other_body_a_point_says_so(chart: Chart) -> None:
    first, _second = two_points(chart)
    patient = chart.store.patient
    assert patient is not None
    chart.desk.save_patient(patient, replace(patient, body=Body.MALE))
    x, y = chart.pixel(first, BACK)
    chart.take(ToolKey.MOVE).press(BACK, x, y).drag(x + 10, y + 30).release()
    after = chart.marks[0]
    assert (after.placed_on, after.placed_in) == (Body.MALE, BACK)
    assert after.body_version == chart.atlas.version
    assert chart.pixel(after, BACK) == pytest.approx((x + 10, y + 30), abs=0.1)


def test_a_point_moved_in_another_view_was_placed_there(chart: Chart) -> None:
    chart.take(ToolKey.NOTE).click(BACK, 720, 760)
    assert chart.mark.placed_in == BACK
    x, y = chart.pixel(chart.mark, "right")
    chart.take(ToolKey.MOVE).press("right", x, y).drag(x, y + 20).release()
    assert chart.mark.placed_in == "right"


@pytest.mark.parametrize("scale", [0.5, 1.0, 4.0])
def test_a_hand_that_trembles_moves_nothing(chart: Chart, scale: float) -> None:
    first, _second = two_points(chart)
    chart.take(ToolKey.MOVE)
    for way, moves in ((2.9, False), (3.1, True)):
        _view, x, y = LEFT_SHOULDER
        there = PointerEvent(BACK, x + way / scale, y, None, first.id, scale=scale)
        chart.toolbox.press(PointerEvent(BACK, x, y, None, first.id, scale=scale))
        chart.toolbox.move(there)
        assert bool(chart.toolbox.preview.marks) == moves
        chart.toolbox.release(there)
        assert (chart.labels[0] == "Move trigger point") == moves


def test_a_mark_that_is_dragged_and_brought_back_was_not_moved(chart: Chart) -> None:
    first, _second = two_points(chart)
    chart.take(ToolKey.MOVE).press(*LEFT_SHOULDER).drag(430, 520).drag(381, 481).release()
    assert chart.marks[0] == first
    assert chart.labels == ("Add trigger point", None)


def test_a_moved_mark_stands_where_the_hand_lets_go(chart: Chart) -> None:
    two_points(chart)
    chart.take(ToolKey.MOVE).press(*LEFT_SHOULDER).drag(400, 500).release(430, 520)
    assert point_at(chart.marks[0], chart) == (430, 520)
    chart.press(BACK, 430, 520).release(440, 560)
    assert point_at(chart.marks[0], chart) == (440, 560)


def test_a_mark_cannot_be_dragged_off_the_body_or_into_another_picture(chart: Chart) -> None:
    first, second = two_points(chart)
    chart.take(ToolKey.MOVE).press(*LEFT_SHOULDER).drag(*BESIDE_THE_BODY[1:]).release()
    chart.press(*LEFT_SHOULDER).drag(456, 700, FRONT).release()
    assert chart.marks == [first, second]
    assert chart.labels == ("Add trigger point", None)


def test_a_press_of_the_move_tool_only_selects(chart: Chart) -> None:
    first, _second = two_points(chart)
    chart.take(ToolKey.MOVE).click(*LEFT_SHOULDER)
    assert chart.editor.selection.ids == (first.id,)
    chart.click(BACK, 456, 1000)
    chart.drag(300, 400)
    assert chart.labels == ("Add trigger point", None)


def test_an_area_is_moved_as_it_is_seen(chart: Chart) -> None:
    before = chart.take(ToolKey.SORENESS).draw(BACK, AREA).mark
    chart.take(ToolKey.MOVE).press(BACK, 380, 700).drag(530, 720).release()
    after = chart.mark
    assert after.side is Side.RIGHT
    assert chart.hit(BACK, 530, 720) == after.id
    assert chart.hit(BACK, 380, 700) is None
    outline = chart.atlas.mesh.points(after.outline, chart.editor.body)
    there = chart.atlas.view(chart.editor.body, BACK).camera.project(outline)[:, :2]
    np.testing.assert_allclose(there.mean(axis=0), (530, 720), atol=4)
    assert chart.undo().mark == before


def test_an_area_cannot_be_dragged_off_the_body(chart: Chart) -> None:
    before = chart.take(ToolKey.SORENESS).draw(BACK, AREA).mark
    chart.take(ToolKey.MOVE).press(BACK, 380, 700).drag(4000, 700).release()
    assert chart.mark == before


def test_an_area_stays_where_it_last_was_whole(chart: Chart) -> None:
    chart.take(ToolKey.SORENESS).draw(BACK, AREA)
    chart.take(ToolKey.MOVE).press(BACK, 380, 700).drag(400, 720).drag(200, 720)
    (in_hand,) = chart.toolbox.preview.marks
    chart.release()
    assert chart.mark == in_hand
    assert middle(chart, chart.mark) == pytest.approx((400, 720), abs=1)


def test_there_and_back_an_area_is_what_it_was(chart: Chart) -> None:
    before = chart.take(ToolKey.SORENESS).draw(BACK, AREA).mark
    chart.take(ToolKey.MOVE)
    for _time in range(5):
        chart.press(BACK, 380, 700).drag(450, 640).release()
        chart.press(BACK, 450, 640).drag(380, 700).release()
    after = chart.mark
    assert len(after.outline) == len(before.outline)
    assert middle(chart, after) == pytest.approx(middle(chart, before), abs=1e-6)
    assert replace(after, anchor=before.anchor, outline=before.outline) == before


def middle(chart: Chart, area: Mark) -> tuple[float, float]:
    outline = chart.atlas.mesh.points(area.outline, chart.editor.body)
    there = chart.atlas.view(chart.editor.body, BACK).camera.project(outline)
    return float(there[:, 0].mean()), float(there[:, 1].mean())


@pytest.mark.parametrize(("view", "x", "y"), [(FRONT, 456.0, 700.0), ("right", 150.0, 780.0)])
def test_an_area_that_is_not_all_seen_in_a_view_is_not_moved_there_and_that_is_said(
    chart: Chart, view: str, x: float, y: float
) -> None:
    before = chart.take(ToolKey.SORENESS).draw(BACK, circle(547, 778, 45)).mark
    told = refusals(chart)
    here = PointerEvent(view, x, y, None, before.id)
    chart.take(ToolKey.MOVE).toolbox.press(here)
    for way in (1, 20, 40):
        chart.toolbox.move(replace(here, x=x + way))
    chart.toolbox.release(replace(here, x=x + 40))
    assert chart.mark == before
    assert told == ["Soreness 1 is not all seen here. Move it where it was drawn: Posterior."]


def test_an_area_that_is_not_all_seen_on_the_other_body_is_not_moved_there(chart: Chart) -> None:
    before = chart.take(ToolKey.SORENESS).draw(BACK, circle(700, 470, 70)).mark
    patient = chart.store.patient
    assert patient is not None
    chart.desk.save_patient(patient, replace(patient, body=Body.MALE))
    told = refusals(chart)
    spot = chart.atlas.locate(before.anchor, Body.MALE, BACK)
    here = PointerEvent(BACK, spot.x, spot.y, None, before.id)
    chart.take(ToolKey.MOVE).toolbox.press(here)
    chart.toolbox.release(replace(here, x=here.x - 20))
    assert chart.mark == before
    assert told == ["Soreness 1 was drawn on the other body; on this one, draw it anew."]


def test_an_area_amid_the_back_is_moved_on_the_other_body_too(chart: Chart) -> None:
    before = chart.take(ToolKey.SORENESS).draw(BACK, AREA).mark
    patient = chart.store.patient
    assert patient is not None
    chart.desk.save_patient(patient, replace(patient, body=Body.MALE))
    x, y = chart.pixel(before, BACK)
    chart.take(ToolKey.MOVE).press(BACK, x, y).drag(x + 20, y).release()
    assert (chart.mark.placed_on, len(chart.mark.outline)) == (Body.MALE, len(before.outline))
    assert chart.hit(BACK, x + 20, y) == before.id


def band(chart: Chart, *spots: tuple[float, float]) -> Mark:
    anchors = [chart.atlas.pick(chart.editor.body, BACK, *spot) for spot in spots]
    whole = tuple(anchor for anchor in anchors if anchor is not None)
    assert len(whole) == len(spots)
    mark = chart.editor.new_mark(TautBand(), whole[0], BACK, outline=whole)
    chart.editor.add(replace(mark, shape=Shape.LINE))
    return chart.marks[-1]


def test_a_line_is_moved_as_it_is(chart: Chart) -> None:
    before = band(chart, (380, 560), (384, 600), (390, 640))
    pressed = PointerEvent(BACK, 384, 600, None, before.id)
    after = moved(chart.editor, before, pressed, replace(pressed, x=404.0, y=620.0))
    assert after is not None
    there = [chart.atlas.locate(each, chart.editor.body, BACK) for each in after.outline]
    np.testing.assert_allclose([spot[:2] for spot in there], [(400, 580), (404, 620), (410, 660)])
    assert after.anchor == after.outline[1]
    assert moved(chart.editor, before, pressed, replace(pressed, x=20.0)) is None
    in_front = replace(pressed, view=FRONT)
    assert moved(chart.editor, before, in_front, replace(in_front, x=404.0)) is None


def test_a_sweep_of_the_eraser_is_one_step(chart: Chart) -> None:
    first, second = two_points(chart)
    chart.take(ToolKey.ERASE).press(BACK, 456, 1000).drag(*LEFT_SHOULDER[1:])
    assert chart.toolbox.preview.hidden == {first.id}
    chart.drag(*OTHER_SPOT[1:]).drag(*LEFT_SHOULDER[1:])
    assert chart.toolbox.preview.hidden == {first.id, second.id}
    assert chart.marks == [first, second]
    assert chart.release().marks == []
    assert chart.labels == ("Remove marks", None)
    assert chart.undo().marks == [first, second]


def test_one_erased_mark_is_named(chart: Chart) -> None:
    two_points(chart)
    chart.take(ToolKey.ERASE).click(*LEFT_SHOULDER)
    assert chart.labels == ("Remove trigger point", None)
    chart.click(BACK, 456, 1000)  # nothing is there
    assert chart.labels == ("Remove trigger point", None)


def test_what_belonged_to_an_erased_mark_stays_and_comes_back_to_it(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    chart.take(ToolKey.TWITCH).click(*LEFT_SHOULDER)
    point, twitch = chart.marks
    chart.editor.remove([point.id])
    assert chart.mark.parent_id is None
    assert chart.undo().marks == [point, twitch]
    chart.editor.remove([point.id, twitch.id])
    assert chart.marks == []
    assert chart.undo().marks == [point, twitch]


# -- a session that is closed -----------------------------------------------------------------


@pytest.mark.parametrize("key", ToolKey)
def test_a_signed_session_is_only_looked_at(chart: Chart, key: ToolKey) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    chart.editor.change_session("Sign session", status=SessionStatus.SIGNED)
    before, labels = chart.marks, chart.labels
    chart.take(key).press(*LEFT_SHOULDER).drag(*OTHER_SPOT[1:])
    assert not chart.toolbox.preview.marks
    assert not chart.toolbox.preview.hidden
    chart.release().draw(BACK, AREA)
    assert (chart.marks, chart.labels) == (before, labels)
    assert not chart.editor.set_note(before[0].id, "words")
    assert not chart.editor.remove([before[0].id])
    assert not chart.editor.change_session("Record pain", pain_before=3)


def test_without_a_session_no_tool_does_anything(chart: Chart) -> None:
    chart.editor.open(None)
    for key in ToolKey:
        chart.take(key).click(*LEFT_SHOULDER)
    assert chart.editor.marks == ()
    assert not chart.editor.writable


def test_a_new_session_on_the_desk_drops_the_gesture(chart: Chart) -> None:
    session = chart.editor.session
    chart.take(ToolKey.TRIGGER_POINT).press(*LEFT_SHOULDER)
    chart.editor.open(session.id)
    assert not chart.toolbox.is_down
    assert chart.release().marks == []


def test_the_toolbox_says_which_tool_is_taken(chart: Chart) -> None:
    taken: list[object] = []
    chart.toolbox.changed.connect(taken.append)
    for key in ToolKey:
        chart.take(key)
        assert chart.toolbox.active.key is key
    assert taken == list(ToolKey)


def test_a_tool_that_does_nothing_does_nothing(chart: Chart) -> None:
    tool = Tool(chart.editor)
    event = PointerEvent(BACK, 1, 2, None)
    for heard in (tool.press, tool.move, tool.release):
        heard(event)
    tool.cancel()
    assert tool.preview == NO_PREVIEW


def test_a_press_where_one_of_the_kind_is_already_selects_it(chart: Chart) -> None:
    first = chart.take(ToolKey.TRIGGER_POINT).click(*OTHER_SPOT).mark
    chart.editor.selection.clear()
    assert chart.click(*OTHER_SPOT).marks == [first]
    assert chart.editor.selection.ids == (first.id,)
    assert len(chart.take(ToolKey.NOTE).click(*OTHER_SPOT).marks) == 2
