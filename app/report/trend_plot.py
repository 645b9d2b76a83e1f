"""Figures over time as SVG, to be read in grey: shapes and dashes tell lines apart, not colour.

Sizes are in units of a tenth of a millimetre. The band is where a figure differs from the first
one by less than the least difference that counts (``app.review.outcome_changes``).
"""

from collections.abc import Collection, Sequence
from datetime import date
from html import escape

from app.report.wording import short_day
from app.review.axis import Axis, ticks
from app.review.series import Measured
from app.review.trend import Trend

WIDTH, HEIGHT = 840, 390
_LEFT, _RIGHT, _TOP, _BOTTOM = 82, 22, 26, 64
_INK, _QUIET, _LINE, _BAND = "#1B1D21", "#5E5A57", "#DDD7D1", "#EFECE8"
_TEXT = 'font-family="Inter" font-size="26"'
_LEAST_APART = 172
"""Between two days on the axis: their words do not touch."""
_HALF_A_DAY = 82
"""Half of the words of the longest day: they are not cut off at an edge."""


def trend_svg(trend: Trend) -> str:
    """The plot of ``trend``; ValueError where there is no figure at all."""
    if trend.first is None:
        raise ValueError("there is no figure to plot")
    scale, axis = _Scale(min(trend.days), max(trend.days), trend.axis), trend.axis
    parts = [_band(scale, trend.first, axis), _grid(scale, axis), _days(scale, trend.days)]
    parts += [_line(scale, line.values, hollow=place > 0) for place, line in enumerate(trend.lines)]
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


def _band(scale: _Scale, first: float, axis: Axis) -> str:
    if axis.band is None:
        return ""
    top, bottom = (scale.y(first + by) for by in (axis.band, -axis.band))
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


def _days(scale: _Scale, on: Collection[date]) -> str:
    """The first and the last day, and those between that have room."""
    days = sorted(on)
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
    return min(max(x, _HALF_A_DAY), WIDTH - _HALF_A_DAY)


def _line(scale: _Scale, values: Sequence[Measured], *, hollow: bool) -> str:
    """A second line is dashed, with hollow squares."""
    spots = [(scale.x(each.on), scale.y(each.value)) for each in values]
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
