"""Draws the lines of all regions on all pictures: `lines.npz`, which the application reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.body import region_lines
from app.body.atlas import Atlas
from app.body.mesh import Points
from app.body.picking import Picker
from app.body.raster import SkinRaster
from app.body.region_fields import GridSpots
from app.body.sample_grid import QuadSpots
from app.body.view import View
from app.domain.anatomy import Body, Side
from tools.anatomy.region_loops import region_loops

TOLERANCE = 0.4
"""px of the picture by which a line may leave out what was found: less than half a mm of skin."""
SIDES = (Side.LEFT, Side.RIGHT)


def write(folder: Path) -> None:
    """Writes the lines that belong to what else is in `folder`. Takes about half a minute."""
    atlas = Atlas.load(folder)
    views = [view for body in Body for view in atlas.every_view(body)]
    drawn = {(view.body, view.name): lines_on(atlas, view) for view in views}
    names = sorted({name for lines in drawn.values() for name in lines})
    arrays = {
        "names": region_lines.packed_text(json.dumps(names)),
        "drawn_from": region_lines.packed_text(region_lines.fingerprint(folder)),
    }
    for (body, view), lines in drawn.items():
        arrays |= region_lines.pack_lines(names, lines, body, view)
    np.savez_compressed(folder / region_lines.FILE, **arrays)


def lines_on(atlas: Atlas, view: View) -> dict[str, list[Points]]:
    """The lines of every region that can be seen on a picture."""
    raster = SkinRaster.of(Picker(atlas.mesh, view.body, view.camera))
    spots = QuadSpots.of(raster.triangle, raster.b1, raster.b2)
    on_grid = {side: atlas.anatomy.on_grid(spots, side) for side in SIDES}
    found = {}
    for name, field in _fields(atlas, on_grid):
        loops = [_simplified(loop) for loop in region_loops(raster, field)]
        if loops:
            found[name] = loops
    return found


def _fields(atlas: Atlas, on_grid: dict[Side, GridSpots]) -> Iterator[tuple[str, Points]]:
    anatomy = atlas.anatomy
    for side, spots in on_grid.items():
        for muscle in anatomy.catalogue.muscles:
            name = region_lines.muscle_key(muscle.id, side)
            yield name, anatomy.muscle_field(muscle.id, spots)
        for segment in anatomy.segments:
            name = region_lines.segment_key(segment.id, side)
            yield name, anatomy.segment_field(segment, spots)
    for zone in anatomy.zones:
        both = [anatomy.zone_field(zone, spots) for spots in on_grid.values()]
        yield region_lines.zone_key(zone.id), np.maximum(*both)


def _simplified(loop: Points) -> Points:
    """Leaves out points of a closed line that lie within `TOLERANCE` of what remains."""
    kept = np.zeros(len(loop), dtype=np.bool_)
    farthest = int(np.hypot(*(loop - loop[0]).T).argmax())
    kept[[0, farthest, len(loop) - 1]] = True
    open_parts = [(0, farthest), (farthest, len(loop) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        if last <= first + 1:
            continue
        away = _distance(loop[first + 1 : last], loop[first], loop[last])
        worst = int(away.argmax())
        if away[worst] > TOLERANCE:
            kept[first + 1 + worst] = True
            open_parts += [(first, first + 1 + worst), (first + 1 + worst, last)]
    return loop[kept]


def _distance(spots: Points, start: Points, end: Points) -> Points:
    """(k,) how far `spots` (k, 2) lie from the straight line from `start` to `end`."""
    along = end - start
    length = float(np.hypot(*along))
    if length == 0:
        return np.hypot(*(spots - start).T)
    x, y = (spots - start).T
    return np.abs(x * along[1] - y * along[0]) / length
