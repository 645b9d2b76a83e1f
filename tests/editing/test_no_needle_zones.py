"""Drawing, changing, erasing and undoing a patient's own zones, down to what lies on the disk."""

from dataclasses import replace

import pytest

from app.body.own_zones import zone_words
from app.domain.anatomy import Side
from app.domain.change import Change
from app.domain.identity import new_id
from app.domain.own_zones import NoNeedleZone, ZoneReason
from app.domain.records import Patient, SessionStatus, TreatmentSession
from app.editing.tool_keys import ToolKey
from app.editing.tools.no_needle import NOTHING_DRAWN, NOTHING_ENCLOSED
from app.editing.tools.tool import NO_PREVIEW
from tests.helpers.chart import Chart
from tests.helpers.skin import circle

BACK, FRONT = "posterior", "anterior"
SHOULDER = (380.0, 700.0)
AREA = circle(*SHOULDER, 45.0)
OUTSIDE = (520.0, 640.0)


def stored(chart: Chart) -> list[NoNeedleZone]:
    """The zones on the disk, which are those of the open chart."""
    found = chart.repository.chart(chart.store.patient.id).zones
    assert chart.store.zones == found
    return list(found)


def drawn(chart: Chart) -> NoNeedleZone:
    chart.take(ToolKey.NO_NEEDLE).draw(BACK, AREA)
    (zone,) = stored(chart)
    return zone


def refusals(chart: Chart) -> list[str]:
    told: list[str] = []
    chart.editor.refused.connect(told.append)
    return told


def test_a_line_becomes_a_zone_of_the_patient_on_release(chart: Chart) -> None:
    chart.take(ToolKey.NO_NEEDLE).press(BACK, *AREA[0])
    for x, y in AREA[1:]:
        chart.drag(x, y)
    assert stored(chart) == []
    assert len(chart.toolbox.preview.line) > 10
    chart.release()
    (zone,) = stored(chart)
    assert (zone.patient_id, zone.reason, zone.side) == (chart.store.patient.id, None, Side.LEFT)
    assert (zone.placed_on, zone.placed_in) == (chart.editor.body, BACK)
    assert len(zone.outline) >= 3
    assert chart.marks == []
    assert chart.editor.selection.zone == zone.id
    assert chart.labels == ("Draw no-needle zone", None)
    assert chart.toolbox.preview == NO_PREVIEW


def test_esc_leaves_no_trace(chart: Chart) -> None:
    chart.take(ToolKey.NO_NEEDLE).press(BACK, *AREA[0]).drag(*AREA[20]).escape().release()
    assert stored(chart) == []


def test_a_press_draws_nothing_and_that_is_said(chart: Chart) -> None:
    told = refusals(chart)
    chart.take(ToolKey.NO_NEEDLE).click(BACK, *SHOULDER)
    chart.draw(BACK, circle(20, 1950, 15))
    assert stored(chart) == []
    assert told == [NOTHING_DRAWN, NOTHING_ENCLOSED]


def test_a_zone_is_undone_and_made_again_also_after_a_restart(chart: Chart) -> None:
    zone = drawn(chart)
    chart.reopen().undo()
    assert stored(chart) == []
    assert chart.labels == (None, "Draw no-needle zone")
    chart.reopen().redo()
    assert stored(chart) == [zone]
    assert chart.repository.check() == []


def test_what_it_is_and_its_note_are_stored(chart: Chart) -> None:
    zone = drawn(chart)
    chart.editor.zones.set_reason(zone.id, ZoneReason.SCAR)
    for text in ("k", "ke", "keloid"):
        chart.editor.zones.set_note(zone.id, text)
    (after,) = stored(chart)
    assert after == replace(zone, reason=ZoneReason.SCAR, note="keloid")
    assert zone_words(chart.atlas, after).startswith("scar, left ")
    chart.undo()
    assert stored(chart) == [replace(zone, reason=ZoneReason.SCAR)]
    chart.undo()
    assert stored(chart) == [zone]


def test_a_zone_holds_the_skin_that_was_drawn_around_and_no_other(chart: Chart) -> None:
    zone = drawn(chart)
    body, atlas = chart.editor.body, chart.atlas
    inside, outside = atlas.pick(body, BACK, *SHOULDER), atlas.pick(body, BACK, *OUTSIDE)
    in_front = atlas.pick(body, FRONT, 950.0 - SHOULDER[0], SHOULDER[1])
    assert inside is not None
    assert outside is not None
    assert in_front is not None
    assert chart.editor.zones.holding(inside) == (zone,)
    assert chart.editor.zones.holding(outside) == ()
    assert chart.editor.zones.holding(in_front) == ()  # the skin behind it is not seen there


