"""What a map of "how often" tells, made of a count: colours, skin covered, and what lies where."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.body.atlas import Atlas
from app.body.mesh import Indices, Points
from app.body.skin_samples import MM_PER_DM, SkinSamples
from app.domain.anatomy import Anchor, Body
from app.review.extent import Extent, extent
from app.review.place_table import PlaceRow
from app.review.skin_tally import NEAR_MM, Counted, LeftOut, SkinTally, samples_of


class PointsNearby:
    """Where points lie on a figure; placed in space at the first question."""

    def __init__(self, skin: SkinSamples, body: Body, spots: Indices, counts: Indices) -> None:
        """``counts`` (k,): how many lie in each of the samples ``spots`` (k,)."""
        self._skin = skin
        self._body = body
        self._spots = spots
        self._counts = counts

    @cached_property
    def _places(self) -> Points:
        """(k, 3) mm: a point is taken to lie in the middle of its sample, which is 4 mm wide."""
        return np.asarray(self._skin.points(self._body)[self._spots] * MM_PER_DM)

    def around(self, place_mm: Points) -> int:
        """How many lie within ``NEAR_MM`` of a place (3,), in a straight line."""
        apart = ((self._places - place_mm) ** 2).sum(axis=1)
        return int(self._counts[apart <= NEAR_MM**2].sum())


@dataclass(frozen=True, eq=False)
class SkinFrequency:
    """One map. ``values`` (n,): times at each sample, smoothed for display; ``area_counts`` (n,):
    in how many sessions an area covered it, never smoothed.
    """

    counted: Counted
    body: Body
    values: Points
    area_counts: Indices
    nearby: PointsNearby
    extent: Extent | None
    """None until it is measured, with the table: to see the map nobody waits for it."""
    marks: int
    left_out: Counter[LeftOut]
    sessions: int | None
    """How many were looked at; None while nobody knows."""
    rows: tuple[PlaceRow, ...] | None
    """The table; None until it is counted."""

    def around(self, anchor: Anchor, atlas: Atlas) -> tuple[int, int]:
        """How many points lie near a spot, and in how many sessions an area covered it."""
        sample = int(samples_of([(anchor.triangle, anchor.b1, anchor.b2)], atlas)[0])
        place = np.array(atlas.mesh.point(anchor, self.body)) * MM_PER_DM
        return self.nearby.around(place), int(self.area_counts[sample]) if sample >= 0 else 0


def skin_frequency(
    tally: SkinTally,
    atlas: Atlas,
    body: Body,
    sessions: int | None,
    rows: tuple[PlaceRow, ...] | None,
) -> SkinFrequency:
    """The map of a count as it stands now, on one figure. ``rows``: None where they are still to
    be counted; then the skin is not measured either.
    """
    values = tally.values(atlas.smoothing(body))
    spots = np.flatnonzero(tally.points.counts)
    return SkinFrequency(
        counted=tally.counted,
        body=body,
        values=values,
        area_counts=tally.areas.counts.copy(),
        nearby=PointsNearby(atlas.skin, body, spots, tally.points.counts[spots]),
        extent=None if rows is None else _extent(tally, atlas, body),
        marks=tally.marks,
        left_out=+tally.left_out,
        sessions=sessions,
        rows=rows,
    )


def _extent(tally: SkinTally, atlas: Atlas, body: Body) -> Extent:
    return extent(tally.marked(atlas.reach(body)), atlas.skin.area_mm2(body))
