"""A sheet of skin whose samples are squares of 4 mm: areas are counted by hand."""

from functools import cache

import numpy as np

from app.body.mesh import Points
from app.body.skin_pieces import SkinGraph
from app.body.skin_samples import SkinSamples
from app.domain.anatomy import Body
from app.review.marked_skin import Mask
from tests.helpers.meshes import MM, plane

COLUMNS, ROWS, EDGE_MM = 60, 40, 4.0


@cache
def sheet() -> SkinSamples:
    """240 mm wide, the patient's left at x > 0, and 160 mm high; 4 mm from the middle have no
    side: one column to the left and one to the right of x = 0.
    """
    return SkinSamples(plane(COLUMNS, ROWS, EDGE_MM, EDGE_MM), half_midline=4 * MM)


@cache
def sheet_graph() -> SkinGraph:
    return SkinGraph(sheet())


@cache
def sheet_areas() -> Points:
    return sheet().area_mm2(Body.MALE)


@cache
def sheet_places() -> Points:
    return sheet().points(Body.MALE) / MM


def patch(x: float, y: float, wide: float, high: float) -> Mask:
    """The samples whose middles lie in a rectangle, in mm from its lower right corner."""
    at = sheet_places()
    inside = (at[:, 0] > x) & (at[:, 0] < x + wide) & (at[:, 1] > y) & (at[:, 1] < y + high)
    return np.asarray(inside)
