"""Paints the figure: soft light from the upper left, creases and contours.

There are two styles. Clay is modelled by light and shade, its lines are quiet; it is the one for
the screen. Line is drawn in dark ink on nearly white paper; it prints well and has more contrast.

All sizes in pixels are those of the finished picture; the work is done on one that is two or
three times as fine and averaged down with premultiplied alpha, so that no colour from outside the
figure bleeds into its edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from tools.body_maps.cameras import Camera
from tools.body_maps.parts import PARTS
from tools.body_maps.raster import Buffer, Float32Array
from tools.body_maps.surface import FloatArray, IntArray, triangles, unit, vertex_normals

Mask = NDArray[np.bool_]

OVERSAMPLING = {"whole": 3, "close": 2}  # a close-up is seldom shown larger than it is
RELIEF_GAIN = {"whole": 1.1, "close": 0.8}  # seen closer, relief needs less help
FADING = 44  # pixels at the edge of a close-up over which the body fades out
OVERLAP_DEPTHS = (0.03, 0.15)  # decimetres: where a contour begins to show, where it is full
COARSEST = 130.0  # pixels per decimetre up to which these depths hold; finer pictures show less
LARGEST = 2.4  # magnification to which creases are looked for in larger forms
BROADEST = 1.5  # and lines are drawn broader

# towards the lamp, in the camera's axes: right, up, toward
KEY_LAMP = (-0.55, 0.62, 0.62)
FILL_LAMP = (0.70, 0.10, 0.55)

Colour = tuple[int, int, int]  # sRGB, 0 to 255


@dataclass(frozen=True)
class Style:
    """`shadow`, `middle` and `light` are stops of the tone, the middle one at `middle_tone`.

    `occlusion` is the share of light that a hollow loses; light from `tones[0]` to `tones[1]`
    makes the whole scale. The figure's outline, its overlaps and its creases are covered by
    `line` as far as `strengths` says; the first two reach `widths` pixels to either side.
    """

    shadow: Colour
    middle: Colour
    light: Colour
    middle_tone: float
    occlusion: float
    tones: tuple[float, float]
    line: Colour
    strengths: tuple[float, float, float]
    widths: tuple[float, float]


STYLES = {
    # a warm clay, and the umber of its lines
    "clay": Style(
        (140, 115, 106), (220, 202, 189), (249, 240, 233), 0.55,
        0.45, (0.18, 0.98), (92, 70, 63), (0.50, 0.55, 0.30), (1.0, 0.7),
    ),
    # warm grey washes on white, blue-black ink
    "line": Style(
        (172, 167, 164), (231, 227, 224), (255, 254, 252), 0.50,
        0.42, (0.22, 0.93), (30, 42, 52), (1.0, 0.95, 0.62), (1.25, 1.0),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Sculpture:
    """The finest mesh and what the painter needs at its vertices.

    `vertices` (n, 3) and `quads` (m, 4); `part` (m,) numbers of `parts.PARTS`; `relief` (n, 3)
    from `exaggeration`; `openness` (n,) from `occlusion`.
    """

    vertices: FloatArray
    quads: IntArray
    part: IntArray
    relief: FloatArray
    openness: FloatArray


class Strokes(NamedTuple):
    """Where lines run, (h, w) each from 0 to 1: outline and overlaps one fine pixel broad.

    `broader` is how many times as broad as on a picture of the whole body they are drawn.
    """

    outline: Float32Array
    overlap: Float32Array
    crease: Float32Array
    broader: float


def paint(sculpture: Sculpture, camera: Camera) -> dict[str, NDArray[np.uint8]]:
    """The picture in each style (height, width, 4): sRGB with straight alpha.

    It is transparent outside the figure.
    """
    painted = np.isin(sculpture.part, [PARTS.index(name) for name in camera.parts or PARTS])
    faces = triangles(sculpture.quads[painted])
    kind = "whole" if camera.group == "whole" else "close"
    buffer = Buffer(camera, sculpture.vertices, faces, OVERSAMPLING[kind])
    normals = vertex_normals(sculpture.vertices, sculpture.quads)
    told = unit(normals + RELIEF_GAIN[kind] * sculpture.relief)
    surface = buffer.values(np.concatenate([normals, told, sculpture.openness[:, None]], axis=1))
    axes = np.array([camera.right, camera.up, camera.toward], dtype=np.float32)
    seen = _unit32(surface[:, 0:3] @ axes.T)
    told_seen = _unit32(surface[:, 3:6] @ axes.T)
    openness = np.clip(surface[:, 6], 0, 1)
    lit, strokes = _light(told_seen), _strokes(buffer, seen[:, 2], camera)
    pictures = {
        name: _coloured(style, lit, openness, strokes, buffer) for name, style in STYLES.items()
    }
    if kind == "close":
        for picture in pictures.values():
            _fade_out(picture)
    return pictures


def _unit32(vectors: Float32Array) -> Float32Array:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _lambert(normals: Float32Array, lamp: tuple[float, float, float], wrap: float) -> Float32Array:
    """Light that wraps around the form: nought only at -wrap, not already at a right angle."""
    direction = np.array(lamp, dtype=np.float32)
    direction /= np.linalg.norm(direction)
    return np.asarray(np.clip((normals @ direction + wrap) / (1 + wrap), 0, 1), dtype=np.float32)


def _light(normals: Float32Array) -> Float32Array:
    """Light that falls on each pixel, (p,) from 0 to 1; normals (p, 3) in the camera's axes."""
    return np.asarray(
        0.60 * _lambert(normals, KEY_LAMP, 0.35)
        + 0.12 * _lambert(normals, FILL_LAMP, 0.50)
        + 0.28 * np.clip(normals[:, 2], 0, 1)
    )


