"""Where a region of the skin shows on a picture: the closed lines that bound it there."""

import numpy as np

from app.body.mesh import Points
from app.body.raster import STEP, SkinRaster
from app.body.region_fields import REACH

_RIM = 3  # samples round the region, beyond what the blur reaches: so every line closes


def region_loops(raster: SkinRaster, field: Points) -> list[Points]:
    """Closed lines, (k, 2) px each. ``field``: (s,) mm inside at each sample of ``raster``."""
    inside = field > 0
    if not inside.any():
        return []
    from contourpy import contour_generator

    low = np.array([raster.row[inside].min(), raster.column[inside].min()]) - _RIM
    high = np.array([raster.row[inside].max(), raster.column[inside].max()]) + _RIM
    near = (raster.row >= low[0]) & (raster.row <= high[0])
    near &= (raster.column >= low[1]) & (raster.column <= high[1])
    grid = np.full(high - low + 1, -REACH)
    grid[raster.row[near] - low[0], raster.column[near] - low[1]] = field[near]
    padded = np.pad(grid, 1, mode="edge")
    # where skin ends the field falls off a cliff: a light blur takes the stairs off it
    blurred = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    blurred = (blurred[:, :-2] + 2 * blurred[:, 1:-1] + blurred[:, 2:]) / 4
    lines = contour_generator(z=blurred).lines(0.0)
    corner = low[::-1] + 0.5
    return [(np.asarray(line) + corner) * STEP for line in lines if len(line) >= 4]
