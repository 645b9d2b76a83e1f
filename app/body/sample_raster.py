"""Which sample of the skin each cell of a picture shows, so that values on the skin can be seen."""

from dataclasses import dataclass

import numpy as np

from app.body.mesh import Indices, Points
from app.body.raster import STEP, SkinRaster
from app.body.skin_samples import SkinSamples

CELL_PX = STEP
"""A cell is a square of so many px of the picture."""


@dataclass(frozen=True, eq=False)
class SampleRaster:
    """``shape``: rows and columns of cells, from the upper left corner of the picture. ``cell``:
    (k,) the cells that show skin, counted row by row. ``sample``: (k,) what each of them shows;
    -1 for skin that is no sample.
    """

    shape: tuple[int, int]
    cell: Indices
    sample: Indices

    @classmethod
    def of(cls, skin: SkinSamples, raster: SkinRaster) -> "SampleRaster":
        _rows, columns = raster.shape
        sample = skin.holding(raster.triangle, raster.b1, raster.b2)
        cell = raster.row.astype(np.int32) * columns + raster.column
        return cls(raster.shape, cell.astype(np.int32), sample.astype(np.int32))

    def values(self, of_samples: Points) -> Points:
        """(rows, columns) the value that each cell shows of ``of_samples`` (n,); nan where there
        is no skin.
        """
        shown = np.full(self.shape[0] * self.shape[1], np.nan)
        seen = self.sample >= 0
        shown[self.cell[seen]] = of_samples[self.sample[seen]]
        return shown.reshape(self.shape)
