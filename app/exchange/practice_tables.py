"""What the page of the practice lists, as tables. A patient is known by number, never by name."""

from collections.abc import Callable, Iterable, Iterator

from app.domain.practice_summaries import FollowUp, FoundSession, SizeUse, Unsigned, Visit
from app.domain.words import side_words
from app.exchange.tables import MuscleName, Row, Table
from app.review.needle_use import LotUse
from app.review.rates_beside import RateRow

_VISIT = ("Patient number", "Patient id", "Session id", "Session date", "Practitioner", "Problem")

FOLLOW_UPS = Table("follow-ups", (*_VISIT, "Needled", "Next step"))
UNSIGNED = Table("not signed", (*_VISIT, "Needles in", "In the way of signing"))
RATES = Table(
    "adverse events",
    (
        "Event", "Sessions with it", "Sessions asked", "Sessions not asked", "Rate (%)",
        "95 % interval from (%)", "95 % interval to (%)", "Published rates",
    ),
)  # fmt: skip
SIZES = Table("needle sizes", ("Diameter (mm)", "Length (mm)", "Needles placed", "Sessions"))
LOTS = Table(
    "lots",
    (
        "Maker", "Lot", "Sizes (mm)", "Expires on", "Boxes", "Patients", "Sessions",
        "Needles placed", "Needles counted out", "Sessions counted", "Last used",
    ),
)  # fmt: skip
LOT_SESSIONS = Table(
    "sessions of a lot", (*_VISIT, "Session status", "Needles placed", "Adverse events")
)
FOUND = Table("sessions found", (*_VISIT, "Session status", "Marks", "Adverse events"))


def follow_up_rows(rows: Iterable[FollowUp], muscle_name: MuscleName) -> Iterator[Row]:
    for row in rows:
        yield (*_visit(row.visit), places_words(row, muscle_name), row.next_step)


def unsigned_rows(rows: Iterable[Unsigned], why: Callable[[Unsigned], str]) -> Iterator[Row]:
    for row in rows:
        yield (*_visit(row.visit), row.facts.needles_in, why(row))


def rate_table_rows(rows: Iterable[RateRow]) -> Iterator[Row]:
    for row in rows:
        own, interval = row.own, row.own.interval
        share = None if interval is None else 100 * own.events / own.asked
        ends = (None, None) if interval is None else (100 * interval.low, 100 * interval.high)
        yield row.name, own.events, own.asked, own.not_asked, share, *ends, published_words(row)


def size_rows(rows: Iterable[SizeUse]) -> Iterator[Row]:
    yield from rows


def lot_rows(rows: Iterable[LotUse]) -> Iterator[Row]:
    for row in rows:
        expires, last = row.expires_on, row.last_at
        yield (
            row.maker, row.lot, sizes_words(row), None if expires is None else expires.isoformat(),
            len(row.boxes), row.patients, row.sessions, row.needles, row.counted,
            row.counted_sessions, None if last is None else last.date().isoformat(),
        )  # fmt: skip


def found_rows(rows: Iterable[FoundSession]) -> Iterator[Row]:
    for row in rows:
        yield (*_visit(row.visit), row.status.value, row.marks, row.events)


def places_words(row: FollowUp, muscle_name: MuscleName) -> str:
    """ "Infraspinatus, right; Soleus, left": each place once, in the order of the marks."""
    return "; ".join(
        f"{muscle_name(place.muscle) if place.muscle else 'Muscle not recorded'}, "
        f"{side_words(place.side)}"
        for place in row.places
    )


def published_words(row: RateRow) -> str:
    """ "Brady 2014: 7.55 %; Boyce 2020: 7.7 %, from memory"."""
    return "; ".join(
        f"{each.source.name}: {share_words(each.rate)}{'' if each.was_read else ', from memory'}"
        for each in row.published
    )


def share_words(share: float) -> str:
    """A share as it was published: "7.55 %", "0.01 %", "0.09773 %"."""
    return f"{100 * share:.4g} %"


def sizes_words(row: LotUse) -> str:
    """ "0.25 × 30; 0.30 × 40", each size of its boxes once."""
    sizes = {
        " × ".join(part for part in (_diameter(box.diameter_mm), _length(box.length_mm)) if part)
        for box in row.boxes
    }
    return "; ".join(sorted(filter(None, sizes)))


def _diameter(diameter_mm: float | None) -> str:
    return "" if diameter_mm is None else f"{diameter_mm:.2f}"


def _length(length_mm: int | None) -> str:
    return "" if length_mm is None else f"{length_mm}"


def _visit(visit: Visit) -> Row:
    return (
        visit.number, str(visit.patient_id), str(visit.session_id), visit.day.isoformat(),
        visit.practitioner, visit.problem,
    )  # fmt: skip
