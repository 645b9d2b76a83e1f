"""What lies under the skin, by the spot: muscles, hazard zones, and what the place is called."""

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

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

_ENOUGH_SAMPLES = 600
"""To find the middle of a muscle: of a large one, a sample every 15 mm."""


class MuscleHere(NamedTuple):
    """A muscle under a spot, and whose side it is."""

    muscle: Muscle
    side: Side


class Here(NamedTuple):
    """All that is known of one spot of the skin; ``muscles`` from skin to bone, ``zones`` the
    gravest first. ``segment`` is that of the CHOIR Body Map, with the side on which it counts.
    """

    anchor: Anchor
    side: Side
    muscles: tuple[MuscleHere, ...]
    zones: tuple[Zone, ...]
    place: Place | None
    segment: tuple[Segment, Side] | None


class Anatomy:
    """The catalogue and the regions of the body. Each set of regions is read when it is asked."""

    def __init__(self, folder: Path, mesh: BodyMesh, catalogue: Catalogue) -> None:
        """Of ``anatomy.npz`` and ``anatomy.json``, which tools/anatomy/pack.py writes."""
        self.catalogue = catalogue
        self._file = folder / "anatomy.npz"
        self._mesh = mesh
        described = json.loads((folder / "anatomy.json").read_text(encoding="utf-8"))
        self.zones = tuple(Zone.from_json(entry) for entry in described["zones"])
        self.places = tuple(Place.from_json(entry) for entry in described["places"])
        self.segments = tuple(Segment.from_json(entry) for entry in described["choir"])
        with np.load(self._file) as packed:
            self.grid = SampleGrid(packed["across"], packed["along"])
            self.mirror = Mirror(
                packed["mirror_partner"].astype(np.int64), packed["mirror_turn"].astype(np.int64)
            )
            self.fibres = Fibres.unpack(packed)

    @cached_property
    def _muscle_fields(self) -> RegionFields:
        return self._fields("muscles")

    @cached_property
    def _zone_fields(self) -> RegionFields:
        return self._fields("zones")

    @cached_property
    def _place_fields(self) -> RegionFields:
        return self._fields("places")

    @cached_property
    def _segment_fields(self) -> RegionFields:
        return self._fields("choir")

    def _fields(self, name: str) -> RegionFields:
        with np.load(self._file) as packed:
            return RegionFields.unpack(self.grid, packed, name)

    def read_ahead(self) -> Iterator[None]:
        """Reads what a spot is asked about, a set of regions at a step."""
        for name in ("_place_fields", "_muscle_fields", "_zone_fields"):
            getattr(self, name)
            yield

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

    def here(self, anchor: Anchor, side: Side) -> Here:
        """All of the above, of a spot on that ``side`` of the patient."""
        return Here(
            anchor,
            side,
            self.muscles_at(anchor),
            self.zones_at(anchor),
            self.place_at(anchor),
            self.segment_at(anchor),
        )

    def on_grid(self, spots: QuadSpots, side: Side) -> GridSpots:
        """Many spots as the regions of one side know them."""
        here = self.mirror.spots(spots) if side is Side.RIGHT else spots
        return GridSpots.of(self.grid, here)

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

    def segment_field(self, segment: Segment, spots: GridSpots) -> Points:
        """The same for a segment of the CHOIR Body Map."""
        return self._segment_fields.field(self.segments.index(segment), spots)

    def direction(self, muscle_id: str, anchor: Anchor, body: Body) -> Points:
        """(3,) unit vector along a muscle's fibres at a spot of either side."""
        mesh = self._mesh
        here = mesh.point(anchor, body)
        on_left = anchor if here[0] >= 0 else self.mirror.anchor(anchor)
        along = self.fibres.direction(self.catalogue.index(muscle_id), on_left, mesh, body)
        return along if here[0] >= 0 else along * [-1, 1, 1]

    def muscle_samples(self, muscle_id: str) -> tuple[list[Anchor], Points]:
        """Spots all over a muscle of the left side, and how many mm each lies inside it."""
        samples, inside = self._muscle_fields.inside(self.catalogue.index(muscle_id))
        spots = self.grid.spots(samples)
        seen = np.flatnonzero(self._mesh.pickable[spots.quad])
        seen = seen[:: len(seen) // _ENOUGH_SAMPLES + 1]
        anchors = [spots.chosen(seen[k : k + 1]).anchor() for k in range(len(seen))]
        return anchors, inside[seen]

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
