"""Distances that are asked for once, and a question that is given up."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from app.domain.anatomy import Anchor
from app.domain.errors import StoppedError
from app.domain.identity import new_id
from app.review.following import Followed, RememberedDistances, counting
from app.review.sites import Course, Site, Visit
from tests.helpers.marks import a_mark

A, B, C = (Anchor(k, 0.2, 0.2) for k in range(3))


class Ruler:
    """Measures the numbers of triangles, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Anchor, Anchor]] = []

    def __call__(
        self, start: Anchor, ends: Sequence[Anchor], limit_mm: float
    ) -> NDArray[np.float64]:
        self.asked += [(start, end) for end in ends]
        return np.array([abs(end.triangle - start.triangle) for end in ends], float)


def test_each_pair_is_measured_once_whichever_end_is_first() -> None:
    ruler = Ruler()
    distances = RememberedDistances(ruler)
    assert list(distances(A, [B, C, B], 30)) == [1, 2, 1]
    assert list(distances(C, [A, B], 30)) == [2, 1]
    assert ruler.asked == [(A, B), (A, C), (C, B)]


def test_nothing_is_measured_once_nobody_waits() -> None:
    ruler = Ruler()
    distances = RememberedDistances(ruler)
    distances.stop.set()
    with pytest.raises(StoppedError):
        distances(A, [B], 30)
    assert ruler.asked == []


def test_a_mark_is_of_the_site_that_it_was_given_to() -> None:
    mark, other = a_mark(1), a_mark(2)
    site = Site([Visit(mark, Course.NEW)])
    followed = Followed((site,))
    assert followed.site_of(mark.id) is site
    assert followed.site_of(other.id) is None
    assert followed.site_of(None) is None


def test_sessions_are_counted_as_they_are_asked_for() -> None:
    counts: list[int] = []
    marks_of = counting(lambda _session_id: [], lambda: counts.append(1))
    marks_of(new_id())
    marks_of(new_id())
    assert len(counts) == 2
