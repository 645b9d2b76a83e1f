"""What reports say of a difference between two scores: its sign, and whether it is noise.

The figures, and how sure they are, are those of ``app.review.outcome_changes``. Where none is
known, that is said instead.
"""

from collections.abc import Iterable

from app.domain.outcomes import SCALES, Measure
from app.review.noise import Verdict
from app.review.outcome_changes import MINIMAL_CHANGES, is_beyond_noise


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
    least = MINIMAL_CHANGES.get(measure)
    if least is None:
        return "Not known"
    verdict = is_beyond_noise(measure, first, last)
    if verdict is Verdict.NOT_KNOWN:
        return f"{least.lower:g} to {least.upper:g}: not known"
    if verdict is Verdict.CHANGED:
        return f"At least {least.upper:g}: beyond noise"
    return f"Below {least.lower:g}: within noise"


def noise_sources(measures: Iterable[Measure]) -> str:
    """What the figures are, and how sure each is; of those whose noise is known."""
    told = [
        f"{SCALES[each].name.split(',')[0]}: {least.source} "
        f"({'read' if least.was_read else 'from memory'})"
        for each in dict.fromkeys(measures)
        if (least := MINIMAL_CHANGES.get(each)) is not None
    ]
    return f"Noise: {'; '.join(told)}." if told else ""
