"""Six tasks at the chart: their events counted in the real window, their seconds predicted.

The peers' figures are derived (``d``), not measured: operators of the keystroke-level model put
together from the peers' documents and code ("peers", section 5b), by whoever gathered the
evidence. labelme: press, dialog, a name of four letters, Enter (P K + M + H + 5 K + H). OpenEMR's
pain map: spot, label, scale, Save (4 (P K) + M). Neither repeats a visit, so ten points are ten
points there; neither knows a needle that is in, so there a press for each is assumed. That is
kind to them: a needle's size, its muscle and its twitches cannot be said there at all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle
from math import ceil, hypot
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication  # noqa: TID251 - the real window is used

from app.bench import floors, records
from app.bench.desk import Desk, Hand, paint_what_is_due, whole_window
from app.bench.klm import KEY_S, POINT_S, Tally, Watch
from app.bench.measuring import WARM_UP, Goal, Pair, Row, row
from app.bench.setting import Setting
from app.body.atlas import Atlas
from app.domain.anatomy import Anchor
from app.domain.identity import UUID
from app.domain.marks import (
    Details,
    Mark,
    MarkKind,
    Needle,
    Reaction,
    Technique,
    TriggerPoint,
    TwitchResponse,
)
from app.domain.needles import needles_in
from app.domain.ports import PracticeOpener, Repository
from app.editing.actions import BY_ID
from app.editing.needles import take_all_out
from app.editing.tool_keys import ToolKey
from app.panels.main_window import MainWindow

HIGHEST, LOWEST, CLEAR = 0.14, 0.52, 0.022
"""Shares of the picture's height: where points are placed, and how far from each other."""
POINTS = 10
NEEDLES = 5
FRAME = Goal(at_most=16)
USUAL = Needle(diameter_mm=0.25, length_mm=30, technique=Technique.PISTONING)
"""What was used last time, and is proposed."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Peer:
    """What a task takes elsewhere; derived, see above."""

    name: str
    actions: int
    seconds: float

    def times(self, count: int) -> "Peer":
        return Peer(self.name, self.actions * count, self.seconds * count)


FEWEST: Callable[[Sequence[Peer]], Peer] = partial(min, key=lambda peer: peer.actions)
FASTEST: Callable[[Sequence[Peer]], Peer] = partial(min, key=lambda peer: peer.seconds)
LABELME = Peer("labelme", 6, 4.45)
OPENEMR = Peer("OpenEMR", 4, 6.6)
OPENEMR_LABELLED = Peer("OpenEMR", 4, 8.2)
EACH_BY_ITSELF = Peer("a press each", 1, POINT_S + KEY_S)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a task may take at most; None: that was not set."""

    actions: int
    seconds: float | None = None
    clicks: int | None = None

    def holds(self, tally: Tally) -> bool:
        return (
            tally.actions <= self.actions
            and tally.dialogs == 0
            and (self.clicks is None or tally.clicks <= self.clicks)
        )

    @property
    def words(self) -> str:
        if self.clicks is None:
            return f"at most {_counted(self.actions, 'action')}, no dialog"
        keys = self.actions - self.clicks
        return f"at most {_counted(self.clicks, 'click')} + {_counted(keys, 'key')}, no dialog"


