"""How often each bit of skin was marked, against counting one by one."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.body.atlas import Atlas
from app.body.skin_smoothing import SkinSmoothing
from app.domain.anatomy import Body
from app.review.frequency import (
    SkinCount,
    areas_count,
    frequency_map,
    points_count,
    share_of_sessions,
)
from tests.helpers.sheets import patch, sheet
from tests.helpers.skin import random_anchors

SKIN = sheet()
SIZE = 12
samples = st.lists(st.integers(-1, SIZE - 1))


def test_points_are_counted_where_they_lie(atlas: Atlas) -> None:
    anchors = random_anchors(atlas, 2000, seed=4)
    anchors += anchors[:50]
    triangle, b1, b2 = (
        np.array([getattr(each, name) for each in anchors]) for name in ("triangle", "b1", "b2")
    )
    skin = atlas.skin
    expected: Counter[int] = Counter()
    for each in anchors:
        place = [np.array([getattr(each, name)]) for name in ("triangle", "b1", "b2")]
        expected[int(skin.holding(*place)[0])] += 1
    hidden = expected.pop(-1, 0)
    count = points_count(skin, triangle, b1, b2)
    assert {int(k): int(count.counts[k]) for k in np.flatnonzero(count.counts)} == expected
    assert count.counts.sum() == len(anchors) - hidden
    assert hidden > 0  # spots within the mouth, which nobody can needle


def test_areas_are_counted_once_a_session() -> None:
    masks = [patch(0, 0, 40, 40), patch(20, 0, 40, 40) | patch(30, 0, 30, 40), patch(0, 0, 0, 0)]
    count = areas_count([np.flatnonzero(mask) for mask in masks], SKIN.size)
    assert count.counts[masks[0] & masks[1]].tolist() == [2] * 50
    assert count.counts.sum() == masks[0].sum() + masks[1].sum()
    share = share_of_sessions(count, len(masks))
    assert share is not None
    assert share.max() == pytest.approx(2 / 3)


def test_no_session_has_no_frequency() -> None:
    assert not areas_count([], SKIN.size).counts.any()
    assert share_of_sessions(SkinCount(3), 0) is None


@given(before=samples, more=samples)
def test_a_kept_count_is_the_count_of_all_and_can_be_undone(
    before: list[int], more: list[int]
) -> None:
    count = SkinCount(SIZE)
    count.add(np.array(before, dtype=np.int64))
    at_first = count.counts.copy()
    count.add(np.array(more, dtype=np.int64))
    every = Counter(k for k in before + more if k >= 0)
    assert count.counts.tolist() == [every[k] for k in range(SIZE)]
    count.take_out(np.array(more, dtype=np.int64))
    assert (count.counts == at_first).all()


def test_what_was_not_counted_cannot_be_taken_out() -> None:
    count = SkinCount(SIZE)
    count.add(np.array([3]))
    with pytest.raises(ValueError, match="not counted"):
        count.take_out(np.array([3, 3]))
    assert count.counts.sum() == 1


def test_the_map_shows_areas_as_they_are_and_points_spread() -> None:
    smoothing = SkinSmoothing(SKIN, Body.MALE)
    square = np.flatnonzero(patch(0, 0, 40, 40))
    points, areas = SkinCount(SKIN.size), areas_count([square] * 2, SKIN.size)
    (spot,) = np.flatnonzero(patch(-60, 80, 4, 4))
    points.add(np.array([spot] * 3))
    before = points.counts.copy()
    values = frequency_map(points, areas, smoothing, SKIN.size)
    assert values[spot] == pytest.approx(3, abs=0.1)
    assert values[patch(-45, 80, 4, 4)] == pytest.approx(1.5, abs=0.15)  # 16 mm away
    assert values[patch(20, 0, 4, 4)] == pytest.approx(2, abs=0.05)
    assert (points.counts == before).all()  # what is counted is never smoothed
    assert not frequency_map(None, None, smoothing, SKIN.size).any()
    assert not frequency_map(SkinCount(SKIN.size), None, smoothing, SKIN.size).any()