def _coloured(
    style: Style, lit: Float32Array, openness: Float32Array, strokes: Strokes, buffer: Buffer
) -> NDArray[np.uint8]:
    """The finished picture in one style."""
    dark, bright = style.tones
    shade = (1 - style.occlusion) + style.occlusion * openness
    tone = np.clip((lit * shade - dark) / (bright - dark), 0, 1)
    stops = (0.0, style.middle_tone, 1.0)
    channels = [
        np.interp(tone, stops, (style.shadow[k], style.middle[k], style.light[k])).astype(
            np.float32
        )
        for k in range(3)
    ]
    colour = np.stack(channels, axis=1)
    outline, overlap, crease = style.strengths
    broad, narrow = (width * buffer.oversampling * strokes.broader for width in style.widths)
    drawn = (
        outline * _drawn(strokes.outline, broad),
        overlap * _drawn(strokes.overlap, narrow),
        crease * strokes.crease,
    )
    ink = np.asarray(np.maximum.reduce(drawn)[buffer.mask])[:, None]
    colour = colour * (1 - ink) + np.array(style.line, dtype=np.float32) * ink
    return _reduce(buffer.mask, colour, buffer.oversampling)


def _strokes(buffer: Buffer, facing: Float32Array, camera: Camera) -> Strokes:
    outline, overlap = _contours(buffer, facing, camera)
    broader = min(_magnified(camera), BROADEST)
    return Strokes(outline, overlap, _creases(buffer, facing, camera), broader)


def _contours(
    buffer: Buffer, facing: Float32Array, camera: Camera
) -> tuple[Float32Array, Float32Array]:
    """The figure's outline, and where one part overlaps another behind it; (h, w), 0 to 1."""
    depth = np.where(buffer.mask, buffer.depth, -np.inf)
    behind = ndimage.minimum_filter(depth, 3)
    outline = buffer.mask & np.isinf(behind)
    # A steep surface falls away quickly without any overlap: only what exceeds its slope counts,
    # and a shallow overlap gets a faint line, so that contours fade out instead of breaking off.
    pixel = 1 / (camera.scale * buffer.oversampling)
    slope = np.zeros(depth.shape, dtype=np.float32)
    upright = np.clip(facing, 0.08, 1)
    slope[buffer.mask] = np.sqrt(1 - upright**2) / upright
    drop = np.zeros_like(depth)
    np.subtract(depth, behind, out=drop, where=buffer.mask & ~outline)
    excess = drop - slope * (2.4 * pixel)
    start, full = (depth * min(1.0, COARSEST / camera.scale) for depth in OVERLAP_DEPTHS)
    return outline.astype(np.float32), _smoothstep(excess, start, full)


def _magnified(camera: Camera) -> float:
    """How many times as large as on a picture of the whole body forms are, as far as it counts."""
    return min(max(camera.scale / COARSEST, 1.0), LARGEST)


def _smoothstep(values: Float32Array, start: float, end: float) -> Float32Array:
    t = np.clip((values - start) / (end - start), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def _drawn(line: Float32Array, width: float) -> Float32Array:
    """A line one fine pixel broad, drawn `width` fine pixels to either side."""
    reach = round(width)
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    pen = rows**2 + columns**2 <= (reach + 0.5) ** 2
    return np.asarray(ndimage.gaussian_filter(ndimage.maximum_filter(line, footprint=pen), 0.6))


def _creases(buffer: Buffer, facing: Float32Array, camera: Camera) -> Float32Array:
    """Valleys of the figure as a lamp at the camera would light it, (h, w) from 0 to 1.

    After Y. Lee, L. Markosian, S. Lee and J. Hughes, "Line drawings via abstracted shading",
    SIGGRAPH 2007.
    """
    mask, pixel = buffer.mask, buffer.oversampling
    lit = np.zeros(mask.shape, dtype=np.float32)
    lit[mask] = facing
    broader = pixel * _magnified(camera)
    fine = _valley(lit, mask, 1.3 * broader)
    broad = _valley(lit, mask, 2.5 * broader)
    inside = ndimage.distance_transform_edt(mask) > 3 * pixel
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


def _fade_out(picture: NDArray[np.uint8]) -> None:
    """Lets the body fade out where the frame cuts it off; no edge of a picture looks like skin."""
    down, across = (np.minimum(np.arange(n), np.arange(n)[::-1]) + 0.5 for n in picture.shape[:2])
    inside = np.minimum(down[:, None], across[None, :]) / FADING
    picture[..., 3] = np.rint(picture[..., 3] * _smoothstep(inside, 0.0, 1.0))


def _reduce(mask: Mask, colour: Float32Array, block: int) -> NDArray[np.uint8]:
    """Average `block` by `block` pixels with premultiplied alpha, then take the alpha out again."""
    premultiplied = np.zeros((*mask.shape, 4), dtype=np.float32)
    premultiplied[mask, :3] = colour
    premultiplied[mask, 3] = 1
    height, width = (size // block for size in mask.shape)
    blocks = premultiplied.reshape(height, block, width, block, 4)
    mean = blocks.mean(axis=(1, 3))
    alpha = mean[..., 3:]
    straight = np.divide(mean[..., :3], alpha, out=np.zeros_like(mean[..., :3]), where=alpha > 0)
    return np.asarray(np.rint(np.concatenate([straight, alpha * 255], axis=2)), dtype=np.uint8)
