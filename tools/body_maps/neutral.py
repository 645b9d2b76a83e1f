"""Makes the figure a neutral mannequin that may stand on the screen of a treatment room.

The groin, the cleft between the buttocks and a few other places are smoothed (`FAIRINGS`), areola
and nipple are replaced by plain chest, and the gap between the thighs, which the source figure
leaves as an arch, is drawn together into a narrow inverted V.

Regions are given on the base mesh, so they hold the same vertices for both bodies. Work is done on
the coarse skin (13380, 3) in decimetres, y up and z forward, before subdivision.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.interpolate import RBFInterpolator
from scipy.sparse.linalg import spsolve

from tools.body_maps.subdivide import subdivide, subdivided
from tools.body_maps.surface import FloatArray, IntArray, averaging, unit, vertex_normals

# The rig's left breast bone ends in this vertex, the tip of the nipple.
LEFT_NIPPLE = 8451
AREOLA_RADIUS = 0.50  # decimetres on the base mesh; replaced within
CHEST_RADIUS = 1.10  # read within, to learn how the chest runs on around the areola

GAP_CLOSING = 0.80  # share of the gap's half-width that is closed at its top
GAP_BELOW = 1.7  # decimetres below the crotch at which the thighs are as they were
GAP_ABOVE = 0.45  # and above it
GAP_REACH = 1.0  # decimetres into the thigh over which the shift dies away


@dataclass(frozen=True)
class Ellipsoid:
    """A region around `centre` (x, y, z) with the half-axes `radii`, in decimetres.

    It is mirrored: the centre is given on the left side or on the midline and holds for both.
    """

    centre: tuple[float, float, float]
    radii: tuple[float, float, float]

    def distance(self, vertices: FloatArray) -> FloatArray:
        """(n,): 0 at the centre, 1 on the surface."""
        folded = np.column_stack([np.abs(vertices[:, 0]), vertices[:, 1:]])
        offsets = (folded - np.array(self.centre)) / np.array(self.radii)
        return np.asarray(np.linalg.norm(offsets, axis=1))


@dataclass(frozen=True)
class Fairing:
    """Smooth `region` by the share `male` or `female` of the way (0 leaves it as it is).

    The full share is taken where the region's distance is below `full_within`.
    """

    region: Ellipsoid
    male: float
    female: float
    full_within: float = 0.5


FAIRINGS = (
    # groin: the male's is plainer to begin with
    Fairing(Ellipsoid((0.0, -0.10, 0.62), (0.85, 0.95, 0.95)), 0.35, 0.65),
    # cleft between the buttocks
    Fairing(Ellipsoid((0.0, 0.35, -0.62), (0.40, 1.35, 0.75)), 0.75, 0.75),
    # a button in the small of the back, deep in the male, that no spine has
    Fairing(Ellipsoid((0.0, 2.35, -0.20), (0.50, 0.90, 0.50)), 0.90, 0.50),
    # ridges on the back of the skull
    Fairing(Ellipsoid((0.0, 7.60, -0.20), (1.00, 0.95, 0.80)), 0.35, 0.35),
    # the bust, towards a plainer form
    Fairing(Ellipsoid((0.82, 3.70, 1.40), (0.85, 0.95, 0.90)), 0.0, 0.45, full_within=0.3),
)


@dataclass(frozen=True)
class Skin:
    """The coarse mesh: `base` (13380, 3) without a morph, `quads` (13378, 4), `mirror` (13380,)."""

    base: FloatArray
    quads: IntArray
    mirror: IntArray


def neutralise(posed: FloatArray, skin: Skin, body: str) -> FloatArray:
    """The mannequin's coarse skin (13380, 3) from the posed one."""
    shape = posed
    for fairing in FAIRINGS:
        amount = fairing.male if body == "male" else fairing.female
        shape = faired(shape, skin, fairing.region, amount, fairing.full_within)
    shape = _close_thigh_gap(shape, skin)
    return _plain_chest(shape, skin)


