"""Marks of earlier sessions on the map: under the pointer after today's signs, before areas."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.body.atlas import Atlas
from app.canvas.body_map import BodyMap
from app.domain.anatomy import Body
from app.domain.marks import Mark, Needle, Shape, Soreness
from tests.canvas.test_body_map import LEFT, at, heard, picture

MakeMark = Callable[..., Mark]
SPOT = (0.62, 0.24)


@pytest.fixture
def sore(atlas: Atlas, mark_at: MakeMark) -> Mark:
    """A sore area around ``SPOT``."""
    shown = atlas.view(Body.MALE, "posterior")
    corners = [(0.58, 0.22), (0.64, 0.22), (0.62, 0.32), (0.57, 0.32)]
    line = np.array([(x * shown.width, y * shown.height) for x, y in corners])
    area = atlas.draw_area(Body.MALE, "posterior", line)
    assert area is not None
    return replace(
        mark_at(*SPOT, details=Soreness()),
        shape=Shape.AREA, anchor=area.anchor, outline=area.outline,
    )  # fmt: skip


def under(body_map: BodyMap, atlas: Atlas, x: float, y: float) -> tuple[object, object]:
    """The mark and the ghost that the map says are under a place."""
    said = heard(body_map)
    QTest.mouseClick(body_map, LEFT, pos=at(body_map, atlas, x, y))
    pressed = said["pressed"][0]
    assert pressed is not None
    return pressed.hit, pressed.ghost


def test_a_ghost_is_under_the_pointer_but_is_no_mark(
    body_map: BodyMap, atlas: Atlas, mark_at: MakeMark
) -> None:
    ghost = mark_at(*SPOT, details=Needle())
    body_map.show_marks(Body.MALE, [], [ghost])
    assert under(body_map, atlas, *SPOT) == (None, ghost.id)
    assert under(body_map, atlas, SPOT[0], SPOT[1] + 0.05) == (None, None)


def test_todays_sign_hides_a_ghost_and_a_ghost_comes_before_areas(
    body_map: BodyMap, atlas: Atlas, mark_at: MakeMark, sore: Mark
) -> None:
    ghost, sign = mark_at(*SPOT, details=Needle()), mark_at(*SPOT)
    body_map.show_marks(Body.MALE, [sign], [ghost, sore])
    assert under(body_map, atlas, *SPOT) == (sign.id, None)
    body_map.show_marks(Body.MALE, [sore], [ghost])
    assert under(body_map, atlas, *SPOT) == (sore.id, ghost.id)
    assert under(body_map, atlas, 0.60, 0.29) == (sore.id, None)


def test_the_skin_of_an_earlier_area_is_its_ghost(
    body_map: BodyMap, atlas: Atlas, sore: Mark
) -> None:
    body_map.show_marks(Body.MALE, [], [sore])
    assert under(body_map, atlas, 0.60, 0.29) == (None, sore.id)
    assert under(body_map, atlas, 0.52, 0.29) == (None, None)


def test_a_ghost_is_hit_where_it_is_seen_after_zooming_and_moving(
    body_map: BodyMap, atlas: Atlas, mark_at: MakeMark
) -> None:
    ghost = mark_at(*SPOT, details=Needle())
    body_map.show_marks(Body.MALE, [], [ghost])
    assert under(body_map, atlas, *SPOT) == (None, ghost.id)
    body_map.zoom_at(QPointF(at(body_map, atlas, *SPOT)), 3.0)
    assert under(body_map, atlas, *SPOT) == (None, ghost.id)
    middle = at(body_map, atlas, 0.5, 0.3)
    QTest.mousePress(body_map, LEFT, pos=middle)
    QTest.mouseMove(body_map, middle + QPoint(60, 40))
    QTest.mouseRelease(body_map, LEFT, pos=middle + QPoint(60, 40))
    assert under(body_map, atlas, *SPOT) == (None, ghost.id)


def test_a_drag_from_a_ghost_does_not_move_the_picture(
    body_map: BodyMap, atlas: Atlas, mark_at: MakeMark
) -> None:
    body_map.show_marks(Body.MALE, [], [mark_at(*SPOT)])
    body_map.zoom_at(QPointF(at(body_map, atlas, *SPOT)), 3.0)
    start = at(body_map, atlas, *SPOT)
    said = heard(body_map)
    QTest.mousePress(body_map, LEFT, pos=start)
    QTest.mouseMove(body_map, start + QPoint(30, 30))
    QTest.mouseRelease(body_map, LEFT, pos=start + QPoint(30, 30))
    assert at(body_map, atlas, *SPOT) == start
    assert len(said["moved"]) == 1


def test_other_ghosts_are_shown_without_placing_the_marks_anew(
    body_map: BodyMap, atlas: Atlas, mark_at: MakeMark
) -> None:
    ghost, mark = mark_at(*SPOT, details=Needle()), mark_at(0.45, 0.5)
    body_map.show_marks(Body.MALE, [mark], [ghost])
    with_ghost = picture(body_map)
    placed = body_map._layers[0].placed
    body_map.show_ghosts([])
    QApplication.processEvents()
    without = picture(body_map)
    assert without != with_ghost
    assert body_map._layers[0].placed is placed
    body_map.show_ghosts([ghost])
    assert picture(body_map) == with_ghost
    assert under(body_map, atlas, *SPOT) == (None, ghost.id)
