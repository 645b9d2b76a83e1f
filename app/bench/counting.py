"""Reviewing: how often the skin of a whole practice was needled, and the skin that an area covers.

The map is what its panel shows: read, counted, and painted on one view.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.bench import floors, records
from app.bench.measuring import Goal, Pair, Row, in_turn, row
from app.bench.setting import Setting
from app.body.atlas import Atlas
from app.body.mesh import Indices
from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind, Needle
from app.domain.ports import PracticeOpener, Repository
from app.painting.skin_heat import SkinHeat
from app.paths import BODY_MAPS
from app.review.skin_tally import Counted
from app.review.tallying import PracticeCount

COLD = Goal(at_most=1000)
KEPT = Goal(at_most=50)
COVERED = Goal(at_most=5)

_VIEW = "posterior"
_A_SESSION = 15
"""Marks."""
_HEIGHT = 700
"""px that the view is painted high."""


def counting_rows(
    open_practice: PracticeOpener, atlas: Atlas, folder: Path, setting: Setting
) -> Iterator[Row]:
    place = folder / "counted"
    with open_practice(place, create=True) as practice:
        first = _needle_often(practice.repository, place / "practice.db", atlas, setting.needled)
        name = f"frequency map of {setting.needled:,} marks"
        read = _by_the_driver(place / "practice.db", atlas.version)
        yield row(f"{name}, cold", _cold(practice.repository, read, setting), COLD)
        kept = _kept(practice.repository, atlas, first, read(), setting)
        yield row(f"{name}, after a kept count", kept, KEPT)
    yield row("the skin that an area covers", _covered(atlas, setting), COVERED)


def _needle_often(repository: Repository, file: Path, atlas: Atlas, count: int) -> Mark:
    """Stores ``count`` needles by the bare driver, copies of the one that is answered, anywhere on
    the skin that can be seen, which is dearer than where people are needled.
    """
    who, whom = records.practitioner(), records.patient()
    (session,) = records.sessions(whom, who, 1)
    (mark,) = records.marks(atlas, session.id, 1)
    needle = replace(mark, details=Needle())
    records.store(repository, who, whom, session, needle)
    chance = np.random.default_rng(23)
    visible = np.flatnonzero(atlas.mesh.pickable_triangles)
    triangle = chance.choice(visible, count - 1).tolist()
    weights = chance.dirichlet([1, 1, 1], count - 1).tolist()
    connection = floors.connect(file)
    connection.execute("BEGIN")
    _copy(
        connection, "treatment_session", session.id, ("id",),
        [(_id(1, k),) for k in range((count - 1) // _A_SESSION + 1)],
    )  # fmt: skip
    _copy(
        connection, "mark", needle.id, ("id", "session_id", "number", "triangle", "b1", "b2"),
        [
            (_id(2, k), _id(1, k // _A_SESSION), k % _A_SESSION + 1, triangle[k], b1, b2)
            for k, (_b0, b1, b2) in enumerate(weights)
        ],
    )  # fmt: skip
    connection.execute("COMMIT")
    connection.close()
    return needle


def _id(kind: int, number: int) -> str:
    return UUID(int=(kind << 120) + number).hex


def _copy(
    connection: Any, table: str, of: UUID, names: Sequence[str], values: Sequence[Sequence[Any]]
) -> None:
    """Rows like the one with the id ``of``, but for the columns ``names``."""
    every = [each[1] for each in connection.execute(f"PRAGMA table_info({table})")]
    chosen = ", ".join("?" if name in names else name for name in every)
    asked = [[value[names.index(name)] for name in every if name in names] for value in values]
    connection.executemany(
        f"INSERT INTO {table} SELECT {chosen} FROM {table} WHERE id = '{of.hex}'", asked
    )


def _by_the_driver(file: Path, version: str) -> Callable[[], Indices]:
    """The floor: the same places read by the bare driver."""
    connection = floors.connect(file)

    def read() -> Indices:
        found = connection.execute(
            "SELECT triangle, b1, b2 FROM mark WHERE kind = ? AND shape = 'point'"
            " AND body_version = ?",
            (MarkKind.NEEDLE.value, version),
        ).fetchall()
        return np.array(found)[:, 0].astype(np.int64)

    return read


def _show(count: PracticeCount, atlas: Atlas) -> None:
    """The map as it is seen first: of one view, with the legend's end."""
    found = count.frequency(Counted.NEEDLED, Body.FEMALE, lambda _done, _every: None)
    view = atlas.view(Body.FEMALE, _VIEW)
    width = round(_HEIGHT * view.width / view.height)
    image = QImage(width, _HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    SkinHeat(atlas, found.values).paint(painter, view, QRectF(0, 0, width, _HEIGHT))
    painter.end()


def _cold(repository: Repository, read: Callable[[], Indices], setting: Setting) -> Pair:
    """With nothing prepared but the mesh."""

    def reckon() -> None:
        atlas = Atlas.load(BODY_MAPS)
        _ = atlas.mesh.pickable_triangles
        _show(PracticeCount(atlas, repository.places), atlas)

    return in_turn(setting.reports, reckon, read)


def _kept(
    repository: Repository, atlas: Atlas, mark: Mark, triangles: Indices, setting: Setting
) -> Pair:
    """A mark more or less, and the map anew. The floor: how many lie in each triangle."""
    count = PracticeCount(atlas, repository.places)
    _show(count, atlas)
    steps = cycle((([mark], []), ([], [mark])))

    def change() -> None:
        count.replace(*next(steps))
        _show(count, atlas)

    size = len(atlas.mesh.triangles)
    return in_turn(setting.reads, change, lambda: np.bincount(triangles, minlength=size))


def _covered(atlas: Atlas, setting: Setting) -> Pair:
    """A drawn area of 12 cm across, its samples by number. The floor is its outline projected."""
    view = atlas.view(Body.FEMALE, _VIEW)
    turn = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) * 0.6 * view.camera.scale
    drawn = atlas.draw_area(Body.FEMALE, _VIEW, ring + np.array([view.width / 2, 600.0]))
    assert drawn is not None
    outline = drawn.outline

    def project() -> None:
        view.camera.project(atlas.mesh.points(outline, Body.FEMALE, view.camera.pose))

    return in_turn(
        setting.reads, lambda: atlas.covered_samples(outline, Body.FEMALE, _VIEW), project
    )
