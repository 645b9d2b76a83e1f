"""Which needle a new needle is taken to be: learnt by practitioner and muscle, never its depth."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark, Needle, Technique
from app.domain.records import Practitioner
from app.domain.supplies import NeedleBox
from app.editing.needle_defaults import NeedleDefaults
from app.editing.tool_keys import ToolKey
from app.editing.tools.mark import PointTool
from tests.helpers.chart import START, Chart

BACK, SHOULDER, LOIN, CALF = "posterior", (380.0, 480.0), (350.0, 820.0), (330.0, 1400.0)
THIN = Needle(diameter_mm=0.16, length_mm=25, technique=Technique.SUPERFICIAL)
LONG = Needle(diameter_mm=0.30, length_mm=60, depth_mm=40, technique=Technique.PISTONING)
LONG_AGAIN = replace(LONG, depth_mm=None)


def place(chart: Chart, muscle: str | None, details: Needle, **fields: object) -> Mark:
    anchor = chart.atlas.pick(chart.editor.body, BACK, *CALF)
    assert anchor is not None
    mark = replace(chart.editor.new_mark(details, anchor, BACK), muscle=muscle, details=details)
    mark = replace(mark, **fields)
    assert chart.editor.add(mark)
    return mark


def session_of(chart: Chart, practitioner: UUID) -> None:
    chart.clock.now += timedelta(days=1)
    session = chart.desk.start_session(practitioner)
    assert session is not None
    chart.editor.open(session.id)


@pytest.fixture
def defaults(chart: Chart) -> NeedleDefaults:
    return chart.editor.defaults


@pytest.fixture
def colleague(chart: Chart) -> UUID:
    who = Practitioner(id=new_id(), name="Ben Zwick")
    stamp = Stamp(step=new_id(), action=Action.DO, at=START)
    chart.repository.commit(Change.add("Add", who), stamp)
    chart.store.reload()
    return who.id


def test_nothing_is_known_at_first(defaults: NeedleDefaults) -> None:
    assert defaults.needle_for("infraspinatus") == Needle()
    assert defaults.needle_for(None) == Needle()


def test_it_is_the_one_that_was_last_used_in_the_muscle_without_its_depth(
    chart: Chart, defaults: NeedleDefaults
) -> None:
    place(chart, "infraspinatus", THIN)
    place(chart, "gluteus_medius", LONG)
    assert defaults.needle_for("infraspinatus") == THIN
    assert defaults.needle_for("gluteus_medius") == LONG_AGAIN
    assert defaults.needle_for("soleus") == LONG_AGAIN  # anywhere: the newest
    place(chart, "infraspinatus", replace(THIN, length_mm=30))
    assert defaults.needle_for("infraspinatus") == replace(THIN, length_mm=30)


def test_what_memory_says_is_what_the_disk_says(chart: Chart, defaults: NeedleDefaults) -> None:
    def agree() -> None:
        for muscle in ("infraspinatus", "gluteus_medius", None):
            known = defaults.needle_for(muscle)
            fresh = NeedleDefaults(
                chart.store, lambda: chart.editor.session, lambda: chart.editor.papers.box
            )
            assert fresh.needle_for(muscle) == known

    agree()
    first = place(chart, "infraspinatus", THIN)
    agree()
    second = place(chart, "infraspinatus", LONG)
    agree()
    chart.editor.set_muscle(second.id, "gluteus_medius")
    agree()
    chart.editor.set_details(first.id, replace(THIN, length_mm=40))
    agree()
    chart.undo()
    agree()
    chart.undo()
    chart.undo()
    agree()
    assert defaults.needle_for("gluteus_medius") == THIN
    chart.editor.remove([first.id])
    agree()
    assert defaults.needle_for("infraspinatus") == Needle()


def test_each_practitioner_has_their_own_habits(
    chart: Chart, defaults: NeedleDefaults, colleague: UUID
) -> None:
    mine = chart.editor.session
    assert mine is not None
    place(chart, "infraspinatus", THIN)
    session_of(chart, colleague)
    assert defaults.needle_for("infraspinatus") == Needle()
    place(chart, "infraspinatus", LONG)
    session_of(chart, mine.practitioner_id)
    assert defaults.needle_for("infraspinatus") == THIN


def test_a_needle_of_which_nothing_was_recorded_teaches_nothing(
    chart: Chart, defaults: NeedleDefaults
) -> None:
    place(chart, "infraspinatus", THIN)
    place(chart, "infraspinatus", Needle(depth_mm=9))
    assert defaults.needle_for("infraspinatus") == THIN


def test_without_a_habit_the_box_says_the_size(chart: Chart, defaults: NeedleDefaults) -> None:
    box = NeedleBox(id=new_id(), manufacturer="Acme", diameter_mm=0.25, length_mm=40)
    chart.repository.commit(
        Change.add("Add box", box), Stamp(step=new_id(), action=Action.DO, at=START)
    )
    chart.editor.papers.prepare("Choose box", box_id=box.id)
    assert defaults.needle_for("infraspinatus") == Needle(diameter_mm=0.25, length_mm=40)
    place(chart, "infraspinatus", THIN)
    assert defaults.needle_for("infraspinatus") == THIN


def test_a_muscle_is_looked_up_once(chart: Chart, defaults: NeedleDefaults) -> None:
    place(chart, "infraspinatus", THIN)
    chart.store.reload()
    asked: list[str | None] = []
    real = chart.repository.last_needles
    chart.store.repository.last_needles = lambda who, muscle: (  # type: ignore[method-assign]
        asked.append(muscle) or real(who, muscle)
    )
    for _time in range(3):
        assert defaults.needle_for("infraspinatus") == THIN
        assert defaults.needle_for("soleus") == THIN
    assert asked == ["infraspinatus", "soleus", None]


def test_a_new_needle_comes_with_it_and_follows_the_hand(chart: Chart) -> None:
    atlas, body = chart.atlas, chart.editor.body
    here, there = (
        atlas.anatomy.usual_muscle(atlas.pick(body, BACK, *at)) for at in (SHOULDER, LOIN)
    )
    assert here != there
    place(chart, here, THIN)
    place(chart, there, LONG)
    tool = PointTool(chart.editor, ToolKey.TRIGGER_POINT, Needle())
    chart.toolbox._active = tool
    chart.press(BACK, *SHOULDER)
    (shown,) = tool.preview.marks
    assert (shown.muscle, shown.details) == (here, THIN)
    chart.drag(*LOIN)
    (shown,) = tool.preview.marks
    assert (shown.muscle, shown.details) == (there, LONG_AGAIN)
    chart.release()
    assert chart.marks[-1].details == LONG_AGAIN
    assert chart.labels == ("Add needle", None)


def test_what_is_said_of_a_needle_is_not_overwritten(chart: Chart) -> None:
    place(chart, "infraspinatus", LONG)
    anchor = chart.atlas.pick(chart.editor.body, BACK, *SHOULDER)
    assert anchor is not None
    assert chart.editor.new_mark(THIN, anchor, BACK).details == THIN
    timed = Needle(in_at=START, depth_mm=3)
    filled = chart.editor.new_mark(timed, anchor, BACK).details
    assert filled == replace(LONG, in_at=START, depth_mm=3)
