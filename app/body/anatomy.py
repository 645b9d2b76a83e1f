"""What lies under the skin: muscles by the spot, and where each shows on a picture."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from app.body.fibres import Fibres
from app.body.mesh import BodyMesh, Points
from app.body.mirror import Mirror
from app.body.muscles import Catalogue, Muscle
from app.body.region_fields import RegionFields
from app.body.sample_grid import QuadSpots, SampleGrid
from app.domain.anatomy import Anchor, Side


class MuscleHere(NamedTuple):
    """A muscle under a spot, and whose side it is."""

    muscle: Muscle
    side: Side


@dataclass(frozen=True, eq=False)
class Anatomy:
    """The catalogue and the regions of the body."""

    catalogue: Catalogue
    muscle_fields: RegionFields
    mirror: Mirror
    fibres: Fibres

    @classmethod
    def load(cls, folder: Path, mesh: BodyMesh, catalogue: Catalogue) -> "Anatomy":
        """Reads ``anatomy.npz``, which tools/anatomy/pack.py writes."""
        with np.load(folder / "anatomy.npz") as packed:
            arrays: dict[str, Any] = dict(packed)
        grid = SampleGrid(arrays["across"], arrays["along"])
        return cls(
            catalogue=catalogue,
            muscle_fields=RegionFields.unpack(grid, arrays, "muscles"),
            mirror=Mirror(mesh.quads, mesh.mirror),
            fibres=Fibres.unpack(arrays),
        )

    def muscles_at(self, anchor: Anchor) -> tuple[MuscleHere, ...]:
        """The muscles under a spot, from skin to bone."""
        here = QuadSpots.one(anchor)
        sides = ((Side.LEFT, here), (Side.RIGHT, self.mirror.spots(here)))
        found = [
            MuscleHere(self.catalogue.muscles[index], side)
            for side, spot in sides
            for index, _mm in self.muscle_fields.at(spot)
        ]
        return tuple(sorted(found, key=lambda each: (each.muscle.depth, each.muscle.id)))

    def muscle_field(self, muscle_id: str, side: Side, spots: QuadSpots) -> Points:
        """(k,) how many mm each spot lies inside a muscle. KeyError where there is none such."""
        on_left = self.mirror.spots(spots) if side is Side.RIGHT else spots
        return self.muscle_fields.field(self.catalogue.index(muscle_id), on_left)
