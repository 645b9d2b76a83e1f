"""Paints the figure in clay: soft light from the upper left, quiet creases and contours.

All sizes in pixels are those of the finished picture; the work is done on one that is
`OVERSAMPLING` times as fine and averaged down with premultiplied alpha, so that no colour from
outside the figure bleeds into its edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from tools.body_maps.cameras import Camera
from tools.body_maps.raster import Buffer, Float32Array
from tools.body_maps.surface import FloatArray, IntArray, triangles, unit, vertex_normals

Mask = NDArray[np.bool_]

OVERSAMPLING = 3
RELIEF_GAIN = 1.1
OVERLAP_DEPTHS = (0.03, 0.15)  # decimetres: where a contour begins to show, where it is full

# sRGB, 0 to 255: a warm clay in three stops, and the umber of its lines
SHADOW = (140, 115, 106)
MIDDLE = (220, 202, 189)
LIGHT = (249, 240, 233)
LINE = (92, 70, 63)

# towards the lamp, in the camera's axes: right, up, toward
KEY_LAMP = (-0.55, 0.62, 0.62)
FILL_LAMP = (0.70, 0.10, 0.55)


@dataclass(frozen=True)
class Sculpture:
    """The finest mesh and what the painter needs at its vertices.

    `vertices` (n, 3) and `quads` (m, 4); `relief` (n, 3) from `exaggeration`; `openness` (n,) from
    `occlusion`.
    """

    vertices: FloatArray
    quads: IntArray
    relief: FloatArray
    openness: FloatArray


def paint(sculpture: Sculpture, camera: Camera) -> NDArray[np.uint8]:
    """The picture (height, width, 4): sRGB with straight alpha, transparent outside the figure."""
    buffer = Buffer(camera, sculpture.vertices, triangles(sculpture.quads), OVERSAMPLING)
    normals = vertex_normals(sculpture.vertices, sculpture.quads)
    told = unit(normals + RELIEF_GAIN * sculpture.relief)
    surface = buffer.values(np.concatenate([normals, told, sculpture.openness[:, None]], axis=1))
    axes = np.array([camera.right, camera.up, camera.toward], dtype=np.float32)
    seen = _unit32(surface[:, 0:3] @ axes.T)
    told_seen = _unit32(surface[:, 3:6] @ axes.T)
    colour = _clay(told_seen, np.clip(surface[:, 6], 0, 1))
    ink = _ink(buffer, seen[:, 2], camera)[:, None]
    colour = colour * (1 - ink) + np.array(LINE, dtype=np.float32) * ink
    return _reduce(buffer.mask, colour)


def _unit32(vectors: Float32Array) -> Float32Array:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _lambert(normals: Float32Array, lamp: tuple[float, float, float], wrap: float) -> Float32Array:
    """Light that wraps around the form: nought only at -wrap, not already at a right angle."""
    direction = np.array(lamp, dtype=np.float32)
    direction /= np.linalg.norm(direction)
    return np.asarray(np.clip((normals @ direction + wrap) / (1 + wrap), 0, 1), dtype=np.float32)


def _clay(normals: Float32Array, openness: Float32Array) -> Float32Array:
    """Colours (p, 3), 0 to 255, for normals (p, 3) in the camera's axes."""
    light = (
        0.60 * _lambert(normals, KEY_LAMP, 0.35)
        + 0.12 * _lambert(normals, FILL_LAMP, 0.50)
        + 0.28 * np.clip(normals[:, 2], 0, 1)
    )
    tone = np.clip((light * (0.55 + 0.45 * openness) - 0.18) / 0.80, 0, 1)
    stops = (0.0, 0.55, 1.0)
    channels = [
        np.interp(tone, stops, (SHADOW[k], MIDDLE[k], LIGHT[k])).astype(np.float32)
        for k in range(3)
    ]
    return np.stack(channels, axis=1)


def _ink(buffer: Buffer, facing: Float32Array, camera: Camera) -> Float32Array:
    """How much line colour lies on each pixel of the mask, (p,) from 0 to 1."""
    outline, overlap = _contours(buffer, facing, camera)
    strokes = (
        0.50 * _drawn(outline, 1.0),
        0.55 * _drawn(overlap, 0.7),
        0.30 * _creases(buffer.mask, facing),
    )
    return np.asarray(np.maximum.reduce(strokes)[buffer.mask])


