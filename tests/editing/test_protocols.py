"""Protocols: saved under a name, laid onto either side, in one step each."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.body.atlas import Atlas
from app.domain.anatomy import Side
from app.domain.marks import (
    Activity,
    Details,
    Mark,
    MarkKind,
    Needle,
    Technique,
    TriggerPoint,
    TwitchResponse,
)
from app.domain.supplies import PointOfSet, PointSet
from app.editing.again import SAME_SPOT_MM
from app.editing.protocols import Lay, ProtocolEditor
from tests.helpers.chart import Chart

BACK = "posterior"
RIGHT, RIGHT_LOW, LEFT, SPINE = (500.0, 530.0), (500.0, 700.0), (330.0, 530.0), (460.0, 560.0)
NEEDLE = Needle(
    diameter_mm=0.25, length_mm=30, depth_mm=12, technique=Technique.PISTONING, pain=4
)  # fmt: skip


def place(chart: Chart, at: tuple[float, float], details: Details) -> Mark:
    anchor = chart.atlas.pick(chart.editor.body, BACK, *at)
    assert anchor is not None
    mark = chart.editor.new_mark(details, anchor, BACK)
    assert chart.editor.add(mark)
    chart.editor.selection.clear()
    return mark


def start_another(chart: Chart) -> None:
    before = chart.editor.session
    assert before is not None
    chart.clock.now += timedelta(days=7)
    session = chart.desk.start_session(before.practitioner_id)
    assert session is not None
    chart.editor.open(session.id)


@pytest.fixture
def protocols(chart: Chart) -> ProtocolEditor:
    return chart.editor.protocols


@pytest.fixture
def saved(chart: Chart, protocols: ProtocolEditor) -> PointSet:
    """Two points at the right and one in the mid-line, and a session in which nothing is yet."""
    place(chart, RIGHT, NEEDLE)
    place(chart, RIGHT_LOW, TriggerPoint(activity=Activity.ACTIVE))
    place(chart, SPINE, Needle())
    assert protocols.save("Upper back")
    (found,) = protocols.all
    start_another(chart)
    return found


def test_a_protocol_holds_what_was_planned_and_nothing_of_the_patient(
    chart: Chart, protocols: ProtocolEditor
) -> None:
    needle = place(chart, RIGHT, NEEDLE)
    place(chart, RIGHT_LOW, TwitchResponse(count=2))
    assert protocols.save("  Shoulder ")
    (found,) = chart.repository.protocols()
    assert found.name == "Shoulder"
    (point,) = found.points
    assert point.details == Needle(diameter_mm=0.25, length_mm=30, technique=Technique.PISTONING)
    assert (point.anchor, point.side, point.muscle) == (needle.anchor, Side.RIGHT, needle.muscle)
    assert not {"note", "id", "session_id", "placed_at"} & {f.name for f in fields(point)}
    assert chart.labels == ("Save protocol", None)
    chart.undo()
    assert chart.repository.protocols() == []
    assert protocols.all == ()


def test_the_selected_marks_are_saved_else_all(chart: Chart, protocols: ProtocolEditor) -> None:
    one, two = place(chart, RIGHT, NEEDLE), place(chart, LEFT, NEEDLE)
    assert protocols.savable == (one, two)
    chart.editor.selection.set([two.id])
    assert protocols.savable == (two,)


def test_a_name_is_wanted_and_only_once(chart: Chart, protocols: ProtocolEditor) -> None:
    place(chart, RIGHT, NEEDLE)
    assert not protocols.save("  ")
    assert [each.message for each in protocols.findings(" ")] == ["Enter a name for the protocol."]
    assert protocols.save("Neck")
    assert not protocols.save("neck")
    assert protocols.save("Back")
    back, neck = protocols.all
    assert not protocols.rename(back, "Neck")
    assert protocols.rename(neck, "NECK")
    assert [each.name for each in chart.repository.protocols()] == ["Back", "NECK"]
    chart.undo()
    assert protocols.all == (back, neck)


def test_a_removed_protocol_comes_back_by_undo(chart: Chart, saved: PointSet) -> None:
    protocols = chart.editor.protocols
    protocols.lay(saved, Lay.AS_IT_WAS)
    assert protocols.remove(saved)
    assert chart.repository.protocols() == []
    assert len(chart.marks) == 3
    chart.undo()
    assert chart.repository.protocols() == [saved]


def test_laying_it_as_it_was_is_one_step(chart: Chart, saved: PointSet) -> None:
    shown = chart.editor.protocols.laid(saved, Lay.AS_IT_WAS)
    assert chart.marks == []
    assert chart.editor.protocols.lay(saved, Lay.AS_IT_WAS)
    assert [m.anchor for m in chart.marks] == [p.anchor for p in saved.points]
    assert [m.anchor for m in chart.marks] == [m.anchor for m in shown]
    assert [m.details for m in chart.marks] == [p.details for p in saved.points]
    assert [m.number for m in chart.marks] == [1, 2, 3]
    assert chart.labels == ("Lay Upper back", None)
    assert chart.undo().marks == []


def test_what_was_found_is_not_laid_whatever_a_chart_file_brought(
    chart: Chart, saved: PointSet
) -> None:
    """Nothing checks a file's protocols for what happened to somebody else."""
    needle, point, spine = saved.points
    told = replace(
        saved,
        points=(
            replace(needle, details=replace(NEEDLE, in_at=chart.clock())),
            replace(point, details=TriggerPoint(activity=Activity.ACTIVE, tenderness=3)),
            replace(spine, details=TwitchResponse(count=4)),
        ),
    )
    assert chart.editor.protocols.lay(told, Lay.AS_IT_WAS)
    assert [m.details for m in chart.marks] == [needle.details, TriggerPoint()]


