"""Where signs and labels stand on a picture, so that none covers another.

A sign stands on its spot. Where another sign stands there already it steps aside, as far as
need be, and a thin line leads back to the spot; at a larger zoom it returns. Labels then take
the first free place around their sign.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF

from app.painting.glyphs import GLYPH_DIAMETER
from app.painting.labels import LABEL_GAP, label_runs, label_size
from app.painting.placing import PlacedMark

SIGN_DISTANCE = 0.94
"""Least distance of two signs' centres, in diameters of a sign."""
_RINGS = (1.0, 1.45, 1.9, 2.4)
_DIRECTIONS = tuple(math.radians(degrees) for degrees in (40, -40, 140, -140, 0, 180, 90, -90))
_STEPS_ASIDE = tuple(
    (math.cos(turn) * ring, math.sin(turn) * ring) for ring in _RINGS for turn in _DIRECTIONS
)
"""Where a sign looks for room, one after the other, in diameters of a sign."""
_AROUND = tuple((i, j) for i in (0, -1, 1) for j in (0, -1, 1))
_CELL = 64.0

_Cell: TypeAlias = tuple[int, int]
_Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in painter px."""


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

    def moved(self, by: QPointF) -> "LaidMark":
        """The same mark on a picture that was moved by so much."""
        return LaidMark(self.placed, self.spot + by, self.sign + by, self.label.translated(by))


class Layout:
    """The places taken on one picture. Marks can be added as they are placed.

    What is taken is kept in grids of cells, as plain numbers: it is asked about some hundred
    times for each mark that stands in a crowd.
    """

    def __init__(self, frame: Frame, bounds: QRectF | None = None) -> None:
        """``bounds``: where labels should stay, in painter px, if they can."""
        self.frame = frame
        self._bounds = bounds
        self._radius = GLYPH_DIAMETER / 2 * frame.unit
        self._least = SIGN_DISTANCE * 2 * self._radius
        self._signs: dict[_Cell, list[tuple[float, float]]] = defaultdict(list)
        """Each in its cell and those around it: in a crowd they are asked for more than added."""
        self._crowded: set[_Cell] = set()
        self._boxes: dict[_Cell, list[_Box]] = defaultdict(list)
        self._labels: dict[_Cell, list[LaidMark]] = defaultdict(list)
        self._box_of: dict[LaidMark, _Box] = {}

    def lay_out(self, placed: Iterable[PlacedMark]) -> list[LaidMark]:
        """Finds places for all: signs first, so that no label takes the spot of a sign."""
        marks = sorted(placed, key=lambda each: each.mark.number)
        return [self._with_label(each) for each in [self.add_sign(each) for each in marks]]

    def add_sign(self, placed: PlacedMark) -> LaidMark:
        """Finds a place for the sign of one mark more; its label has none yet."""
        spot = self.frame.point(placed.x, placed.y)
        sign = spot if placed.loops else self._place_sign(spot)
        return LaidMark(placed, spot, sign, QRectF())

    def add_label(self, laid: LaidMark) -> tuple[LaidMark, dict[LaidMark, LaidMark]]:
        """Finds a place for the label of a mark whose sign was added, and other places for the
        labels that its sign covers.

        Returns the mark with its label, and the marks whose labels were moved with their new
        values.
        """
        labelled = self._with_label(laid)
        moved = {}
        for other in [] if laid.placed.loops else self._covered_labels(labelled):
            again = self._moved_label(other)
            if again is not None:
                moved[other] = again
        return labelled, moved

    def _with_label(self, laid: LaidMark) -> LaidMark:
        places = self._label_boxes(laid.placed, laid.sign)
        box = next(filter(self._is_free_for_label, places), places[0])
        return self._take_label(replace(laid, label=_rect(box)), box)

    def _covered_labels(self, laid: LaidMark) -> list[LaidMark]:
        box = _around(laid.sign, self._radius)
        near = (other for cell in _cells(box) for other in self._labels[cell])
        covered = (each for each in near if each is not laid and _overlap(self._box_of[each], box))
        return list(dict.fromkeys(covered))

    def _moved_label(self, laid: LaidMark) -> LaidMark | None:
        """``laid`` with its label where there is room, or None where there is no room at all."""
        places = self._label_boxes(laid.placed, laid.sign)
        box = next(filter(self._is_free_for_label, places), None)
        if box is None:
            return None
        old = self._box_of.pop(laid)
        for cell in _cells(old):
            self._labels[cell].remove(laid)
            self._boxes[cell].remove(old)
        return self._take_label(replace(laid, label=_rect(box)), box)

    def _take_label(self, laid: LaidMark, box: _Box) -> LaidMark:
        self._box_of[laid] = box
        for cell in _cells(box):
            self._labels[cell].append(laid)
            self._boxes[cell].append(box)
        return laid

    def _place_sign(self, spot: QPointF) -> QPointF:
        sign = self._free_sign_place(spot.x(), spot.y())
        x, y = sign.x(), sign.y()
        column, row = int(x // self._least), int(y // self._least)
        for i, j in _AROUND:
            self._signs[column + i, row + j].append((x, y))
        box = _around(sign, self._radius)
        for cell in _cells(box):
            self._boxes[cell].append(box)
        return sign

    def _free_sign_place(self, x: float, y: float) -> QPointF:
        """The spot, or a place beside it; the spot again where there is no room around it."""
        if self._is_free_for_sign(x, y):
            return QPointF(x, y)
        here = (int(x // self._radius), int(y // self._radius))
        if here not in self._crowded:
            for dx, dy in _STEPS_ASIDE:
                at = x + dx * 2 * self._radius, y + dy * 2 * self._radius
                if self._is_free_for_sign(*at):
                    return QPointF(*at)
            self._crowded.add(here)  # it never empties: nobody else need look here
        return QPointF(x, y)

    def _is_free_for_sign(self, x: float, y: float) -> bool:
        least = self._least
        square = least * least
        for other_x, other_y in self._signs.get((int(x // least), int(y // least)), ()):
            across, down = other_x - x, other_y - y
            if across * across + down * down < square:
                return False
        return True

    def _label_boxes(self, placed: PlacedMark, sign: QPointF) -> list[_Box]:
        width, height = label_size(label_runs(placed.mark), self.frame.label_unit)
        if placed.loops:
            return list(self._area_label_places(placed, sign, width, height))
        return _label_places(sign, self._radius + LABEL_GAP, width, height)

    def _area_label_places(
        self, placed: PlacedMark, spot: QPointF, width: float, height: float
    ) -> Iterator[_Box]:
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
            (low.x() - width * 0.4, low.y() - height * 0.6),
            (high.x() + width * 0.4, low.y() - height * 0.6),
            (low.x() - width * 0.4, high.y() + height * 0.6),
            (high.x() + width * 0.4, high.y() + height * 0.6),
        ):
            yield (x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def _is_free_for_label(self, box: _Box) -> bool:
        if self._bounds is not None and not self._bounds.contains(_rect(box)):
            return False
        boxes = self._boxes
        left, top, right, bottom = box
        for cell in _cells(box):
            for x0, y0, x1, y1 in boxes.get(cell, ()):
                if x0 < right and left < x1 and y0 < bottom and top < y1:
                    return False
        return True


def _label_places(at: QPointF, out: float, width: float, height: float) -> list[_Box]:
    """Right, left, above, below, then the corners."""
    x, y, corner = at.x(), at.y(), out * 0.75
    corners = (
        (x + out, y - height / 2),
        (x - out - width, y - height / 2),
        (x - width / 2, y - out - height),
        (x - width / 2, y + out),
        (x + corner, y - corner - height),
        (x + corner, y + corner),
        (x - corner - width, y - corner - height),
        (x - corner - width, y + corner),
    )
    return [(left, top, left + width, top + height) for left, top in corners]


def _around(at: QPointF, radius: float) -> _Box:
    return (at.x() - radius, at.y() - radius, at.x() + radius, at.y() + radius)


def _rect(box: _Box) -> QRectF:
    return QRectF(QPointF(box[0], box[1]), QPointF(box[2], box[3]))


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _cells(box: _Box) -> list[_Cell]:
    left, top = int(box[0] // _CELL), int(box[1] // _CELL)
    right, bottom = int(box[2] // _CELL), int(box[3] // _CELL)
    if left == right:
        if top == bottom:
            return [(left, top)]
        return [(left, row) for row in range(top, bottom + 1)]
    return [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]
