"""Reviewing: the frequency map of a whole practice, and the skin that an area covers."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from app.bench.measuring import Goal, Pair, Row, in_turn, row
from app.bench.setting import Setting
from app.body.atlas import Atlas
from app.body.mesh import Indices, Points
from app.body.skin_samples import SkinSamples
from app.body.skin_smoothing import SkinSmoothing
from app.domain.anatomy import Body
from app.domain.ports import PracticeOpener
from app.paths import BODY_MAPS
from app.review.frequency import frequency_map, points_count

COLD = Goal(at_most=1000)
KEPT = Goal(at_most=50)
COVERED = Goal(at_most=5)

_VIEW = "posterior"


class _Places(NamedTuple):
    """Where many points lie, as a query gives them: (k,) each."""

    triangle: Indices
    b1: Points
    b2: Points


def counting_rows(
    _open_practice: PracticeOpener, atlas: Atlas, _folder: Path, setting: Setting
) -> Iterator[Row]:
    places = _places(atlas, setting.needled)
    name = f"frequency map of {setting.needled:,} marks"
    yield row(f"{name}, cold", _cold(places, setting), COLD)
    yield row(f"{name}, after a kept count", _kept(atlas, places, setting), KEPT)
    yield row("the skin that an area covers", _covered(atlas, setting), COVERED)


def _places(atlas: Atlas, count: int) -> _Places:
    """Anywhere on the skin that can be seen, which is dearer than where people are needled."""
    chance = np.random.default_rng(23)
    visible = np.flatnonzero(atlas.mesh.pickable_triangles)
    weights = chance.dirichlet([1, 1, 1], count)
    return _Places(chance.choice(visible, count), weights[:, 1], weights[:, 2])


def _tally(atlas: Atlas, places: _Places) -> None:
    """The floor: how many of the points lie in each triangle."""
    np.bincount(places.triangle, minlength=len(atlas.mesh.triangles))


def _cold(places: _Places, setting: Setting) -> Pair:
    """From the arrays to the map's values, with nothing prepared but the mesh."""
    atlas = Atlas.load(BODY_MAPS)
    _ = atlas.mesh.pickable_triangles

    def reckon() -> None:
        skin = SkinSamples(atlas.mesh, half_midline=0.0)
        count = points_count(skin, *places)
        frequency_map(count, None, SkinSmoothing(skin, Body.FEMALE), skin.size)

    return in_turn(setting.reports, reckon, lambda: _tally(atlas, places))


def _kept(atlas: Atlas, places: _Places, setting: Setting) -> Pair:
    """One mark more, and the map anew."""
    skin = atlas.skin
    count, smoothing = points_count(skin, *places), SkinSmoothing(skin, Body.FEMALE)
    one = skin.holding(places.triangle[:1], places.b1[:1], places.b2[:1])

    def add() -> None:
        count.add(one)
        frequency_map(count, None, smoothing, skin.size)

    return in_turn(setting.reads, add, lambda: _tally(atlas, places))


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
