"""Twitches: counted by the tool, and by one key at the needle or point that was touched last."""

import pytest

from app.domain.marks import Mark, MarkKind, Needle, Note, Strength, Twitch, TwitchResponse
from app.editing.tool_keys import ToolKey
from app.editing.twitches import (
    NOT_COUNTED,
    NOTHING_TWITCHES,
    active_target,
    count_twitch,
    set_response,
    set_strength,
    take_twitch_back,
)
from tests.helpers.chart import Chart

BACK = "posterior"
LEFT_SHOULDER = (BACK, 380.0, 480.0)
OTHER_SPOT = (BACK, 520.0, 640.0)


def refusals(chart: Chart) -> list[str]:
    said: list[str] = []
    chart.editor.refused.connect(said.append)
    return said


def test_a_twitch_on_a_trigger_point_belongs_to_it(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    chart.take(ToolKey.TWITCH).click(BACK, LEFT_SHOULDER[1] + 5, LEFT_SHOULDER[2])
    point, twitch = chart.marks
    assert twitch.parent_id == point.id
    assert twitch.details == TwitchResponse(count=1)


def test_a_twitch_on_a_needle_belongs_to_it(chart: Chart) -> None:
    anchor = chart.atlas.pick(chart.editor.body, *LEFT_SHOULDER)
    assert anchor is not None
    chart.editor.add(chart.editor.new_mark(Needle(), anchor, BACK))
    chart.take(ToolKey.TWITCH).click(*LEFT_SHOULDER)
    needle, twitch = chart.marks
    assert twitch.parent_id == needle.id


@pytest.mark.parametrize("key", [None, ToolKey.NOTE, ToolKey.SORENESS])
def test_a_twitch_without_a_needle_or_point_is_refused(chart: Chart, key: ToolKey | None) -> None:
    if key is not None:
        chart.take(key).click(*LEFT_SHOULDER)
    before = chart.marks
    refused: list[str] = []
    chart.editor.refused.connect(refused.append)
    chart.take(ToolKey.TWITCH).click(*LEFT_SHOULDER)
    assert chart.marks == before
    assert refused == [NOTHING_TWITCHES]


def a_twitch(chart: Chart) -> Mark:
    """A trigger point that twitched once, and the twitch tool in hand."""
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    chart.take(ToolKey.TWITCH).click(*LEFT_SHOULDER)
    return chart.marks[1]


def test_a_press_on_a_twitch_counts_one_more(chart: Chart) -> None:
    twitch = a_twitch(chart)
    chart.editor.remove([chart.marks[0].id])  # what is pressed is the twitch itself
    chart.click(*LEFT_SHOULDER).click(*LEFT_SHOULDER)
    assert chart.mark.details == TwitchResponse(count=3)
    assert chart.editor.selection.ids == (twitch.id,)
    assert chart.labels == ("Count twitch", None)
    assert chart.undo().mark.details == TwitchResponse(count=2)


def test_a_press_on_a_trigger_point_that_has_twitched_counts_one_more(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER).take(ToolKey.TWITCH)
    chart.click(*LEFT_SHOULDER)
    chart.click(*LEFT_SHOULDER)
    assert [mark.kind for mark in chart.marks] == [MarkKind.TRIGGER_POINT, MarkKind.TWITCH]
    assert chart.marks[1].details == TwitchResponse(count=2)


def test_counting_says_that_the_twitch_was_seen_and_ends_at_99(chart: Chart) -> None:
    twitch = a_twitch(chart)
    chart.editor.set_details(twitch.id, TwitchResponse(response=Twitch.ABSENT))
    chart.click(*LEFT_SHOULDER)
    assert chart.marks[1].details == TwitchResponse(response=Twitch.PRESENT, count=1)
    chart.editor.set_details(twitch.id, TwitchResponse(count=98))
    chart.click(*LEFT_SHOULDER).click(*LEFT_SHOULDER)
    assert chart.marks[1].details == TwitchResponse(count=99)


def test_of_a_twitch_that_nobody_is_sure_of_counting_makes_no_more(chart: Chart) -> None:
    chart.editor.set_details(a_twitch(chart).id, TwitchResponse(response=Twitch.UNSURE))
    chart.click(*LEFT_SHOULDER)
    assert chart.marks[1].details == TwitchResponse(response=Twitch.UNSURE, count=1)
    chart.click(*LEFT_SHOULDER)
    assert chart.marks[1].details == TwitchResponse(response=Twitch.UNSURE, count=2)


@pytest.mark.parametrize("before", [Twitch.ABSENT, Twitch.NOT_SOUGHT])
def test_a_twitch_seen_after_all_is_present(chart: Chart, before: Twitch) -> None:
    chart.editor.set_details(a_twitch(chart).id, TwitchResponse(response=before))
    chart.click(*LEFT_SHOULDER)
    assert chart.marks[1].details == TwitchResponse(count=1)


# -- by key -----------------------------------------------------------------------------------


def test_a_key_counts_at_the_needle_that_was_placed_last(chart: Chart) -> None:
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER).click(*OTHER_SPOT)
    needle = chart.marks[1]
    assert count_twitch(chart.editor)
    assert count_twitch(chart.editor)
    twitch = chart.marks[2]
    assert (twitch.parent_id, twitch.anchor) == (needle.id, needle.anchor)
    assert twitch.muscle == needle.muscle
    assert twitch.details == TwitchResponse(count=2)
    assert chart.editor.selection.ids == (needle.id,)  # the next key is meant for it
    assert chart.labels == ("Count twitch", None)
    assert chart.undo().marks[2].details == TwitchResponse(count=1)
    assert chart.undo().marks == [chart.marks[0], needle]


