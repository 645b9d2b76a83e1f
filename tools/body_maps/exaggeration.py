"""Normals that overstate the gentle relief of the skin.

Under any soft light the scapula, the spinal furrow and the iliac crest of a smooth mesh nearly
vanish, yet practitioners orient by them. Each normal is pushed away from its smoothed
neighbourhood at several scales, after S. Rusinkiewicz, M. Burns and D. DeCarlo, "Exaggerated
shading for depicting shape and detail", SIGGRAPH 2006.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sparse

from tools.body_maps.surface import (
    FloatArray,
    IntArray,
    averaging,
    quad_edges,
    unit,
    vertex_normals,
)

SCALES = (8, 24, 64)  # passes of smoothing after which the difference is taken
# Face, hands and feet have fine quads: their relief needs no help and would turn haggard.
FINE_EDGE, COARSE_EDGE = 0.06, 0.16  # decimetres
FINE_SHARE = 0.25


def relief(vertices: FloatArray, quads: IntArray) -> FloatArray:
    """What to add to each normal, (n, 3), tangent to the surface."""
    normals = vertex_normals(vertices, quads)
    average = averaging(quads, len(vertices))
    smoothed = normals
    difference = np.zeros_like(normals)
    for step in range(1, max(SCALES) + 1):
        smoothed = 0.5 * smoothed + 0.5 * (average @ smoothed)
        if step in SCALES:
            smoothed = unit(smoothed)
            difference += normals - smoothed
    along = np.sum(difference * normals, axis=1, keepdims=True)
    return np.asarray((difference - along * normals) * _strength(vertices, quads, average)[:, None])


def _strength(vertices: FloatArray, quads: IntArray, average: sparse.csr_matrix) -> FloatArray:
    """(n,): full where the quads are coarse, a quarter where they are fine."""
    edges = quad_edges(quads)
    lengths = np.linalg.norm(vertices[edges[:, 0]] - vertices[edges[:, 1]], axis=1)
    totals = np.bincount(edges[:, 0], lengths, len(vertices))
    local = totals / np.maximum(np.bincount(edges[:, 0], minlength=len(vertices)), 1)
    for _ in range(30):
        local = average @ local
    coarse = np.clip((local - FINE_EDGE) / (COARSE_EDGE - FINE_EDGE), 0, 1)
    return np.asarray(FINE_SHARE + (1 - FINE_SHARE) * coarse)