def _contours(
    buffer: Buffer, facing: Float32Array, camera: Camera
) -> tuple[Float32Array, Float32Array]:
    """The figure's outline, and where one part overlaps another behind it; (h, w), 0 to 1."""
    depth = np.where(buffer.mask, buffer.depth, -np.inf)
    behind = ndimage.minimum_filter(depth, 3)
    outline = buffer.mask & np.isinf(behind)
    # A steep surface falls away quickly without any overlap: only what exceeds its slope counts,
    # and a shallow overlap gets a faint line, so that contours fade out instead of breaking off.
    pixel = 1 / (camera.scale * OVERSAMPLING)
    slope = np.zeros(depth.shape, dtype=np.float32)
    upright = np.clip(facing, 0.08, 1)
    slope[buffer.mask] = np.sqrt(1 - upright**2) / upright
    drop = np.zeros_like(depth)
    np.subtract(depth, behind, out=drop, where=buffer.mask & ~outline)
    excess = drop - slope * (2.4 * pixel)
    return outline.astype(np.float32), _smoothstep(excess, *OVERLAP_DEPTHS)


def _smoothstep(values: Float32Array, start: float, end: float) -> Float32Array:
    t = np.clip((values - start) / (end - start), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def _drawn(line: Float32Array, width: float) -> Float32Array:
    """A line one fine pixel broad, drawn `width` pixels of the finished picture broad."""
    reach = round(width * OVERSAMPLING)
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    pen = rows**2 + columns**2 <= (reach + 0.5) ** 2
    return np.asarray(ndimage.gaussian_filter(ndimage.maximum_filter(line, footprint=pen), 0.6))


def _creases(mask: Mask, facing: Float32Array) -> Float32Array:
    """Valleys of the figure as a lamp at the camera would light it, (h, w) from 0 to 1.

    After Y. Lee, L. Markosian, S. Lee and J. Hughes, "Line drawings via abstracted shading",
    SIGGRAPH 2007.
    """
    lit = np.zeros(mask.shape, dtype=np.float32)
    lit[mask] = facing
    fine = _valley(lit, mask, 1.3 * OVERSAMPLING)
    broad = _valley(lit, mask, 2.5 * OVERSAMPLING)
    inside = ndimage.distance_transform_edt(mask) > 3 * OVERSAMPLING
    depth = np.where(inside, np.maximum(fine, 0.8 * broad), 0)
    return _smoothstep(depth, 0.030, 0.100)


def _valley(lit: Float32Array, mask: Mask, sigma: float) -> Float32Array:
    """Largest second derivative of the shading blurred by `sigma` inside the mask."""
    weight = ndimage.gaussian_filter(mask.astype(np.float32), sigma)
    blurred = ndimage.gaussian_filter(lit, sigma) / np.maximum(weight, 1e-3)
    blurred[~mask] = 1
    down, across = np.gradient(blurred)
    down_down, down_across = np.gradient(down)
    across_across = np.gradient(across, axis=1)
    middle = (across_across + down_down) / 2
    spread = np.hypot((across_across - down_down) / 2, down_across)
    # the power of sigma makes valleys of different breadth comparable
    return np.asarray((middle + spread) * sigma**1.5, dtype=np.float32)


def _reduce(mask: Mask, colour: Float32Array) -> NDArray[np.uint8]:
    """Average blocks of pixels with premultiplied alpha, then take the alpha out again."""
    premultiplied = np.zeros((*mask.shape, 4), dtype=np.float32)
    premultiplied[mask, :3] = colour
    premultiplied[mask, 3] = 1
    height, width = (size // OVERSAMPLING for size in mask.shape)
    blocks = premultiplied.reshape(height, OVERSAMPLING, width, OVERSAMPLING, 4)
    mean = blocks.mean(axis=(1, 3))
    alpha = mean[..., 3:]
    straight = np.divide(mean[..., :3], alpha, out=np.zeros_like(mean[..., :3]), where=alpha > 0)
    return np.asarray(np.rint(np.concatenate([straight, alpha * 255], axis=2)), dtype=np.uint8)