def smoothstep(values: FloatArray, start: float, end: float) -> FloatArray:
    """0 up to `start`, 1 from `end`, and a smooth rise between them."""
    t = np.clip((values - start) / (end - start), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def faired(
    vertices: FloatArray, skin: Skin, region: Ellipsoid, amount: float, full_within: float
) -> FloatArray:
    """Draw the region towards the smoothest surface that its rim allows.

    That surface has the least sum of squared Laplacians, rim included, so it leaves the rim in the
    direction in which the skin around it arrives. `amount` of the way is taken where the region's
    distance is below `full_within`, and less and less towards the rim.
    """
    distance = region.distance(skin.base)
    inside = np.flatnonzero(distance < 1)
    outside = np.flatnonzero(distance >= 1)
    laplacian = _laplacian(skin.quads, len(vertices))
    free = laplacian[:, inside]
    known = laplacian[:, outside] @ vertices[outside]
    smooth = spsolve((free.T @ free).tocsc(), -(free.T @ known))
    share = amount * (1 - smoothstep(distance[inside], full_within, 1.0))
    result = vertices.copy()
    result[inside] += share[:, None] * (smooth - vertices[inside])
    return result


def _laplacian(quads: IntArray, count: int) -> sparse.csc_matrix:
    return sparse.csc_matrix(sparse.identity(count) - averaging(quads, count))


def _close_thigh_gap(vertices: FloatArray, skin: Skin) -> FloatArray:
    """Shift the inner thighs towards the midline, most at the crotch."""
    crotch, half_gap = _measure_gap(vertices, skin)
    below = crotch - vertices[:, 1]
    along = np.where(
        below > 0.1, 1 - smoothstep(below, 0.1, GAP_BELOW), smoothstep(below, -GAP_ABOVE, 0.1)
    )
    across = np.abs(vertices[:, 0])
    # in proportion within the gap's arch, so that nothing crosses the midline; fading beyond it
    fade = np.minimum(across / half_gap, 1) * (1 - smoothstep(across - half_gap, 0, GAP_REACH))
    result = vertices.copy()
    result[:, 0] -= np.sign(vertices[:, 0]) * GAP_CLOSING * half_gap * along * fade
    return result


def _measure_gap(vertices: FloatArray, skin: Skin) -> tuple[float, float]:
    """Height of the crotch, and half the width of the gap just below it, in decimetres."""
    step = subdivide(skin.quads, len(vertices))
    fine = subdivided(step, vertices)
    crotch_region = Ellipsoid((0.0, -0.40, 0.40), (0.3, 0.5, 0.5))
    near = crotch_region.distance(subdivided(step, skin.base)) < 1
    midline = np.abs(fine[:, 0]) < 1e-6
    crotch = float(fine[near & midline, 1].min())
    depth = crotch - fine[:, 1]
    thigh = (fine[:, 0] > 1e-6) & (depth > 0.25) & (depth < 0.50)
    return crotch, float(fine[thigh, 0].min())


def _plain_chest(vertices: FloatArray, skin: Skin) -> FloatArray:
    """Replace both areolas by the surface that the chest around them suggests.

    The patch is laid out anew, because its quads are far too dense around the nipple: positions
    along the chest come from a harmonic map of the rim, heights from a thin-plate spline through
    the surrounding skin. The right side is the mirror image of the left.
    """
    distance = np.linalg.norm(skin.base - skin.base[LEFT_NIPPLE], axis=1)
    patch = np.flatnonzero(distance < AREOLA_RADIUS)
    around = np.flatnonzero((distance >= AREOLA_RADIUS) & (distance < CHEST_RADIUS))
    axes = _chest_axes(vertices, skin.quads, around)
    local = vertices @ axes.T

    layout = _harmonic(local[:, :2], skin.quads, patch)
    plate = RBFInterpolator(local[around, :2], local[around, 2], kernel="thin_plate_spline")
    result = vertices.copy()
    result[patch] = np.column_stack([layout, plate(layout)]) @ axes
    result[skin.mirror[patch]] = result[patch] * [-1, 1, 1]
    return result


def _chest_axes(vertices: FloatArray, quads: IntArray, around: IntArray) -> FloatArray:
    """(3, 3): rows across, up and out of the chest where the vertices `around` lie."""
    out = unit(vertex_normals(vertices, quads)[around].mean(axis=0))
    up = np.array([0.0, 1.0, 0.0])
    up = unit(up - out * (up @ out))
    return np.stack([np.cross(up, out), up, out])


def _harmonic(positions: FloatArray, quads: IntArray, patch: NDArray[np.int64]) -> FloatArray:
    """Positions (p, 2) for the patch such that each vertex is the mean of its neighbours."""
    laplacian = _laplacian(quads, len(positions))[patch]
    rest = np.setdiff1d(np.arange(len(positions)), patch)
    return np.asarray(spsolve(laplacian[:, patch].tocsc(), -(laplacian[:, rest] @ positions[rest])))
