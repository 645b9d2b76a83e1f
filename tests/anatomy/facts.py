"""Anatomical facts as they are written in facts.txt, and how each is tried.

The facts were written from anatomy before the regions were tuned, by somebody who had not seen
them; facts.txt says how to read them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.anatomy.ground import MM_PER_DM, Ground

FILE = Path(__file__).parent / "facts.txt"

AXES = {
    "above": (1, 1), "below": (1, -1), "lateral_to": (0, 1), "medial_to": (0, -1),
    "in_front_of": (2, 1), "behind": (2, -1),
}  # fmt: skip
"""Axis and sign, on the patient's left side."""
DIRECTIONS = {
    "up": (0, 1, 0), "down": (0, -1, 0), "lateral": (1, 0, 0), "medial": (-1, 0, 0),
    "front": (0, 0, 1), "back": (0, 0, -1),
}  # fmt: skip

MOST = 0.9
"""Share of a region that must lie on the side that a fact names."""
TOLERANCE_MM = 5.0
REACH_MM = 12.0
TOUCH_MM = 8.0
APART = 0.05
OVER = 0.10
WIDEST_DEGREES = 40.0


@dataclass(frozen=True)
class Fact:
    """One line of the file."""

    line: int
    muscle: str
    verb: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.line}: {self.muscle} {self.verb} {' '.join(self.words)}"


def read_facts() -> list[Fact]:
    facts = []
    for number, text in enumerate(FILE.read_text(encoding="utf-8").splitlines(), start=1):
        words = text.partition("#")[0].split()
        if words:
            facts.append(Fact(number, words[0], words[1], tuple(words[2:])))
    return facts


def fault(fact: Fact, ground: Ground) -> str | None:
    """What is wrong with a fact on the body, or None where it holds."""
    return VERBS[fact.verb](ground, fact)


def _beside(ground: Ground, fact: Fact) -> str | None:
    axis, sign = AXES[fact.verb]
    inside = ground.inside(fact.muscle)
    limit = _coordinate(ground, fact.words[0], axis)
    kept = sign * (ground.points[inside, axis] - limit) * MM_PER_DM >= -TOLERANCE_MM
    share = float(ground.area[inside][kept].sum() / ground.area[inside].sum())
    return None if share >= MOST else f"{share:.0%} of it is"


def _centre_beside(ground: Ground, fact: Fact) -> str | None:
    axis, sign = AXES[fact.verb.removeprefix("centre_")]
    own = ground.centre(fact.muscle)[axis]
    by = sign * (own - _coordinate(ground, fact.words[0], axis)) * MM_PER_DM
    return None if by >= TOLERANCE_MM else f"its centre is by {by:.0f} mm"


def _coordinate(ground: Ground, name: str, axis: int) -> float:
    if ground.anatomy.catalogue.get(name) is not None:
        return float(ground.centre(name)[axis])
    if name in ground.places.levels:
        name = f"back({name},0)"
    return float(ground.places.spot(name).points[0, axis])


def _reaches(ground: Ground, fact: Fact) -> str | None:
    depth = ground.depth_at(fact.muscle, fact.words[0])
    return None if depth >= -REACH_MM else "it ends more than 12 mm away"


def _covers(ground: Ground, fact: Fact) -> str | None:
    depth = ground.depth_at(fact.muscle, fact.words[0])
    return None if depth > 0 else f"it ends {-depth:.0f} mm away"


def _keeps_off(ground: Ground, fact: Fact) -> str | None:
    depth = ground.depth_at(fact.muscle, fact.words[0])
    return None if depth <= -TOLERANCE_MM else f"it comes as near as {-depth:.0f} mm"


def _touches(ground: Ground, fact: Fact) -> str | None:
    nearest = np.minimum(ground.field(fact.muscle), ground.field(fact.words[0])).max()
    return None if nearest >= -TOUCH_MM / 2 else f"they are {-2 * nearest:.0f} mm apart or more"


def _apart(ground: Ground, fact: Fact) -> str | None:
    share = ground.overlap(fact.muscle, fact.words[0])
    return None if share < APART else f"{share:.0%} of the smaller one is shared"


def _over(ground: Ground, fact: Fact) -> str | None:
    share = ground.overlap(fact.muscle, fact.words[0])
    if share < OVER:
        return f"only {share:.0%} of the smaller one is shared"
    own, other = (ground.anatomy.catalogue.get(name) for name in (fact.muscle, fact.words[0]))
    assert own is not None
    assert other is not None
    return None if own.depth < other.depth else f"depths are {own.depth} and {other.depth}"


def _larger(ground: Ground, fact: Fact) -> str | None:
    own, other = ground.size(fact.muscle), ground.size(fact.words[0])
    return None if own > other else f"{own:.0f} against {other:.0f} cm2"


def _area(ground: Ground, fact: Fact) -> str | None:
    low, high = (float(word) for word in fact.words)
    size = ground.size(fact.muscle)
    return None if low <= size <= high else f"it takes {size:.0f} cm2"


def _fibres(ground: Ground, fact: Fact) -> str | None:
    wanted = np.sum([DIRECTIONS[word] for word in fact.words], axis=0)
    cosine = float(ground.run(fact.muscle) @ wanted / np.linalg.norm(wanted))
    degrees = float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
    return None if degrees <= WIDEST_DEGREES else f"they run {degrees:.0f} degrees off"


def _answers(ground: Ground, fact: Fact) -> str | None:
    topmost = ground.topmost(fact.words[0])
    return None if topmost == fact.muscle else f"{topmost} does"


VERBS: Mapping[str, Callable[[Ground, Fact], str | None]] = {
    **dict.fromkeys(AXES, _beside),
    **{f"centre_{name}": _centre_beside for name in AXES},
    "reaches": _reaches,
    "covers": _covers,
    "keeps_off": _keeps_off,
    "touches": _touches,
    "apart_from": _apart,
    "over": _over,
    "larger_than": _larger,
    "area": _area,
    "fibres_run": _fibres,
    "answers": _answers,
}
