"""Which muscle a mark is said to be in: suggested, chosen, and kept."""

import pytest

from app.body.atlas import Atlas
from app.domain.anatomy import Anchor, Side
from app.domain.marks import Mark
from app.editing.muscle_aim import MuscleAim
from app.editing.tool_keys import ToolKey
from tests.helpers.chart import Chart
from tests.helpers.skin import circle

BACK = "posterior"
RHOMBOID = (BACK, 415.0, 470.0)
"""Left of the spine at T5: trapezius over rhomboid major, and deeper ones."""
CALF = (BACK, 320.0, 1500.0)


def spot(atlas: Atlas, chart: Chart, view: str, x: float, y: float) -> Anchor:
    anchor = atlas.pick(chart.editor.body, view, x, y)
    assert anchor is not None
    return anchor


@pytest.fixture
def rhomboid(atlas: Atlas, chart: Chart) -> Anchor:
    return spot(atlas, chart, *RHOMBOID)


def names(aim: MuscleAim) -> list[str]:
    return [each.muscle.id for each in aim.here]


def test_the_topmost_muscle_that_is_needled_is_suggested(atlas: Atlas, rhomboid: Anchor) -> None:
    aim = MuscleAim(atlas)
    aim.look(rhomboid)
    assert names(aim)[0].startswith("trapezius")
    assert "rhomboid_major" in names(aim)
    assert aim.meant == aim.here[0]
    assert aim.meant.side is Side.LEFT


def test_steps_go_towards_the_bone_and_round(atlas: Atlas, rhomboid: Anchor) -> None:
    aim = MuscleAim(atlas)
    aim.look(rhomboid)
    seen = []
    for _ in aim.here:
        assert aim.meant is not None
        seen.append(aim.meant)
        assert aim.step()
    assert tuple(seen) == aim.here
    assert aim.meant == aim.here[0]
    assert aim.step(-1)
    assert aim.meant == aim.here[-1]


def test_a_choice_holds_over_the_same_muscles_only(
    atlas: Atlas, chart: Chart, rhomboid: Anchor
) -> None:
    aim = MuscleAim(atlas)
    aim.look(rhomboid)
    aim.step()
    chosen = aim.meant
    view, x, y = RHOMBOID
    aim.look(spot(atlas, chart, view, x + 2, y))
    assert aim.meant == chosen
    aim.look(spot(atlas, chart, *CALF))
    aim.look(rhomboid)
    assert aim.meant == aim.here[0]


def test_beside_the_body_nothing_is_meant(atlas: Atlas, rhomboid: Anchor) -> None:
    aim = MuscleAim(atlas)
    assert not aim.step()
    aim.look(rhomboid)
    aim.look(None)
    assert (aim.here, aim.meant) == ((), None)


def test_what_is_not_routinely_needled_is_not_suggested(atlas: Atlas) -> None:
    """Where such a muscle lies on top, the one beneath it that is needled is meant."""
    avoided = {m.id for m in atlas.catalogue.muscles if not m.is_usually_needled}
    assert len(avoided) == 4


def test_a_mark_stores_the_muscle_that_was_chosen(chart: Chart, rhomboid: Anchor) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*RHOMBOID)
    first = chart.mark.muscle
    assert first is not None
    assert first.startswith("trapezius")
    chart.undo()
    chart.editor.aim.look(rhomboid)
    chart.editor.aim.step()
    chart.click(*RHOMBOID)
    assert chart.mark.muscle == names(chart.editor.aim)[1] != first


def test_a_twitch_is_in_the_muscle_of_its_trigger_point(chart: Chart, rhomboid: Anchor) -> None:
    chart.editor.aim.look(rhomboid)
    chart.editor.aim.step()
    chart.take(ToolKey.TRIGGER_POINT).click(*RHOMBOID)
    chart.take(ToolKey.TWITCH).click(*RHOMBOID)
    point, twitch = chart.marks
    assert twitch.parent_id == point.id
    assert twitch.muscle == point.muscle


def test_notes_and_areas_are_in_no_muscle(chart: Chart) -> None:
    chart.take(ToolKey.NOTE).click(*RHOMBOID)
    chart.take(ToolKey.SORENESS).draw(BACK, circle(380.0, 700.0, 45.0))
    assert [mark.muscle for mark in chart.marks] == [None, None]


def test_a_moved_mark_keeps_its_muscle_within_it_and_leaves_it_outside(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*RHOMBOID)
    before = chart.mark.muscle
    view, x, y = RHOMBOID
    chart.take(ToolKey.MOVE).press(view, x, y).drag(x, y + 8).release()
    assert chart.mark.muscle == before
    chart.press(view, x, y + 8).drag(*CALF[1:]).release()
    assert chart.mark.muscle is not None
    assert chart.mark.muscle != before


def test_choosing_another_muscle_is_one_step_back(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*RHOMBOID)
    mark: Mark = chart.mark
    assert chart.editor.set_muscle(mark.id, "rhomboid_major")
    assert chart.mark.muscle == "rhomboid_major"
    assert chart.editor.set_muscle(mark.id, None)
    assert chart.mark.muscle is None
    chart.undo()
    chart.undo()
    assert chart.mark == mark
