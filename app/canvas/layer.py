"""What is stored, painted once: a pane's body and marks as one opaque picture.

The layer is larger than its pane, so that panning only moves it. A new mark is painted onto
it; anything else paints it anew. So a click costs the same with ten marks and ten thousand.
"""

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.body.areas import inside_polygon
from app.body.atlas import Atlas
from app.canvas.pane import Pane
from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.painting.body_picture import paint_picture
from app.painting.labels import LabelSpace
from app.painting.marks import (
    Frame,
    paint_areas,
    paint_dots,
    paint_ghosts,
    paint_labels,
    paint_signs,
)
from app.painting.placing import PlacedMark, place_mark, place_marks

SPARE = 0.3
"""How far the layer reaches beyond its pane on each side, as a share of the pane."""


class PaneLayer:
    """The committed marks of one pane: where they lie, and their picture."""

    def __init__(self, atlas: Atlas, pane: Pane) -> None:
        self._atlas = atlas
        self._pane = pane
        self.placed: list[PlacedMark] = []
        self._ghosts: list[PlacedMark] = []
        self._spots = np.empty((0, 2))
        self._space = LabelSpace()
        self._pixels: QPixmap | None = None
        self._painted = Frame(1.0)
        self._area = QRectF()

    def set_marks(self, body: Body, marks: list[Mark], ghosts: list[Mark]) -> None:
        """Places all marks anew."""
        view = self._pane.view.name
        self.placed = place_marks(self._atlas, marks, body, view)
        self._ghosts = place_marks(self._atlas, ghosts, body, view)
        self._spots = np.array([(each.x, each.y) for each in self.placed]).reshape(-1, 2)
        self.invalidate()

    def add_mark(self, body: Body, mark: Mark) -> None:
        """Places one mark more, and paints it onto what is painted already."""
        placed = place_mark(self._atlas, mark, body, self._pane.view.name)
        if placed is None:
            return
        self.placed.append(placed)
        self._spots = np.vstack([self._spots, (placed.x, placed.y)])
        if self._pixels is None:
            return
        painter = self._painter()
        self._paint_marks(painter, [placed])
        painter.end()

    def invalidate(self) -> None:
        """Forgets the picture; the next paint makes it anew."""
        self._pixels = None

    def hit(self, x: float, y: float, reach: float) -> UUID | None:
        """The mark at (x, y) picture px: the nearest sign within ``reach``, else an area."""
        if not self.placed:
            return None
        distance = np.hypot(self._spots[:, 0] - x, self._spots[:, 1] - y)
        nearest = int(distance.argmin())
        if distance[nearest] <= reach:
            return self.placed[nearest].mark.id
        here = np.array([[x, y]])
        for each in self.placed:
            if any(inside_polygon(here, loop)[0] for loop in each.loops):
                return each.mark.id
        return None

    def paint(self, painter: QPainter, ground: QColor) -> None:
        """Paints the layer where its pane looks now."""
        frame = self._pane.frame
        if not self._covers(frame):
            self._render(painter.device().devicePixelRatioF(), ground)
            frame = self._painted
        assert self._pixels is not None
        offset = QPointF(frame.dx - self._painted.dx, frame.dy - self._painted.dy)
        painter.save()
        painter.setClipRect(self._pane.rect)
        painter.drawPixmap(self._area.topLeft() + offset, self._pixels)
        painter.restore()

    def _covers(self, frame: Frame) -> bool:
        if self._pixels is None:
            return False
        if (frame.scale, frame.unit) != (self._painted.scale, self._painted.unit):
            return False
        shift = QPointF(frame.dx - self._painted.dx, frame.dy - self._painted.dy)
        return self._area.translated(shift).contains(self._pane.rect)

    def _render(self, ratio: float, ground: QColor) -> None:
        pane = self._pane
        spare = 0.0 if pane.thumbnail or pane.zoom == 1.0 else SPARE
        dx, dy = pane.rect.width() * spare, pane.rect.height() * spare
        area = pane.rect.adjusted(-dx, -dy, dx, dy).toAlignedRect()
        self._area = QRectF(area)
        self._painted = pane.frame
        pixels = QPixmap(round(area.width() * ratio), round(area.height() * ratio))
        pixels.setDevicePixelRatio(ratio)
        pixels.fill(ground)
        self._pixels = pixels
        self._space = LabelSpace()
        painter = self._painter()
        paint_picture(painter, pane.view, pane.target)
        paint_ghosts(painter, self._ghosts, self._painted)
        self._paint_marks(painter, self.placed)
        painter.end()

    def _painter(self) -> QPainter:
        assert self._pixels is not None
        painter = QPainter(self._pixels)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self._area.topLeft())
        return painter

    def _paint_marks(self, painter: QPainter, placed: list[PlacedMark]) -> None:
        paint_areas(painter, placed, self._painted)
        if self._pane.thumbnail:
            paint_dots(painter, placed, self._painted)
            return
        paint_signs(painter, placed, self._painted)
        paint_labels(painter, placed, self._painted, self._space)
