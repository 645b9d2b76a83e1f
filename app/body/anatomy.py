"""What lies under the skin, by the spot: muscles, hazard zones, and what the place is called."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from app.body.fibres import Fibres
from app.body.mesh import BodyMesh, Points
from app.body.mirror import Mirror
from app.body.muscles import Catalogue, Muscle, Severity
from app.body.pain_map import Segment
from app.body.places import Place
from app.body.region_fields import GridSpots, RegionFields
from app.body.sample_grid import QuadSpots, SampleGrid
from app.body.zones import Zone
from app.domain.anatomy import Anchor, Body, Side

REGION_SETS = ("muscles", "zones", "places", "choir")
"""The sets of regions, as ``anatomy.npz`` and ``anatomy.json`` name them."""


class MuscleHere(NamedTuple):
    """A muscle under a spot, and whose side it is."""

    muscle: Muscle
    side: Side


@dataclass(frozen=True, eq=False)
class Anatomy:
    """The catalogue and the regions of the body."""

    catalogue: Catalogue
    zones: tuple[Zone, ...]
    places: tuple[Place, ...]
    segments: tuple[Segment, ...]
    mirror: Mirror
    fibres: Fibres
    _muscle_fields: RegionFields
    _zone_fields: RegionFields
    _place_fields: RegionFields
    _segment_fields: RegionFields

    @classmethod
    def load(cls, folder: Path, mesh: BodyMesh, catalogue: Catalogue) -> "Anatomy":
        """Reads ``anatomy.npz`` and ``anatomy.json``, which tools/anatomy/pack.py writes."""
        with np.load(folder / "anatomy.npz") as packed:
            arrays: dict[str, Any] = dict(packed)
        described = json.loads((folder / "anatomy.json").read_text(encoding="utf-8"))
        grid = SampleGrid(arrays["across"], arrays["along"])
        return cls(
            catalogue,
            tuple(Zone.from_json(entry) for entry in described["zones"]),
            tuple(Place.from_json(entry) for entry in described["places"]),
            tuple(Segment.from_json(entry) for entry in described["choir"]),
            Mirror(mesh.quads, mesh.mirror),
            Fibres.unpack(arrays),
            *(RegionFields.unpack(grid, arrays, name) for name in REGION_SETS),
        )

    def muscles_at(self, anchor: Anchor) -> tuple[MuscleHere, ...]:
        """The muscles under a spot, from skin to bone."""
        found = [
            MuscleHere(self.catalogue.muscles[index], side)
            for side, spot in self._both_sides(anchor)
            for index in self._muscle_fields.at(spot)
        ]
        return tuple(sorted(found, key=lambda each: (each.muscle.depth, each.muscle.id)))

    def usual_muscle(self, anchor: Anchor) -> str | None:
        """The id of the topmost muscle under a spot that is usually needled."""
        here = (each.muscle for each in self.muscles_at(anchor))
        return next((muscle.id for muscle in here if muscle.is_usually_needled), None)

    def zones_at(self, anchor: Anchor) -> tuple[Zone, ...]:
        """The hazard zones that hold a spot, the gravest first."""
        found = {
            index
            for _side, spot in self._both_sides(anchor)
            for index in self._zone_fields.at(spot)
        }
        gravest_first = sorted(
            found, key=lambda k: (self.zones[k].severity is not Severity.HIGH, k)
        )
        return tuple(self.zones[index] for index in gravest_first)

    def place_at(self, anchor: Anchor) -> Place | None:
        """The named part of the body in which a spot lies; where two meet, the one further in."""
        near = self._nearest(self._place_fields, anchor)
        return None if near is None else self.places[near[0]]

    def segment_at(self, anchor: Anchor) -> tuple[Segment, Side] | None:
        """The segment of the CHOIR Body Map in which a spot lies, and whose side it is."""
        near = self._nearest(self._segment_fields, anchor)
        return None if near is None else (self.segments[near[0]], near[1])

    def on_grid(self, spots: QuadSpots, side: Side) -> GridSpots:
        """Many spots as the regions of one side know them."""
        here = self.mirror.spots(spots) if side is Side.RIGHT else spots
        return GridSpots.of(self._muscle_fields.grid, here)

    def muscle_field(self, muscle_id: str, spots: GridSpots) -> Points:
        """(k,) how many mm each spot lies inside a muscle of the side that ``on_grid`` was asked
        for. KeyError where there is none such.
        """
        return self._muscle_fields.field(self.catalogue.index(muscle_id), spots)

    def zone_field(self, zone: Zone, spots: GridSpots) -> Points:
        """The same for a hazard zone."""
        return self._zone_fields.field(self.zones.index(zone), spots)

    def place_field(self, place: Place, spots: GridSpots) -> Points:
        """The same for a named part of the body."""
        return self._place_fields.field(self.places.index(place), spots)

    def direction(self, muscle_id: str, anchor: Anchor, mesh: BodyMesh, body: Body) -> Points:
        """(3,) unit vector along a muscle's fibres at a spot of either side."""
        here = mesh.point(anchor, body)
        on_left = anchor if here[0] >= 0 else self.mirror.anchor(anchor)
        along = self.fibres.direction(self.catalogue.index(muscle_id), on_left, mesh, body)
        return along if here[0] >= 0 else along * [-1, 1, 1]

    def _nearest(self, fields: RegionFields, anchor: Anchor) -> tuple[int, Side] | None:
        """The region in which a spot lies furthest, or to which it is nearest, and its side."""
        near = {
            (index, side): mm
            for side, spot in self._both_sides(anchor)
            for index, mm in fields.near(spot).items()
        }
        return max(near, key=near.__getitem__) if near else None

    def _both_sides(self, anchor: Anchor) -> tuple[tuple[Side, QuadSpots], ...]:
        """A spot as the left side's regions know it, and as the right side's do."""
        here = QuadSpots.one(anchor)
        return ((Side.LEFT, here), (Side.RIGHT, self.mirror.spots(here)))
