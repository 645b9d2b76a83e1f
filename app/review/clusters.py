"""The separate patches of marked skin, and how far each has shifted."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.body.mesh import Indices, Points
from app.body.skin_pieces import SkinGraph
from app.review.marked_skin import MM2_PER_CM2, Mask
from app.review.noise import Verdict

LEAST_CM2 = 1.0
"""Smaller pieces are taken for slips of the hand. This program's own choice, a setting: the works
that count clusters (Shaballout 2019) set a least size that was not read."""
SHIFT_NOISE_MM = 33.0
"""95 % of re-marks of one point lie within this. Derived: limits of agreement of +/- 26 mm along
each axis (Barbero 2012, upper trapezius, one examiner, read in copies) make a standard deviation
of 13.4 mm, and 2.45 of these enclose 95 % in the plane. Two examiners are worse."""
SAME_PATCH_MM = 100.0
"""Patches whose centroids are further apart are not taken for one that has shifted. This
program's own choice, a setting: three times the noise."""


class Cluster(NamedTuple):
    """A connected piece of marked skin."""

    samples: Indices
    """(k,)"""
    area_cm2: float
    centroid_mm: Points
    """(3,) leftward, and so on along the axes of the body; of a curved patch it may lie beneath
    the skin."""


def clusters(
    marked: Mask,
    graph: SkinGraph,
    area_mm2: Points,
    places_mm: Points,
    least_cm2: float = LEAST_CM2,
) -> list[Cluster]:
    """The connected pieces of ``marked`` (n,) of ``least_cm2`` or more, largest first.

    Connected components by the 8-neighbourhood (Shaballout 2019, from the notes of a survey).
    ``area_mm2`` (n,) and ``places_mm`` (n, 3) of one figure. The centroid is the mean of the
    samples' places, each weighted with its area: sum(area * place) / sum(area).
    """
    found = []
    for samples in graph.pieces(marked):
        area = area_mm2[samples]
        cm2 = float(area.sum()) / MM2_PER_CM2
        if cm2 >= least_cm2:
            found.append(Cluster(samples, cm2, area @ places_mm[samples] / area.sum()))
    return sorted(found, key=lambda cluster: -cluster.area_cm2)


class Shift(NamedTuple):
    """A patch before and the one after that is taken for the same."""

    before: Cluster
    after: Cluster
    mm: float
    """Straight from centroid to centroid."""

    @property
    def verdict(self) -> Verdict:
        """Whether the centroid has moved by more than ``SHIFT_NOISE_MM``."""
        return Verdict.CHANGED if self.mm > SHIFT_NOISE_MM else Verdict.WITHIN_NOISE


class Shifts(NamedTuple):
    """What became of the patches of one drawing in another, as far as drawings tell."""

    shifted: list[Shift]
    not_marked_again: list[Cluster]
    """Nobody has said that what they stood for is gone."""
    not_marked_before: list[Cluster]


def centroid_shifts(
    before: Sequence[Cluster], after: Sequence[Cluster], same_patch_mm: float = SAME_PATCH_MM
) -> Shifts:
    """Pairs patches so that as many as possible are within ``same_patch_mm`` of each other, and
    of all such ways by the least sum of distances (Hungarian method).
    """
    pairs = _paired(before, after, same_patch_mm)
    ends = {row: column for row, column, _mm in pairs}
    return Shifts(
        [Shift(before[row], after[column], mm) for row, column, mm in pairs],
        [cluster for k, cluster in enumerate(before) if k not in ends],
        [cluster for k, cluster in enumerate(after) if k not in ends.values()],
    )


def _paired(
    before: Sequence[Cluster], after: Sequence[Cluster], gate_mm: float
) -> list[tuple[int, int, float]]:
    if not before or not after:
        return []
    from scipy.optimize import linear_sum_assignment

    ends = np.stack([cluster.centroid_mm for cluster in after])
    apart = np.stack([np.linalg.norm(ends - each.centroid_mm, axis=1) for each in before])
    near = apart <= gate_mm
    never = gate_mm * (min(apart.shape) + 1)  # dearer than all that is near together
    rows, columns = linear_sum_assignment(np.where(near, apart, never))
    return [
        (int(r), int(c), float(apart[r, c]))
        for r, c in zip(rows, columns, strict=True)
        if near[r, c]
    ]
