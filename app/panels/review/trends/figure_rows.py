"""The figures of two sessions in words: a line each. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.outcomes import Measure
from app.review.clusters import SHIFT_NOISE_MM
from app.review.extent import LEAST_SHARE_CHANGE
from app.review.first_and_last import Row
from app.review.how_reckoned import HOW, What
from app.review.noise import Verdict
from app.review.noise_words import noise_words, sure_words

NONE = "–"
_PAINS = (What.PAIN_BEFORE, What.PAIN_AFTER)
_EXTENTS = (What.AREA, What.SHARE)
_OVERLAPS = (What.JACCARD, What.DICE)


@dataclass(frozen=True, slots=True)
class FigureRow:
    name: str
    before: str
    after: str
    difference: str
    meaning: str
    how: str

    @property
    def cells(self) -> tuple[str, ...]:
        return self.name, self.before, self.after, self.difference, self.meaning


def figure_row(row: Row, same_drawing: float) -> FigureRow:
    digits = HOW[row.what].digits
    difference, is_one = row.difference, True
    if row.before is not None and row.after is not None and difference is not None:
        is_one = False  # and what is read off the two must be what stands beside them
        difference = round(row.after, digits) - round(row.before, digits)
    return FigureRow(
        name=f"{row.what.value}: {row.of}" if row.of else row.what.value,
        before=_number(row.before, digits),
        after=_number(row.after, digits),
        difference=_number(difference, digits, sign=not is_one),
        meaning="; ".join(filter(None, (_verdict(row, same_drawing), row.note))),
        how=how_words(row.what),
    )


def how_words(what: What) -> str:
    """The formula and where it comes from."""
    how = HOW[what]
    return f"{how.formula}\nSource: {how.source}."


def all_how_words(rows: Sequence[Row]) -> str:
    """How each kind of figure among ``rows`` is reckoned, a paragraph each."""
    kinds = dict.fromkeys(row.what for row in rows)
    return "\n\n".join(f"{what.value}\n{how_words(what)}" for what in kinds)


def _number(value: float | None, digits: int, *, sign: bool = False) -> str:
    if value is None:
        return NONE
    rounded = round(value, digits) + 0.0  # never "−0"
    written = f"{abs(rounded):.{digits}f}"
    if rounded < 0:
        return f"−{written}"
    return f"+{written}" if sign and rounded else written


def _verdict(row: Row, same_drawing: float) -> str:
    if row.verdict is None:
        return ""
    if row.what in _PAINS and row.before is not None and row.after is not None:
        said = noise_words(Measure.PAIN, row.before, row.after)
        return f"{said[:1].lower()}{said[1:]} ({sure_words(Measure.PAIN)})"
    if row.what in _OVERLAPS and row.verdict is not Verdict.NOT_KNOWN:
        if row.verdict is Verdict.WITHIN_NOISE:
            return "within drawing noise"
        return f"changed: Jaccard below {same_drawing:g} (derived)"
    if row.what is What.SHIFT:
        if row.verdict is Verdict.WITHIN_NOISE:
            return f"at most {SHIFT_NOISE_MM:g} mm: within noise (derived)"
        return f"beyond {SHIFT_NOISE_MM:g} mm (derived)"
    if row.what in _EXTENTS and row.verdict is Verdict.WITHIN_NOISE:
        return f"within {100 * LEAST_SHARE_CHANGE:g} % of the skin: within noise (read)"
    return row.verdict.value
