"""The map as a widget: what it shows, and what it says of the pointer."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.body.atlas import Atlas
from app.body.picture_style import PictureStyle
from app.canvas.body_map import BodyMap
from app.domain.anatomy import Body, Side
from app.domain.marks import Mark
from app.editing.tools.tool import PointerEvent, Preview
from tests.canvas.conftest import LOOK

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
MakeMark = Callable[..., Mark]


def at(body_map: BodyMap, atlas: Atlas, x: float, y: float, view: str = "posterior") -> QPoint:
    shown = atlas.view(Body.MALE, view)
    return body_map.pane_point(view, x * shown.width, y * shown.height).toPoint()


def picture(body_map: BodyMap) -> QImage:
    return body_map.grab().toImage()


def on_screen(body_map: BodyMap) -> QImage:
    """What was painted bit by bit, where ``picture`` paints all of it anew."""
    for _turn in range(2):  # what follows late asks to be painted only then
        QApplication.processEvents()
    return body_map.screen().grabWindow(body_map.winId()).toImage()


def heard(signal_owner: BodyMap) -> dict[str, list[PointerEvent | None]]:
    said: dict[str, list[PointerEvent | None]] = {}
    for name in ("pressed", "moved", "released", "hovered", "cancelled", "escaped"):
        said[name] = []
    signal_owner.pressed.connect(said["pressed"].append)
    signal_owner.moved.connect(said["moved"].append)
    signal_owner.released.connect(said["released"].append)
    signal_owner.hovered.connect(said["hovered"].append)
    signal_owner.cancelled.connect(lambda: said["cancelled"].append(None))
    signal_owner.escaped.connect(lambda: said["escaped"].append(None))
    return said


def test_a_press_on_skin_says_where_on_the_body(body_map: BodyMap, atlas: Atlas):
    said = heard(body_map)
    QTest.mouseClick(body_map, LEFT, pos=at(body_map, atlas, 0.62, 0.24))
    (pressed,), (released,) = said["pressed"], said["released"]
    assert pressed is not None
    assert pressed.view == "posterior"
    assert pressed.anchor is not None
    assert atlas.side(pressed.anchor) is Side.RIGHT
    assert released == pressed


def test_a_press_beside_the_body_has_no_anchor(body_map: BodyMap, atlas: Atlas):
    said = heard(body_map)
    QTest.mouseClick(body_map, LEFT, pos=at(body_map, atlas, 0.05, 0.05))
    assert said["pressed"][0] is not None
    assert said["pressed"][0].anchor is None


def test_a_press_on_a_sign_says_which_mark(body_map: BodyMap, atlas: Atlas, mark_at: MakeMark):
    right, left = mark_at(0.62, 0.24, number=1), mark_at(0.38, 0.24, number=2)
    body_map.show_marks(Body.MALE, [right, left], [])
    said = heard(body_map)
    QTest.mouseClick(body_map, LEFT, pos=at(body_map, atlas, 0.38, 0.24) + QPoint(4, 3))
    QTest.mouseClick(body_map, LEFT, pos=at(body_map, atlas, 0.5, 0.4))
    hits = [event.hit for event in said["pressed"] if event is not None]
    assert hits == [left.id, None]


def test_two_marks_on_one_spot_can_both_be_hit(body_map: BodyMap, atlas: Atlas, mark_at: MakeMark):
    first, second = mark_at(0.62, 0.24, number=1), mark_at(0.62, 0.24, number=2)
    body_map.show_marks(Body.MALE, [first, second], [])
    here = at(body_map, atlas, 0.62, 0.24)
    said = heard(body_map)
    for dx in range(-24, 25, 3):
        for dy in range(-24, 25, 3):
            QTest.mouseMove(body_map, here + QPoint(dx, dy))
    hits = {event.hit for event in said["hovered"] if event is not None}
    assert {first.id, second.id} <= hits


def test_the_same_mark_is_seen_in_every_view_that_shows_its_spot(
    body_map: BodyMap, atlas: Atlas, mark_at: MakeMark
):
    mark = mark_at(0.3, 0.3, view="right")
    body_map.show_marks(Body.MALE, [mark], [])
    seen = {layer._pane.view.name for layer in body_map._layers if len(layer.placed) == 1}
    spots = atlas.spots(mark.anchor, Body.MALE)
    assert seen == {name for name, spot in spots.items() if spot.visible}
    assert "right" in seen
    assert "left" not in seen


def test_a_mark_that_is_added_looks_as_if_it_had_always_been_there(
    body_map: BodyMap, mark_at: MakeMark
):
    marks = [mark_at(0.62, 0.24, number=1), mark_at(0.4, 0.3, number=2)]
    body_map.show_marks(Body.MALE, marks[:1], [])
    picture(body_map)
    body_map.add_mark(marks[1])
    QApplication.processEvents()  # the thumbnails follow when the large picture is painted
    added = picture(body_map)
    body_map.show_marks(Body.MALE, marks, [])
    assert added == picture(body_map)


def test_a_mark_added_just_before_another_view_is_opened_is_on_the_thumbnails_too(
    body_map: BodyMap, mark_at: MakeMark
):
    picture(body_map)
    mark = mark_at(0.62, 0.24)
    body_map.add_mark(mark)
    body_map.enlarge("left")
    opened = picture(body_map)
    body_map.show_marks(Body.MALE, [mark], [])
    assert opened == picture(body_map)


def test_ghosts_are_paler_than_marks_and_cannot_be_hit(
    body_map: BodyMap, atlas: Atlas, mark_at: MakeMark
):
    bare = picture(body_map)
    ghost = mark_at(0.62, 0.24)
    body_map.show_marks(Body.MALE, [], [ghost])
    pale = picture(body_map)
    body_map.show_marks(Body.MALE, [ghost], [])
    strong = picture(body_map)
    assert 0 < _difference(bare, pale) < _difference(bare, strong)
    body_map.show_marks(Body.MALE, [], [ghost])
    said = heard(body_map)
    QTest.mouseClick(body_map, LEFT, pos=at(body_map, atlas, 0.62, 0.24))
    assert said["pressed"][0] is not None
    assert said["pressed"][0].hit is None


def test_a_preview_is_shown_and_leaves_no_trace(body_map: BodyMap, mark_at: MakeMark):
    bare = picture(body_map)
    body_map.show_preview(Preview(marks=(mark_at(0.62, 0.24),)))
    assert picture(body_map) != bare
    body_map.show_preview(Preview())
    assert picture(body_map) == bare


def test_what_is_painted_bit_by_bit_looks_as_if_painted_anew(body_map: BodyMap, mark_at: MakeMark):
    marks = [mark_at(0.62, 0.24, number=1), mark_at(0.4, 0.3, number=2)]
    body_map.show_marks(Body.MALE, marks[:1], [])
    for step in (
        lambda: body_map.show_preview(Preview(marks=(marks[1],))),
        lambda: body_map.show_preview(Preview(marks=tuple(marks))),
        lambda: body_map.show_preview(Preview()),
        lambda: body_map.add_mark(marks[1]),
        lambda: body_map.show_selected([marks[1].id]),
        lambda: body_map.show_selected([]),
    ):
        step()
        shown = on_screen(body_map)
        assert shown == picture(body_map).convertToFormat(shown.format())


def test_the_wheel_zooms_about_the_pointer(body_map: BodyMap, atlas: Atlas):
    before = at(body_map, atlas, 0.6, 0.3)
    body_map.zoom_at(QPointF(before), 2.0)
    turn(body_map, before, 3)
    after = at(body_map, atlas, 0.6, 0.3)
    assert (after - before).manhattanLength() <= 2
    assert at(body_map, atlas, 0.5, 0.3).x() < before.x() - 100


def turn(body_map: BodyMap, where: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(where),
        body_map.mapToGlobal(QPointF(where)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(body_map, event)


@pytest.mark.parametrize("button", [LEFT, MIDDLE])
def test_a_drag_on_bare_skin_moves_a_zoomed_picture(
    body_map: BodyMap, atlas: Atlas, button: Qt.MouseButton
):
    start = at(body_map, atlas, 0.5, 0.4)
    body_map.zoom_at(QPointF(start), 3.0)
    QTest.mousePress(body_map, button, pos=start)
    QTest.mouseMove(body_map, start + QPoint(30, 20))
    QTest.mouseRelease(body_map, button, pos=start + QPoint(30, 20))
    moved = at(body_map, atlas, 0.5, 0.4) - start
    assert (moved - QPoint(30, 20)).manhattanLength() <= 2


def test_a_drag_with_a_marking_tool_does_not_move_the_picture(body_map: BodyMap, atlas: Atlas):
    body_map.pans_with_left = lambda: False
    start = at(body_map, atlas, 0.5, 0.4)
    body_map.zoom_at(QPointF(start), 3.0)
    said = heard(body_map)
    QTest.mousePress(body_map, LEFT, pos=start)
    QTest.mouseMove(body_map, start + QPoint(30, 20))
    QTest.mouseRelease(body_map, LEFT, pos=start + QPoint(30, 20))
    assert (at(body_map, atlas, 0.5, 0.4) - start).manhattanLength() <= 1
    assert len(said["moved"]) == 1
    assert len(said["released"]) == 1


def test_zooming_and_moving_paint_the_same_as_painting_anew(
    body_map: BodyMap, atlas: Atlas, mark_at: MakeMark
):
    body_map.show_marks(Body.MALE, [mark_at(0.62, 0.24), mark_at(0.4, 0.3, number=2)], [])
    start = at(body_map, atlas, 0.5, 0.3)
    body_map.zoom_at(QPointF(start), 2.0)
    picture(body_map)
    QTest.mousePress(body_map, MIDDLE, pos=start)
    QTest.mouseMove(body_map, start + QPoint(37, 21))
    QTest.mouseRelease(body_map, MIDDLE, pos=start + QPoint(37, 21))
    moved = picture(body_map)
    body_map.set_look(LOOK)  # forgets every layer
    assert _difference(moved, picture(body_map)) < 0.002


def test_a_thumbnail_enlarges_its_view_and_keys_show_all(body_map: BodyMap, qtbot: QtBot):
    small = next(pane for pane in body_map._panes if pane.thumbnail and pane.view.name == "left")
    with qtbot.waitSignal(body_map.enlarged_changed):
        QTest.mouseClick(body_map, LEFT, pos=small.rect.center().toPoint())
    assert body_map.enlarged == "left"
    body_map.enlarge(None)
    assert len(body_map._panes) == 4
    assert not any(pane.thumbnail for pane in body_map._panes)


def test_a_double_click_enlarges_while_nothing_is_being_marked(body_map: BodyMap, atlas: Atlas):
    body_map.enlarge(None)
    QTest.mouseDClick(body_map, LEFT, pos=at(body_map, atlas, 0.5, 0.5, "anterior"))
    assert body_map.enlarged == "anterior"


SHOULDER = (0.35, 0.22)


def test_the_close_up_under_the_pointer_and_back_to_the_same_aim(
    body_map: BodyMap, atlas: Atlas, qtbot: QtBot
):
    body_map.zoom_at(QPointF(at(body_map, atlas, *SHOULDER)), 2.0)
    before, here = body_map._panes[0].aim, at(body_map, atlas, *SHOULDER)
    QTest.mouseMove(body_map, here)
    with qtbot.waitSignal(body_map.enlarged_changed):
        body_map.toggle_close_up()
    assert body_map.enlarged == "shoulder_left_posterior"
    assert body_map.whole == "posterior"
    assert body_map._panes[0].zoom == 1.0
    body_map.toggle_close_up()
    assert body_map.enlarged == "posterior"
    assert body_map._panes[0].aim == before
    assert at(body_map, atlas, *SHOULDER) == here


def test_a_double_click_on_skin_goes_closer_and_back(body_map: BodyMap, atlas: Atlas):
    QTest.mouseDClick(body_map, LEFT, pos=at(body_map, atlas, *SHOULDER))
    assert body_map.enlarged == "shoulder_left_posterior"
    QTest.mouseDClick(body_map, LEFT, pos=body_map._panes[0].rect.center().toPoint())
    assert body_map.enlarged == "posterior"


def test_a_double_click_beside_the_body_shows_all(body_map: BodyMap, atlas: Atlas):
    QTest.mouseDClick(body_map, LEFT, pos=at(body_map, atlas, 0.05, 0.05))
    assert body_map.enlarged is None


@pytest.mark.parametrize("first", ["posterior", None])
def test_backspace_goes_back_to_where_the_close_up_was_opened(
    body_map: BodyMap, atlas: Atlas, first: str | None
):
    body_map.enlarge(first)
    QTest.mouseMove(body_map, at(body_map, atlas, *SHOULDER))
    body_map.toggle_close_up()
    body_map.enlarge("axilla_left")  # from one close-up to another: the way back is the same
    QTest.keyClick(body_map, Qt.Key.Key_Backspace)
    assert body_map.enlarged == first
    QTest.keyClick(body_map, Qt.Key.Key_Backspace)
    assert body_map.enlarged == first


def test_without_a_pointer_the_middle_of_the_picture_is_meant(body_map: BodyMap, atlas: Atlas):
    pane = body_map._panes[0]
    pane.take_aim(3.0, QPointF(0.35 * pane.view.width, 0.22 * pane.view.height))
    body_map.toggle_close_up()
    assert body_map.enlarged == "shoulder_left_posterior"


def test_where_there_is_no_close_up_that_is_said(body_map: BodyMap, atlas: Atlas, qtbot: QtBot):
    QTest.mouseMove(body_map, at(body_map, atlas, 0.05, 0.05))
    with qtbot.waitSignal(body_map.no_close_up):
        body_map.toggle_close_up()
    assert body_map.enlarged == "posterior"


def test_a_mark_placed_in_a_close_up_is_seen_in_every_view_that_shows_its_spot(
    body_map: BodyMap, atlas: Atlas, mark_at: MakeMark
):
    mark = mark_at(0.4, 0.4, view="shoulder_left_posterior")
    body_map.enlarge("shoulder_left_posterior")
    body_map.show_marks(Body.MALE, [mark], [])
    seen = {layer._pane.view.name for layer in body_map._layers if len(layer.placed) == 1}
    assert "shoulder_left_posterior" in seen
    assert "posterior" in seen
    assert "anterior" not in seen


def test_the_thumbnail_shows_where_a_close_up_lies(body_map: BodyMap):
    def thumbnail() -> QImage:
        small = next(p for p in body_map._panes if p.thumbnail and p.view.name == "anterior")
        return picture(body_map).copy(small.rect.toRect())

    bare = thumbnail()
    body_map.enlarge("shoulder_left_anterior")
    assert thumbnail() != bare
    body_map.go_back()
    assert thumbnail() == bare


def test_marks_that_no_whole_view_shows_open_their_close_up(body_map: BodyMap, mark_at: MakeMark):
    sole = mark_at(0.5, 0.5, view="foot_left_plantar")
    body_map.show_marks(Body.MALE, [sole], [])
    body_map.show_where_marks_are()
    assert body_map.enlarged == "foot_left_plantar"
    body_map.show_marks(Body.MALE, [], [])
    body_map.show_where_marks_are()
    assert not body_map.in_close_up


def test_the_body_can_be_drawn_in_lines(body_map: BodyMap):
    clay = picture(body_map)
    body_map.set_look(replace(LOOK, style=PictureStyle.LINE))
    assert _difference(clay, picture(body_map)) > 0.02
    body_map.set_look(LOOK)
    assert picture(body_map) == clay


def test_a_double_click_with_a_marking_tool_is_two_presses(body_map: BodyMap, atlas: Atlas):
    body_map.pans_with_left = lambda: False
    said = heard(body_map)
    QTest.mouseClick(body_map, LEFT, pos=at(body_map, atlas, 0.55, 0.3))
    QTest.mouseDClick(body_map, LEFT, pos=at(body_map, atlas, 0.55, 0.3))
    assert len(said["pressed"]) == 2
    assert body_map.enlarged == "posterior"


def test_escape_drops_what_is_under_way(body_map: BodyMap, atlas: Atlas):
    body_map.pans_with_left = lambda: False
    said = heard(body_map)
    QTest.mousePress(body_map, LEFT, pos=at(body_map, atlas, 0.55, 0.3))
    QTest.keyClick(body_map, Qt.Key.Key_Escape)
    QTest.mouseRelease(body_map, LEFT, pos=at(body_map, atlas, 0.55, 0.3))
    assert len(said["escaped"]) == 1
    assert said["released"] == []


def test_a_gesture_does_not_outlive_its_picture(body_map: BodyMap, atlas: Atlas):
    body_map.pans_with_left = lambda: False
    said = heard(body_map)
    start = at(body_map, atlas, 0.55, 0.3)
    QTest.mousePress(body_map, LEFT, pos=start)
    body_map.enlarge("anterior")
    QTest.mouseRelease(body_map, LEFT, pos=start)
    assert len(said["cancelled"]) == 1
    assert said["released"] == []


def test_the_map_moves_close_to_where_the_marks_are(
    body_map: BodyMap, atlas: Atlas, mark_at: MakeMark
):
    knee = mark_at(0.4, 0.68, view="anterior")
    body_map.show_marks(Body.MALE, [knee], [])
    body_map.show_where_marks_are()
    assert body_map.enlarged == "anterior"
    assert body_map._panes[0].zoom > 1.5
    assert body_map.rect().contains(at(body_map, atlas, 0.4, 0.68, "anterior"))


def test_the_other_body_is_shown_with_the_same_marks(body_map: BodyMap, mark_at: MakeMark):
    mark = mark_at(0.62, 0.24)
    body_map.show_marks(Body.MALE, [mark], [])
    male = picture(body_map)
    body_map.show_marks(Body.FEMALE, [mark], [])
    assert picture(body_map) != male
    assert [each.mark for each in body_map._layers[0].placed] == [mark]


def _difference(one: QImage, other: QImage) -> float:
    """Share of pixels that differ visibly."""
    a = one.convertToFormat(QImage.Format.Format_Grayscale8)
    b = other.convertToFormat(QImage.Format.Format_Grayscale8)
    pairs = zip(bytes(a.constBits()), bytes(b.constBits()), strict=True)
    return sum(abs(x - y) > 8 for x, y in pairs) / a.sizeInBytes()


@pytest.mark.parametrize("body", list(Body))
def test_every_picture_says_which_side_is_the_patients_left(body_map: BodyMap, body: Body):
    """Each view and close-up when it is large, and each thumbnail: its letters are painted."""
    body_map.show_marks(body, [], [])
    for view in body_map._atlas.every_view(body):
        body_map.enlarge(view.name)
        lettered = picture(body_map)
        assert view.letter or sorted(view.letters) == ["L", "R"], view.name
        for pane in body_map._panes:
            strip = pane.rect.toAlignedRect()
            strip.setHeight(20 if pane.thumbnail else 30)
            dark = darkest(lettered.copy(strip.x(), strip.y(), 30, strip.height()))
            assert dark < 170, (view.name, pane.view.name)
            if not pane.view.letter:
                corner = strip.right() - 29
                dark = darkest(lettered.copy(corner, strip.y(), 30, strip.height()))
                assert dark < 170, (view.name, pane.view.name)


def darkest(image: QImage) -> int:
    return min(
        QColor(image.pixel(x, y)).lightness()
        for x in range(image.width())
        for y in range(image.height())
    )


def test_of_what_lies_beside_a_part_nothing_that_reaches_into_it_is_left_out(
    body_map: BodyMap, mark_at: MakeMark, monkeypatch: pytest.MonkeyPatch
):
    """When a part is painted anew: neither labels nor the lines of signs that stepped aside."""
    body_map.show_marks(
        Body.MALE, [mark_at(0.62, 0.24 + k * 0.001, number=k + 1) for k in range(9)], []
    )
    layer = body_map._layers[0]

    def painted_in_parts() -> QImage:
        layer.invalidate()
        picture(body_map)
        for each in layer._laid:
            for spot in (each.spot, each.sign, (each.spot + each.sign) / 2, each.label.center()):
                painter = layer._painter()
                layer._paint_anew(painter, QRectF(spot.x() - 3, spot.y() - 3, 6, 6))
                painter.end()
        body_map.update()
        return picture(body_map)

    with_what_is_seen = painted_in_parts()
    assert any(each.stepped_aside for each in layer._laid)
    monkeypatch.setattr("app.canvas.layer._is_seen", lambda _laid, _box: True)
    assert with_what_is_seen == painted_in_parts()