def test_what_is_selected_comes_before_what_was_placed_last(chart: Chart) -> None:
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER).click(*OTHER_SPOT)
    first, last = chart.marks
    chart.editor.selection.set((first.id,))
    assert active_target(chart.editor) == first
    count_twitch(chart.editor)
    chart.editor.selection.set((chart.marks[2].id,))  # a twitch stands for what it belongs to
    assert active_target(chart.editor) == first
    chart.editor.selection.clear()
    assert active_target(chart.editor) == last


def test_of_a_selected_point_the_needle_in_it_is_meant(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    point = chart.mark
    assert active_target(chart.editor) == point
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    needle = chart.marks[1]
    assert needle.parent_id == point.id
    chart.editor.selection.set((point.id,))
    assert active_target(chart.editor) == needle
    chart.click(*LEFT_SHOULDER)  # takes it out
    chart.editor.selection.set((point.id,))
    assert active_target(chart.editor) == point


def test_without_a_needle_the_last_point_is_meant_and_without_both_it_is_said(
    chart: Chart,
) -> None:
    said = refusals(chart)
    for act in (count_twitch, take_twitch_back):
        assert not act(chart.editor)
    assert not set_strength(chart.editor, Strength.WEAK)
    assert not set_response(chart.editor, Twitch.ABSENT)
    assert said == [NOTHING_TWITCHES] * 4
    assert chart.marks == []
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER).click(*OTHER_SPOT)
    chart.editor.selection.clear()
    assert active_target(chart.editor) == chart.marks[1]
    chart.take(ToolKey.NOTE).click(BACK, 456.0, 1000.0)
    assert active_target(chart.editor) == chart.marks[1]  # a note does not twitch


def test_one_is_taken_back_and_with_the_only_one_the_response_goes(chart: Chart) -> None:
    said = refusals(chart)
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    point = chart.mark
    count_twitch(chart.editor)
    count_twitch(chart.editor)
    assert take_twitch_back(chart.editor)
    assert chart.marks[1].details == TwitchResponse(count=1)
    assert take_twitch_back(chart.editor)
    assert chart.mark == point
    assert chart.editor.selection.ids == (point.id,)
    assert not take_twitch_back(chart.editor)
    assert said == [NOT_COUNTED]
    assert chart.labels == ("Take twitch back", None)
    assert chart.undo().marks[1].details == TwitchResponse(count=1)


def test_an_answer_that_there_was_none_is_not_taken_back_as_a_count(chart: Chart) -> None:
    said = refusals(chart)
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    set_response(chart.editor, Twitch.ABSENT)
    assert not take_twitch_back(chart.editor)
    assert chart.marks[1].details == TwitchResponse(response=Twitch.ABSENT)
    assert said == [NOT_COUNTED]


def test_absent_and_not_sought_are_answers_of_one_key(chart: Chart) -> None:
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    assert set_response(chart.editor, Twitch.ABSENT)
    assert chart.marks[1].details == TwitchResponse(response=Twitch.ABSENT)
    assert set_response(chart.editor, Twitch.NOT_SOUGHT)
    assert chart.marks[1].details == TwitchResponse(response=Twitch.NOT_SOUGHT)
    count_twitch(chart.editor)
    assert chart.marks[1].details == TwitchResponse(count=1)


def test_a_slip_of_the_hand_drops_no_count(chart: Chart) -> None:
    said = refusals(chart)
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    count_twitch(chart.editor)
    assert not set_response(chart.editor, Twitch.ABSENT)
    assert chart.marks[1].details == TwitchResponse(count=1)
    assert said == ["1 counted at needle 1, so the twitch was not absent. Take them back first."]


def test_strength_is_of_a_twitch_that_was_seen(chart: Chart) -> None:
    said = refusals(chart)
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    assert not set_strength(chart.editor, Strength.STRONG)
    set_response(chart.editor, Twitch.ABSENT)
    assert not set_strength(chart.editor, Strength.STRONG)
    assert len(said) == 2
    count_twitch(chart.editor)
    assert set_strength(chart.editor, Strength.STRONG)
    assert chart.marks[1].details == TwitchResponse(count=1, strength=Strength.STRONG)


def test_what_belongs_to_a_twitch_that_is_taken_back_stands_by_itself(chart: Chart) -> None:
    """So it may come in a chart file, whatever the window places."""
    twitch = a_twitch(chart)
    anchor = chart.atlas.pick(chart.editor.body, *OTHER_SPOT)
    assert anchor is not None
    chart.editor.add(chart.editor.new_mark(Note(), anchor, BACK, parent_id=twitch.id))
    note = chart.marks[-1]
    chart.editor.selection.set((chart.marks[0].id,))
    assert take_twitch_back(chart.editor)
    assert [mark.kind for mark in chart.marks] == [MarkKind.TRIGGER_POINT, MarkKind.NOTE]
    assert chart.marks[-1].parent_id is None
    assert chart.undo().marks[-1] == note
