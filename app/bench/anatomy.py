"""The anatomy: what lies under a spot, a view opened for the first time, the pointer's words,
and what all of it takes of the start and of the memory.
"""

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication  # noqa: TID251 - the real window is measured

from app.bench import floors, records
from app.bench.desk import MAP_SIZE, Desk, Hand, close, paint_what_is_due, whole_window
from app.bench.measuring import Goal, Pair, Row, in_turn, milliseconds, row
from app.bench.setting import Setting
from app.body.anatomy import Anatomy
from app.body.atlas import Atlas
from app.body.muscles import Catalogue
from app.body.picture_style import PictureStyle
from app.canvas.body_map import BodyMap
from app.canvas.shown_anatomy import ShownAnatomy
from app.domain.anatomy import Body
from app.domain.identity import new_id
from app.domain.ports import PracticeOpener
from app.painting.body_picture import forget_pictures
from app.panels.texts import PlainLabel
from app.panels.theme import LIGHT
from app.paths import BODY_MAPS, PROGRAM_FOLDER

PICK = Goal(at_most=1)
VIEW_READY = Goal(at_most=60)
HOVER = Goal(at_most=16)
"""A frame of the screen."""
LOADED = Goal(at_most=40)
MEMORY = Goal(at_most=120)

_CLOSE_UP = "shoulder_left_posterior"
"""The largest of the close-ups, with a dozen zones."""


def anatomy_rows(
    open_practice: PracticeOpener, atlas: Atlas, folder: Path, setting: Setting
) -> Iterator[Row]:
    yield row("pick with muscles, zones and place", _pick(atlas, setting), PICK)
    yield row("a whole view ready the first time", _whole_ready(setting), VIEW_READY)
    yield row("a close-up ready the first time", _close_up_ready(setting), VIEW_READY)
    with open_practice(folder / "hovered", create=True) as practice:
        Desk(practice.repository, atlas, setting.marks[0]).close()
        with whole_window(practice.repository, atlas, folder) as window:
            pair = _hover(window.desk.chart.map, atlas, setting)
    yield row("move to the line below the map", pair, HOVER)
    yield row("anatomy loaded after the first paint", _loaded(setting), LOADED)
    if Path("/proc/self/statm").exists():  # only Linux says it so plainly
        yield row("memory of both bodies with all views", _memory(), MEMORY, "MB")


def _pick(atlas: Atlas, setting: Setting) -> Pair:
    """All that ``body pick`` answers of a spot, in any view of both bodies: its anchor and side,
    the muscles and zones, the place, the pain drawing's segment. Against as many bare look-ups.
    """
    chance = Random(11)
    views = [view for body in Body for view in atlas.every_view(body)]
    spots: list[tuple[Body, str, float, float]] = []
    while len(spots) < setting.spots:
        view = chance.choice(views)
        x, y = chance.uniform(0, view.width), chance.uniform(0, view.height)
        if atlas.look(view.body, view.name, x, y) is not None:
            spots.append((view.body, view.name, x, y))
    each = cycle(spots)
    return in_turn(setting.spots, lambda: atlas.look(*next(each)), floors.look_up(4))


def _whole_ready(setting: Setting) -> Pair:
    """A view of the whole body that is opened for the first time, until the map is painted."""
    pairs = [
        _ready(body, "left", "anterior", style, setting, thumbnails=False)
        for body in Body
        for style in PictureStyle
    ]
    return max(pairs)


def _close_up_ready(setting: Setting) -> Pair:
    """The same of a close-up, opened from the back; the thumbnails are there already."""
    pairs = [
        _ready(body, "posterior", _CLOSE_UP, style, setting, thumbnails=True)
        for body in Body
        for style in PictureStyle
    ]
    return max(pairs)


def _ready(
    body: Body, before: str, view: str, style: PictureStyle, setting: Setting, *, thumbnails: bool
) -> Pair:
    """From asking for ``view`` to its being painted, with 15 marks and the tint of the hazards;
    nothing of it was read or reckoned before. The floor is its picture decoded by Qt.
    """
    values, decoded = [], []
    for _round in range(setting.views):
        atlas = Atlas.load(BODY_MAPS)
        for _piece in atlas.read_ahead():
            pass
        forget_pictures()
        body_map = _map(atlas, body, before, style, thumbnails=thumbnails)
        image = atlas.view(body, view).images[style]
        values.append(milliseconds(partial(_open, body_map, view)))
        decoded.append(milliseconds(partial(QImage, str(image))))
        close(body_map)
    return Pair(median(values), median(decoded))


def _map(atlas: Atlas, body: Body, view: str, style: PictureStyle, *, thumbnails: bool) -> BodyMap:
    body_map = BodyMap(atlas, replace(LIGHT.map_look, style=style), thumbnails=thumbnails)
    body_map.enlarge(view)
    body_map.resize(MAP_SIZE)
    body_map.show_marks(body, records.marks(atlas, new_id(), 15), [])
    body_map.show_anatomy(ShownAnatomy(zones=True))
    body_map.show()
    QApplication.processEvents()
    return body_map


def _open(body_map: BodyMap, view: str) -> None:
    body_map.enlarge(view)
    paint_what_is_due(body_map)


def _hover(body_map: BodyMap, atlas: Atlas, setting: Setting) -> Pair:
    """From a move of the pointer over the body until the line below the map is painted with
    what lies there, in the whole window. The floor is a label that shows other words.
    """
    hand = Hand(body_map)
    places = cycle(
        [body_map.pane_point(records.VIEW, x, y) for x, y, _ in records.spots(atlas, 200, seed=9)]
    )
    label, words = PlainLabel(), cycle(("Infraspinatus, right", "Teres minor, right"))
    label.resize(400, 20)
    label.show()
    QApplication.processEvents()

    def hover() -> None:
        hand.move(next(places), Qt.MouseButton.NoButton)
        paint_what_is_due(body_map)

    def say() -> None:
        label.setText(next(words))
        paint_what_is_due(label)

    pair = in_turn(setting.frames, hover, say)
    close(label)
    return pair


def _loaded(setting: Setting) -> Pair:
    """Reading all of the anatomy beyond the mesh, which the window does piece by piece when its
    patients are listed. The floor is unpacking the same files.
    """
    atlas = Atlas.load(BODY_MAPS)
    _ = atlas.mesh.pickable_triangles

    def load() -> None:
        anatomy = Anatomy(BODY_MAPS, atlas.mesh, Catalogue.load(BODY_MAPS / "anatomy.json"))
        for _piece in anatomy.read_ahead():
            pass

    return in_turn(setting.reads, load, _unpack)


def _unpack() -> None:
    (BODY_MAPS / "anatomy.json").read_bytes()
    with zipfile.ZipFile(BODY_MAPS / "anatomy.npz") as packed:
        for name in packed.namelist():
            packed.read(name)


def _memory() -> Pair:
    """MB that looking at every view of both bodies adds (app/bench/memory.py), against what the
    program holds that has looked at none.
    """
    none, every = (_resident(*arguments) for arguments in ((), ("all",)))
    return Pair(every - none, none)


def _resident(*arguments: str) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "app.bench.memory", *arguments],
        cwd=PROGRAM_FOLDER,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return float(done.stdout)
