"""How much skin is marked, and how sore it is.

Areas are sums over the samples of the skin, never numbers of regions: scoring by regions
overestimates by up to 600 % (Bryner 1994, as cited by symptomgenie.net, which was read).
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

from app.body.mesh import Indices, Points
from app.review.marked_skin import MM2_PER_CM2, Mask
from app.review.noise import Verdict

LEAST_SHARE_CHANGE = 0.004
"""Below this a difference of shares is noise even of a machine that reads one paper twice: the
minimal detectable change was 0.08 to 0.38 % (Barbero 2024, read in an abstract). People who draw
again differ by far more, and no figure for that was read."""


class Extent(NamedTuple):
    """How large the marked skin is."""

    area_cm2: float
    share: float
    """Of all skin that can be seen, 0 to 1."""


def extent(marked: Mask, area_mm2: Points) -> Extent:
    """``area`` = sum of the areas of the marked samples; ``share`` = that / sum of all.

    ``marked`` (n,), ``area_mm2`` (n,) of one figure. Extent as a share of the body picture is the
    usual measure of pain drawings (Leoni 2013 and others, read in abstracts); its sum over the
    mesh instead of pixels is what Western University's 3d_bodymap does (read in its README), so
    that no skin counts twice which two views show.
    """
    area = float(area_mm2[marked].sum())
    return Extent(area / MM2_PER_CM2, area / float(area_mm2.sum()))


def extent_of(samples: Indices, area_mm2: Points) -> Extent:
    """The same of the numbers (k,) of the marked samples, each named once."""
    area = float(area_mm2[samples].sum())
    return Extent(area / MM2_PER_CM2, area / float(area_mm2.sum()))


def extent_change(before: Extent, after: Extent) -> Verdict:
    """Within noise below ``LEAST_SHARE_CHANGE``; above it nobody knows, so it never says
    "changed".
    """
    apart = abs(after.share - before.share)
    return Verdict.WITHIN_NOISE if apart < LEAST_SHARE_CHANGE else Verdict.NOT_KNOWN


class Intensity(NamedTuple):
    """How strong what was marked was, over the skin that it covered."""

    mean: float
    """On the scale of the intensities, 0 to 10."""
    total: float
    """Intensity times cm2."""
    not_recorded: int
    """How many areas have no intensity. They are left out of both."""


def intensity(areas: Iterable[tuple[float, float | None]]) -> Intensity | None:
    """``mean`` = sum(i * area) / sum(area), ``total`` = sum(i * area) (JoVE 65334, from the notes
    of a survey; the article was not read again).

    ``areas``: the cm2 of each area mark and its intensity, 0 to 10, None where not recorded. Each
    mark counts with all of its skin, also where two lie over each other. None where no area with
    an intensity covers any skin. ValueError for an area that is negative or no number.
    """
    listed = list(areas)
    if any(not math.isfinite(cm2) or cm2 < 0 for cm2, _strength in listed):
        raise ValueError("an area is a number of cm2, 0 or more")
    known = [(cm2, strength) for cm2, strength in listed if strength is not None]
    area = sum(cm2 for cm2, _strength in known)
    if area == 0:
        return None
    total = sum(cm2 * strength for cm2, strength in known)
    return Intensity(total / area, total, len(listed) - len(known))
