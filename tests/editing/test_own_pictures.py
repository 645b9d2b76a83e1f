"""Charting on own pictures with the tools, down to what lies on the disk."""

from dataclasses import replace

import numpy as np
import pytest

from app.domain.anatomy import Side
from app.domain.change import Change
from app.domain.errors import PictureInUseError
from app.domain.identity import new_id
from app.domain.marks import MarkKind, Shape, TwitchResponse
from app.domain.own_pictures import OwnPicture, lies_on_picture
from app.domain.records import Patient, SessionStatus
from app.editing.tool_keys import ToolKey
from app.editing.tools.no_needle import NOT_ON_A_PICTURE
from app.painting.placing import place_marks
from tests.helpers.chart import Chart
from tests.helpers.pictures import own_picture, png
from tests.helpers.skin import circle

CONTENT, OTHER = png(), png(40, 60)
SPOT, FAR = (800.0, 600.0), (1500.0, 900.0)
TREMBLING = 5.0


def add(chart: Chart, content: bytes = CONTENT, **fields: object) -> OwnPicture:
    chart.repository.keep_picture(content)
    picture = own_picture(content, chart.store.patient.id, **fields)
    assert chart.desk.save_picture(None, picture)
    assert picture in chart.store.pictures
    return picture


@pytest.fixture
def picture(chart: Chart) -> OwnPicture:
    return add(chart)


def refusals(chart: Chart) -> list[str]:
    told: list[str] = []
    chart.editor.refused.connect(told.append)
    return told


def test_a_press_places_a_point_that_keeps_x_and_y(chart: Chart, picture: OwnPicture) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(picture.version, *SPOT)
    mark = chart.mark
    assert lies_on_picture(mark.anchor)
    assert (mark.body_version, mark.placed_in) == (picture.version, picture.version)
    assert (mark.side, mark.muscle) == (None, None)
    assert chart.pixel(mark, picture.version) == pytest.approx(SPOT)
    assert chart.labels == ("Add trigger point", None)


@pytest.mark.parametrize("side", [*Side, None])
def test_a_mark_has_the_side_that_was_said_of_its_picture(chart: Chart, side: Side | None) -> None:
    picture = add(chart, side=side)
    chart.take(ToolKey.NOTE).click(picture.version, *SPOT)
    chart.take(ToolKey.SORENESS).draw(picture.version, circle(*FAR, 90))
    assert [mark.side for mark in chart.marks] == [side, side]


def test_what_is_said_of_a_picture_later_does_not_change_marks(
    chart: Chart, picture: OwnPicture
) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(picture.version, *SPOT)
    before = chart.mark
    said = replace(picture, side=Side.RIGHT, title="Right shoulder")
    assert chart.desk.save_picture(picture, said)
    assert chart.mark == before
    chart.take(ToolKey.MOVE).press(picture.version, *SPOT).drag(*FAR).release()
    assert chart.mark.side is Side.RIGHT  # the hand placed it anew


def test_all_tools_work_and_are_undone(chart: Chart, picture: OwnPicture) -> None:
    view = picture.version
    chart.take(ToolKey.TRIGGER_POINT).click(view, *SPOT)
    chart.take(ToolKey.TWITCH).click(view, *SPOT).click(view, *SPOT)
    chart.take(ToolKey.SORENESS).draw(view, circle(*FAR, 120)).click(view, 300, 300)
    chart.take(ToolKey.NOTE).click(view, 400, 1200)
    point, twitch, area, spot, note = chart.marks
    assert (point.kind, twitch.kind, note.kind) == (
        MarkKind.TRIGGER_POINT, MarkKind.TWITCH, MarkKind.NOTE
    )  # fmt: skip
    assert twitch.parent_id == point.id
    assert twitch.details == TwitchResponse(count=2)
    assert (area.shape, spot.shape) == (Shape.AREA, Shape.POINT)
    chart.take(ToolKey.SELECT).click(view, *FAR)
    assert chart.editor.selection.ids == (area.id,)
    chart.take(ToolKey.ERASE).press(view, 300, 300).release()
    assert spot not in chart.marks
    for _step in range(6):
        chart.undo()
    assert chart.marks == [point]
    for _step in range(6):
        chart.redo()
    assert chart.marks == [point, twitch, area, note]
    assert chart.repository.check() == []


def test_a_second_press_on_the_same_spot_selects(chart: Chart, picture: OwnPicture) -> None:
    x, y = SPOT
    chart.take(ToolKey.TRIGGER_POINT).click(picture.version, x, y)
    chart.click(picture.version, x + TREMBLING, y - TREMBLING)
    assert chart.editor.selection.ids == (chart.mark.id,)
    chart.click(picture.version, x + 60, y)
    assert len(chart.marks) == 2


def test_a_spot_of_a_body_is_never_one_of_a_picture(chart: Chart, picture: OwnPicture) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click("posterior", 380, 600).click(picture.version, *SPOT)
    on_body, on_picture = chart.marks
    assert not chart.editor.is_same_spot(on_body, on_picture.anchor)
    assert not chart.editor.is_same_spot(on_picture, on_body.anchor)
    assert chart.editor.muscles_under(on_picture) == ()
    assert chart.editor.zones_under(on_picture) == ()
    assert chart.editor.muscles_under(on_body) != ()


