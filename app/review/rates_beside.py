"""A practice's own rates of adverse events, each with the published ones beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.closing import EventKind, Severity
from app.domain.practice_summaries import EventFigures
from app.domain.words import word
from app.review.event_rates import PUBLISHED_RATES, OwnRate, PublishedRate

CAUTION = (
    "A session counts where it was asked, and once, however many events it had. The surveys "
    "counted events by treatment, as reported by those who needled; under-reporting is likely, in "
    "them and here. Reactions on the map are not counted. Sessions of one patient are alike, so "
    "the true interval is wider than the one shown. An interval that holds a published rate is no "
    "proof that the two are equal."
)


@dataclass(frozen=True, slots=True)
class RateRow:
    """One line of the table."""

    name: str
    own: OwnRate
    published: tuple[PublishedRate, ...] = ()
    kind: EventKind | None = None
    """None: the row is of events of any kind."""

    @property
    def highest(self) -> float:
        """0 to 1: how far a scale must reach to show this row."""
        interval = self.own.interval
        rates = [each.rate for each in self.published]
        return max([*rates, 0.0 if interval is None else interval.high])


def rate_rows(figures: EventFigures) -> list[RateRow]:
    """Any event, then by how grave they were, then by kind: the most frequent first, and those of
    which there is a published rate though none happened here.
    """
    any_event = RateRow("Any event", _own(figures, figures.happened))
    return [any_event, *_by_severity(figures), *_by_kind(figures)]


def _own(figures: EventFigures, events: int) -> OwnRate:
    return OwnRate(events, figures.asked, figures.sessions - figures.asked)


def _by_severity(figures: EventFigures) -> Iterator[RateRow]:
    for severity in Severity:
        published = tuple(
            each for each in PUBLISHED_RATES if each.kind is None and each.severity is severity
        )
        own = _own(figures, figures.of_severity.get(severity, 0))
        yield RateRow(f"Any {word(severity)} event", own, published)
    unsaid = figures.of_severity.get(None, 0)
    if unsaid:
        yield RateRow("Any event of unrecorded severity", _own(figures, unsaid))


def _by_kind(figures: EventFigures) -> list[RateRow]:
    rows = []
    for kind in EventKind:
        events = figures.of_kind.get(kind, 0)
        published = tuple(each for each in PUBLISHED_RATES if each.kind is kind)
        if events or published:
            rows.append(RateRow(word(kind).capitalize(), _own(figures, events), published, kind))
    return sorted(rows, key=lambda row: (-row.own.events, -_highest_published(row), row.name))


def _highest_published(row: RateRow) -> float:
    """0 where there is none."""
    return max((each.rate for each in row.published), default=0.0)


def scale_end(rows: list[RateRow]) -> float:
    """Where the scale of all rows ends: the next of 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 1."""
    highest = max((row.highest for row in rows), default=0.0)
    return next((each for each in (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6) if highest <= each), 1.0)
