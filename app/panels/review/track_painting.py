"""Paints sessions as columns along time: problem, pain, needles, twitches, events, signed.

What each lane shows reads without colour: its name stands at the left, pain before is a ring and
pain after a disc, an adverse event a triangle, a signature a check mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from app.domain.records import SessionStatus
from app.review.timeline import Glance

LEFT, RIGHT = 96, 44
"""px beside the columns: the lanes' names, and half of a day."""
SMALL_PX = 11
MOST_PAIN = 10
ROOM_FOR_FIGURES = 22.0
"""px from column to column in which a figure over a bar has room."""
ROOM_FOR_PAIN = 40.0
"""px from column to column in which "10 → 10" has room."""
WIDEST_BAR = 10.0
CROWDED = 7.0
"""px from column to column in which rings would run into each other."""
GAP = 8
ALONE = 48.0
"""px that the column of a single session takes."""
Spans = Sequence[tuple[str, Sequence[int]]]
"""Titles of problems, and the places of sessions that follow each other and treat it."""

_PROBLEM = (4.0, 16.0)
_PAIN = (24.0, 48.0)
_NEEDLES = (76.0, 24.0)
_TWITCHES = (104.0, 24.0)
_EVENTS = (132.0, 12.0)
_SIGNED = (148.0, 12.0)
_DAYS = (164.0, 16.0)
HEIGHT = 184
_LANES = {
    "Problem": _PROBLEM,
    "Pain": _PAIN,
    "Needles": _NEEDLES,
    "Twitches": _TWITCHES,
    "Events": _EVENTS,
    "Signed": _SIGNED,
}


@dataclass(frozen=True, slots=True)
class TrackLook:
    text: QColor
    faint: QColor
    accent: QColor
    edge: QColor
    ground: QColor
    font: QFont

    @classmethod
    def of(cls, palette: QPalette, font: QFont) -> "TrackLook":
        small = QFont(font)
        small.setPixelSize(SMALL_PX)
        role = QPalette.ColorRole
        return cls(
            palette.color(role.Text),
            palette.color(role.PlaceholderText),
            palette.color(role.Accent),
            palette.color(role.Mid),
            palette.color(role.Window),
            small,
        )


@dataclass(frozen=True, slots=True)
class Track:
    """What stands along time, and where: ``places`` hold the x of each session's column."""

    glances: Sequence[Glance]
    days: Sequence[str]
    spans: Spans
    places: Sequence[float]

    apart: float
    """px between the two columns that are closest to each other."""
    most_needles: int
    most_twitches: int
    """Of one session: what the highest bar stands for."""

    @classmethod
    def of(
        cls,
        glances: Sequence[Glance],
        days: Sequence[str],
        spans: Spans,
        places: Sequence[float],
    ) -> "Track":
        return cls(
            glances,
            days,
            spans,
            places,
            min((b - a for a, b in pairwise(places)), default=ALONE),
            max((each.needles for each in glances), default=0),
            max((each.twitches for each in glances), default=0),
        )


def paint_columns(painter: QPainter, area: QRectF, look: TrackLook, track: Track) -> None:
    """All that a step of the slider leaves as it is."""
    painter.setFont(look.font)
    _paint_lanes(painter, area, look)
    reach = track.apart / 2 - 1
    for title, group in track.spans:
        left = max(track.places[group[0]] - reach, LEFT - 16.0)
        box = QRectF(left, _PROBLEM[0], 0, _PROBLEM[1])
        box.setRight(min(track.places[group[-1]] + reach, area.right() - 2))
        _paint_problem(painter, look, box, title)
    for place in range(len(track.glances)):
        _paint_column(painter, look, track, place, look.faint)


def paint_slider(
    painter: QPainter, area: QRectF, look: TrackLook, track: Track, current: int
) -> None:
    """The column of the session that is shown, over all others, and the days."""
    painter.setFont(look.font)
    x, reach = track.places[current], min(max(track.apart / 2, 4.0), 14.0)
    top, bottom = _PAIN[0] - 2, _DAYS[0] - 2
    painter.save()
    if track.apart >= CROWDED:  # else the columns beside it are seen through the tint
        painter.setClipRect(QRectF(x - track.apart / 2, top, track.apart, bottom - top))
        painter.fillRect(area, look.ground)
    tint = QColor(look.accent)
    tint.setAlpha(36)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(QRectF(x - reach, top, 2 * reach, bottom - top), 4, 4)
    _paint_lanes(painter, area, look)
    _paint_column(painter, look, track, current, look.accent)
    painter.restore()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.accent)
    painter.drawRoundedRect(QRectF(x - reach, bottom - 3, 2 * reach, 4), 2, 2)
    _paint_days(painter, area, look, track, current)


def _paint_column(
    painter: QPainter, look: TrackLook, track: Track, place: int, colour: QColor
) -> None:
    glance, x, apart = track.glances[place], track.places[place], track.apart
    _paint_pain(painter, look, glance, x, apart, colour)
    for lane, count, most in (
        (_NEEDLES, glance.needles, track.most_needles),
        (_TWITCHES, glance.twitches, track.most_twitches),
    ):
        _paint_bar(painter, look, lane, x, count, most, apart, colour)
    if glance.has_events:
        _paint_triangle(painter, look, x)
    _paint_status(painter, look, glance.session.status, x, min(apart, 12.0), colour)


