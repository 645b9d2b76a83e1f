"""One thing that is drawn over time: its figures, what it goes from and to, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.review.axis import Axis
from app.review.noise_words import ONCE, change_words
from app.review.series import Measured

LINE_SIGNS = "●□"
"""In words, what the figures of the first and the second line of a plot are drawn as."""


class Group(StrEnum):
    """Kinds of plots, as they are offered."""

    PAIN = "Pain"
    SCORES = "Scores"
    TREATMENT = "Needles and twitches"
    SKIN = "Sore skin"
    THRESHOLD = "Pressure pain threshold"
    TWITCHES = "Twitches by muscle"
    SORENESS = "Soreness by muscle"


BY_MUSCLE = frozenset({Group.THRESHOLD, Group.TWITCHES, Group.SORENESS})


class TrendLine(NamedTuple):
    """Figures in the order of days, what they are in a word or two, and what is to be said of the
    last against the first.
    """

    name: str
    values: tuple[Measured, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One plot of one line or two. ``key`` names it as long as the same patient is looked at."""

    key: str
    group: Group
    title: str
    lines: tuple[TrendLine, ...]
    axis: Axis
    about: str
    """How it is to be read, and how much may be noise."""

    @property
    def days(self) -> set[date]:
        return {each.on for line in self.lines for each in line.values}

    @property
    def count(self) -> int:
        """How many figures it has."""
        return sum(len(line.values) for line in self.lines)

    @property
    def first(self) -> float | None:
        """The figure that the others are compared with."""
        return next((line.values[0].value for line in self.lines if line.values), None)

    def at(self, day: date) -> str:
        """ "before 7, after 4": its figures of a day; "" where there is none."""
        return ", ".join(
            f"{line.name} {each.value:g}{each.note}".lstrip()
            for line in self.lines
            for each in line.values
            if each.on == day
        )

    @property
    def words(self) -> str:
        """All that it shows, for who does not see it."""
        told = [
            f"{line.name}: {line.said}" if line.name else line.said
            for line in self.lines
            if line.said
        ]
        return " ".join(filter(None, (f"{self.title}.", *told, self.about)))


def from_to(values: Sequence[Measured]) -> str:
    """ "4 → 6: +2." """
    if len(values) < 2:
        return ONCE if values else ""
    first, last = values[0].value, values[-1].value
    return f"{first:g} → {last:g}: {change_words(first, last)}."
