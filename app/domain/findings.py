"""What is said of a field that breaks a rule, and the checks that every record shares."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

LONGEST_NAME = 120
LONGEST_LINE = 500
LONGEST_TEXT = 20_000

_UNPAIRED_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Finding(NamedTuple):
    """One broken rule: the field (dotted where nested), and a sentence that says what to do."""

    field: str
    message: str


def check_text(value: str, field: str, name: str, longest: int) -> Iterator[Finding]:
    """Whether a text can be stored and printed."""
    if len(value) > longest:
        yield Finding(field, f"{name} can hold {longest:,} characters; this has {len(value):,}.")
    if _UNPAIRED_SURROGATE.search(value):
        yield Finding(field, f"{name} holds half a character, which cannot be stored.")
    if _CONTROL_CHARACTER.search(value):
        yield Finding(field, f"{name} holds a control character, which cannot be printed.")


def check_range(
    value: float | None, lowest: float, highest: float, field: str, name: str
) -> Iterator[Finding]:
    """Whether a figure that is recorded lies within its scale."""
    if value is not None and not lowest <= value <= highest:  # NaN is in no range
        yield Finding(field, f"{name} goes from {lowest:g} to {highest:g}.")


def check_aware(value: datetime | None, field: str) -> Iterator[Finding]:
    """Whether a time says in which zone it was read."""
    if value is not None and value.tzinfo is None:
        yield Finding(field, "A time needs its zone, such as +01:00.")


def check_past(value: date | None, today: date, field: str, name: str) -> Iterator[Finding]:
    """Whether a day has come."""
    if value is not None and value > today:
        yield Finding(field, f"{name} lies in the future. Check day, month, year.")
