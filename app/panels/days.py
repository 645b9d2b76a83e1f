"""Reading a date that somebody typed, without ever guessing which number is the month."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ADVICE = "Write it as 14 Mar 1981 or 1981-03-14."


class UnclearDayError(ValueError):
    """What was typed is not one certain day; the message says how to write it."""


def read_day(text: str) -> date:
    """The day that ``text`` names: 14 Mar 1981, March 14 1981, 1981-03-14 or 14.03.1981.

    14/03/1981 and 14-03-1981 are read where only one order of day and month is possible:
    dots alone say that the day comes first. Raises UnclearDayError for anything else.
    """
    words = re.findall(r"[0-9]+|[^\W\d_]+", text.casefold())
    if len(words) != 3:
        raise UnclearDayError(f"This is not a whole date. {ADVICE}")
    year, month, day = _named_month(words) or _numbers(words, text)
    if not 1000 <= year <= 9999:
        raise UnclearDayError(f"Write the year with four figures. {ADVICE}")
    try:
        return date(year, month, day)
    except ValueError:
        raise UnclearDayError(f"There is no such day. {ADVICE}") from None


def _named_month(words: list[str]) -> tuple[int, int, int] | None:
    named = [word for word in words if not word.isdigit()]
    if not named:
        return None
    month = next((k for k, name in enumerate(_MONTHS, 1) if named[0].startswith(name)), None)
    numbers = [int(word) for word in words if word.isdigit()]
    if month is None or len(numbers) != 2:
        raise UnclearDayError(f"This month is not known. {ADVICE}")
    year, day = (
        (numbers[0], numbers[1]) if words[0].isdigit() and numbers[0] > 31 else numbers[::-1]
    )
    return year, month, day


def _numbers(words: list[str], text: str) -> tuple[int, int, int]:
    first, second, third = (int(word) for word in words)
    if len(words[0]) == 4:
        return first, second, third
    dotted = text.count(".") >= 2
    if not dotted and first != second and max(first, second) <= 12:
        raise UnclearDayError(f"Day and month cannot be told apart. {ADVICE}")
    if not dotted and second > 12:
        return third, first, second
    return third, second, first
