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
    pickable,
    pose,
    subdivide,
)
from tools.body_maps.shading import Sculpture
from tools.body_maps.source import SourceData
from tools.body_maps.surface import FloatArray, IntArray

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Geometry:
    """Both bodies on one mesh, at the first subdivision, which is the one that is picked.

    `quads` (53512, 4), `mirror` (53514,) and `chartable` (53512,) serve all bodies; `vertices`
    and `openness` hold an array (53514, 3) and (53514,) for each. Decimetres, soles at y = 0.
    """

    quads: IntArray
    mirror: IntArray
    chartable: NDArray[np.bool_]
    vertices: dict[str, FloatArray]
    openness: dict[str, FloatArray]


def make_geometry(data: SourceData, progress: Progress) -> Geometry:
    base = hm08.read_base_mesh(data)
    coarse_mirror = hm08.read_mirror(data)
    skin = neutral.Skin(base.vertices[: hm08.SKIN_VERTICES], base.skin, coarse_mirror)
    step = subdivide.subdivide(skin.quads, hm08.SKIN_VERTICES)
    mirror = subdivide.lift_mirror(coarse_mirror, skin.quads, step)
    progress("mesh read and subdivided")

    vertices = {}
    for body in figure.BODIES:
        cage = neutral.neutralise(_posed_skin(data, base, body), skin, body)
        vertices[body] = _on_the_floor(subdivide.subdivided(step, cage))
        progress(f"{body} shaped and posed")
    vertices = landmarks.with_landmarks(vertices, step.quads)

    openness = {}
    for body in figure.BODIES:
        openness[body] = occlusion.openness(vertices[body], step.quads)
        progress(f"{body} occlusion measured")
    # What is open on one body or one side may be charted on all: marks change bodies and sides.
    widest = np.max(list(openness.values()), axis=0)
    chartable = pickable.pickable(step.quads, np.maximum(widest, widest[mirror]))
    return Geometry(step.quads, mirror, chartable, vertices, openness)


def sculpture(geometry: Geometry, body: str) -> Sculpture:
    """The second subdivision of one body, which is the one that is painted."""
    vertices = geometry.vertices[body]
    step = subdivide.subdivide(geometry.quads, len(vertices))
    relief = exaggeration.relief(vertices, geometry.quads)
    return Sculpture(
        vertices=subdivide.subdivided(step, vertices),
        quads=step.quads,
        relief=subdivide.subdivided(step, relief),
        openness=subdivide.subdivided(step, geometry.openness[body]),
    )


def _posed_skin(data: SourceData, base: hm08.BaseMesh, body: str) -> FloatArray:
    morphed = hm08.morph(data, base.vertices, figure.target_amounts(body))
    skeleton = hm08.read_skeleton(data, morphed)
    posed = pose.pose(morphed, skeleton, pose.anatomical_turns(skeleton))
    return posed[: hm08.SKIN_VERTICES]


def _on_the_floor(vertices: FloatArray) -> FloatArray:
    return np.asarray(vertices - [0.0, vertices[:, 1].min(), 0.0])
