"""The left half of the male figure in small cells, on which regions are measured."""

from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.body.atlas import Atlas
from app.body.mesh import Points
from app.body.region_fields import GridSpots
from app.body.sample_grid import QuadSpots
from app.domain.anatomy import Anchor, Body, Side
from app.paths import BODY_MAPS
from tools.anatomy.places import Gazetteer
from tools.anatomy.regions import read_regions
from tools.anatomy.skin import Skin, Spots

MUSCLES = Path(__file__).parents[2] / "tools" / "anatomy" / "muscles"
CM2_PER_DM2 = 100
MM_PER_DM = 100


class Ground:
    """Cells of about 6 mm: ``points`` (k, 3) dm, ``area`` (k,) cm2, ``spots`` of their centres."""

    def __init__(self) -> None:
        self.atlas = Atlas.load(BODY_MAPS)
        self.anatomy = self.atlas.anatomy
        self.skin = Skin(self.atlas.mesh)
        self.places = Gazetteer.load(self.skin)
        grid = self.anatomy.grid
        count = np.where(grid.across > 0, grid.across * grid.along, 0)
        quad = np.repeat(np.arange(len(count)), count)
        within = np.arange(len(quad)) - np.repeat(np.cumsum(count) - count, count)
        u = (within % grid.across[quad] + 0.5) / grid.across[quad]
        v = (within // grid.across[quad] + 0.5) / grid.along[quad]
        corners = self.atlas.mesh.vertices[Body.MALE][self.atlas.mesh.quads[quad]]
        a, b, c, d = np.moveaxis(corners, 1, 0)
        uv = np.stack([(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v], axis=1)
        self.points: Points = np.einsum("kc,kcd->kd", uv, corners)
        self.area = np.linalg.norm(np.cross(c - a, d - b), axis=1) / 2 / count[quad] * CM2_PER_DM2
        self.spots = QuadSpots(quad, u, v)

    @cached_property
    def parts(self) -> dict[str, int]:
        """Of how many patches each muscle was made."""
        return {name: len(each.parts) for name, each in read_regions(MUSCLES).items()}

    @cached_property
    def left(self) -> NDArray[np.bool_]:
        """(k,) the cells that are on the left: some reach over the mid-line."""
        return np.asarray(self.points[:, 0] > 0)

    @cached_property
    def _on_grid(self) -> GridSpots:
        return self.anatomy.on_grid(self.spots, Side.LEFT)

    @cache  # noqa: B019 - there is one ground
    def field(self, muscle: str) -> Points:
        """(k,) mm inside the left muscle."""
        return self.anatomy.muscle_field(muscle, self._on_grid)

    def inside(self, muscle: str) -> NDArray[np.bool_]:
        return np.asarray(self.field(muscle) > 0)

    def size(self, muscle: str) -> float:
        """cm2 of skin."""
        return float(self.area[self.inside(muscle)].sum())

    def overlap(self, one: str, other: str) -> float:
        """Share of the smaller of two muscles that both cover."""
        both = self.inside(one) & self.inside(other)
        return float(self.area[both].sum()) / min(self.size(one), self.size(other))

    def centre(self, muscle: str) -> Points:
        inside = self.inside(muscle)
        return np.asarray(np.average(self.points[inside], axis=0, weights=self.area[inside]))

    def anchor(self, place: str) -> Anchor:
        """The anchor of a place as tools/anatomy/places.py reads it."""
        if place in self.places.levels:
            place = f"back({place}, 0)"
        spot: Spots = self.places.spot(place)
        weights = self.skin.weights(spot)[0]
        return Anchor(int(spot.triangle[0]), float(weights[1]), float(weights[2]))

    def depth_at(self, muscle: str, place: str) -> float:
        """mm that a place lies inside a left muscle; negative outside."""
        here = self.anatomy.on_grid(QuadSpots.one(self.anchor(place)), Side.LEFT)
        return float(self.anatomy.muscle_field(muscle, here)[0])

    def topmost(self, place: str) -> str | None:
        here = self.anatomy.muscles_at(self.anchor(place))
        return here[0].muscle.id if here else None

    def run(self, muscle: str) -> Points:
        """(3,) the mean unit direction of a left muscle's fibres, from origin to insertion."""
        fibres = self.anatomy.fibres
        index = self.anatomy.catalogue.index(muscle)
        directions = []
        for line in np.unique(fibres.line[fibres.muscle == index]):
            first, *_, last = np.flatnonzero(fibres.line == line)
            ends = [
                Anchor(int(fibres.triangle[k]), float(fibres.b1[k]), float(fibres.b2[k]))
                for k in (first, last)
            ]
            start, end = self.atlas.mesh.points(tuple(ends), Body.MALE)
            directions.append((end - start) / np.linalg.norm(end - start))
        mean = np.mean(directions, axis=0)
        return np.asarray(mean / np.linalg.norm(mean))
