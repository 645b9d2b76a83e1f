"""Pixels of skin to test with: seeded, and of as many places as are asked for."""

import json
from functools import cache

import numpy as np

from app.body.atlas import Atlas
from app.body.mesh import Points
from app.domain.anatomy import Anchor, Body
from app.paths import BODY_MAPS

VIEWS = ("anterior", "posterior", "left", "right")


def skin_pixels(atlas: Atlas, body: Body, view: str, count: int, seed: int = 0) -> Points:
    """(count, 2) pixels of a picture, with fractions, near samples that hit skin."""
    chance = np.random.default_rng([seed, len(body), len(view)])
    pixels = atlas._whole(body, view).raster.pixels
    chosen = pixels[chance.integers(0, len(pixels), count)]
    return np.asarray(chosen + chance.uniform(-2, 2, chosen.shape))


def skin_anchors(
    atlas: Atlas, body: Body, view: str, count: int, seed: int = 0
) -> list[tuple[float, float, Anchor]]:
    """At most ``count`` picks: x and y px, and the anchor that was picked there."""
    found = []
    for x, y in skin_pixels(atlas, body, view, count, seed):
        anchor = atlas.pick(body, view, float(x), float(y), reach=0.0)
        if anchor is not None:
            found.append((float(x), float(y), anchor))
    return found


def circle(x: float, y: float, radius: float, points: int = 40) -> Points:
    """(points, 2) a round freehand line."""
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    return np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1)


def random_anchors(atlas: Atlas, count: int, seed: int = 0) -> list[Anchor]:
    """(count) spots spread evenly over the skin of the male figure, seen or not."""
    chance = np.random.default_rng(seed)
    corners = atlas.mesh.vertices[Body.MALE][atlas.mesh.triangles]
    sides = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(sides, axis=1)
    triangles = chance.choice(len(area), count, p=area / area.sum())
    b1, b2 = chance.random(count), chance.random(count)
    over = b1 + b2 > 1
    b1, b2 = np.where(over, 1 - b1, b1), np.where(over, 1 - b2, b2)
    return [Anchor(int(t), float(u), float(v)) for t, u, v in zip(triangles, b1, b2, strict=True)]


@cache
def _part_names() -> list[str]:
    described = json.loads((BODY_MAPS / "views.json").read_text(encoding="utf-8"))
    return list(described["parts"])


def part_name(atlas: Atlas, anchor: Anchor) -> str:
    """The part of the body that a spot belongs to: "foot_left"."""
    return _part_names()[int(atlas.mesh.part[anchor.triangle // 2])]


def is_within(atlas: Atlas, body: Body, view: str, x: float, y: float) -> bool:
    """Whether a spot of a picture has skin all around it, more than a sample wide."""
    around = ((x + dx, y + dy) for dx in (-9, 0, 9) for dy in (-9, 0, 9))
    return all(atlas.pick(body, view, *each, reach=0.0) is not None for each in around)
