"""Measuring two things in turn, so that whatever else the machine does disturbs both alike."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import NamedTuple, TypedDict

WARM_UP = 3


class Row(TypedDict):
    """One line of the bench. ``value`` and ``floor`` are medians in ``unit``."""

    name: str
    value: float
    unit: str
    floor: float
    ratio: float
    goal: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure is held against: so many times its floor, or so many units."""

    times: float | None = None
    at_most: float | None = None

    def holds(self, value: float, floor: float) -> bool:
        return (self.times is None or value <= self.times * floor) and (
            self.at_most is None or value <= self.at_most
        )

    def words(self, unit: str) -> str:
        parts = []
        if self.times is not None:
            parts.append(f"at most {self.times:g} x floor")
        if self.at_most is not None:
            parts.append(f"at most {self.at_most:g} {unit}")
        return ", ".join(parts)


class Pair(NamedTuple):
    """Median times in ms of a thing and of its floor."""

    value: float
    floor: float


def in_turn(rounds: int, thing: Callable[[], object], floor: Callable[[], object]) -> Pair:
    """The median times of ``thing`` and ``floor``, done one after the other ``rounds`` times.

    The collector of garbage sleeps meanwhile: it would hit one of the two at random.
    """
    for _round in range(min(WARM_UP, rounds)):
        thing()
        floor()
    values, floors = [], []
    gc.collect()
    gc.disable()
    try:
        for _round in range(rounds):
            values.append(milliseconds(thing))
            floors.append(milliseconds(floor))
    finally:
        gc.enable()
    return Pair(median(values), median(floors))


def milliseconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def row(name: str, pair: Pair, goal: Goal, unit: str = "ms") -> Row:
    value, floor = pair
    return Row(
        name=name,
        value=value,
        unit=unit,
        floor=floor,
        ratio=value / floor,
        goal=goal.words(unit),
        holds=goal.holds(value, floor),
    )
