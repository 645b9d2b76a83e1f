"""Last time again, by the hand of a person and without a window: one gesture is one step."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.identity import new_id
from app.domain.marks import (
    Activity,
    Bleeding,
    Details,
    Mark,
    MarkKind,
    Needle,
    Note,
    Soreness,
    Technique,
    TriggerPoint,
    TwitchResponse,
)
from app.domain.records import SessionStatus
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.tools.tool import PointerEvent
from tests.helpers.chart import START, Chart

BACK = "posterior"
SHOULDER, LOIN, CALF = (380.0, 480.0), (350.0, 820.0), (330.0, 1400.0)
NEEDLE = Needle(
    diameter_mm=0.25, length_mm=40, depth_mm=20, technique=Technique.PISTONING, in_at=START,
    out_at=START + timedelta(minutes=9), passes=3, pain=2, bleeding=Bleeding.SPOT,
)  # fmt: skip


def earlier_mark(chart: Chart, details: Details, at: tuple[float, float], **fields: object) -> Mark:
    """A mark of the session on the desk, which will be the earlier one."""
    anchor = chart.atlas.pick(chart.editor.body, BACK, *at)
    assert anchor is not None
    mark = replace(chart.editor.new_mark(details, anchor, BACK), **fields)
    assert chart.editor.add(mark)
    return mark


def next_week(chart: Chart) -> SessionEditor:
    """A week later, with the earlier session under today's."""
    chart.clock.now += timedelta(days=7)
    before = chart.editor.session
    assert before is not None
    session = chart.desk.start_session(before.practitioner_id)
    assert session is not None
    chart.editor.open(session.id)
    chart.editor.again.lay_under([before.id])
    return chart.editor


@pytest.fixture
def three(chart: Chart) -> tuple[Mark, ...]:
    """A needle, a trigger point with findings and a twitch of last week."""
    point = earlier_mark(
        chart, TriggerPoint(activity=Activity.ACTIVE, tenderness=3), LOIN, note="as he sat down"
    )
    needle = earlier_mark(chart, NEEDLE, SHOULDER)
    twitch = earlier_mark(chart, TwitchResponse(count=4), CALF)
    next_week(chart)
    return point, needle, twitch


@pytest.mark.parametrize("tool", [ToolKey.AGAIN, ToolKey.SELECT])
def test_a_press_on_a_ghost_marks_it_again_in_one_step(
    chart: Chart, three: tuple[Mark, ...], tool: ToolKey
) -> None:
    _point, needle, _twitch = three
    chart.take(tool).click(BACK, *SHOULDER)
    assert chart.mark == replace(
        needle,
        id=chart.mark.id,
        session_id=chart.mark.session_id,
        number=1,
        details=Needle(diameter_mm=0.25, length_mm=40, technique=Technique.PISTONING),
        placed_at=chart.mark.placed_at,
    )
    assert chart.mark.placed_at > needle.placed_at + timedelta(days=6)
    assert chart.labels == ("Repeat needle", None)
    assert chart.editor.selection.ids == (chart.mark.id,)
    assert needle not in chart.editor.again.ghosts
    assert len(chart.editor.again.ghosts) == 2
    chart.undo()
    assert chart.marks == []
    assert needle in chart.editor.again.ghosts
    chart.redo()
    assert needle not in chart.editor.again.ghosts


def test_findings_and_words_of_then_are_not_repeated(chart: Chart, three: tuple[Mark, ...]) -> None:
    chart.take(ToolKey.AGAIN).click(BACK, *LOIN)
    assert chart.mark.details == TriggerPoint()
    assert chart.mark.note == ""


def test_a_twitch_stays_in_its_session_and_that_is_said(
    chart: Chart, three: tuple[Mark, ...]
) -> None:
    said: list[str] = []
    chart.editor.refused.connect(said.append)
    chart.take(ToolKey.AGAIN).click(BACK, *CALF)
    assert chart.marks == []
    assert len(said) == 1
    assert "twitch" in said[0]


def test_a_quick_sweep_is_one_step_and_misses_nothing_on_its_way(chart: Chart) -> None:
    for k in range(5):
        earlier_mark(chart, NEEDLE, (SHOULDER[0], SHOULDER[1] + 60 * k))
    aside = earlier_mark(chart, NEEDLE, (SHOULDER[0] - 60, SHOULDER[1] + 60))
    next_week(chart)
    x, y = SHOULDER
    chart.take(ToolKey.AGAIN).press(BACK, x, y - 30)
    assert len(chart.toolbox.preview.marks) == 0
    chart.drag(x, y + 90)
    assert len(chart.toolbox.preview.marks) == 2
    chart.drag(x, y + 250)
    assert chart.marks == []  # nothing is stored before the hand lets go
    chart.release()
    assert [mark.number for mark in chart.marks] == [1, 2, 3, 4, 5]
    assert chart.editor.again.ghosts == (aside,)
    assert chart.editor.selection.is_empty
    assert chart.labels == ("Repeat 5 marks", None)
    assert chart.undo().marks == []


def test_esc_in_a_sweep_leaves_no_trace(chart: Chart, three: tuple[Mark, ...]) -> None:
    chart.take(ToolKey.AGAIN).press(BACK, *SHOULDER).escape().release()
    assert chart.marks == []
    assert chart.labels == (None, None)


