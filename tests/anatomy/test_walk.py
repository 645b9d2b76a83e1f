"""A walk over 200 places that a practitioner touches: the muscle that a mark there would be in.

walk.txt was written by somebody who had not seen the regions. Where two muscles are named a
practitioner accepts either. What differs is listed in docs/anatomy/doubts.md, with the reason.
"""

import re
from pathlib import Path

import pytest

from tests.anatomy.ground import Ground

WALK = (Path(__file__).parent / "walk.txt").read_text(encoding="utf-8")
STEPS = re.findall(r"^(\S.*?) : (.+)$", WALK, re.MULTILINE)
DOUBTS = (Path(__file__).parents[2] / "docs" / "anatomy" / "doubts.md").read_text(encoding="utf-8")
MOST_DOUBTS = 0.1
"""Share of the walk on which the regions may differ: more would be no map to trust."""


def is_doubted(place: str) -> bool:
    return f"`{place}`" in DOUBTS


def test_the_walk_is_long_enough() -> None:
    assert len({place for place, _muscles in STEPS}) >= 200
    assert sum(is_doubted(place) for place, _muscles in STEPS) <= MOST_DOUBTS * len(STEPS)


@pytest.mark.parametrize(("place", "muscles"), STEPS)
def test_step(place: str, muscles: str, ground: Ground) -> None:
    stored = ground.anatomy.usual_muscle(ground.anchor(place))
    if is_doubted(place):
        assert stored not in muscles.split(" | "), "this doubt is settled: take it off the list"
    else:
        assert stored in muscles.split(" | ")


def test_every_doubt_about_a_muscle_is_on_the_list(ground: Ground) -> None:
    doubted = [m for m in ground.anatomy.catalogue.muscles if m.doubt]
    assert [m.id for m in doubted if f"| {m.name} | {m.doubt} |" not in DOUBTS] == []
