"""How open each point of the skin is to its surroundings.

Every vertex looks in the same directions, spread evenly over the sphere, and counts those in which
it sees past the body, weighted by the cosine to its normal. Fixed directions instead of random
ones make the result repeatable and free of grain. Method: S. Zhukov, A. Iones and G. Kronin, "An
ambient light illumination model" (1998). The rays are cast by Embree.
"""

from __future__ import annotations

import numpy as np
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene

from tools.body_maps.surface import FloatArray, IntArray, triangles, vertex_normals

DIRECTIONS = 384
LIFT = 0.01  # decimetres off the skin at which a ray starts, lest it meet its own triangle


def sphere_directions(count: int) -> FloatArray:
    """`count` unit vectors (count, 3) in a Fibonacci spiral, symmetric about the plane x = 0."""
    half = count // 2
    step = np.arange(half) + 0.5
    polar = np.arccos(1 - 2 * step / half)
    turn = np.pi * (1 + 5**0.5) * step
    spiral = np.stack(
        [np.sin(polar) * np.cos(turn), np.cos(polar), np.sin(polar) * np.sin(turn)], axis=1
    )
    # the spiral and its mirror image together see a symmetric body symmetrically
    return np.concatenate([spiral, spiral * [-1, 1, 1]])


def openness(vertices: FloatArray, quads: IntArray) -> FloatArray:
    """(n,) from 0, closed in, to 1, a whole hemisphere of free view."""
    normals = vertex_normals(vertices, quads)
    scene = EmbreeScene()
    TriangleMesh(scene, vertices[triangles(quads)].astype(np.float32))
    starts = (vertices + normals * LIFT).astype(np.float32)
    free = np.zeros(len(vertices))
    possible = np.zeros(len(vertices))
    for direction in sphere_directions(DIRECTIONS):
        cosines = normals @ direction
        ahead = np.flatnonzero(cosines > 0)
        rays = np.tile(direction.astype(np.float32), (len(ahead), 1))
        missed = scene.run(starts[ahead], rays, query="OCCLUDED") == -1
        possible[ahead] += cosines[ahead]
        free[ahead[missed]] += cosines[ahead[missed]]
    return free / np.maximum(possible, 1e-12)
