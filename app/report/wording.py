"""Dates, times and counts as a report writes them: in English, the same on every computer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from app.domain.anatomy import Side
from app.domain.marks import Mark
from app.domain.words import counts_line, local_day, local_time, side_words

NOT_RECORDED = "not recorded"

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SIDES_IN_ORDER = (Side.RIGHT, Side.LEFT, Side.MIDLINE, None)
_LATERAL = (Side.RIGHT, Side.LEFT)


def day(value: date) -> str:
    """ "4 March 1981": the month as a word, since 4/3 is read in two ways."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """ "4 Mar 1981": for a narrow place."""
    return f"{value.day} {_MONTHS[value.month - 1][:3]} {value.year}"


def weekday(value: date) -> str:
    """ "Wednesday"."""
    return _WEEKDAYS[value.weekday()]


def zone(value: datetime) -> str:
    """ "UTC+01:00"; a time without a zone says so."""
    offset = value.utcoffset()
    if offset is None:
        return f"zone {NOT_RECORDED}"
    if not offset:
        return "UTC"
    sign = "−" if offset < timedelta(0) else "+"
    minutes = round(abs(offset).total_seconds() / 60)
    return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"


def moment(value: datetime) -> str:
    """ "12 November 2024, 14:30 UTC+01:00"."""
    return f"{day(local_day(value))}, {local_time(value)} {zone(value)}"


def time_span(start: datetime, end: datetime | None) -> str:
    """ "14:30 to 14:55 (UTC+01:00)"; the end is written in the zone of the start."""
    if end is None:
        return f"{local_time(start)} ({zone(start)})"
    if start.tzinfo is not None and end.tzinfo is not None:
        end = end.astimezone(start.tzinfo)
    until = local_time(end)
    if local_day(end) != local_day(start):
        until = f"{day(local_day(end))}, {until}"
    return f"{local_time(start)} to {until} ({zone(start)})"


def counts_of_kinds(marks: Iterable[Mark]) -> str:
    """ "4 trigger points, 2 twitch responses", or "no marks"."""
    counts = Counter(mark.kind for mark in marks)
    return counts_line(counts) or "no marks"


def counts_of_sides(marks: Iterable[Mark]) -> str:
    """ "right side 5, left side 1, midline 2": only the sides that hold a mark.

    What is on a picture of which nobody said the side is counted too: "side not said 2".
    """
    counts = Counter(mark.side for mark in marks)
    return ", ".join(
        f"{side_words(side)}{' side' if side in _LATERAL else ''} {counts[side]}"
        for side in _SIDES_IN_ORDER
        if counts[side]
    )


def marks_counted(count: int) -> str:
    """ "no marks", "1 mark", "4 marks"."""
    return "no marks" if count == 0 else f"{count} mark{'' if count == 1 else 's'}"


def listed(words: Sequence[str]) -> str:
    """ "1, 2 and 4"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
