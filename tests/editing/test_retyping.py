"""A mark becomes another kind, or is nudged, without being placed anew."""

from dataclasses import replace

import numpy as np
import pytest

from app.domain.marks import (
    DETAILS_OF_KIND,
    SHAPES_OF_KIND,
    MarkKind,
    Needle,
    PainQuality,
    ReferredPain,
    Shape,
    Soreness,
    TriggerPoint,
    TwitchResponse,
)
from app.editing.nudging import nudge
from app.editing.retyping import retype
from app.editing.tool_keys import ToolKey
from app.editing.twitches import NOTHING_TWITCHES, count_twitch
from tests.helpers.chart import Chart
from tests.helpers.skin import circle

BACK = "posterior"
LEFT_SHOULDER = (BACK, 380.0, 480.0)
OTHER_SPOT = (BACK, 520.0, 640.0)
POINTS = [kind for kind in MarkKind if Shape.POINT in SHAPES_OF_KIND[kind]]


def refusals(chart: Chart) -> list[str]:
    said: list[str] = []
    chart.editor.refused.connect(said.append)
    return said


@pytest.mark.parametrize("kind", [kind for kind in POINTS if kind is not MarkKind.TWITCH])
@pytest.mark.parametrize("key", [ToolKey.TRIGGER_POINT, ToolKey.REACTION])
def test_only_the_kind_changes(chart: Chart, key: ToolKey, kind: MarkKind) -> None:
    chart.take(key).click(*LEFT_SHOULDER)
    chart.editor.set_note(chart.mark.id, "deep")
    before = chart.mark
    assert retype(chart.editor, before, kind)
    after = chart.mark
    assert after.kind is kind
    assert replace(after, details=before.details) == before
    if kind is MarkKind.NEEDLE:
        assert isinstance(after.details, Needle)
        assert after.details.in_at is not None
    elif kind is not before.kind:
        assert after.details == DETAILS_OF_KIND[kind]()
    if kind is not before.kind:
        assert chart.undo().mark == before


def test_fields_that_both_kinds_have_stay_and_others_go(chart: Chart) -> None:
    chart.take(ToolKey.SORENESS).draw(BACK, circle(380.0, 700.0, 45.0))
    chart.editor.set_details(chart.mark.id, Soreness(intensity=4, quality=PainQuality.SHARP))
    assert retype(chart.editor, chart.mark, MarkKind.REFERRED_PAIN)
    assert chart.mark.details == ReferredPain(quality=PainQuality.SHARP)


def test_a_needle_comes_as_it_is_usual_in_the_muscle(chart: Chart) -> None:
    usual = Needle(diameter_mm=0.25, length_mm=40)
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    chart.editor.set_details(chart.mark.id, usual)
    chart.take(ToolKey.TRIGGER_POINT).click(*OTHER_SPOT)
    assert retype(chart.editor, chart.marks[-1], MarkKind.NEEDLE)
    details = chart.marks[-1].details
    assert isinstance(details, Needle)
    assert replace(details, in_at=None) == usual


def test_a_shape_that_does_not_fit_is_refused_with_a_sentence(chart: Chart) -> None:
    said = refusals(chart)
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    before = chart.mark
    assert not retype(chart.editor, before, MarkKind.TAUT_BAND)
    assert not retype(chart.editor, before, MarkKind.REFERRED_PAIN)
    assert chart.mark == before
    assert said == [
        "Mark 1 is a point; a taut band is a line. "
        "Take the tool for a taut band and place it anew.",
        "Mark 1 is a point; a referred pain is an area. "
        "Take the tool for a referred pain and place it anew.",
    ]


def test_a_twitch_needs_something_that_twitches(chart: Chart) -> None:
    said = refusals(chart)
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    assert not retype(chart.editor, chart.mark, MarkKind.TWITCH)
    assert said == [NOTHING_TWITCHES]
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    assert retype(chart.editor, chart.marks[1], MarkKind.TWITCH)
    assert chart.marks[1].details == TwitchResponse(count=1)
    assert chart.marks[1].parent_id == chart.marks[0].id


def test_what_belonged_to_it_stays_where_that_still_makes_sense(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    count_twitch(chart.editor)
    point, twitch = chart.marks
    assert retype(chart.editor, point, MarkKind.NEEDLE)
    assert chart.marks[1] == twitch  # a needle may twitch too
    assert retype(chart.editor, chart.marks[0], MarkKind.NOTE)
    assert chart.marks[1] == replace(twitch, parent_id=None)
    assert chart.undo().undo().marks == [point, twitch]


def test_a_needle_that_no_longer_counts_does_not_go_unsaid(chart: Chart) -> None:
    said: list[str] = []
    chart.editor.told.connect(said.append)
    chart.take(ToolKey.NEEDLE).click(*LEFT_SHOULDER)
    retype(chart.editor, chart.mark, MarkKind.NOTE)
    assert said == ["Mark 1 is a note now; it no longer counts as a needle that is in."]


# -- nudging ----------------------------------------------------------------------------------


def spot(chart: Chart, number: int = 1) -> tuple[float, float]:
    return chart.pixel(chart.marks[number - 1], BACK)


def test_a_run_of_presses_is_one_step(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    before = chart.mark
    for _press in range(3):
        assert nudge(chart.editor, BACK, 1, 0)
    assert nudge(chart.editor, BACK, 0, 10)
    assert spot(chart) == pytest.approx((383.0, 490.0), abs=0.1)
    assert chart.labels == ("Nudge mark", None)
    assert chart.undo().mark == before
    assert chart.labels[0] == "Add trigger point"


def test_a_pause_begins_another_step(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    nudge(chart.editor, BACK, 1, 0)
    chart.history.seal()
    nudge(chart.editor, BACK, 1, 0)
    chart.undo()
    assert spot(chart) == pytest.approx((381.0, 480.0), abs=0.1)


def test_all_that_is_selected_goes_or_nothing(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER).click(*OTHER_SPOT)
    chart.editor.selection.set(mark.id for mark in chart.marks)
    assert nudge(chart.editor, BACK, 0, -1)
    assert (spot(chart), spot(chart, 2)) == (
        pytest.approx((380.0, 479.0), abs=0.1), pytest.approx((520.0, 639.0), abs=0.1),
    )  # fmt: skip
    before = chart.marks
    assert not nudge(chart.editor, BACK, -2000, 0)
    assert chart.marks == before


def test_a_mark_stays_on_the_skin(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    for _press in range(60):
        nudge(chart.editor, BACK, -10, 0)
    x, _y = spot(chart)
    assert chart.atlas.pick(chart.editor.body, BACK, x, _y, reach=1.0) is not None
    assert np.isfinite(x)


def test_what_is_not_seen_there_is_not_moved_unseen(chart: Chart) -> None:
    said = refusals(chart)
    chart.take(ToolKey.TRIGGER_POINT).click(*LEFT_SHOULDER)
    before = chart.mark
    assert not nudge(chart.editor, "anterior", 1, 0)
    assert chart.mark == before
    assert said == ["Trigger point 1 is not seen on this picture. Show one on which it is."]
    assert before.details == TriggerPoint()
