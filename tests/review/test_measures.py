"""Extent, overlap, sides, patches and intensity: by hand on a sheet, and against plain sets."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.body.atlas import Atlas
from app.body.chart_atlas import ChartAtlas
from app.domain.anatomy import Anchor, Body
from app.domain.marks import Mark, Note, Shape, Soreness, TautBand
from app.domain.own_pictures import FLAT_TRIANGLES, picture_version
from app.review.clusters import SHIFT_NOISE_MM, Cluster, Shift, centroid_shifts, clusters
from app.review.extent import Extent, extent, extent_change, extent_of, intensity
from app.review.marked_skin import Mask, marked_samples, marked_skin, sore_areas
from app.review.noise import Verdict
from app.review.overlap import dice, jaccard, laterality, overlap_change, symmetry
from tests.helpers.marks import a_mark
from tests.helpers.pictures import own_picture
from tests.helpers.sheets import patch, sheet, sheet_areas, sheet_graph, sheet_places
from tests.helpers.skin import circle

NOTHING = patch(0, 0, 0, 0)
SKIN, AREA = sheet(), sheet_areas()
masks = arrays(np.bool_, SKIN.size, elements=st.booleans())


# -- extent -----------------------------------------------------------------------------------


def test_the_extent_of_a_rectangle_is_its_sides() -> None:
    found = extent(patch(20, 40, 80, 32), AREA)
    assert found.area_cm2 == pytest.approx(8.0 * 3.2)
    assert found.share == pytest.approx(8.0 * 3.2 / (24 * 16))
    assert extent(NOTHING, AREA) == (0.0, 0.0)
    assert extent(~NOTHING, AREA).share == pytest.approx(1.0)
    numbers = np.flatnonzero(patch(20, 40, 80, 32))
    assert extent_of(numbers, AREA) == pytest.approx(found)


def test_the_extent_of_a_circle_is_pi_r_squared() -> None:
    at = sheet_places()
    disc = np.hypot(at[:, 0] - 3, at[:, 1] - 81) < 60
    assert extent(disc, AREA).area_cm2 == pytest.approx(math.pi * 36, rel=0.01)


def test_a_difference_of_extent_is_never_called_a_change() -> None:
    one = Extent(50.0, 0.030)
    assert extent_change(one, Extent(55.0, 0.0339)) is Verdict.WITHIN_NOISE
    assert extent_change(one, Extent(44.0, 0.0261)) is Verdict.WITHIN_NOISE
    assert extent_change(one, Extent(500.0, 0.3)) is Verdict.NOT_KNOWN


def test_what_two_areas_cover_counts_once(atlas: Atlas) -> None:
    size = atlas.skin.size
    marks = [an_area(atlas, x) for x in (430, 450)]
    assert all(mark.shape is Shape.AREA for mark in marks)
    together = marked_skin(marks, atlas.covered_by, size)
    one, other = (set(atlas.covered_by(mark).tolist()) for mark in marks)
    assert set(np.flatnonzero(together).tolist()) == one | other
    assert marked_samples(marks, atlas.covered_by).tolist() == sorted(one | other)
    assert one & other


def test_points_and_areas_of_other_bodies_cover_no_skin(atlas: Atlas) -> None:
    point = a_mark(body_version=atlas.version, details=Soreness())
    picture = an_area(atlas, 430, body_version=picture_version("0" * 64))
    older = an_area(atlas, 430, body_version="hm07-1")
    line = an_area(atlas, 430, shape=Shape.LINE, details=TautBand())
    own = own_picture(b"a scan", width=400, height=300)
    flat = Anchor(FLAT_TRIANGLES[0], 0.5, 0.2)
    on_own = an_area(
        atlas, 430, body_version=own.version, placed_in=own.version, anchor=flat,
        outline=(flat,) * 3,
    )  # fmt: skip
    chart = ChartAtlas(atlas, [own])
    assert chart.has_place_of(on_own)
    assert chart.skin is atlas.skin
    for mark in (point, picture, older, line, on_own):
        assert len(chart.covered_by(mark)) == 0
        assert not marked_skin([mark], atlas.covered_by, atlas.skin.size).any()
    assert len(chart.covered_by(an_area(atlas, 430))) > 100


def an_area(atlas: Atlas, x: float, **fields: object) -> Mark:
    drawn = atlas.draw_area(Body.FEMALE, "posterior", circle(x, 600, 40))
    assert drawn is not None
    values = {
        "shape": Shape.AREA, "outline": drawn.outline, "anchor": drawn.anchor,
        "body_version": atlas.version, "details": Soreness(intensity=4),
    } | fields  # fmt: skip
    return a_mark(**values)


# -- intensity --------------------------------------------------------------------------------


def test_intensity_is_weighted_with_area() -> None:
    found = intensity([(10.0, 2), (30.0, 6), (5.0, None)])
    assert found == (5.0, 200.0, 1)  # (10 x 2 + 30 x 6) / 40


@pytest.mark.parametrize("areas", [[], [(10.0, None)], [(0.0, 7)]])
def test_no_skin_with_an_intensity_has_no_mean(areas: list[tuple[float, float | None]]) -> None:
    assert intensity(areas) is None


def test_an_intensity_of_none_at_all_is_an_answer() -> None:
    assert intensity([(10.0, 0)]) == (0.0, 0.0, 0)


@pytest.mark.parametrize("cm2", [-1.0, math.nan, math.inf])
def test_an_area_that_cannot_be_is_refused(cm2: float) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        intensity([(cm2, 3)])


def test_sore_areas_are_measured_with_their_intensities(atlas: Atlas) -> None:
    area = atlas.skin.area_mm2(Body.FEMALE)
    marks = [
        an_area(atlas, 430), an_area(atlas, 430, details=Soreness()),
        an_area(atlas, 430, details=Note()), a_mark(details=Soreness(intensity=9)),
    ]  # fmt: skip
    cm2 = extent(marked_skin(marks[:1], atlas.covered_by, atlas.skin.size), area).area_cm2
    assert sore_areas(marks, atlas.covered_by, area) == [
        (pytest.approx(cm2), 4), (pytest.approx(cm2), None),
    ]  # fmt: skip


# -- overlap ----------------------------------------------------------------------------------


def test_overlap_of_two_rectangles_by_hand() -> None:
    one, other = patch(0, 0, 40, 40), patch(20, 0, 40, 40)
    assert jaccard(one, other, AREA) == pytest.approx(1 / 3)  # 20 of 60 mm
    assert dice(one, other, AREA) == pytest.approx(1 / 2)  # 2 x 20 of 40 + 40


def test_two_empty_drawings_are_alike_and_one_empty_one_is_not() -> None:
    assert jaccard(NOTHING, NOTHING, AREA) == dice(NOTHING, NOTHING, AREA) == 1
    assert jaccard(NOTHING, ~NOTHING, AREA) == dice(~NOTHING, NOTHING, AREA) == 0


def test_overlap_goes_by_area_and_not_by_the_number_of_samples() -> None:
    one, other = np.array([True, True, False]), np.array([False, True, True])
    area = np.array([1.0, 2.0, 5.0])
    assert jaccard(one, other, area) == pytest.approx(2 / 8)
    assert dice(one, other, area) == pytest.approx(4 / 10)


@given(one=masks, other=masks)
def test_overlap_is_that_of_sets(one: Mask, other: Mask) -> None:
    a, b = (set(np.flatnonzero(mask).tolist()) for mask in (one, other))
    j, d = jaccard(one, other, AREA), dice(one, other, AREA)
    assert j == pytest.approx(len(a & b) / len(a | b) if a | b else 1)
    assert d == pytest.approx(2 * len(a & b) / (len(a) + len(b)) if a or b else 1)
    assert 0 <= j <= d <= 1
    assert j == pytest.approx(d / (2 - d))
    assert j == jaccard(other, one, AREA)
    assert d == dice(other, one, AREA)
    assert jaccard(one, one, AREA) == dice(one, one, AREA) == 1


@pytest.mark.parametrize(
    ("found", "threshold", "verdict"),
    [
        (0.39, 0.4, Verdict.CHANGED),
        (0.4, 0.4, Verdict.WITHIN_NOISE),
        (1.0, 0.4, Verdict.WITHIN_NOISE),
        (0.39, 0.3, Verdict.WITHIN_NOISE),
    ],
)
def test_only_below_the_threshold_a_drawing_has_changed(
    found: float, threshold: float, verdict: Verdict
) -> None:
    assert overlap_change(found, threshold) is verdict


# -- sides ------------------------------------------------------------------------------------


def test_laterality_by_hand() -> None:
    """The sheet's x > 0 is the patient's left."""
    right, left = patch(-60, 0, 30, 8), patch(20, 0, 10, 8)
    assert laterality(right, SKIN, Body.MALE) == 1
    assert laterality(left, SKIN, Body.MALE) == -1
    wide = patch(-60, 0, 12, 8) | patch(20, 0, 4, 8)
    assert laterality(wide, SKIN, Body.MALE) == pytest.approx((12 - 4) / (12 + 4))


def test_the_mid_line_has_no_side() -> None:
    middle = patch(-4, 0, 8, 160)
    assert middle.sum() == 80
    assert laterality(middle, SKIN, Body.MALE) is None
    assert laterality(NOTHING, SKIN, Body.MALE) is None
    aside = patch(-60, 0, 12, 8) | patch(20, 0, 4, 8)
    with_middle = laterality(aside | middle, SKIN, Body.MALE)
    assert with_middle == laterality(aside, SKIN, Body.MALE)
    assert symmetry(middle, SKIN, Body.MALE) == 1


def test_symmetry_by_hand() -> None:
    left, its_image = patch(20, 40, 40, 40), patch(-60, 40, 40, 40)
    assert symmetry(left | its_image, SKIN, Body.MALE) == 1
    assert symmetry(left, SKIN, Body.MALE) == 0
    half = patch(-60, 60, 40, 40)
    assert symmetry(left | half, SKIN, Body.MALE) == pytest.approx(1 / 2)


@given(marked=masks)
def test_the_mirror_image_twice_is_the_same_and_once_is_as_symmetric(marked: Mask) -> None:
    image = marked[SKIN.mirrored]
    assert (image[SKIN.mirrored] == marked).all()
    assert symmetry(image, SKIN, Body.MALE) == pytest.approx(symmetry(marked, SKIN, Body.MALE))
    one, other = laterality(marked, SKIN, Body.MALE), laterality(image, SKIN, Body.MALE)
    assume(one is not None and other is not None)
    assert one == pytest.approx(-(other or 0))


@pytest.mark.parametrize("body", Body)
def test_a_mark_on_both_shoulders_is_symmetric_on_the_body(atlas: Atlas, body: Body) -> None:
    skin, middle = atlas.skin, atlas.view(body, "posterior").width / 2
    both = np.zeros(skin.size, dtype=bool)
    for x in (middle - 100, middle + 100):
        drawn = atlas.draw_area(body, "posterior", circle(x, 560, 40))
        assert drawn is not None
        both[atlas.covered_samples(drawn.outline, body, "posterior")] = True
    assert symmetry(both, skin, body) > 0.97
    assert laterality(both, skin, body) == pytest.approx(0, abs=0.02)
    assert laterality(both & skin.right, skin, body) == 1


# -- patches ----------------------------------------------------------------------------------


def found_in(marked: Mask, least_cm2: float = 1.0) -> list[Cluster]:
    return clusters(marked, sheet_graph(), AREA, sheet_places(), least_cm2)


def test_patches_by_hand_largest_first_and_slips_left_out() -> None:
    marked = patch(-100, 20, 20, 20) | patch(40, 20, 40, 40) | patch(0, 120, 8, 8)
    assert [each.area_cm2 for each in found_in(marked)] == pytest.approx([16.0, 4.0])
    assert len(found_in(marked, least_cm2=0.5)) == 3
    assert found_in(marked)[0].centroid_mm == pytest.approx([60, 40, 0])
    assert found_in(NOTHING) == []


def test_patches_that_touch_at_a_corner_are_one() -> None:
    marked = patch(0, 20, 20, 20) | patch(20, 40, 20, 20)
    (one,) = found_in(marked)
    assert one.centroid_mm == pytest.approx([20, 40, 0])
    assert len(found_in(patch(0, 20, 20, 20) | patch(24, 44, 20, 20))) == 2


def test_the_centroid_goes_by_area() -> None:
    area = np.where(sheet_places()[:, 0] > 40, 3.0, 1.0) * AREA
    (one,) = clusters(patch(20, 20, 40, 40), sheet_graph(), area, sheet_places())
    assert one.centroid_mm[0] == pytest.approx((30 * 1 + 50 * 3) / 4)


def test_a_shift_is_the_way_of_its_centroid() -> None:
    before, after = found_in(patch(-60, 20, 20, 20)), found_in(patch(-36, 52, 20, 20))
    ((shift,), gone, new) = centroid_shifts(before, after)
    assert (gone, new) == ([], [])
    assert shift.mm == pytest.approx(40)  # 24 and 32 mm
    assert shift.verdict is Verdict.CHANGED


def test_within_33_mm_nothing_has_shifted() -> None:
    patches = found_in(patch(-60, 20, 20, 20))
    assert Shift(patches[0], patches[0], SHIFT_NOISE_MM).verdict is Verdict.WITHIN_NOISE
    assert pytest.approx(2.45 * 26 / 1.96, abs=0.6) == SHIFT_NOISE_MM


def test_patches_find_their_partners_together() -> None:
    before = found_in(patch(-100, 20, 20, 20) | patch(-40, 20, 20, 20))
    after = found_in(patch(-60, 20, 20, 20) | patch(0, 20, 20, 20))
    shifts = centroid_shifts(before, after)
    assert sorted(shift.mm for shift in shifts.shifted) == pytest.approx([40, 40])


def test_what_is_too_far_to_be_the_same_is_not_marked_again() -> None:
    before = found_in(patch(-110, 20, 20, 20))
    after = found_in(patch(80, 20, 20, 20))
    shifts = centroid_shifts(before, after)
    assert shifts.shifted == []
    assert (len(shifts.not_marked_again), len(shifts.not_marked_before)) == (1, 1)
    assert len(centroid_shifts(before, after, same_patch_mm=200).shifted) == 1
    assert centroid_shifts(before, []).not_marked_again == before
    assert centroid_shifts([], after).not_marked_before == after


def test_an_anchor_of_a_mark_that_is_gone_from_the_mesh_covers_nothing(atlas: Atlas) -> None:
    lost = an_area(atlas, 430, outline=(Anchor(10**9, 0.1, 0.1),) * 3)
    assert len(atlas.covered_by(lost)) == 0
