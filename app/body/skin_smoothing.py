"""Counts at spots spread along the skin, so that a map of many points can be read at a glance.

For display only: what is stored, counted and compared is never smoothed.

The spreading is heat that flows on the skin for a while, in a few implicit steps (the heat
kernel on a surface takes the place of a Gaussian in the plane; cotangent Laplacian with lumped
masses, Pinkall & Polthier 1993 and Desbrun et al. 1999, from memory). So a point on one finger
does not colour the next, and none shines through from the other side of an arm.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from app.body.mesh import Points
from app.body.skin_samples import MM_PER_DM, SkinSamples, triangle_areas_mm2
from app.domain.anatomy import Body

if TYPE_CHECKING:
    from scipy.sparse import csc_array, csr_array

FWHM_MM = 30.0
"""Full width at half maximum of what one point becomes: about 3 cm, as PainBodyMapping takes it
(from the notes of a survey). As wide as re-marks of one point scatter, which lie within 33 mm."""
STEPS = 4
"""Of the flow of heat. More come nearer to a Gaussian: with four, one point in the plane has the
shape x^3 K3(x), x = r / sqrt(a step's time), K3 a modified Bessel function."""
HALF_AT = 2.6017838
"""The x at which that shape has fallen to half of its height."""


class SkinSmoothing:
    """Spreads counts over the skin of one figure."""

    def __init__(self, skin: SkinSamples, body: Body) -> None:
        self._skin = skin
        self._body = body
        visible = skin.mesh.triangles[skin.mesh.pickable_triangles]
        used = np.zeros(len(skin.mesh.mirror), dtype=np.bool_)
        used[visible] = True
        self._number = np.cumsum(used, dtype=np.int32) - 1
        """Of each vertex of the mesh, among those of skin that can be seen: ``_vertices``."""
        self._vertices = np.flatnonzero(used)
        self._triangles = self._number[visible]
        self._step = (FWHM_MM / 2 / HALF_AT) ** 2
        """mm2: a step's time, the conductivity being 1."""

    def spread(self, counts: Points) -> Points:
        """(n,) at each sample how many of the ``counts`` (n,) of points lie there, those nearby
        in part: a point alone on flat skin reads 1 at its spot, 1/2 at 15 mm, next to 0 at 40 mm.

        The first call takes half a second. Where skin ends or bends sharply, or the mesh is coarse
        beside 3 cm, the height is only about right: a point on the calf, whose quads measure up to
        35 mm, reads 0.6. What it adds up to over the skin is right everywhere. Never negative.
        """
        heat = self._at_samples.T @ counts
        for step in range(STEPS):
            heat = self._factors.solve(heat if step == 0 else heat * self._mass)
        height = 4 * np.pi * self._step * (STEPS - 1)  # of one point in the plane, upside down
        return np.asarray(np.maximum(height * (self._at_samples @ heat), 0.0))

    @cached_property
    def _at_samples(self) -> "csr_array":
        """(n, v) each sample's middle as a mixture of the three vertices around it."""
        from scipy.sparse import csr_array

        triangle, b1, b2 = self._skin.weights
        corners = self._number[self._skin.mesh.triangles[triangle]]
        weights = np.stack([1 - b1 - b2, b1, b2], axis=1)
        ends = np.arange(0, corners.size + 1, 3, dtype=np.int32)
        shape = (self._skin.size, len(self._vertices))
        return csr_array((weights.ravel(), corners.ravel(), ends), shape=shape)

    @cached_property
    def _areas(self) -> Points:
        """(t,) mm2 of each triangle."""
        every = triangle_areas_mm2(self._skin.mesh, self._body)
        return np.asarray(every[self._skin.mesh.pickable_triangles])

    @cached_property
    def _mass(self) -> Points:
        """(v,) mm2 of skin that each vertex stands for: a third of the triangles around it."""
        third = np.repeat(self._areas / 3, 3)
        mass = np.bincount(self._triangles.ravel(), third, len(self._vertices))
        return mass.astype(np.float64)

    @cached_property
    def _factors(self) -> Any:
        """Solves one step: (mass + time * stiffness) heat = what was there."""
        from scipy.sparse import diags_array
        from scipy.sparse.linalg import splu

        system = diags_array(self._mass) + self._step * self._stiffness()
        return splu(
            system.tocsc(),
            permc_spec="MMD_AT_PLUS_A",
            diag_pivot_thresh=0.0,
            relax=1,  # twice as fast as with the default, on triangles
            options={"SymmetricMode": True},
        )

    def _stiffness(self) -> "csc_array":
        """(v, v) the cotangent Laplacian, positive semi-definite; its rows sum to 0."""
        from scipy.sparse import coo_array, diags_array

        count = len(self._vertices)
        at = self._skin.mesh.vertices[self._body][self._vertices] * MM_PER_DM
        one, other, weight = [], [], []
        for k in range(3):
            i, j, apex = (self._triangles[:, (k + step) % 3] for step in range(3))
            cotangent = ((at[i] - at[apex]) * (at[j] - at[apex])).sum(axis=1) / (2 * self._areas)
            one += [i, j]
            other += [j, i]
            weight += [cotangent / 2, cotangent / 2]
        edges = np.concatenate(one), np.concatenate(other)
        joined = coo_array((np.concatenate(weight), edges), shape=(count, count)).tocsc()
        return diags_array(joined.sum(axis=1)) - joined
