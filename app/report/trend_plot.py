"""Figures over time as SVG, to be read in grey: shapes and dashes tell lines apart, not colour.

Sizes are in units of a tenth of a millimetre. The band is where a figure differs from the first
one by less than the least difference that counts (``app.review.outcome_changes``).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from app.report.course import Measured
from app.report.wording import short_day

WIDTH, HEIGHT = 840, 390
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 22, 26, 64
_INK, _QUIET, _LINE, _BAND = "#1B1D21", "#5E5A57", "#DDD7D1", "#EFECE8"
_TEXT = 'font-family="Inter" font-size="26"'
_LEAST_APART = 150
"""Between two days on the axis: their words do not touch."""


@dataclass(frozen=True, slots=True)
class Line:
    """Figures in the order of days. The second line of a plot is dashed with hollow squares."""

    values: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """What the figures go from and to. ``band``: half the height of the noise around the first."""

    lowest: float
    highest: float
    band: float | None = None


def trend_svg(lines: Sequence[Line], axis: Axis) -> str:
    """The plot of one or two ``lines``; ValueError where there is no figure at all."""
    values = [each for line in lines for each in line.values]
    if not values:
        raise ValueError("there is no figure to plot")
    scale = _Scale(min(v.on for v in values), max(v.on for v in values), axis)
    parts = [_band(scale, lines[0], axis), _grid(scale, axis), _days(scale, values)]
    parts += [_line(scale, line, hollow=place > 0) for place, line in enumerate(lines)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</svg>'
    )


class _Scale:
    """Days and figures as places on the plot."""

    def __init__(self, first: date, last: date, axis: Axis) -> None:
        self._first, self._days = first, max((last - first).days, 1)
        self._is_one_day = first == last
        self._axis = axis

    def x(self, on: date) -> float:
        if self._is_one_day:
            return (_LEFT + WIDTH - _RIGHT) / 2
        room = WIDTH - _LEFT - _RIGHT - 40
        return _LEFT + 20 + room * (on - self._first).days / self._days

    def y(self, value: float) -> float:
        share = (value - self._axis.lowest) / (self._axis.highest - self._axis.lowest)
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(max(share, 0.0), 1.0)


def _band(scale: _Scale, line: Line, axis: Axis) -> str:
    if axis.band is None or not line.values:
        return ""
    top, bottom = (scale.y(line.values[0].value + by) for by in (axis.band, -axis.band))
    return (
        f'<rect x="{_LEFT}" y="{top:.1f}" width="{WIDTH - _LEFT - _RIGHT}" '
        f'height="{bottom - top:.1f}" fill="{_BAND}"/>'
    )


def _grid(scale: _Scale, axis: Axis) -> str:
    parts = []
    for value in ticks(axis):
        y = scale.y(value)
        parts.append(
            f'<path d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}" stroke="{_LINE}" stroke-width="2"/>'
            f'<text x="{_LEFT - 12}" y="{y + 9:.1f}" text-anchor="end" fill="{_QUIET}" {_TEXT}>'
            f"{value:g}</text>"
        )
    return "".join(parts)


def ticks(axis: Axis) -> list[float]:
    """Round figures on the axis, four to eight of them."""
    room = axis.highest - axis.lowest
    scale = 10.0 ** math.floor(math.log10(room))
    step = next(
        scale * share for share in (0.2, 0.25, 0.5, 1.0, 2.0) if room / (scale * share) < 7.5
    )
    first = math.ceil(axis.lowest / step - 1e-9)
    return [k * step for k in range(first, math.floor(axis.highest / step + 1e-9) + 1)]


def round_up(value: float) -> float:
    """The next of 1, 2, 4, 6, 8, 10, 20, 40 ... that is not below ``value``, which is positive."""
    scale = 10.0 ** math.floor(math.log10(value))
    return next(scale * share for share in (1, 2, 4, 6, 8, 10) if scale * share >= value)


def _days(scale: _Scale, values: Sequence[Measured]) -> str:
    """The first and the last day, and those between that have room."""
    days = sorted({each.on for each in values})
    shown = [days[0]]
    for day in days[1:-1]:
        if _apart(scale, shown[-1], day) and _apart(scale, day, days[-1]):
            shown.append(day)
    shown += days[-1:] if _apart(scale, shown[-1], days[-1]) else []
    return "".join(
        f'<text x="{_within(scale.x(day)):.1f}" y="{HEIGHT - 18}" text-anchor="middle" '
        f'fill="{_QUIET}" {_TEXT}>{escape(short_day(day))}</text>'
        for day in shown
    )


def _apart(scale: _Scale, one: date, other: date) -> bool:
    return _within(scale.x(other)) - _within(scale.x(one)) >= _LEAST_APART


def _within(x: float) -> float:
    return min(max(x, 74), WIDTH - 74)


def _line(scale: _Scale, line: Line, *, hollow: bool) -> str:
    spots = [(scale.x(each.on), scale.y(each.value)) for each in line.values]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    dash = ' stroke-dasharray="14 9"' if hollow else ""
    drawn = f'<polyline points="{way}" fill="none" stroke="{_INK}" stroke-width="3.4"{dash}/>'
    return drawn + "".join(_spot(x, y, hollow) for x, y in spots)


def _spot(x: float, y: float, hollow: bool) -> str:
    if hollow:
        return (
            f'<rect x="{x - 9:.1f}" y="{y - 9:.1f}" width="18" height="18" fill="#FFFFFF" '
            f'stroke="{_INK}" stroke-width="3.4"/>'
        )
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9.5" fill="{_INK}"/>'
