"""The life of a needle as the hand leads it: placed, tapped, taken out, all taken out."""

from datetime import timedelta

import numpy as np
import pytest

from app.domain.marks import MarkKind, Needle, ReferredPain, Shape, TriggerPoint
from app.domain.needles import count_needles, needles_in
from app.editing.needles import ANOTHER_DAY, NONE_IN, plan_stay, take_all_out, take_one_out
from app.editing.tool_keys import ToolKey
from app.editing.tools.tool import PointerEvent
from tests.helpers.chart import Chart
from tests.helpers.skin import circle

BACK = "posterior"
LEFT_SHOULDER = (BACK, 380.0, 480.0)
OTHER_SPOT = (BACK, 520.0, 640.0)
THIRD_SPOT = (BACK, 456.0, 900.0)


def told(chart: Chart) -> list[str]:
    said: list[str] = []
    chart.editor.told.connect(said.append)
    chart.editor.refused.connect(said.append)
    return said


def three_needles(chart: Chart) -> None:
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER).click(*OTHER_SPOT).click(*THIRD_SPOT)


def test_a_needle_is_in_from_the_press_on(chart: Chart) -> None:
    before = chart.clock.now
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    needle = chart.mark.details
    assert isinstance(needle, Needle)
    assert needle.in_at is not None
    assert before < needle.in_at <= chart.clock.now
    assert needle == Needle(in_at=needle.in_at)  # nothing else is known of it
    assert chart.labels == ("Add needle", None)
    assert chart.undo().marks == []


def test_in_another_days_session_a_needle_gets_no_time(chart: Chart) -> None:
    chart.clock.now += timedelta(days=1)
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    assert chart.mark.details == Needle()
    assert needles_in(chart.marks) == ()


