"""What the hand waits for: a mark placed, the picture moved, the picture enlarged."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication  # noqa: TID251 - the real window is measured

from app.bench import floors, records
from app.bench.desk import MAP_SIZE, Desk, Hand, paint_what_is_due, whole_window
from app.bench.measuring import Goal, Pair, Row, in_turn, row
from app.bench.setting import Setting
from app.body.atlas import Atlas
from app.canvas.body_map import BodyMap
from app.domain.ports import PracticeOpener

CLICK = Goal(times=4, at_most=8)
"""docs/decisions/0014: twice the floor is met at times, not surely."""
WHOLE = Goal(at_most=16)
"""A frame of the screen; with 10,000 marks in one session, which nobody charts, it is longer."""
PAN = Goal(times=3)
ZOOM = Goal(at_most=16)
FLAT = Goal(times=1.5)


def painting_rows(
    open_practice: PracticeOpener, atlas: Atlas, folder: Path, setting: Setting
) -> Iterator[Row]:
    clicks: list[Pair] = []
    for count in setting.marks:
        place = folder / f"marks-{count}"
        with open_practice(place, create=True) as practice:
            desk = Desk(practice.repository, atlas, count)
            clicks.append(_click(desk.map, place, setting.frames, whole=False))
            desk.close()
            yield row(f"click to durable and painted, {count:,} marks", clicks[-1], CLICK)
            if count > setting.most_whole:
                continue
            with whole_window(practice.repository, atlas, place) as window:
                body_map = window.desk.chart.map
                whole = _click(body_map, place, setting.frames, whole=True)
            yield row(f"click until all panels follow, {count:,} marks", whole, WHOLE)
    flat = Pair(clicks[-1].value, clicks[0].value)
    fewest, most = setting.marks[0], setting.marks[-1]
    yield row(f"click at {most:,} marks against {fewest:,}", flat, FLAT)
    with open_practice(folder / "moved", create=True) as practice:
        desk = Desk(practice.repository, atlas, setting.zoomed_marks)
        yield row(f"pan frame, {setting.zoomed_marks:,} marks", _pan(desk.map, setting), PAN)
        yield row(f"zoom frame, {setting.zoomed_marks:,} marks", _zoom(desk.map, setting), ZOOM)
        desk.close()


def _click(body_map: BodyMap, folder: Path, rounds: int, *, whole: bool) -> Pair:
    """One mark more, against a row committed and a picture copied.

    Until the mark is on the screen; or, with ``whole``, until every panel and thumbnail shows
    it too.
    """
    hand, atlas = Hand(body_map), body_map._atlas  # noqa: SLF001 - the map's own atlas
    places = cycle(records.spots(atlas, 500, seed=8 if whole else 7))  # where no note is yet
    write, blit = floors.RowWriter(folder), floors.blit(body_map.size())

    def click() -> None:
        x, y, _anchor = next(places)
        hand.click(body_map.pane_point(records.VIEW, x, y))
        if whole:
            QApplication.processEvents()
        else:
            paint_what_is_due(body_map)

    def floor() -> None:
        write()
        blit()

    try:
        return in_turn(rounds, click, floor)
    finally:
        write.close()


def _pan(body_map: BodyMap, setting: Setting) -> Pair:
    hand, middle = Hand(body_map), QPointF(400, 400)
    body_map.fit()
    body_map.zoom(2.5)
    body_map.settle()
    paint_what_is_due(body_map)
    steps = cycle([QPointF(2, 3)] * 12 + [QPointF(-2, -3)] * 12)
    at = QPointF(middle)
    hand.press(at, Qt.MouseButton.RightButton)

    def pan() -> None:
        nonlocal at
        at = at + next(steps)
        hand.move(at, Qt.MouseButton.RightButton)
        paint_what_is_due(body_map)

    pair = in_turn(setting.frames, pan, floors.blit(MAP_SIZE))
    hand.release(at, Qt.MouseButton.RightButton)
    return pair


def _zoom(body_map: BodyMap, setting: Setting) -> Pair:
    body_map.fit()
    factors = cycle([1.2] * 6 + [1 / 1.2] * 6)

    def zoom() -> None:
        body_map.zoom_at(QPointF(400, 400), next(factors))
        paint_what_is_due(body_map)

    return in_turn(setting.frames, zoom, floors.blit(MAP_SIZE))
