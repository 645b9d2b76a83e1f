"""A map over which more is laid: another session's marks, or what differs between two sessions."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.body.atlas import Atlas
from app.canvas.body_map import HIT_REACH, SMALLEST_HIT, BodyMap
from app.canvas.look import MapLook
from app.canvas.pane import Pane
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.editing.tools.tool import PointerEvent
from app.painting.glyphs import paint_ring
from app.painting.layout import LaidMark
from app.painting.marks import lay_out, paint_dots, paint_laid, paint_selected
from app.painting.placing import PlacedMark, place_marks
from app.painting.standing import Sign, paint_standing

SMALL_SIGN = 0.45
"""Of a sign on a thumbnail."""


@dataclass(frozen=True, slots=True)
class LaidOver:
    """Marks that are painted over the map, as a whole more or less opaque."""

    marks: Sequence[Mark]
    opacity: float = 1.0
    sign: Sign | None = None
    """Painted in the place of each mark's own."""


class ComparedMap(BodyMap):
    """What is laid over is pressed and lit up like the marks of the map, and never changed."""

    small_ghosts = False  # many sessions follow each other within a second

    def __init__(self, atlas: Atlas, look: MapLook, parent: QWidget | None = None) -> None:
        super().__init__(atlas, look, parent=parent)
        self._over: tuple[LaidOver, ...] = ()
        self._over_placed: dict[str, list[list[PlacedMark]]] = {}
        """By the view: where the marks of each layer are seen."""

    @property
    def over(self) -> tuple[LaidOver, ...]:
        return self._over

    def lay_over(self, over: Sequence[LaidOver]) -> None:
        """Lays these over the map, in this order, and nothing else."""
        if tuple(over) != self._over:
            self._over, self._over_placed = tuple(over), {}
            self.update()

    def show_selected(self, ids: Iterable[UUID]) -> None:
        super().show_selected(ids)
        if self._over:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._over:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pane in self._panes:
            if event.region().intersects(pane.rect.toAlignedRect()):
                painter.setClipRegion(event.region().intersected(pane.rect.toAlignedRect()))
                self._paint_over(painter, pane)
        painter.end()

    def _pointer(self, pane: Pane, at: QPointF, modifiers: Qt.KeyboardModifier) -> PointerEvent:
        pointer = super()._pointer(pane, at, modifiers)
        if not self._over or pointer.hit is not None:
            return pointer
        return replace(pointer, hit=self._over_at(pane, at))

    def _over_at(self, pane: Pane, at: QPointF) -> UUID | None:
        """The mark whose sign is nearest to a widget point, of all that are laid over."""
        reach = max(HIT_REACH * max(pane.frame.unit, SMALLEST_HIT), self.finger_reach)
        near = [
            (math.hypot(each.sign.x() - at.x(), each.sign.y() - at.y()), each.placed.mark.id)
            for layer, placed in self._layers_over(pane)
            if layer.opacity > 0
            for each in _laid(layer, placed, pane)
        ]
        distance, found = min(near, key=lambda pair: pair[0], default=(math.inf, None))
        return found if distance <= reach else None

    def _paint_over(self, painter: QPainter, pane: Pane) -> None:
        for layer, placed in self._layers_over(pane):
            painter.setOpacity(layer.opacity)
            if layer.sign is not None:
                self._paint_signs(painter, layer.sign, _laid(layer, placed, pane), pane)
            elif pane.thumbnail:
                paint_dots(painter, placed, pane.frame)
            else:
                laid = _laid(layer, placed, pane)
                paint_laid(painter, laid, pane.frame)
                paint_selected(painter, self._lit(laid), pane.frame)

    def _paint_signs(self, painter: QPainter, sign: Sign, laid: list[LaidMark], pane: Pane) -> None:
        unit = SMALL_SIGN if pane.thumbnail else pane.frame.unit
        for each in laid:
            paint_standing(painter, sign, each.spot, unit)
        for each in [] if pane.thumbnail else self._lit(laid):
            paint_ring(painter, each.spot.x(), each.spot.y(), unit)

    def _lit(self, laid: list[LaidMark]) -> list[LaidMark]:
        return [each for each in laid if each.placed.mark.id in self._selected]

    def _layers_over(self, pane: Pane) -> Iterable[tuple[LaidOver, list[PlacedMark]]]:
        view = pane.view.name
        if view not in self._over_placed:
            self._over_placed[view] = [
                place_marks(self._atlas, layer.marks, self._body, view) for layer in self._over
            ]
        return zip(self._over, self._over_placed[view], strict=True)


def _laid(layer: LaidOver, placed: list[PlacedMark], pane: Pane) -> list[LaidMark]:
    """Where marks are painted: signs of a difference stand on their very spot, without a label."""
    frame = pane.frame
    if layer.sign is None:
        return lay_out(placed, frame)
    spots = ((each, frame.point(each.x, each.y)) for each in placed)
    return [LaidMark(each, spot, spot, QRectF()) for each, spot in spots]
