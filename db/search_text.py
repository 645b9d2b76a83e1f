"""What a patient is found by, as text."""

from collections.abc import Iterator
from datetime import date

from app.domain.folding import fold
from app.domain.records import Patient

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def search_text(patient: Patient) -> str:
    """What a patient is found by, one thing a line, family name and given name first.

    No word of a search holds a line break, so none is found across two lines; and because a
    line break sorts before every letter, the texts sort by family name, then given name.
    """
    words = (patient.family_name, patient.given_name, patient.number)
    lines = [" ".join(fold(each).split()) for each in words]
    if patient.birth_date is not None:
        lines += _notations(patient.birth_date)
    return "\n".join(lines)


def _notations(day: date) -> Iterator[str]:
    """``day`` as it is usually written, so that typing any part of it finds it."""
    y, m, d = f"{day.year:04}", day.month, day.day
    yield f"{y}-{m:02}-{d:02}"
    yield f"{d} {_MONTHS[m - 1]} {y}"
    for padded, short in (
        (f"{d:02}.{m:02}.{y}", f"{d}.{m}.{y}"),
        (f"{m:02}/{d:02}/{y}", f"{m}/{d}/{y}"),
        (f"{d:02}/{m:02}/{y}", f"{d}/{m}/{y}"),
    ):
        yield padded
        if short not in padded:
            yield short
