"""Which skin no picture shows: next to none."""

from collections import Counter

import numpy as np
import pytest

from app.body.atlas import Atlas
from app.domain.anatomy import Anchor, Body
from tests.helpers.skin import part_name

SAMPLES = 20_000
UNSEEN_SKIN = 0.003


def sample(atlas: Atlas, body: Body) -> list[Anchor]:
    """Spots spread evenly by area over the whole surface, inside of the mouth and all."""
    a, b, c = np.moveaxis(atlas.mesh.vertices[body][atlas.mesh.triangles], 1, 0)
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    chance = np.random.default_rng(2026)
    triangles = chance.choice(len(area), SAMPLES, p=area / area.sum())
    weights = chance.random((SAMPLES, 2))
    over = weights.sum(axis=1) > 1
    weights[over] = 1 - weights[over]
    return [
        Anchor(int(triangle), float(b1), float(b2))
        for triangle, (b1, b2) in zip(triangles, weights, strict=True)
    ]


@pytest.mark.parametrize("body", Body)
def test_next_to_no_skin_is_out_of_sight_in_every_view(atlas: Atlas, body: Body) -> None:
    """Only the lining of mouth and nose and the eye sockets behind closed lids, which are not
    skin, and the depths of a few folds.
    """
    left = sample(atlas, body)
    shares = []
    for view in atlas.every_view(body):
        left = [spot for spot in left if not atlas.locate(spot, body, view.name).visible]
        shares.append(len(left) / SAMPLES)
    skin = [spot for spot in left if atlas.mesh.pickable_triangles[spot.triangle]]
    places = Counter(part_name(atlas, spot) for spot in skin)
    assert shares[3] > 0.035, "the four views of the whole body leave a lot unseen"
    assert len(skin) / SAMPLES <= UNSEEN_SKIN, places
    # between fingers and toes, in the armpit, in the groin, in the auricle
    folds = {"head", "trunk", "upper_arm", "hand", "thigh", "foot", "forearm"}
    assert {name.removesuffix("_left").removesuffix("_right") for name in places} <= folds
    lining = [spot for spot in left if not atlas.mesh.pickable_triangles[spot.triangle]]
    assert {part_name(atlas, spot) for spot in lining} == {"head"}
