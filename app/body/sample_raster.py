"""Which sample of the skin each cell of a picture shows, so that values on the skin can be seen."""

from dataclasses import dataclass

import numpy as np

from app.body.mesh import Indices
from app.body.raster import STEP, SkinRaster
from app.body.skin_samples import SkinSamples

CELL_PX = STEP
"""A cell is a square of so many px of the picture."""


@dataclass(frozen=True, eq=False)
class SampleRaster:
    """``shape``: rows and columns of cells, from the upper left corner of the picture. ``cell``:
    (k,) those that show a sample, counted row by row. ``sample``: (k,) which.
    """

    shape: tuple[int, int]
    cell: Indices
    sample: Indices

    @classmethod
    def of(cls, skin: SkinSamples, raster: SkinRaster) -> "SampleRaster":
        _rows, columns = raster.shape
        sample = skin.holding(raster.triangle, raster.b1, raster.b2)
        cell = raster.row.astype(np.int32) * columns + raster.column
        seen = sample >= 0
        return cls(raster.shape, cell[seen].astype(np.int32), sample[seen].astype(np.int32))
