"""A map over which more is laid: another session's marks, or what differs between two sessions."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.body.atlas import Atlas
from app.canvas.body_map import BodyMap
from app.canvas.look import MapLook
from app.canvas.pane import Pane
from app.domain.marks import Mark
from app.painting.marks import paint_dots, paint_marks
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
    """What is laid over is looked at only: it is neither hit nor selected."""

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

    def _paint_over(self, painter: QPainter, pane: Pane) -> None:
        for layer, placed in zip(self._over, self._placed_on(pane.view.name), strict=True):
            painter.setOpacity(layer.opacity)
            if layer.sign is not None:
                unit = SMALL_SIGN if pane.thumbnail else pane.frame.unit
                for each in placed:
                    paint_standing(painter, layer.sign, pane.frame.point(each.x, each.y), unit)
            elif pane.thumbnail:
                paint_dots(painter, placed, pane.frame)
            else:
                paint_marks(painter, placed, pane.frame)

    def _placed_on(self, view: str) -> list[list[PlacedMark]]:
        if view not in self._over_placed:
            self._over_placed[view] = [
                place_marks(self._atlas, layer.marks, self._body, view) for layer in self._over
            ]
        return self._over_placed[view]