def test_all_again_leaves_what_happened_then(chart: Chart, three: tuple[Mark, ...]) -> None:
    again = chart.editor.again
    assert again.left == three[:2]
    assert again.repeat_all()
    assert [mark.kind for mark in chart.marks] == [MarkKind.TRIGGER_POINT, MarkKind.NEEDLE]
    assert again.left == ()
    assert again.ghosts == three[2:]
    assert not again.repeat_all()
    assert chart.undo().marks == []


def test_what_was_repeated_is_known_wherever_it_is_moved_and_after_a_restart(
    chart: Chart, three: tuple[Mark, ...]
) -> None:
    chart.take(ToolKey.AGAIN).click(BACK, *SHOULDER)
    chart.take(ToolKey.MOVE).press(BACK, *SHOULDER).drag(SHOULDER[0], SHOULDER[1] + 80).release()
    assert chart.mark.anchor != three[1].anchor
    assert three[1] not in chart.editor.again.ghosts
    today = chart.mark.session_id
    chart.reopen()
    chart.editor.open(today)
    chart.editor.again.lay_under([three[1].session_id])
    assert chart.editor.again.ghosts == (three[0], three[2])
    chart.editor.remove([chart.mark.id])
    assert three[1] in chart.editor.again.ghosts


def test_a_point_that_was_placed_on_a_ghost_stands_for_it(
    chart: Chart, three: tuple[Mark, ...]
) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(BACK, LOIN[0] + 1, LOIN[1])
    assert three[0] not in chart.editor.again.ghosts
    chart.take(ToolKey.TRIGGER_POINT).click(BACK, *SHOULDER)
    assert three[1] in chart.editor.again.ghosts  # of another kind: it does not


def test_a_needle_finds_what_it_belonged_to(chart: Chart) -> None:
    point = earlier_mark(chart, TriggerPoint(), LOIN)
    needle = earlier_mark(chart, Needle(), (LOIN[0] + 40, LOIN[1]), parent_id=point.id)
    alone = earlier_mark(chart, Needle(), SHOULDER, parent_id=point.id)
    next_week(chart)
    chart.editor.again.repeat([alone.id])
    assert chart.marks[0].parent_id is None  # its point is not repeated
    chart.editor.again.repeat([point.id, needle.id])
    _alone, today, its = chart.marks
    assert (today.kind, its.kind) == (MarkKind.TRIGGER_POINT, MarkKind.NEEDLE)
    assert its.parent_id == today.id


def test_a_sore_area_is_repeated_as_a_place(chart: Chart) -> None:
    corners = np.array([(340, 780), (400, 780), (400, 860), (340, 860), (340, 790)], float)
    chart.take(ToolKey.SORENESS).draw(BACK, corners)
    chart.editor.set_details(chart.mark.id, Soreness(intensity=6))
    area = chart.mark
    next_week(chart)
    chart.take(ToolKey.AGAIN).click(BACK, 370, 820)
    assert chart.mark.outline == area.outline
    assert chart.mark.details == Soreness()
    assert chart.editor.again.ghosts == ()


def test_a_signed_session_repeats_nothing(chart: Chart, three: tuple[Mark, ...]) -> None:
    session = chart.editor.session
    assert session is not None
    signed = replace(session, status=SessionStatus.SIGNED)
    stamp = Stamp(step=new_id(), action=Action.DO, at=START)
    chart.repository.commit(Change.replace("Sign", session, signed), stamp)
    chart.store.reload()
    chart.take(ToolKey.SELECT).click(BACK, *SHOULDER)
    assert not chart.editor.again.repeat_all()
    assert chart.marks == []


def test_last_time_is_the_newest_session_that_holds_a_mark(chart: Chart) -> None:
    assert chart.editor.again.last is None
    mark = earlier_mark(chart, Note(), SHOULDER)
    next_week(chart)  # nothing is marked in it
    next_week(chart)
    last = chart.editor.again.last
    assert last is not None
    assert last.id == mark.session_id
    assert chart.editor.again.left == ()


def test_what_came_later_is_not_again(chart: Chart) -> None:
    first = chart.editor.session
    assert first is not None
    editor = next_week(chart)
    later = earlier_mark(chart, NEEDLE, SHOULDER)
    editor.open(first.id)
    editor.again.lay_under([later.session_id])
    assert editor.again.ghosts == (later,)
    chart.take(ToolKey.AGAIN).click(BACK, *SHOULDER)
    assert chart.marks == []


def test_a_press_takes_the_one_that_was_pressed_and_none_beside_it(chart: Chart) -> None:
    x, y = 420.0, 520.0
    earlier_mark(chart, TriggerPoint(), (x, y))
    earlier_mark(chart, Needle(), (x + 9, y))
    editor = next_week(chart)
    trigger, needle = editor.again.ghosts
    chart.take(ToolKey.AGAIN)
    tool = chart.toolbox.active
    on_needle = PointerEvent("posterior", x + 9, y, needle.anchor, ghost=needle.id)
    tool.press(on_needle)
    tool.release(replace(on_needle, x=x + 8))  # as a hand trembles
    assert [mark.kind for mark in chart.marks] == [MarkKind.NEEDLE]
    assert editor.again.ghosts == (trigger,)
