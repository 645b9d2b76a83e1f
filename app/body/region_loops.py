"""Where a region of the skin shows on a picture: the closed lines that bound it there."""

import numpy as np

from app.body.mesh import Points
from app.body.raster import STEP, SkinRaster
from app.body.region_fields import REACH

_RIM = 2  # empty samples round the picture, so that every line closes


def region_loops(raster: SkinRaster, field: Points) -> list[Points]:
    """Closed lines, (k, 2) px each. ``field``: (s,) mm inside at each sample of ``raster``."""
    if not (field > 0).any():
        return []
    from contourpy import contour_generator

    rows, columns = raster.shape
    grid = np.full((rows + 2 * _RIM, columns + 2 * _RIM), -REACH)
    grid[raster.row + _RIM, raster.column + _RIM] = field
    for axis in (0, 1):  # where skin ends the field falls off a cliff: take the stairs off it
        grid = (np.roll(grid, 1, axis) + 2 * grid + np.roll(grid, -1, axis)) / 4
    lines = contour_generator(z=grid).lines(0.0)
    return [(np.asarray(line) - _RIM + 0.5) * STEP for line in lines if len(line) >= 4]