def test_the_other_side_is_the_mirror_image_and_the_midline_stays(
    chart: Chart, saved: PointSet
) -> None:
    chart.editor.protocols.lay(saved, Lay.LEFT)
    high, low, spine = chart.marks
    assert (high.side, low.side, spine.side) == (Side.LEFT, Side.LEFT, Side.MIDLINE)
    assert spine.anchor == saved.points[2].anchor
    assert [m.muscle for m in chart.marks] == [p.muscle for p in saved.points]
    width = chart.atlas.view(chart.editor.body, BACK).width
    assert chart.pixel(high, BACK) == pytest.approx((width - RIGHT[0], RIGHT[1]), abs=0.5)


def test_both_sides_are_twice_the_points_but_the_midline_once(
    chart: Chart, saved: PointSet
) -> None:
    chart.editor.protocols.lay(saved, Lay.BOTH)
    sides = sorted(mark.side.value for mark in chart.marks)
    assert sides == ["left", "left", "midline", "right", "right"]


def test_nothing_is_laid_twice_on_one_spot(chart: Chart, saved: PointSet) -> None:
    protocols = chart.editor.protocols
    place(chart, RIGHT, Needle(length_mm=50))
    protocols.lay(saved, Lay.AS_IT_WAS)
    assert len(chart.marks) == 3
    assert chart.marks[0].details == Needle(length_mm=50)  # what was there stays as it is
    assert protocols.lay(saved, Lay.AS_IT_WAS)
    assert len(chart.marks) == 3
    protocols.lay(saved, Lay.BOTH)
    assert len(chart.marks) == 5


def test_a_protocol_of_another_body_lays_nothing_that_it_cannot_place(
    chart: Chart, saved: PointSet
) -> None:
    odd = replace(saved, points=(replace(saved.points[0], body_version="another"),))
    for how in Lay:
        assert chart.editor.protocols.laid(odd, how) == ()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.floats(300, 620), st.floats(450, 900)), min_size=1, max_size=6),
    st.sampled_from(Lay),
)
def test_what_is_laid_is_on_the_side_that_was_asked(
    chart: Chart, atlas: Atlas, places: list[tuple[float, float]], how: Lay
) -> None:
    body = chart.editor.body
    anchors = [a for at in places if (a := atlas.pick(body, BACK, *at)) is not None]
    marks = [chart.editor.new_mark(Needle(), anchor, BACK) for anchor in anchors]
    points = tuple(_point(mark) for mark in marks)
    made = chart.editor.protocols.laid(
        PointSet(id=chart.store.patient.id, name="any", points=points), how
    )
    if how in (Lay.LEFT, Lay.RIGHT):
        assert {mark.side.value for mark in made} <= {how.value, "midline"}
    for k, one in enumerate(made):
        for other in made[k + 1 :]:
            assert atlas.distance_mm(one.anchor, other.anchor, body) > SAME_SPOT_MM
    assert [mark.number for mark in made] == list(range(1, len(made) + 1))
    assert {mark.kind for mark in made} <= {MarkKind.NEEDLE}


def _point(mark: Mark) -> PointOfSet:
    return PointOfSet(
        details=mark.details, body_version=mark.body_version, anchor=mark.anchor,
        placed_on=mark.placed_on, placed_in=mark.placed_in, side=mark.side, muscle=mark.muscle,
    )  # fmt: skip
