"""Which sign a press hits, against asking every sign."""

import math

from hypothesis import given
from hypothesis import strategies as st

from app.canvas.sign_grid import SignGrid
from app.domain.identity import new_id

Place = tuple[int, int]
places = st.tuples(st.integers(-80, 80), st.integers(-80, 80))


@given(signs=st.lists(places, max_size=12), at=places, reach=st.integers(0, 60))
def test_the_nearest_sign_within_reach_is_hit(signs: list[Place], at: Place, reach: int) -> None:
    grid, ids = SignGrid(), [new_id() for _ in signs]
    for mark_id, sign in zip(ids, signs, strict=True):
        grid.add(mark_id, *sign)
    found = grid.nearest(*at, reach)
    distances = [math.dist(sign, at) for sign in signs]
    if min(distances, default=math.inf) > reach:
        assert found is None
    else:
        assert found is not None
        assert distances[ids.index(found)] == min(distances)


def test_of_signs_on_one_spot_the_first_is_hit() -> None:
    grid, first = SignGrid(), new_id()
    for mark_id in (first, new_id()):
        grid.add(mark_id, 5.0, 5.0)
    assert grid.nearest(6.0, 5.0, 13.0) == first