def test_select_takes_a_zone_where_no_mark_is(chart: Chart) -> None:
    zone = drawn(chart)
    chart.take(ToolKey.TRIGGER_POINT).click(BACK, *SHOULDER)
    assert chart.editor.selection.zone is None
    assert chart.editor.zones.under(chart.mark) == (zone,)
    chart.take(ToolKey.SELECT).click(BACK, SHOULDER[0] + 30, SHOULDER[1])
    assert (chart.editor.selection.ids, chart.editor.selection.zone) == ((), zone.id)
    chart.click(BACK, *SHOULDER)
    assert (chart.editor.selection.ids, chart.editor.selection.zone) == ((chart.mark.id,), None)
    chart.click(BACK, SHOULDER[0] + 30, SHOULDER[1]).click(BACK, *OUTSIDE)
    assert chart.editor.selection.is_empty


def test_of_two_zones_the_later_one_is_meant(chart: Chart) -> None:
    drawn(chart)
    chart.draw(BACK, circle(*SHOULDER, 25.0))
    first, second = stored(chart)
    assert chart.editor.selection.zone == second.id
    chart.take(ToolKey.SELECT).click(BACK, SHOULDER[0] + 38, SHOULDER[1])
    assert chart.editor.selection.zone == first.id
    chart.click(BACK, *SHOULDER)
    assert chart.editor.selection.zone == second.id


def test_a_removed_zone_is_no_longer_selected(chart: Chart) -> None:
    removed: list[NoNeedleZone] = []
    chart.editor.zones.removed.connect(removed.append)
    zone = drawn(chart)
    chart.editor.zones.remove(zone.id)
    assert (stored(chart), removed) == ([], [zone])
    assert chart.editor.selection.is_empty
    assert chart.labels[0] == "Remove no-needle zone"
    chart.undo()
    assert stored(chart) == [zone]


def test_erase_takes_a_zone_that_is_pressed(chart: Chart) -> None:
    drawn(chart)
    chart.take(ToolKey.ERASE).press(BACK, *SHOULDER).escape().release()
    assert len(stored(chart)) == 1
    chart.press(BACK, *SHOULDER).drag(*OUTSIDE).release()
    assert len(stored(chart)) == 1
    chart.click(BACK, *SHOULDER)
    assert stored(chart) == []


def test_a_sweep_over_marks_leaves_the_zone_under_them(chart: Chart) -> None:
    zone = drawn(chart)
    chart.take(ToolKey.TRIGGER_POINT).click(BACK, *SHOULDER)
    chart.take(ToolKey.ERASE).press(BACK, SHOULDER[0] + 30, SHOULDER[1]).drag(*SHOULDER).release()
    assert chart.marks == []
    assert stored(chart) == [zone]


def test_a_desk_on_which_nothing_is_written_takes_no_zone(chart: Chart) -> None:
    zone = drawn(chart)
    session = chart.editor.session
    assert session is not None
    chart.editor.change_session("Sign", status=SessionStatus.SIGNED)
    chart.draw(BACK, circle(*OUTSIDE, 40.0))
    chart.take(ToolKey.ERASE).click(BACK, *SHOULDER)
    assert not chart.editor.zones.set_reason(zone.id, ZoneReason.PORT)
    assert not chart.editor.zones.remove(zone.id)
    assert stored(chart) == [zone]
    assert chart.repository.check() == []


def test_a_zone_is_there_in_every_session_of_its_patient_alone(chart: Chart) -> None:
    zone = drawn(chart)
    session = chart.editor.session
    assert session is not None
    later = replace(session, id=new_id(), started_at=chart.clock())
    other = Patient(id=new_id(), family_name="Other", number="2", body=chart.editor.body)
    visit = TreatmentSession(
        id=new_id(), patient_id=other.id, practitioner_id=session.practitioner_id,
        started_at=chart.clock(),
    )  # fmt: skip
    chart.desk.history.do(Change.add("Begin", later, other, visit))
    chart.editor.open(later.id)
    assert chart.store.zones == (zone,)
    assert chart.labels == (None, None)  # it was drawn in another session's history
    assert chart.editor.zones.remove(zone.id)
    chart.undo()
    chart.store.open_patient(other.id)
    assert chart.store.zones == ()


def test_a_zone_of_another_body_is_named_and_has_no_place(chart: Chart) -> None:
    zone = replace(drawn(chart), id=new_id(), body_version="hm07-9", reason=ZoneReason.IMPLANT)
    chart.desk.history.do(Change.add("Import", zone))
    assert zone_words(chart.atlas, zone) == "implant, left"
    inside = chart.atlas.pick(chart.editor.body, BACK, *SHOULDER)
    assert inside is not None
    assert zone not in chart.editor.zones.holding(inside)


@pytest.mark.parametrize("view", ["shoulder_left_posterior"])
def test_a_zone_drawn_on_a_close_up_holds_its_skin(chart: Chart, view: str) -> None:
    shown = chart.atlas.view(chart.editor.body, view)
    middle = (shown.width / 2, shown.height / 2)
    chart.take(ToolKey.NO_NEEDLE).draw(view, circle(*middle, 80.0))
    (zone,) = stored(chart)
    inside = chart.atlas.pick(chart.editor.body, view, *middle)
    assert inside is not None
    assert chart.editor.zones.holding(inside) == (zone,)