def test_a_needle_on_a_trigger_point_belongs_to_it(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    point, needle = chart.marks
    assert (needle.parent_id, needle.muscle) == (point.id, point.muscle)


def test_a_tap_on_a_needle_takes_it_out_and_says_so(chart: Chart) -> None:
    said = told(chart)
    three_needles(chart)
    chart.click(*OTHER_SPOT)
    assert count_needles(chart.marks)[:2] == (2, 1)
    needle = chart.marks[1].details
    assert isinstance(needle, Needle)
    assert needle.out_at is not None
    assert needle.in_at is not None
    assert needle.out_at > needle.in_at
    assert said == ["Needle 2 is out; 2 are still in."]
    assert chart.labels == ("Take needle out", None)
    assert count_needles(chart.undo().marks)[:2] == (3, 0)


def test_a_second_tap_neither_places_one_nor_puts_it_back(chart: Chart) -> None:
    chart.take(ToolKey.NEEDLE)
    for _tap in range(3):
        chart.click(*LEFT_SHOULDER)
    assert count_needles(chart.marks) == (0, 1, 0)
    assert chart.editor.selection.ids == (chart.mark.id,)


def test_a_drag_that_begins_on_a_needle_does_nothing(chart: Chart) -> None:
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    before = chart.marks
    chart.press(*LEFT_SHOULDER).drag(*OTHER_SPOT[1:]).release()
    assert chart.marks == before
    chart.press(*LEFT_SHOULDER).escape().release()
    assert chart.marks == before


def test_a_press_near_a_sign_but_not_on_it_places_another_needle(chart: Chart) -> None:
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    x, y = LEFT_SHOULDER[1] + 9, LEFT_SHOULDER[2]
    anchor = chart.atlas.pick(chart.editor.body, BACK, x, y)
    beside = PointerEvent(BACK, x, y, anchor, chart.mark.id, on_sign=False)
    chart.toolbox.press(beside)
    chart.toolbox.release(beside)
    assert count_needles(chart.marks) == (2, 0, 0)


def test_one_key_takes_out_the_selected_needle_else_the_last(chart: Chart) -> None:
    said = told(chart)
    three_needles(chart)
    chart.editor.selection.set((chart.marks[0].id,))
    assert take_one_out(chart.editor)
    assert [mark.number for mark in needles_in(chart.marks)] == [2, 3]
    assert take_one_out(chart.editor)  # the selected one is out: the one placed last
    assert [mark.number for mark in needles_in(chart.marks)] == [2]
    assert take_one_out(chart.editor)
    assert not take_one_out(chart.editor)
    assert said == [
        "Needle 1 is out; 2 are still in.",
        "Needle 3 is out; 1 is still in.",
        "Needle 2 is out; none is in.",
        NONE_IN,
    ]


def test_all_out_is_one_step(chart: Chart) -> None:
    said = told(chart)
    three_needles(chart)
    before = chart.marks
    assert take_all_out(chart.editor)
    assert count_needles(chart.marks) == (0, 3, 0)
    assert chart.labels == ("Take all needles out", None)
    assert chart.undo().marks == before
    chart.redo()
    assert not take_all_out(chart.editor)
    assert said == ["All 3 needles are out.", NONE_IN]


def test_a_clock_that_was_set_back_keeps_no_needle_in(chart: Chart) -> None:
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    chart.clock.now -= timedelta(minutes=5)
    assert take_one_out(chart.editor)
    needle = chart.mark.details
    assert isinstance(needle, Needle)
    assert needle.out_at == needle.in_at
    assert chart.troubles == []


def test_on_another_day_no_time_is_made_up(chart: Chart) -> None:
    said = told(chart)
    three_needles(chart)
    before = chart.marks
    chart.clock.now += timedelta(days=1)
    chart.click(*OTHER_SPOT)
    assert not take_one_out(chart.editor)
    assert not take_all_out(chart.editor)
    assert chart.marks == before
    assert said == [ANOTHER_DAY] * 3


def test_a_needle_that_is_removed_while_in_does_not_go_unsaid(chart: Chart) -> None:
    said = told(chart)
    three_needles(chart)
    chart.take(ToolKey.ERASE).press(*LEFT_SHOULDER).drag(*OTHER_SPOT[1:]).release()
    assert said == ["2 needles are removed from the chart while in: marks 1 and 2."]
    chart.undo()
    take_all_out(chart.editor)
    chart.click(*LEFT_SHOULDER)
    assert said[1:] == ["All 3 needles are out.", "Mark removed."]
    assert len(chart.marks) == 2


@pytest.mark.parametrize(
    ("key", "kind", "shape"),
    [
        (ToolKey.REFERRED_PAIN, MarkKind.REFERRED_PAIN, Shape.AREA),
        (ToolKey.TAUT_BAND, MarkKind.TAUT_BAND, Shape.LINE),
    ],
)
def test_areas_and_lines_are_drawn_and_a_press_alone_says_how(
    chart: Chart, key: ToolKey, kind: MarkKind, shape: Shape
) -> None:
    said = told(chart)
    chart.take(key).click(*LEFT_SHOULDER)
    assert chart.marks == []
    assert "Hold the button down" in said[0]
    chart.draw(BACK, circle(380.0, 700.0, 45.0))
    assert (chart.mark.kind, chart.mark.shape) == (kind, shape)
    assert len(chart.mark.outline) >= 20
    chart.undo().draw(BACK, circle(380.0, 700.0, 45.0) * (1.0, 0.0) + (0.0, -5000.0))
    assert chart.marks == []


def test_a_band_keeps_to_the_skin_and_ends_where_the_hand_did(chart: Chart) -> None:
    said = told(chart)
    line = np.linspace((380.0, 480.0), (470.0, 640.0), 80)
    chart.take(ToolKey.TAUT_BAND).draw(BACK, line)
    spots = [chart.atlas.locate(each, chart.editor.body, BACK) for each in chart.mark.outline]
    assert (spots[0].x, spots[0].y) == pytest.approx((380.0, 480.0), abs=0.1)
    assert (spots[-1].x, spots[-1].y) == pytest.approx((470.0, 640.0), abs=3.0)
    chart.draw(BACK, np.linspace((380.0, 480.0), (20.0, 1900.0), 80))
    assert len(chart.marks) == 1
    assert "leaves the skin" in said[0]


def test_referred_pain_comes_from_the_selected_trigger_point(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    chart.take(ToolKey.REFERRED_PAIN).draw(BACK, circle(380.0, 700.0, 45.0))
    point, pain = chart.marks
    assert (point.details, pain.details) == (TriggerPoint(), ReferredPain())
    assert pain.parent_id == point.id
    chart.draw(BACK, circle(456.0, 900.0, 30.0))
    assert chart.marks[2].parent_id is None  # an area was selected


def test_the_eraser_of_a_pen_erases_whatever_tool_is_in_hand(chart: Chart) -> None:
    three_needles(chart)
    x, y = LEFT_SHOULDER[1:]
    at = PointerEvent(BACK, x, y, chart.marks[0].anchor, chart.marks[0].id, eraser=True)
    chart.toolbox.press(at)
    assert chart.toolbox.preview.hidden == {chart.marks[0].id}
    chart.toolbox.release(at)
    assert [mark.number for mark in chart.marks] == [2, 3]
    assert chart.toolbox.active.key is ToolKey.NEEDLE
    chart.click(*LEFT_SHOULDER)
    assert len(chart.marks) == 3


def test_one_stay_is_planned_for_all_that_are_in(chart: Chart) -> None:
    said = told(chart)
    assert not plan_stay(chart.editor, 600)
    assert said == [NONE_IN]
    three_needles(chart)
    chart.click(*OTHER_SPOT)
    assert plan_stay(chart.editor, 600)
    assert [each.details.stay_s for each in chart.marks] == [600, None, 600]  # type: ignore[union-attr]
    assert chart.labels == ("Plan stay of all needles in", None)
    assert plan_stay(chart.editor, None)
    assert [each.details.stay_s for each in chart.marks] == [None, None, None]  # type: ignore[union-attr]
    chart.undo().undo()
    assert [each.details.stay_s for each in chart.marks] == [None, None, None]  # type: ignore[union-attr]
