"""How often adverse events happen: a practice's own rates, and the published ones beside them.

All rates are by report of those who needled, and under-reporting is likely (a critique of Brady
2014, read). A practice's rate counts only sessions in which it was asked.
"""

import math
from typing import NamedTuple

from app.domain.closing import EventKind, Severity

Z_95 = 1.959963984540054
"""Two-sided 95 % of the normal distribution."""


class Interval(NamedTuple):
    """Both from 0 to 1."""

    low: float
    high: float


def wilson(events: int, total: int, z: float = Z_95) -> Interval | None:
    """The Wilson score interval of a rate: all p with |events/total - p| <= z sqrt(p(1-p)/total).

    centre = (p + z2/2n) / (1 + z2/n), half = z sqrt(p(1-p)/n + z2/4n2) / (1 + z2/n), with z2 = z
    squared (Wilson 1927, from memory; checked against the quadratic that defines it). None for a
    total of 0, of which nothing is known. ValueError where there are more events than sessions,
    or less than none.
    """
    if not 0 <= events <= total:
        raise ValueError(f"{events} events in {total} sessions cannot be")
    if total == 0:
        return None
    share, spread = events / total, z * z / total
    centre = share + spread / 2
    half = z * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    return Interval(
        0.0 if events == 0 else (centre - half) / (1 + spread),
        1.0 if events == total else (centre + half) / (1 + spread),
    )


class OwnRate(NamedTuple):
    """In how many sessions an event happened, of those in which it was asked."""

    events: int
    asked: int
    not_asked: int
    """Sessions that say neither that there was an event nor that there was none."""

    @property
    def interval(self) -> Interval | None:
        """95 %, by Wilson."""
        return wilson(self.events, self.asked)


class Source(NamedTuple):
    """A published survey."""

    name: str
    population: str
    treatments: int


BRADY_2014 = Source("Brady 2014", "39 physiotherapists, Ireland", 7_629)
BOYCE_2020 = Source("Boyce 2020", "420 physical therapists, USA", 20_464)
"""Its abstract prints 20,464 in one place and 20,494 in another; the first is taken."""


class PublishedRate(NamedTuple):
    """How often a survey found an event, per treatment."""

    source: Source
    kind: EventKind | None
    """None: an event of any kind, of the ``severity``."""
    rate: float
    """0 to 1, as it was published."""
    events: int | None = None
    """How many, where that was published too."""
    severity: Severity | None = None
    was_read: bool = True
    """False: the figure is from memory and must be shown as such."""


PUBLISHED_RATES: tuple[PublishedRate, ...] = (
    PublishedRate(BRADY_2014, None, 0.1918, 1_463, Severity.MILD),
    PublishedRate(BRADY_2014, EventKind.BRUISE, 0.0755),
    PublishedRate(BRADY_2014, EventKind.BLEEDING, 0.0465),
    PublishedRate(BRADY_2014, EventKind.PAIN_DURING, 0.0301),
    PublishedRate(BRADY_2014, EventKind.PAIN_AFTER, 0.0219),
    PublishedRate(BRADY_2014, EventKind.AGGRAVATION, 0.0088),
    PublishedRate(BRADY_2014, EventKind.DROWSINESS, 0.0026),
    PublishedRate(BRADY_2014, EventKind.FAINTNESS, 0.0022, was_read=False),
    PublishedRate(BRADY_2014, EventKind.HEADACHE, 0.0014),
    PublishedRate(BRADY_2014, EventKind.NAUSEA, 0.0013),
    PublishedRate(BRADY_2014, EventKind.FATIGUE, 0.0004),
    PublishedRate(BRADY_2014, EventKind.ALTERED_EMOTION, 0.0004),
    PublishedRate(BRADY_2014, EventKind.SHAKING, 0.0001),
    PublishedRate(BRADY_2014, EventKind.CLAUSTROPHOBIA, 0.0001),
    PublishedRate(BRADY_2014, None, 0.0, 0, Severity.SIGNIFICANT),
    PublishedRate(BOYCE_2020, None, 0.367, 7_531, Severity.MILD),
    PublishedRate(BOYCE_2020, EventKind.BRUISE, 0.077),
    PublishedRate(BOYCE_2020, EventKind.BLEEDING, 0.16),
    PublishedRate(BOYCE_2020, EventKind.PAIN_DURING, 0.059),
    PublishedRate(BOYCE_2020, None, 20 / 20_464, 20, Severity.SIGNIFICANT),
)
"""What was read in abstracts of the two surveys. Left out: itching and numbness (0.01 % each in
Brady 2014), since the chart's own kinds are wider (itching or rash, tingling or numbness), and
Boyce's major events one by one, of which no figures were read. Brady calls the graver events
significant and gives at most 0.04 % as their upper bound; Boyce calls them major (1 in 1,024)."""
