"""Where signs and labels stand on a picture, so that none covers another.

A sign stands on its spot. Where another sign stands there already it steps aside, as far as
need be, and a thin line leads back to the spot; at a larger zoom it returns. Labels then take
the first free place around their sign.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from app.painting.glyphs import GLYPH_DIAMETER
from app.painting.labels import LABEL_GAP, label_runs, label_size
from app.painting.placing import PlacedMark

SIGN_DISTANCE = 0.94
"""Least distance of two signs' centres, in diameters of a sign."""
_RINGS = (1.0, 1.45, 1.9, 2.4)
_DIRECTIONS = tuple(math.radians(degrees) for degrees in (40, -40, 140, -140, 0, 180, 90, -90))
_CELL = 48.0


@dataclass(frozen=True, slots=True)
class Frame:
    """How picture px become painter px: ``painter = picture * scale + offset``.

    ``unit`` is the size of one unit of signs in painter px, ``label_unit`` that of labels:
    on a small picture signs shrink so that they do not cover each other, words stay legible.
    """

    scale: float
    dx: float = 0.0
    dy: float = 0.0
    unit: float = 1.0
    label_unit: float = 1.0
    sprites: bool = False
    """Whether signs and labels may be painted from kept pixels: on the screen, never on paper."""

    def point(self, x: float, y: float) -> QPointF:
        return QPointF(x * self.scale + self.dx, y * self.scale + self.dy)


@dataclass(frozen=True, slots=True, eq=False)
class LaidMark:
    """A mark with its places in painter px: its true ``spot``, where its ``sign`` stands (on
    the spot, if there is room), and the box of its ``label``.
    """

    placed: PlacedMark
    spot: QPointF
    sign: QPointF
    label: QRectF

    @property
    def stepped_aside(self) -> bool:
        return self.sign != self.spot


class Layout:
    """The places taken on one picture. Marks can be added as they are placed."""

    def __init__(self, frame: Frame, bounds: QRectF | None = None) -> None:
        """``bounds``: where labels should stay, in painter px, if they can."""
        self.frame = frame
        self._bounds = bounds
        self._sign_cell = 2 * GLYPH_DIAMETER * frame.unit
        self._signs: dict[tuple[int, int], list[QPointF]] = defaultdict(list)
        self._boxes: dict[tuple[int, int], list[QRectF]] = defaultdict(list)

    def lay_out(self, placed: Iterable[PlacedMark]) -> list[LaidMark]:
        """Finds places for all: signs first, so that no label takes the spot of a sign."""
        marks = sorted(placed, key=lambda each: each.mark.number)
        signs = [self._place_sign(each) for each in marks]
        return [
            LaidMark(each, self.frame.point(each.x, each.y), sign, self._place_label(each, sign))
            for each, sign in zip(marks, signs, strict=True)
        ]

    def covers_label(self, mark: LaidMark) -> bool:
        """Whether a mark's sign lies over a label that stood there before it."""
        if mark.placed.loops:
            return False
        own, box = mark.label, _around(mark.sign, self._radius)
        return any(
            other is not own and other.intersects(box)
            for cell in _cells(box)
            for other in self._boxes[cell]
            if other.center() != mark.sign
        )

    @property
    def _radius(self) -> float:
        return GLYPH_DIAMETER / 2 * self.frame.unit

    def _place_sign(self, placed: PlacedMark) -> QPointF:
        spot = self.frame.point(placed.x, placed.y)
        if placed.loops:
            return spot
        sign = next((at for at in self._sign_places(spot) if self._is_free_for_sign(at)), spot)
        self._signs[self._cell(sign)].append(sign)
        self._take(_around(sign, self._radius))
        return sign

    def _sign_places(self, spot: QPointF) -> Iterator[QPointF]:
        yield spot
        for ring in _RINGS:
            reach = ring * 2 * self._radius
            for turn in _DIRECTIONS:
                yield spot + QPointF(math.cos(turn) * reach, math.sin(turn) * reach)

    def _is_free_for_sign(self, at: QPointF) -> bool:
        least = SIGN_DISTANCE * 2 * self._radius
        column, row = self._cell(at)
        return not any(
            math.hypot(other.x() - at.x(), other.y() - at.y()) < least
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in self._signs.get((column + dx, row + dy), ())
        )

    def _place_label(self, placed: PlacedMark, sign: QPointF) -> QRectF:
        width, height = label_size(label_runs(placed.mark), self.frame.label_unit)
        if placed.loops:
            boxes = list(self._area_label_places(placed, sign, width, height))
        else:
            boxes = list(_label_places(sign, self._radius + LABEL_GAP, width, height))
        box = next((box for box in boxes if self._is_free_for_label(box)), boxes[0])
        self._take(box)
        return box

    def _area_label_places(
        self, placed: PlacedMark, spot: QPointF, width: float, height: float
    ) -> Iterator[QRectF]:
        """In the middle of the area, else at its upper, lower, left or right edge."""
        largest = max(placed.loops, key=len)
        low = self.frame.point(*largest.min(axis=0))
        high = self.frame.point(*largest.max(axis=0))
        middle = (low + high) / 2
        for x, y in (
            (spot.x(), spot.y()),
            (middle.x(), low.y() - height * 0.6),
            (middle.x(), high.y() + height * 0.6),
            (low.x() - width * 0.55, middle.y()),
            (high.x() + width * 0.55, middle.y()),
        ):
            yield QRectF(x - width / 2, y - height / 2, width, height)

    def _cell(self, at: QPointF) -> tuple[int, int]:
        """The cell of a sign: neighbours that could touch it are in the cells around."""
        return int(at.x() // self._sign_cell), int(at.y() // self._sign_cell)

    def _is_free_for_label(self, box: QRectF) -> bool:
        if self._bounds is not None and not self._bounds.contains(box):
            return False
        return not any(
            box.intersects(other) for cell in _cells(box) for other in self._boxes.get(cell, ())
        )

    def _take(self, box: QRectF) -> None:
        for cell in _cells(box):
            self._boxes[cell].append(box)


def _label_places(at: QPointF, out: float, width: float, height: float) -> Iterator[QRectF]:
    """Right, left, above, below, then the corners."""
    x, y, corner = at.x(), at.y(), out * 0.75
    for left, top in (
        (x + out, y - height / 2),
        (x - out - width, y - height / 2),
        (x - width / 2, y - out - height),
        (x - width / 2, y + out),
        (x + corner, y - corner - height),
        (x + corner, y + corner),
        (x - corner - width, y - corner - height),
        (x - corner - width, y + corner),
    ):
        yield QRectF(left, top, width, height)


def _around(at: QPointF, radius: float) -> QRectF:
    return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)


def _cells(box: QRectF) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left() // _CELL), int(box.right() // _CELL) + 1):
        for row in range(int(box.top() // _CELL), int(box.bottom() // _CELL) + 1):
            yield column, row
