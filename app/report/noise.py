"""How large a difference of a score must be before it is taken for a change.

Figures and how sure they are: clinical content, section 7, "Outcome measures" (read where it says
so, else from memory; where two figures are given, the larger). A difference below is said to be
no more than noise may be; where no figure is known, that is said instead.
"""

from collections.abc import Iterable
from typing import NamedTuple

from app.domain.outcomes import SCALES, Measure


class Least(NamedTuple):
    """The least difference that counts, what that figure is, and where it comes from."""

    points: float
    what: str
    source: str


LEAST: dict[Measure, Least] = {
    Measure.PAIN: Least(2, "smallest difference that matters", "Farrar 2001, from memory"),
    Measure.PSFS: Least(2, "smallest detectable change", "from memory"),
    Measure.NDI: Least(5, "smallest detectable change", "author of the NDI, read"),
    Measure.ODI: Least(10, "smallest difference that matters", "from memory"),
    Measure.QUICKDASH: Least(15, "smallest difference that matters", "from memory"),
    Measure.LEFS: Least(9, "smallest detectable change (90 %)", "read"),
    Measure.HIT6: Least(6, "smallest difference that matters", "from memory"),
}


def difference_words(measure: Measure, first: float, last: float) -> str:
    """ "−3, better": in the scale's own direction; "0, the same"."""
    change = round(last - first, 4)
    if not change:
        return "0, the same"
    sign = "−" if change < 0 else "+"
    better = (change < 0) == SCALES[measure].high_is_bad
    return f"{sign}{abs(change):g}, {'better' if better else 'worse'}"


def noise_words(measure: Measure, first: float, last: float) -> str:
    """ "At least 2: beyond noise": whether the difference counts, by which figure."""
    least = LEAST.get(measure)
    if least is None:
        return "Not known"
    if abs(round(last - first, 4)) >= least.points:
        return f"At least {least.points:g}: beyond noise"
    return f"Below {least.points:g}: within noise"


def noise_sources(measures: Iterable[Measure]) -> str:
    """What the figures are, and how sure each is; of those whose noise is known."""
    told = [
        f"{SCALES[each].name.split(',')[0]} {LEAST[each].points:g}, {LEAST[each].what} "
        f"({LEAST[each].source})"
        for each in dict.fromkeys(measures)
        if each in LEAST
    ]
    return f"Noise: {'; '.join(told)}." if told else ""