def test_an_area_is_moved_as_it_was_drawn_and_stays_on_the_picture(
    chart: Chart, picture: OwnPicture
) -> None:
    view = picture.version
    chart.take(ToolKey.SORENESS).draw(view, circle(*SPOT, 100))
    before = chart.mark
    chart.take(ToolKey.MOVE).press(view, *SPOT).drag(SPOT[0] + 300, SPOT[1] + 200).release()
    lines = [
        np.array([chart.atlas.locate(anchor, chart.editor.body, view)[:2] for anchor in outline])
        for outline in (before.outline, chart.mark.outline)
    ]
    assert np.abs(lines[1] - lines[0] - [300, 200]).max() < 1e-6
    moved = chart.mark
    chart.press(view, SPOT[0] + 300, SPOT[1] + 200).drag(30, 30).release()  # half of it off
    assert chart.mark == moved


def test_a_muscle_that_was_said_stays_when_the_mark_is_moved(
    chart: Chart, picture: OwnPicture
) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(picture.version, *SPOT)
    chart.editor.set_muscle(chart.mark.id, "infraspinatus")
    chart.take(ToolKey.MOVE).press(picture.version, *SPOT).drag(*FAR).release()
    assert chart.mark.muscle == "infraspinatus"
    assert chart.pixel(chart.mark, picture.version) == pytest.approx(FAR)


def test_a_zone_cannot_be_drawn_on_a_picture(chart: Chart, picture: OwnPicture) -> None:
    told = refusals(chart)
    chart.take(ToolKey.NO_NEEDLE).draw(picture.version, circle(*SPOT, 90))
    assert told == [NOT_ON_A_PICTURE]
    assert chart.store.zones == ()
    assert chart.troubles == []


def test_a_zone_of_the_body_is_none_of_a_picture(chart: Chart, picture: OwnPicture) -> None:
    chart.take(ToolKey.NO_NEEDLE).draw("posterior", circle(380, 700, 45))
    (zone,) = chart.store.zones
    chart.take(ToolKey.TRIGGER_POINT).click(picture.version, 380, 700)
    assert chart.editor.zones.under(chart.mark) == ()
    chart.take(ToolKey.ERASE).click(picture.version, 380, 705)
    assert chart.store.zones == (zone,)


def test_another_file_is_another_picture_and_moves_nothing(
    chart: Chart, picture: OwnPicture
) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(picture.version, *SPOT)
    again = add(chart, OTHER, title=picture.title)
    body = chart.editor.body
    assert len(place_marks(chart.atlas, chart.marks, body, picture.version)) == 1
    assert place_marks(chart.atlas, chart.marks, body, again.version) == []


def test_a_picture_with_marks_cannot_be_removed_and_one_without_can(
    chart: Chart, picture: OwnPicture
) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(picture.version, *SPOT)
    assert not chart.desk.remove_picture(picture)
    assert isinstance(chart.troubles.pop(), PictureInUseError)
    assert chart.store.pictures == (picture,)
    chart.undo()
    assert chart.desk.remove_picture(picture)
    assert chart.store.pictures == chart.atlas.own_views() == ()
    chart.redo()  # the mark comes back, and its picture is not there
    assert place_marks(chart.atlas, chart.marks, chart.editor.body, "posterior") == []
    assert chart.editor.muscles_under(chart.mark) == ()
    assert chart.desk.save("Bring picture back", None, picture)
    assert len(place_marks(chart.atlas, chart.marks, chart.editor.body, picture.version)) == 1
    assert chart.repository.check() == []


def test_pictures_and_marks_are_there_after_a_restart(chart: Chart, picture: OwnPicture) -> None:
    chart.take(ToolKey.SORENESS).draw(picture.version, circle(*FAR, 120))
    before = chart.mark
    chart.reopen()
    assert chart.store.pictures == (picture,)
    assert chart.mark == before
    assert len(place_marks(chart.atlas, chart.marks, chart.editor.body, picture.version)) == 1
    chart.undo()
    assert chart.marks == []


def test_another_patients_chart_has_other_pictures(chart: Chart, picture: OwnPicture) -> None:
    for_all = add(chart, OTHER)
    assert chart.desk.save_picture(for_all, replace(for_all, patient_id=None))
    other = Patient(id=new_id(), family_name="Other", number="2", body=chart.editor.body)
    assert chart.desk.save_patient(None, other)
    chart.store.open_patient(other.id)
    assert [each.sha256 for each in chart.store.pictures] == [for_all.sha256]
    assert [view.name for view in chart.atlas.own_views()] == [for_all.version]
    chart.store.open_patient(None)
    assert chart.store.pictures == chart.atlas.own_views() == ()
    assert picture.version not in {view.name for view in chart.atlas.own_views()}


def test_nothing_is_written_into_a_signed_session(chart: Chart, picture: OwnPicture) -> None:
    session = chart.editor.session
    signed = replace(session, status=SessionStatus.SIGNED)
    assert chart.history.do(Change.replace("Sign", session, signed))
    chart.take(ToolKey.TRIGGER_POINT).click(picture.version, *SPOT)
    chart.take(ToolKey.SORENESS).draw(picture.version, circle(*FAR, 120))
    assert chart.marks == []
