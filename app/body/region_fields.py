"""Regions of the skin (muscles, zones, places), kept as fields: how far inside each spot lies.

A field is positive inside its region. It is known within ``REACH`` mm of the border; beyond
that it stays at ``REACH`` inside and at ``-REACH`` outside.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.body.mesh import Indices, Points
from app.body.sample_grid import QuadSpots, SampleGrid

REACH = 12.7
STEPS_PER_MM = 10
"""Fields are stored in bytes of a tenth of a mm."""


class RegionFields:
    """The fields of many regions at the samples of one grid.

    ``first``, ``region`` and ``value`` list what is more than ``-REACH`` mm inside: sorted by
    sample, the region's index and tenths of a mm, (e,) each; those of sample s begin at
    ``first[s]``.
    """

    def __init__(
        self,
        grid: SampleGrid,
        first: Indices,
        region: NDArray[np.uint8],
        value: NDArray[np.int8],
    ) -> None:
        self.grid = grid
        self._first = first
        self._region = region
        self._value = value

    @classmethod
    def unpack(cls, grid: SampleGrid, packed: Mapping[str, Any], name: str) -> "RegionFields":
        """Of what tools/anatomy/pack.py wrote under ``name``."""
        first = np.zeros(grid.size + 1, dtype=np.int32)
        np.cumsum(packed[f"{name}_count"], out=first[1:])
        return cls(grid, first, packed[f"{name}_region"], packed[f"{name}_value"])

    def at(self, spot: QuadSpots) -> list[int]:
        """The regions that hold one spot ((1,) arrays), by index."""
        return [region for region, mm in self.near(spot).items() if mm > 0]

    def near(self, spot: QuadSpots) -> dict[int, float]:
        """How many mm one spot lies inside each region of which it is within ``REACH`` mm."""
        if not self.grid.has(spot.quad)[0]:
            return {}
        samples, weights = self.grid.around(spot)
        depth: dict[int, float] = {}
        for sample, weight in zip(samples[0].tolist(), weights[0].tolist(), strict=True):
            entries = slice(self._first[sample], self._first[sample + 1])
            for region, value in zip(
                self._region[entries].tolist(), self._value[entries].tolist(), strict=True
            ):
                gained = weight * (value / STEPS_PER_MM + REACH)
                depth[region] = depth.get(region, -REACH) + gained
        return depth

    def field(self, region: int, spots: "GridSpots") -> Points:
        """(k,) how many mm each spot lies inside one region."""
        entries = self._by_region[self._region_start[region] : self._region_start[region + 1]]
        whole = np.full(self.grid.size, -REACH, dtype=np.float32)
        whole[self._sample[entries]] = self._value[entries] / np.float32(STEPS_PER_MM)
        field = np.full(spots.total, -REACH)
        field[spots.known] = (whole[spots.samples] * spots.weights).sum(axis=1)
        return field

    def inside(self, region: int) -> tuple[Indices, Points]:
        """The samples that lie in one region, and how many mm inside."""
        entries = self._by_region[self._region_start[region] : self._region_start[region + 1]]
        entries = entries[self._value[entries] > 0]
        return self._sample[entries], self._value[entries] / STEPS_PER_MM

    @cached_property
    def _sample(self) -> Indices:
        """(e,) the sample of each entry."""
        return np.repeat(np.arange(self.grid.size, dtype=np.int32), np.diff(self._first))

    @cached_property
    def _by_region(self) -> Indices:
        """(e,) all entries, those of one region together."""
        return np.argsort(self._region, kind="stable")

    @cached_property
    def _region_start(self) -> Indices:
        """(257,) where each region's entries begin in that order."""
        return np.searchsorted(self._region[self._by_region], np.arange(257))


class GridSpots(NamedTuple):
    """Many spots as fields are looked up: of ``total`` spots, those at ``known`` (n,) lie on the
    grid, between ``samples`` (n, 4) with ``weights`` (n, 4).
    """

    total: int
    known: Indices
    samples: Indices
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, grid: SampleGrid, spots: QuadSpots) -> "GridSpots":
        known = np.flatnonzero(grid.has(spots.quad))
        samples, weights = grid.around(spots.chosen(known))
        return cls(len(spots.quad), known, samples, weights.astype(np.float32))
