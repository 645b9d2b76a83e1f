"""What is said of a difference between two figures: its sign, and whether it is noise.

The figures, and how sure they are, are those of ``app.review.outcome_changes``. Where none is
known, that is said instead.
"""

from collections.abc import Iterable, Sequence

from app.domain.outcomes import SCALES, Measure
from app.review.noise import Verdict
from app.review.outcome_changes import MINIMAL_CHANGES, is_beyond_noise
from app.review.series import Measured

ONCE = "Measured once."
NOT_KNOWN = "How much is noise is not known."


def change_words(first: float, last: float) -> str:
    """ "−3", "+0.5", "0": a difference with its sign."""
    change = round(last - first, 4)
    if not change:
        return "0"
    return f"{'−' if change < 0 else '+'}{abs(change):g}"


def difference_words(measure: Measure, first: float, last: float) -> str:
    """ "−3, better": in the scale's own direction; "0, the same"."""
    change = round(last - first, 4)
    if not change:
        return "0, the same"
    better = (change < 0) == SCALES[measure].high_is_bad
    return f"{change_words(first, last)}, {'better' if better else 'worse'}"


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


def sure_words(measure: Measure) -> str:
    """How sure the minimal change of ``measure`` is: "read", "from memory"; "" without one."""
    least = MINIMAL_CHANGES.get(measure)
    if least is None:
        return ""
    return "read" if least.was_read else "from memory"


def since_first(measure: Measure, values: Sequence[Measured]) -> str:
    """ "8 → 5: −3, better. At least 2: beyond noise (from memory)." """
    if len(values) < 2:
        return ONCE if values else ""
    first, last = values[0].value, values[-1].value
    words = f"{first:g} → {last:g}: {difference_words(measure, first, last)}."
    sure = sure_words(measure)
    noise = f"{noise_words(measure, first, last)} ({sure})." if sure else NOT_KNOWN
    return f"{words} {noise}"


def noise_sources(measures: Iterable[Measure]) -> str:
    """What the figures are, and how sure each is; of those whose noise is known."""
    told = [
        f"{SCALES[each].name.split(',')[0]}: {least.source} ({sure_words(each)})"
        for each in dict.fromkeys(measures)
        if (least := MINIMAL_CHANGES.get(each)) is not None
    ]
    return f"Noise: {'; '.join(told)}." if told else ""


def scale_words(measure: Measure, first: str = "the first") -> str:
    """ "Lower is better. Shaded: within 2 of the first, which may be noise (from memory)."

    ``first``: what the figure is called that others are compared with.
    """
    scale, least = SCALES[measure], MINIMAL_CHANGES.get(measure)
    better = f"{'Lower' if scale.high_is_bad else 'Higher'} is better."
    if least is None:
        return better
    return (
        f"{better} Shaded: within {least.upper:g} of {first}, which may be noise "
        f"({sure_words(measure)})."
    )
