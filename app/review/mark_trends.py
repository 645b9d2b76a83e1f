"""What marks say over time: how many were charted, thresholds, and how sore the skin was."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind, Soreness, TriggerPoint, Twitch, TwitchResponse
from app.domain.outcomes import Measure
from app.domain.preparation import Preparation
from app.domain.summaries import SessionRecords
from app.domain.words import local_day, side_words
from app.review.axis import Axis, axis_of, axis_up_to
from app.review.dose import Place, dose
from app.review.extent import LEAST_SHARE_CHANGE, Extent
from app.review.noise_words import NOT_KNOWN, ONCE, scale_words, since_first
from app.review.series import Measured
from app.review.trend import Group, Trend, TrendLine, from_to

NO_MUSCLE = "No muscle named"
COUNT = "A count of what was charted; it says nothing of how well it worked."
WORST = 10.0
Naming = Callable[[str], str]
"""What a muscle is called, by its id."""


def mark_trends(
    visits: Sequence[SessionRecords],
    extents: Mapping[UUID, Extent],
    told: Mapping[UUID, Mark],
    name: Naming,
) -> list[Trend]:
    """All of them, also those without a figure; arguments as ``app.review.trends.trends`` has."""
    return [
        _needles(visits),
        _twitches("twitches", Group.TREATMENT, "Twitches in a session", _by_day(visits)),
        _extent(visits, extents),
        *_by_place(visits, name),
        *_soreness(visits, told, name),
    ]


# -- what was done ---------------------------------------------------------------------------


def _needles(visits: Sequence[SessionRecords]) -> Trend:
    """Needles on the chart; none is an answer too, unless none was ever placed."""
    counted = [Measured(_day(each), dose(each.marks).needles) for each in visits]
    values = tuple(counted) if any(each.value for each in counted) else ()
    return _counted("needles", Group.TREATMENT, "Needles in a session", values)


def _twitches(
    key: str, group: Group, title: str, marks: Iterable[tuple[date, Sequence[Mark]]]
) -> Trend:
    """Twitches of the days on which a response was charted as present or absent."""
    found = [(on, twitches_of(of_day)) for on, of_day in marks]
    values = tuple(
        Measured(on, count.twitches, " or more" * bool(count.not_counted))
        for on, count in found
        if count is not None
    )
    return _counted(key, group, title, values)


class TwitchCount(NamedTuple):
    """``not_counted`` of them were felt and not counted, and stand for one twitch each."""

    twitches: int
    not_counted: int


def twitches_of(marks: Iterable[Mark]) -> TwitchCount | None:
    """The sum of the counts of present twitch responses, absent ones counting 0; None where none
    of ``marks`` says that a twitch was present or absent.
    """
    listed = [each.details for each in marks if isinstance(each.details, TwitchResponse)]
    if all(each.response not in (Twitch.PRESENT, Twitch.ABSENT) for each in listed):
        return None
    present = [each.count for each in listed if each.response is Twitch.PRESENT]
    return TwitchCount(sum(1 if n is None else n for n in present), present.count(None))


def _counted(key: str, group: Group, title: str, values: tuple[Measured, ...]) -> Trend:
    return Trend(
        key, group, title, (TrendLine("", values, from_to(values)),),
        axis_up_to(each.value for each in values),
        "A count of what was charted; it says nothing of how well it worked.",
    )  # fmt: skip


# -- sore skin -------------------------------------------------------------------------------


def _extent(visits: Sequence[SessionRecords], extents: Mapping[UUID, Extent]) -> Trend:
    """cm2 of the drawn sore areas, of the sessions in which one was drawn."""
    known = [
        (_day(each), extents[each.session.id]) for each in visits if each.session.id in extents
    ]
    values = tuple(
        Measured(on, round(found.area_cm2, 1), f" cm², {percent(found.share)} of the skin")
        for on, found in known
    )
    band = None
    if known and known[0][1].share:
        band = LEAST_SHARE_CHANGE * known[0][1].area_cm2 / known[0][1].share
    return Trend(
        "extent", Group.SKIN, "Drawn sore skin (cm²)",
        (TrendLine("", values, _extent_words(known)),),
        axis_up_to((each.value for each in values), band),
        f"Shaded: within {100 * LEAST_SHARE_CHANGE:g} % of the skin of the first, which is noise "
        "even of a machine (read). How much more people vary is not known. Areas on own pictures "
        "are not measured.",
    )  # fmt: skip


def percent(share: float) -> str:
    """ "0.32 %"."""
    return f"{share * 100:.2f} %"


def _extent_words(known: Sequence[tuple[date, Extent]]) -> str:
    if len(known) < 2:
        return ONCE if known else ""
    first, last = known[0][1], known[-1][1]
    said = f"{first.area_cm2:.1f} → {last.area_cm2:.1f} cm²."
    within = abs(last.share - first.share) < LEAST_SHARE_CHANGE
    return f"{said} {'Within noise (read).' if within else 'Whether it has changed is not known.'}"


# -- by muscle -------------------------------------------------------------------------------

_Days = list[tuple[date, Sequence[Mark]]]


def _day(visit: SessionRecords) -> date:
    return local_day(visit.session.started_at)


def _by_day(visits: Iterable[SessionRecords]) -> _Days:
    return [(_day(each), each.marks) for each in visits]


def place_words(place: Place, name: Naming) -> str:
    """ "Infraspinatus, right"."""
    return f"{NO_MUSCLE if place.muscle is None else name(place.muscle)}, {side_words(place.side)}"


def _places(visits: Sequence[SessionRecords], kind: MarkKind) -> dict[Place, _Days]:
    """The marks of a kind by muscle and side, and by session."""
    found: dict[Place, _Days] = defaultdict(list)
    for visit in visits:
        of_place: dict[Place, list[Mark]] = defaultdict(list)
        for mark in visit.marks:
            if mark.kind is kind:
                of_place[Place(mark.muscle, mark.side)].append(mark)
        for place, marks in of_place.items():
            found[place].append((_day(visit), marks))
    return found


def _by_place(visits: Sequence[SessionRecords], name: Naming) -> Iterable[Trend]:
    for place, days in _places(visits, MarkKind.TRIGGER_POINT).items():
        yield _threshold(f"threshold {place}", place_words(place, name), days)
    for place, days in _places(visits, MarkKind.TWITCH).items():
        title = f"Twitches: {place_words(place, name)}"
        yield _twitches(f"twitches {place}", Group.TWITCHES, title, days)


def _threshold(key: str, where: str, days: _Days) -> Trend:
    """The lowest threshold of a session: that of its most tender point, as it was recorded."""
    values = tuple(
        Measured(on, min(known), f" (lowest of {len(known)})" if len(known) > 1 else "")
        for on, marks in days
        if (known := [kpa for mark in marks if (kpa := _kpa(mark)) is not None])
    )
    return Trend(
        key, Group.THRESHOLD, f"Pressure pain threshold (kPa): {where}",
        (TrendLine("", values, since_first(Measure.PRESSURE_THRESHOLD, values)),),
        axis_of(Measure.PRESSURE_THRESHOLD, (each.value for each in values)),
        f"The lowest of each session. {scale_words(Measure.PRESSURE_THRESHOLD)}",
    )  # fmt: skip


def _kpa(mark: Mark) -> float | None:
    return mark.details.threshold_kpa if isinstance(mark.details, TriggerPoint) else None


def _soreness(
    visits: Sequence[SessionRecords], told: Mapping[UUID, Mark], name: Naming
) -> Iterable[Trend]:
    """The worst that was marked, and the worst that was told at the next visit, on the day of
    the needling that it followed.
    """
    marked = _places(visits, MarkKind.SORENESS)
    after = _told_after(visits, told)
    for place in dict.fromkeys([*marked, *after]):
        lines = (
            _worst("marked", [(on, _marked(marks)) for on, marks in marked.get(place, [])]),
            _worst("after needling", sorted(after.get(place, {}).items())),
        )
        yield Trend(
            f"soreness {place}", Group.SORENESS, f"Soreness, 0 to 10: {place_words(place, name)}",
            lines, Axis(0, WORST),
            "The worst of each session, and the worst after it, as told at the next visit. "
            f"{NOT_KNOWN}",
        )  # fmt: skip


_Said = list[tuple[int, str]]
"""How sore, and when or for how long."""


def _marked(marks: Iterable[Mark]) -> _Said:
    return [
        (
            details.intensity,
            "" if details.hours_after is None else f" ({details.hours_after} h after)",
        )
        for mark in marks
        if isinstance(details := mark.details, Soreness) and details.intensity is not None
    ]


def _told_after(
    visits: Sequence[SessionRecords], told: Mapping[UUID, Mark]
) -> dict[Place, dict[date, _Said]]:
    """What was answered to "how sore, how long?", by the place of the mark it was asked about."""
    days = {each.session.id: _day(each) for each in visits}
    found: dict[Place, dict[date, _Said]] = defaultdict(lambda: defaultdict(list))
    for visit in visits:
        for paper in visit.papers:
            for report in paper.soreness_since if isinstance(paper, Preparation) else ():
                mark = told.get(report.mark_id)
                if mark is None or report.worst is None or mark.session_id not in days:
                    continue
                lasted = "" if report.hours is None else f" (for {report.hours} h)"
                place = Place(mark.muscle, mark.side)
                found[place][days[mark.session_id]].append((report.worst, lasted))
    return found


def _worst(name: str, days: Iterable[tuple[date, _Said]]) -> TrendLine:
    values = tuple(Measured(on, *max(said, key=lambda each: each[0])) for on, said in days if said)
    return TrendLine(name, values, from_to(values))
