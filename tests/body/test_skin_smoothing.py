"""Counts spread along the skin: on sheets of known shape, and on the body."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import kv

from app.body.atlas import Atlas
from app.body.mesh import Points
from app.body.skin_samples import SkinSamples
from app.body.skin_smoothing import FWHM_MM, HALF_AT, SkinSmoothing
from app.domain.anatomy import Body
from tests.helpers.meshes import MM, mesh_of, plane


def one_at(skin: SkinSamples, sample: int) -> Points:
    counts = np.zeros(skin.size)
    counts[sample] = 1
    return counts


def in_the_plane(away: Points) -> Points:
    """What a point becomes after four steps in an endless plane: x^3 K3(x) / 8."""
    x = np.maximum(away, 1e-9) / (FWHM_MM / 2) * HALF_AT
    return np.asarray(x**3 * kv(3, x) / 8)


@pytest.fixture(scope="module")
def sheet() -> SkinSamples:
    """240 mm square."""
    return SkinSamples(plane(columns=120, rows=120, width_mm=2, height_mm=2), half_midline=0.04)


@pytest.fixture(scope="module")
def smoothing(sheet: SkinSamples) -> SkinSmoothing:
    return SkinSmoothing(sheet, Body.MALE)


def middle_of(skin: SkinSamples) -> int:
    at = skin.points(Body.MALE)
    return int(np.linalg.norm(at - at.mean(axis=0), axis=1).argmin())


def test_the_shape_has_its_half_where_it_is_said_to_be() -> None:
    half_at = brentq(lambda x: x**3 * kv(3, x) / 8 - 0.5, 0.1, 10)
    assert pytest.approx(half_at, abs=1e-6) == HALF_AT


def test_a_point_on_flat_skin_is_3_cm_wide_at_half_its_height(
    sheet: SkinSamples, smoothing: SkinSmoothing
) -> None:
    spot, at = middle_of(sheet), sheet.points(Body.MALE) / MM
    values, away = smoothing.spread(one_at(sheet, spot)), np.linalg.norm(at - at[spot], axis=1)
    assert values[spot] == pytest.approx(1, abs=0.03)
    at_half = np.abs(away - FWHM_MM / 2) < 1.5
    assert values[at_half].mean() == pytest.approx(0.5, abs=0.02)
    assert np.abs(values - in_the_plane(away))[away < 80].max() < 0.03


def test_it_is_near_to_a_gaussian_of_that_width() -> None:
    away = np.linspace(0, 60, 200)
    gaussian = 0.5 ** ((away / (FWHM_MM / 2)) ** 2)
    assert np.abs(in_the_plane(away) - gaussian).max() < 0.08


def test_what_it_adds_up_to_stays(sheet: SkinSamples, smoothing: SkinSmoothing) -> None:
    """Also at the edge of the skin, beyond which nothing flows."""
    area = sheet.area_mm2(Body.MALE)
    in_the_middle = (smoothing.spread(one_at(sheet, middle_of(sheet))) * area).sum()
    assert in_the_middle == pytest.approx((in_the_plane(radii()) * rings()).sum(), rel=0.02)
    for spot in (0, 30, sheet.size - 1):
        assert (smoothing.spread(one_at(sheet, spot)) * area).sum() == pytest.approx(
            in_the_middle, rel=0.02
        )


def radii() -> Points:
    return np.arange(0.5, 120)


def rings() -> Points:
    """mm2 of each ring of 1 mm width."""
    return 2 * np.pi * radii()


def test_many_points_are_the_sum_of_each(sheet: SkinSamples, smoothing: SkinSmoothing) -> None:
    counts = np.random.default_rng(5).poisson(0.003, sheet.size).astype(float)
    counts[middle_of(sheet)] = 3
    each = [smoothing.spread(one_at(sheet, int(k))) * counts[k] for k in np.flatnonzero(counts)]
    assert smoothing.spread(counts) == pytest.approx(np.sum(each, axis=0), abs=1e-8)
    assert not smoothing.spread(np.zeros(sheet.size)).any()


def test_nothing_reaches_skin_that_is_near_through_the_air_alone() -> None:
    """Two sheets 3 mm apart, as two fingers."""
    sheet = plane(columns=10, rows=10, width_mm=4, height_mm=4)
    vertices = sheet.vertices[Body.MALE]
    count = len(vertices)
    two = mesh_of(
        np.concatenate([vertices, vertices + np.array([0, 0, 3 * MM])]),
        np.concatenate([sheet.quads, sheet.quads + count]),
        np.concatenate([sheet.mirror, sheet.mirror + count]),
    )
    skin = SkinSamples(two, half_midline=0.04)
    values = SkinSmoothing(skin, Body.MALE).spread(one_at(skin, 55))
    upper = skin.points(Body.MALE)[:, 2] > 1 * MM
    assert values[~upper].max() > 0.9
    assert values[upper].max() < 1e-9


@pytest.mark.parametrize("body", Body)
def test_on_the_body_points_keep_their_sum_and_their_width(atlas: Atlas, body: Body) -> None:
    smoothing, skin = SkinSmoothing(atlas.skin, body), atlas.skin
    at, area = skin.points(body) / MM, skin.area_mm2(body)
    total = (in_the_plane(radii()) * rings()).sum()
    middle = atlas.view(body, "posterior").width / 2
    for x, y in ((middle - 90, 600), (middle, 330), (middle + 20, 820)):
        anchor = atlas.pick(body, "posterior", x, y)
        assert anchor is not None
        (spot,) = skin.holding(
            np.array([anchor.triangle]), np.array([anchor.b1]), np.array([anchor.b2])
        )
        values = smoothing.spread(one_at(skin, int(spot)))
        away = np.linalg.norm(at - at[spot], axis=1)
        assert values.min() >= 0
        assert (values * area).sum() == pytest.approx(total, rel=0.02)
        assert values[spot] == pytest.approx(1, abs=0.2)
        assert values[np.abs(away - FWHM_MM / 2) < 1].mean() == pytest.approx(0.5, abs=0.1)