class Script:
    """Plays tasks on a window whose chart is open, and checks that they did what they are for."""

    def __init__(self, window: MainWindow, spots: list[Place]) -> None:
        self._window = window
        self._editor = window.desk.editor
        self._map = window.desk.chart.map
        self._spots = iter(spots)
        self.watch = Watch()

    # -- the tasks -------------------------------------------------------------------------

    def routine_point(self) -> None:
        """The tool is in hand: it is, after the first point."""
        self._press(next(self._spots))
        assert len(self._marks(MarkKind.TRIGGER_POINT)) == 1

    def described_point(self) -> None:
        """A needle where trigger points were placed before: side, muscle, size and technique come
        with the press, the twitches by key. Its depth is never proposed, and typed where wanted.
        """
        self.watch.think()
        self._strike("tool.needle")
        self._press(next(self._spots))
        self._strike("twitch.count")
        self._strike("twitch.count")
        (needle,), (twitch,) = self._marks(MarkKind.NEEDLE), self._marks(MarkKind.TWITCH)
        held = needle.details
        assert isinstance(held, Needle)
        assert (held.diameter_mm, held.length_mm) == (USUAL.diameter_mm, USUAL.length_mm)
        assert held.technique is USUAL.technique
        assert needle.muscle is not None
        assert needle.side is not None
        assert twitch.details == TwitchResponse(count=2)
        assert twitch.parent_id == needle.id

    def ten_points(self) -> None:
        kinds: tuple[tuple[str, type[Details], int], ...] = (
            ("tool.trigger_point", TriggerPoint, 4),
            ("tool.needle", Needle, 3),
            ("tool.reaction", Reaction, 3),
        )
        for tool, _kind, count in kinds:
            self.watch.think()
            self._strike(tool)
            for _point in range(count):
                self._press(next(self._spots))
        for _tool, kind, count in kinds:
            assert len([m for m in self._editor.marks if isinstance(m.details, kind)]) == count

    def last_visit_again(self) -> None:
        """All again; one of them not, and one more. The tool for points is in hand."""
        ghosts = self._editor.again.ghosts
        assert len(ghosts) == POINTS
        self.watch.think()
        self._strike("again.all")
        first = min(self._editor.marks, key=lambda mark: mark.number)
        self.watch.think()
        self._press(self._place_of(first))
        self._strike("remove")
        self.watch.think()
        self._press(next(self._spots))
        marks = self._editor.marks
        assert len(marks) == POINTS
        assert first.id not in {mark.id for mark in marks}

    def all_needles_out(self) -> None:
        assert len(needles_in(self._editor.marks)) == NEEDLES
        self.watch.think()
        self._strike("needle.all_out")
        assert not needles_in(self._editor.marks)

    # -- the hand --------------------------------------------------------------------------

    def play(self, task: Callable[["Script"], None]) -> Tally:
        with self.watch:
            task(self)
        return self.watch.tally

    def _press(self, place: Place) -> None:
        at = self._map.pane_point(records.VIEW, *place).toPoint()
        there = self._map.mapTo(self._window, at)
        assert self._window.childAt(there) is self._map, "the spot is covered"
        none = Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(self._window.windowHandle(), Qt.MouseButton.LeftButton, none, there)
        QApplication.processEvents()

    def _strike(self, action_id: str) -> None:
        keys = QKeySequence(BY_ID[action_id].shortcuts[0])
        stroke = keys[0]  # type: ignore[index]  # it is, whatever its stubs say
        QTest.keyClick(self._window.windowHandle(), stroke.key(), stroke.keyboardModifiers())
        QApplication.processEvents()

    def _marks(self, kind: MarkKind) -> list[Mark]:
        return [mark for mark in self._editor.marks if mark.kind is kind]

    def _place_of(self, mark: Mark) -> Place:
        spot = self._editor.atlas.locate(mark.anchor, self._editor.body, records.VIEW)
        return spot.x, spot.y


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    script: Callable[[Script], None]
    limit: Limit
    peers: tuple[Peer, ...]
    today: tuple[Details, ...] = ()
    """What is charted before the task begins."""
    last_time: tuple[Details, ...] = ()


TASKS = (
    Task(
        "a routine point", Script.routine_point, Limit(1, 1.7, clicks=1), (LABELME, OPENEMR)
    ),
    Task(
        "a described point, two twitches", Script.described_point, Limit(4, 3.5, clicks=1),
        (LABELME, OPENEMR_LABELLED), last_time=(USUAL,),
    ),
    Task(
        "ten points of three kinds", Script.ten_points, Limit(14),
        (LABELME.times(POINTS), OPENEMR.times(POINTS)),
    ),
    Task(
        "last visit again, two changes", Script.last_visit_again, Limit(5, 15.0),
        (LABELME.times(POINTS), OPENEMR.times(POINTS)), last_time=(TriggerPoint(),) * POINTS,
    ),
    Task(
        "all needles out", Script.all_needles_out, Limit(1), (EACH_BY_ITSELF.times(NEEDLES),),
        today=(Needle(in_at=records.NOW),) * NEEDLES,
    ),
)  # fmt: skip


def task_rows(
    open_practice: PracticeOpener, atlas: Atlas, folder: Path, setting: Setting
) -> Iterator[Row]:
    """Two rows a task: its clicks and keys, and its seconds, each beside the peer that is best."""
    for number, task in enumerate(TASKS):
        place = folder / f"task-{number}"
        with open_practice(place, create=True) as practice:
            tally = count_task(practice.repository, atlas, place, task)
        yield from _rows(task, tally)
    yield _slowest_press(open_practice, atlas, folder / "slowest", setting)