def _paint_lanes(painter: QPainter, area: QRectF, look: TrackLook) -> None:
    for name, (top, height) in _LANES.items():
        box = QRectF(8, top, LEFT - 28, height)
        painter.setPen(look.faint)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        if name != "Problem":
            painter.setPen(QPen(look.edge, 1))
            y = top + height
            painter.drawLine(QPointF(LEFT - 12, y), QPointF(area.right() - 8, y))


def _paint_problem(painter: QPainter, look: TrackLook, box: QRectF, title: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.edge)
    painter.drawRoundedRect(box, 3, 3)
    inner = box.adjusted(6, 0, -4, 0)
    metrics = QFontMetricsF(look.font)
    words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
    if len(words) > 1:  # dots alone say nothing
        painter.setPen(look.text)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def _paint_pain(
    painter: QPainter, look: TrackLook, glance: Glance, x: float, apart: float, colour: QColor
) -> None:
    """A ring before, a disc after, the higher the worse; with both figures where they have room."""
    top, height = _PAIN
    said = (glance.session.pain_before, glance.session.pain_after)
    if apart >= ROOM_FOR_PAIN and said != (None, None):
        painter.setPen(look.text)
        box = QRectF(x - apart / 2, top, apart, SMALL_PX + 3)
        words = " → ".join("…" if pain is None else str(pain) for pain in said)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    reach = height - SMALL_PX - 12
    at = [
        None if pain is None else QPointF(x, top + height - 5 - reach * pain / MOST_PAIN)
        for pain in said
    ]
    before, after = at
    painter.setPen(QPen(colour, 1.4))
    if before is not None and after is not None:
        painter.drawLine(before, after)
    if apart < CROWDED:
        _paint_small_pain(painter, before, after)
        return
    if before is not None:
        painter.setBrush(look.ground)
        painter.drawEllipse(before, 2.6, 2.6)
    if after is not None:
        painter.setBrush(colour)
        painter.drawEllipse(after, 2.6, 2.6)


def _paint_small_pain(painter: QPainter, before: QPointF | None, after: QPointF | None) -> None:
    """Where columns are crowded: a point before, a broad foot after."""
    if before is not None:
        painter.drawPoint(before)
    if after is not None:
        painter.drawLine(after - QPointF(1.2, 0), after + QPointF(1.2, 0))


def _paint_bar(
    painter: QPainter,
    look: TrackLook,
    lane: tuple[float, float],
    x: float,
    count: int,
    most: int,
    apart: float,
    colour: QColor,
) -> None:
    if not count:
        return
    top, height = lane
    figures = apart >= ROOM_FOR_FIGURES
    room = height - (SMALL_PX + 1 if figures else 2)
    width = min(WIDEST_BAR, max(apart * 0.6, 1.5))
    bar = QRectF(x - width / 2, 0, width, max(room * count / most, 2.0))
    bar.moveBottom(top + height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(bar)
    if figures:
        painter.setPen(look.text)
        box = QRectF(x - apart / 2, bar.top() - SMALL_PX - 1, apart, SMALL_PX + 1)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count))


def _paint_triangle(painter: QPainter, look: TrackLook, x: float) -> None:
    y = _EVENTS[0] + _EVENTS[1] / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.text)
    painter.drawPolygon(
        QPolygonF([QPointF(x, y - 4.5), QPointF(x + 4.5, y + 3.5), QPointF(x - 4.5, y + 3.5)])
    )


def _paint_status(
    painter: QPainter,
    look: TrackLook,
    status: SessionStatus,
    x: float,
    size: float,
    colour: QColor,
) -> None:
    """A check mark once signed, with a dot where something was added; nothing for a draft."""
    if status is SessionStatus.DRAFT:
        return
    y, reach = _SIGNED[0] + _SIGNED[1] / 2, size / 3
    painter.setPen(QPen(colour, 1.6))
    painter.drawPolyline(
        [QPointF(x - reach, y), QPointF(x - reach / 4, y + reach * 0.8), QPointF(x + reach, y - 3)]
    )
    if status is SessionStatus.AMENDED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.text)
        painter.drawEllipse(QPointF(x + reach + 1, y + 3), 1.6, 1.6)


def _paint_days(
    painter: QPainter, area: QRectF, look: TrackLook, track: Track, current: int
) -> None:
    """The day that is shown, and the others as far as they leave it and each other room."""
    width = QFontMetricsF(look.font).horizontalAdvance("30 May 2000") + GAP
    taken: list[float] = []
    last = len(track.days) - 1
    for place in dict.fromkeys([current, 0, last, *range(last + 1)]):
        left = min(max(track.places[place] - width / 2, LEFT - 40.0), area.right() - width)
        if any(abs(left - each) < width for each in taken):
            continue
        taken.append(left)
        painter.setPen(look.accent if place == current else look.faint)
        box = QRectF(left, _DAYS[0], width, _DAYS[1])
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, track.days[place])
