"""The mesh stages in their order: morph, pose, neutralise, subdivide, stand up, add landmarks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.body_maps import (
    exaggeration,
    figure,
    hm08,
    landmarks,
    neutral,
    occlusion,
    parts,
    pickable,
    pose,
    subdivide,
)
from tools.body_maps.shading import Sculpture
from tools.body_maps.source import SourceData
from tools.body_maps.surface import FloatArray, IntArray

Progress = Callable[[str], None]
Figure = tuple[str, str]  # a body and its pose


@dataclass(frozen=True)
class Geometry:
    """Both bodies on one mesh, at the first subdivision, which is the one that is picked.

    `quads` (53512, 4), `mirror` (53514,), `chartable` (53512,) and `part` (53512,), a number of
    `parts.PARTS`, serve all figures; `vertices` and `openness` hold an array (53514, 3) and
    (53514,) for each. Decimetres, soles at y = 0.
    """

    quads: IntArray
    mirror: IntArray
    chartable: NDArray[np.bool_]
    part: IntArray
    vertices: dict[Figure, FloatArray]
    openness: dict[Figure, FloatArray]


def make_geometry(data: SourceData, progress: Progress) -> Geometry:
    base = hm08.read_base_mesh(data)
    coarse_mirror = hm08.read_mirror(data)
    skin = neutral.Skin(base.vertices[: hm08.SKIN_VERTICES], base.skin, coarse_mirror)
    step = subdivide.subdivide(skin.quads, hm08.SKIN_VERTICES)
    mirror = subdivide.lift_mirror(coarse_mirror, skin.quads, step)
    part = subdivide.inherited(parts.parts_of(hm08.read_skeleton(data, base.vertices), skin.quads))
    progress("mesh read and subdivided")

    vertices: dict[Figure, FloatArray] = {}
    for body in figure.BODIES:
        morphed = hm08.morph(data, base.vertices, figure.target_amounts(body))
        skeleton = hm08.read_skeleton(data, morphed)
        for stance in pose.POSES:
            posed = pose.pose(morphed, skeleton, pose.turns_of(stance, skeleton))
            cage = neutral.neutralise(posed[: hm08.SKIN_VERTICES], skin, body)
            vertices[body, stance] = _on_the_floor(subdivide.subdivided(step, cage))
        progress(f"{body} shaped and posed")
    rises = landmarks.rises({b: vertices[b, "anatomical"] for b in figure.BODIES}, step.quads)
    vertices = {
        which: landmarks.raised(smooth, step.quads, rises[which[0]])
        for which, smooth in vertices.items()
    }

    openness = {}
    for which, points in vertices.items():
        openness[which] = occlusion.openness(points, step.quads)
        progress(f"{' '.join(which)} occlusion measured")
    # What is open on one body or one side may be charted on all: marks change bodies and sides.
    widest = np.max([openness[body, "anatomical"] for body in figure.BODIES], axis=0)
    chartable = pickable.pickable(step.quads, np.maximum(widest, widest[mirror]))
    return Geometry(step.quads, mirror, chartable, part, vertices, openness)


def sculpture(geometry: Geometry, which: Figure) -> Sculpture:
    """The second subdivision of one figure, which is the one that is painted."""
    vertices = geometry.vertices[which]
    step = subdivide.subdivide(geometry.quads, len(vertices))
    relief = exaggeration.relief(vertices, geometry.quads)
    return Sculpture(
        vertices=subdivide.subdivided(step, vertices),
        quads=step.quads,
        part=subdivide.inherited(geometry.part),
        relief=subdivide.subdivided(step, relief),
        openness=subdivide.subdivided(step, geometry.openness[which]),
    )


def _on_the_floor(vertices: FloatArray) -> FloatArray:
    return np.asarray(vertices - [0.0, vertices[:, 1].min(), 0.0])
