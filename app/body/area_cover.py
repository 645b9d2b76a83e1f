"""Which samples of the skin an area covers, for many areas that were drawn on one picture.

The answer is that of ``areas.area_holds`` at the middle of each sample, but for skin that is
turned away: beyond the edge of a limb ``area_holds`` reaches some millimetres further, for it
takes skin within 8 mm of depth for one layer. To warn, that is the safe side; to measure, it
would make an area around a limb 5 to 8 % too large.

What does not depend on the area, namely where each sample lies on the picture and whether it
could be seen there, is found once.
"""

import numpy as np

from app.body.areas import ViewOfBody, outline_on, seen_on
from app.body.mesh import Indices
from app.body.skin_samples import SkinSamples
from app.body.spots_within import SpotsOnPicture
from app.domain.anatomy import Anchor


class AreaCover:
    """The samples that could be seen on one picture."""

    def __init__(self, skin: SkinSamples, drawn: ViewOfBody) -> None:
        self._mesh = skin.mesh
        self._drawn = drawn
        there = drawn.camera.project(skin.points(drawn.body, drawn.camera.pose))
        triangle, _b1, _b2 = skin.weights
        turned_to = np.zeros(len(skin.mesh.triangles), dtype=np.bool_)
        turned_to[drawn.picker.facing] = True
        self._sample = np.flatnonzero(
            turned_to[triangle] & seen_on(skin.mesh, drawn, there, triangle)
        )
        self._spots = SpotsOnPicture(there[self._sample, :2])

    def samples_in(self, outline: tuple[Anchor, ...]) -> Indices:
        """(k,) the numbers, rising, of the samples within an outline drawn on this picture."""
        line = outline_on(self._mesh, outline, self._drawn.body, self._drawn.picker)
        return self._sample[self._spots.within(line)]
