"""Which skin the marks of a kind cover: the sets that all measures of areas are taken of.

A set is a mask over the samples of the skin (``app.body.skin_samples``). It means the same skin
on either figure.
"""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from app.body.mesh import Indices, Points
from app.domain.marks import Mark, Shape, Soreness

MM2_PER_CM2 = 100.0
Mask = NDArray[np.bool_]
Covered = Callable[[Mark], Indices]
"""The samples that an area mark covers, as ``Atlas.covered_by`` answers."""


def marked_samples(marks: Iterable[Mark], covered: Covered) -> Indices:
    """(k,) the numbers, rising, of the samples that the areas among ``marks`` cover together; what
    two cover counts once. Points have no extent and cover nothing.
    """
    areas = [covered(mark) for mark in marks if mark.shape is Shape.AREA]
    return np.unique(np.concatenate(areas)) if areas else np.empty(0, dtype=np.int64)


def marked_skin(marks: Iterable[Mark], covered: Covered, size: int) -> Mask:
    """(size,) the same as a mask. ``size``: how many samples the skin has."""
    mask = np.zeros(size, dtype=np.bool_)
    mask[marked_samples(marks, covered)] = True
    return mask


def sore_areas(
    marks: Iterable[Mark], covered: Covered, area_mm2: Points
) -> list[tuple[float, int | None]]:
    """The cm2 and the intensity, 0 to 10, of each area of soreness among ``marks``; None where it
    was not recorded. ``area_mm2`` (n,) of one figure.
    """
    return [
        (float(area_mm2[covered(mark)].sum()) / MM2_PER_CM2, mark.details.intensity)
        for mark in marks
        if isinstance(mark.details, Soreness) and mark.shape is Shape.AREA
    ]