def count_task(repository: Repository, atlas: Atlas, folder: Path, task: Task) -> Tally:
    """Plays a task in a window of its own, on a practice that holds what it begins with."""
    who, whom = records.practitioner(), records.patient(1)
    today, last = records.sessions(whom, who, 2)
    spots = _apart(atlas, NEEDLES + 2 * POINTS)
    first = _placed(atlas, today.id, spots[:NEEDLES], task.today)
    earlier = _placed(atlas, last.id, spots[NEEDLES:], task.last_time)
    records.store(repository, who, whom, today, *first)
    records.store(repository, last, *earlier)
    with whole_window(repository, atlas, folder) as window:
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        window.desk.chart.map.enlarge(records.VIEW)
        window.desk.chart.map.fit()
        window.desk.toolbox.take(ToolKey.TRIGGER_POINT)
        window.desk.chart.map.setFocus()
        QApplication.processEvents()
        used = NEEDLES + POINTS
        try:
            return Script(window, [(x, y) for x, y, _mark in spots[used:]]).play(task.script)
        finally:  # else the window asks before it closes, and nobody answers
            if needles_in(window.desk.editor.marks):
                take_all_out(window.desk.editor)


def _rows(task: Task, tally: Tally) -> Iterator[Row]:
    fewest = FEWEST(task.peers)
    yield Row(
        name=f"{task.name}: clicks and keys, beside {fewest.name}",
        value=float(tally.actions),
        unit="actions",
        floor=float(fewest.actions),
        ratio=tally.actions / fewest.actions,
        goal=task.limit.words,
        holds=task.limit.holds(tally),
    )
    fastest = FASTEST(task.peers)
    # where the table sets none, it must at least be faster than elsewhere
    goal = Goal(times=1) if task.limit.seconds is None else Goal(at_most=task.limit.seconds)
    pair = Pair(tally.seconds, fastest.seconds)
    yield row(f"{task.name}: predicted, beside {fastest.name}", pair, goal, "s")


def _slowest_press(
    open_practice: PracticeOpener, atlas: Atlas, folder: Path, setting: Setting
) -> Row:
    """The slowest of a hundred presses in the real window, until the mark is durable and painted.

    The collector of garbage runs as it does in the program. What the panels do in the next turn
    of the event loop is no part of it, but is done before the next press.
    """
    presses, writes = [], []
    with open_practice(folder, create=True) as practice:
        Desk(practice.repository, atlas, setting.most_whole).close()
        with whole_window(practice.repository, atlas, folder) as window:
            body_map = window.desk.chart.map
            hand = Hand(body_map)
            write, blit = floors.RowWriter(folder), floors.blit(body_map.size())
            spots = cycle(records.spots(atlas, 500, seed=11))
            for _press in range(WARM_UP + setting.presses):
                x, y, _anchor = next(spots)
                at = body_map.pane_point(records.VIEW, x, y)
                start = perf_counter()
                hand.click(at)
                paint_what_is_due(body_map)
                pressed = perf_counter()
                QApplication.processEvents()
                begun = perf_counter()
                write()
                blit()
                writes.append((perf_counter() - begun) * 1000)
                presses.append((pressed - start) * 1000)
            write.close()
    name = f"press to durable and painted, {setting.most_whole:,} marks, p99"
    return row(name, Pair(_p99(presses[WARM_UP:]), _p99(writes[WARM_UP:])), FRAME)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _p99(times: list[float]) -> float:
    """The time that ninety-nine of a hundred do not exceed."""
    return sorted(times)[ceil(len(times) * 0.99) - 1]


def _apart(atlas: Atlas, count: int) -> list[tuple[float, float, Anchor]]:
    """Places on muscles of the back and the hip, each a finger's breadth from the others."""
    found: list[tuple[float, float, Anchor]] = []
    height = atlas.view(records.BODY, records.VIEW).height
    for x, y, anchor in records.spots(atlas, 2_000, seed=5):
        in_reach = HIGHEST * height < y < LOWEST * height
        clear = all(hypot(x - other[0], y - other[1]) > CLEAR * height for other in found)
        if in_reach and clear and atlas.anatomy.muscles_at(anchor):
            found.append((x, y, anchor))
    assert len(found) >= count
    return found[:count]


def _placed(
    atlas: Atlas,
    session_id: UUID,
    places: list[tuple[float, float, Anchor]],
    details: tuple[Details, ...],
) -> list[Mark]:
    """A mark for each of the ``details``, at as many places."""
    points = records.marks(atlas, session_id, len(details))
    return [
        replace(mark, details=each, anchor=anchor, side=atlas.side(anchor))
        for mark, each, (_x, _y, anchor) in zip(points, details, places, strict=False)
    ]
