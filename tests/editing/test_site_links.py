"""What a person says of whose site a mark is: kept, changed, taken back, after a restart too."""

from datetime import timedelta

from app.domain.marks import Mark
from app.domain.site_links import SiteLink
from app.editing.practice_editor import PracticeEditor
from app.editing.tool_keys import ToolKey
from tests.helpers.chart import Chart

SPOTS = (("posterior", 380.0, 480.0), ("posterior", 520.0, 640.0), ("posterior", 456.0, 900.0))


def three_points(chart: Chart) -> list[Mark]:
    chart.take(ToolKey.TRIGGER_POINT)
    for spot in SPOTS:
        chart.click(*spot)
    return list(chart.marks)


def said(chart: Chart) -> list[tuple[object, object]]:
    """Of which mark whose site was said, read anew from the disk."""
    chart.editor.store.reload()
    return [(each.mark_id, each.earlier_id) for each in chart.editor.store.site_links]


def test_the_last_word_on_a_mark_is_kept(chart: Chart) -> None:
    first, second, third = three_points(chart)
    editor = PracticeEditor(chart.editor.store, chart.editor.history, chart.clock)
    assert editor.say_site(third, first)
    assert said(chart) == [(third.id, first.id)]
    assert editor.say_site(third, second)
    assert said(chart) == [(third.id, second.id)]
    assert editor.say_site(third, None)
    assert said(chart) == [(third.id, None)]
    assert editor.let_place_tell(third)
    assert said(chart) == []
    assert editor.let_place_tell(third)  # there is nothing to take back


def test_what_is_said_of_several_marks_comes_in_the_order_of_saying(chart: Chart) -> None:
    first, second, third = three_points(chart)
    editor = PracticeEditor(chart.editor.store, chart.editor.history, chart.clock)
    editor.say_site(third, first)
    chart.clock.now += timedelta(minutes=1)
    editor.say_site(second, None)
    assert said(chart) == [(third.id, first.id), (second.id, None)]
    (newest,) = (each for each in chart.editor.store.site_links if each.mark_id == second.id)
    assert isinstance(newest, SiteLink)
    assert newest.patient_id == chart.editor.store.patient.id
