"""What of a patient's sessions is drawn over time: one plot for each thing that has figures.

What nobody recorded has no figure. A count of marks says how much was charted, and nothing of how
a patient is: only pain, scores and soreness are about that.
"""

from collections.abc import Iterable, Mapping, Sequence

from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.outcomes import Measure, OutcomeScore
from app.domain.summaries import SessionRecords
from app.review.axis import axis_of
from app.review.extent import Extent
from app.review.mark_trends import Naming, mark_trends
from app.review.noise_words import scale_words, since_first
from app.review.series import (
    NO_TITLES,
    PainSeries,
    Series,
    Titles,
    pain_series,
    score_series,
)
from app.review.trend import BY_MUSCLE, Group, Trend, TrendLine


def trends(
    visits: Sequence[SessionRecords],
    scores: Iterable[OutcomeScore],
    extents: Mapping[UUID, Extent],
    told: Mapping[UUID, Mark],
    name: Naming,
    titles: Titles = NO_TITLES,
) -> list[Trend]:
    """All plots that have a figure, in the order of their groups.

    ``visits``: oldest first, with the marks that are looked at. ``extents``: of the sore areas of
    a session, by its id. ``told``: the marks that answers about soreness may speak of, by id.
    ``titles``: of problems, for pain and scores of several are drawn apart.
    """
    found = [
        *map(pain_trend, pain_series((each.session for each in visits), titles)),
        *map(score_trend, score_series(scores, titles)),
        *mark_trends(visits, extents, told, name),
    ]
    shown = [each for each in found if each.count]
    return sorted(shown, key=_order)


def _order(trend: Trend) -> tuple[int, str]:
    """By group; those of muscles by their names, others as they were found."""
    return list(Group).index(trend.group), trend.title if trend.group in BY_MUSCLE else ""


def offered(found: Iterable[Trend], most: int | None) -> list[Trend]:
    """``found``, with the ``most`` plots of each group by muscle that have the most figures; with
    None: all.
    """
    listed = list(found)
    kept: set[str] = set()
    for group in Group:
        of_group = [each for each in listed if each.group is group]
        if group in BY_MUSCLE:
            of_group.sort(key=lambda each: -each.count)
            of_group = of_group[:most]
        kept |= {each.key for each in of_group}
    return [each for each in listed if each.key in kept]


def pain_trend(pain: PainSeries) -> Trend:
    """Pain before and after the sessions about a problem."""
    lines = tuple(
        TrendLine(name, series.values, since_first(Measure.PAIN, series.values))
        for name, series in (("before", pain.before), ("after", pain.after))
    )
    first = next((line.name for line in lines if line.values), "before")
    about = scale_words(Measure.PAIN, f"the first {first} a session")
    title = f"Pain, 0 to 10, {pain.of}" if pain.of else "Pain, 0 to 10"
    return Trend(title, Group.PAIN, title, lines, axis_of(Measure.PAIN, ()), about)


def score_trend(series: Series) -> Trend:
    said = since_first(series.measure, series.values)
    return Trend(
        f"score {series.name}", Group.SCORES, series.name,
        (TrendLine("", series.values, said),),
        axis_of(series.measure, (each.value for each in series.values)),
        scale_words(series.measure),
    )  # fmt: skip
