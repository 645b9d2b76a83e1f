"""What is stored, painted once: a pane's body and marks as one opaque picture.

The layer is larger than its pane, so that panning only moves it. A new mark is painted onto
it; anything else paints it anew. So a click costs the same with ten marks and ten thousand.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion

from app.body.areas import inside_loops
from app.body.atlas import Atlas
from app.body.picture_style import PictureStyle
from app.body.view import View
from app.canvas.ghost_layer import GhostLayer
from app.canvas.pane import Pane
from app.canvas.shown_anatomy import NOTHING_SHOWN, ShownAnatomy, ShownRegion, regions_shown
from app.canvas.sign_grid import SignGrid
from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.painting.body_picture import paint_picture
from app.painting.glyphs import GLYPH_DIAMETER
from app.painting.layout import Frame, LaidMark, Layout
from app.painting.marks import area_path, paint_dots, paint_ghosts, paint_laid
from app.painting.placing import PlacedMark, place_mark, place_marks

SPARE = 0.3
"""How far the layer reaches beyond its pane on each side, as a share of the pane."""
MOST_MARKS_PAINTED_ANEW = 120
"""With more marks than this, each step of a zoom stretches the picture; it is painted sharp when
the zoom has come to rest."""
HALO = 6.0
"""px around a label that its halo may cover."""


class Touched(NamedTuple):
    """What lies under a point: a mark, and a ghost that is nearer to it than any sign."""

    mark: UUID | None = None
    ghost: UUID | None = None


class Coat(Protocol):
    """What lies on the skin under all marks, as colours do that tell how often it was needled."""

    def paint(self, painter: QPainter, view: View, target: QRectF) -> None:
        """Paints over a view's whole picture, which fills ``target``."""


class PaneLayer:
    """The committed marks of one pane: where they lie, and their picture.

    Signs and labels are laid out for one zoom; moving the picture moves them all alike.
    """

    def __init__(self, atlas: Atlas, pane: Pane, small_ghosts: bool = True) -> None:
        """``small_ghosts``: whether a thumbnail shows ghosts too."""
        self._atlas = atlas
        self._pane = pane
        self._shows_ghosts = small_ghosts or not pane.thumbnail
        self.placed: list[PlacedMark] = []
        self.coat: Coat | None = None
        self._ghosts = GhostLayer()
        self._pixels: QPixmap | None = None
        self._ground = QColor()
        self._skin = 1.0
        self._style = PictureStyle.CLAY
        self._area = QRectF()
        self._body: Body | None = None
        self._anatomy = NOTHING_SHOWN
        self._regions: list[ShownRegion] | None = None
        """What is shown of it, in painter px of the layout; None until they are looked up."""
        self._layout: Layout | None = None
        self._laid: list[LaidMark] = []
        self._by_id: dict[UUID, LaidMark] = {}
        self._signs = SignGrid()
        self._areas: list[PlacedMark] = []

    def set_marks(self, body: Body, marks: Sequence[Mark], ghosts: Sequence[Mark]) -> None:
        """Places all marks anew."""
        if body is not self._body:
            self._body, self._regions = body, None
        view = self._pane.view.name
        self.placed = place_marks(self._atlas, marks, body, view)
        self.set_ghosts(body, ghosts)
        self._layout = None

    def set_ghosts(self, body: Body, ghosts: Sequence[Mark]) -> None:
        """Shows other ghosts under the same marks."""
        shown = ghosts if self._shows_ghosts else ()
        self._ghosts.show(place_marks(self._atlas, shown, body, self._pane.view.name))
        self.invalidate()

    def show_anatomy(self, anatomy: ShownAnatomy) -> None:
        """Shows other parts of the anatomy under the marks."""
        self._anatomy, self._regions = anatomy, None
        self.invalidate()

    def add_mark(self, body: Body, mark: Mark) -> QRectF | None:
        """Places one mark more, and paints its sign onto what is painted already.

        Returns the box, in widget px, in which the pane looks different now. The label follows
        with ``add_label``: the hand waits for the sign alone.
        """
        placed = place_mark(self._atlas, mark, body, self._pane.view.name)
        if placed is None:
            return None
        self.placed.append(placed)
        if self._layout is None:
            return self._pane.rect
        dot = self._pane.thumbnail
        laid = _dot(placed, self._layout) if dot else self._layout.add_sign(placed)
        self._laid.append(laid)
        self._take(laid)
        return self._repaint([], [laid])

    def add_label(self, mark: Mark) -> QRectF | None:
        """Gives a mark that was added its label, and moves labels that its sign covers."""
        laid = self._by_id.get(mark.id)
        if laid is None or self._layout is None or self._pane.thumbnail or not laid.label.isEmpty():
            return None
        labelled, moved = self._layout.add_label(laid)
        changed = {laid: labelled, **moved}
        if moved:
            self._laid = [changed.get(each, each) for each in self._laid]
        else:
            self._laid[self._laid.index(laid)] = labelled
        self._by_id |= {each.placed.mark.id: each for each in changed.values()}
        return self._repaint([*moved, *moved.values(), labelled], [])

    def _repaint(self, labels: list[LaidMark], marks: list[LaidMark]) -> QRectF:
        """Paints anew what lies under ``labels``, and ``marks`` on top; the box that it changed."""
        assert self._layout is not None
        if self._pixels is None:
            return self._pane.rect
        painter = self._painter()
        for each in labels:
            self._paint_anew(painter, each.label)
        self._paint_marks(painter, marks)
        painter.end()
        return self._box_of([*labels, *marks]).translated(self._offset(self._layout))

    def _box_of(self, laid: list[LaidMark]) -> QRectF:
        """What some marks cover, in px of the layout."""
        assert self._layout is not None
        box = QRectF()
        reach = GLYPH_DIAMETER * self._layout.frame.unit
        for each in laid:
            for spot in (each.spot, each.sign) if each.stepped_aside else (each.spot,):
                box = box.united(QRectF(spot, spot).adjusted(-reach, -reach, reach, reach))
            if not each.label.isEmpty():
                box = box.united(each.label.adjusted(-HALO, -HALO, HALO, HALO))
            if each.placed.loops:
                box = box.united(area_path(each.placed, self._layout.frame).boundingRect())
        return box

    def invalidate(self) -> None:
        """Forgets the picture; the next paint makes it anew."""
        self._pixels = None

    def hit(self, at: QPointF, x: float, y: float, reach: float) -> UUID | None:
        """The mark under a widget point, which is (x, y) px of the picture.

        That is the nearest sign within ``reach`` widget px, else an area.
        """
        return self.touched(at, x, y, reach).mark

    def touched(self, at: QPointF, x: float, y: float, reach: float) -> Touched:
        """What lies under a widget point. Signs come first, then ghosts, areas last."""
        if not self.placed and not self._ghosts.placed:
            return Touched()
        layout = self._lay_out()
        offset = self._offset(layout)
        spot = at.x() - offset.x(), at.y() - offset.y()
        sign = self._signs.nearest(*spot, reach)
        if sign is not None:
            return Touched(sign)
        ghost, area = self._ghosts.nearest(layout.frame, *spot, reach), self._area_at(x, y)
        if ghost is None and area is None:
            ghost = self._ghosts.area_at(x, y)
        return Touched(area, ghost)

    def _area_at(self, x: float, y: float) -> UUID | None:
        here = np.array([[x, y]])
        return next((a.mark.id for a in self._areas if inside_loops(here, a.loops)[0]), None)

    def laid_marks(self, ids: frozenset[UUID]) -> list[LaidMark]:
        """Some marks as they are seen in the pane now."""
        if not ids:
            return []
        offset = self._offset(self._lay_out())
        found = [each for each in map(self._by_id.get, ids) if each is not None]
        return [each.moved(offset) for each in found] if offset else found

    def paint(
        self,
        painter: QPainter,
        due: QRegion,
        ground: QColor,
        skin: float = 1.0,
        style: PictureStyle = PictureStyle.CLAY,
        *,
        rough: bool = False,
    ) -> bool:
        """Paints what is ``due`` of the layer where its pane looks now.

        ``skin`` is how bright the body is, 0 to 1. ``rough``: while a zoom is under way a
        picture with many marks may be stretched instead of painted anew. Returns whether it was
        painted sharp.
        """
        if rough and len(self.placed) > MOST_MARKS_PAINTED_ANEW and self._layout is not None:
            self._stretch(painter, ground, self._layout.frame)
            return False
        self._skin, self._style = skin, style
        layout = self._lay_out()
        if self._pixels is None or not self._reaches(layout):
            self._render(painter.device().devicePixelRatioF(), ground, layout)
        assert self._pixels is not None
        corner = self._area.topLeft() + self._offset(layout)
        painter.save()
        for box in due:  # type: ignore[attr-defined]  # the stubs do not know it
            # Within one box Qt copies pixels twice as fast as within a region of boxes.
            painter.setClipRect(self._pane.rect.intersected(QRectF(box)))
            painter.drawPixmap(corner, self._pixels)
        painter.restore()
        return True

    def _stretch(self, painter: QPainter, ground: QColor, was: Frame) -> None:
        """Paints what was painted for the frame ``was`` where and as large as it should be now."""
        if self._pixels is None:
            self._render(painter.device().devicePixelRatioF(), ground, self._lay_out())
        assert self._pixels is not None
        now = self._pane.frame
        ratio = now.scale / was.scale
        left = (self._area.left() - was.dx) * ratio + now.dx
        top = (self._area.top() - was.dy) * ratio + now.dy
        target = QRectF(left, top, self._area.width() * ratio, self._area.height() * ratio)
        painter.save()
        painter.setClipRect(self._pane.rect)
        painter.fillRect(self._pane.rect, ground)
        painter.drawPixmap(target, self._pixels, QRectF(self._pixels.rect()))
        painter.restore()

    def _lay_out(self) -> Layout:
        """The layout for the pane's present zoom."""
        frame, layout = self._pane.frame, self._layout
        if layout is not None and _same_size(frame, layout.frame):
            return layout
        layout = Layout(frame, self._pane.rect if self._pane.zoom == 1.0 else None)
        if self._pane.thumbnail:
            self._laid = [_dot(each, layout) for each in self.placed]
        else:
            self._laid = layout.lay_out(self.placed)
        self._by_id, self._signs, self._areas = {}, SignGrid(), []
        self._ghosts.forget()
        for each in self._laid:
            self._take(each)
        self._layout = layout
        self._regions = None
        self.invalidate()
        return layout

    def _take(self, laid: LaidMark) -> None:
        """Remembers where a mark is hit: at its sign, but an area, which has none, by its skin."""
        mark_id = laid.placed.mark.id
        self._by_id[mark_id] = laid
        if laid.placed.loops:
            self._areas.append(laid.placed)
        else:
            self._signs.add(mark_id, laid.sign.x(), laid.sign.y())

    def _offset(self, layout: Layout) -> QPointF:
        """How far the pane has been moved since the layout was made."""
        frame = self._pane.frame
        return QPointF(frame.dx - layout.frame.dx, frame.dy - layout.frame.dy)

    def _reaches(self, layout: Layout) -> bool:
        return self._area.translated(self._offset(layout)).contains(self._pane.rect)

    def _render(self, ratio: float, ground: QColor, layout: Layout) -> None:
        pane = self._pane
        spare = 0.0 if pane.thumbnail or pane.zoom == 1.0 else SPARE
        dx, dy = pane.rect.width() * spare, pane.rect.height() * spare
        offset = self._offset(layout)
        area = pane.rect.translated(-offset).adjusted(-dx, -dy, dx, dy).toAlignedRect()
        self._area = QRectF(area)
        pixels = QPixmap(round(area.width() * ratio), round(area.height() * ratio))
        pixels.setDevicePixelRatio(ratio)
        self._pixels = pixels
        self._ground = ground
        painter = self._painter()
        self._paint_anew(painter, self._area)
        painter.end()

    def _paint_anew(self, painter: QPainter, box: QRectF) -> None:
        """Paints all that is seen within ``box``: ground, body, ghosts and marks."""
        layout = self._layout
        assert layout is not None
        # Whole px, or its edges would be painted half and be seen on a smooth picture.
        around = QRectF(box.adjusted(-HALO, -HALO, HALO, HALO).toAlignedRect())
        reach = GLYPH_DIAMETER * layout.frame.unit + HALO
        near = around.adjusted(-reach, -reach, reach, reach)
        painter.save()
        painter.setClipRect(around)
        painter.fillRect(around, self._ground)
        target = self._pane.target.translated(-self._offset(layout))
        painter.setOpacity(self._skin)
        paint_picture(painter, self._pane.view, target, self._style)
        painter.setOpacity(1.0)
        for region in self._regions_shown(layout.frame):
            if region.path.controlPointRect().intersects(around):
                region.paint(painter, layout.frame.unit)
        if self.coat is not None:
            self.coat.paint(painter, self._pane.view, target)
        paint_ghosts(painter, self._ghosts.placed, layout.frame)
        self._paint_marks(painter, [each for each in self._laid if _is_seen(each, near)])
        painter.restore()

    def _regions_shown(self, frame: Frame) -> list[ShownRegion]:
        if self._regions is None and self._body is not None:
            view, thumbnail = self._pane.view.name, self._pane.thumbnail
            place = (self._atlas, self._body, view, frame)
            self._regions = [*regions_shown(self._anatomy, *place, thumbnail=thumbnail)]
        return self._regions or []

    def _painter(self) -> QPainter:
        assert self._pixels is not None
        painter = QPainter(self._pixels)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self._area.topLeft())
        return painter

    def _paint_marks(self, painter: QPainter, laid: list[LaidMark]) -> None:
        assert self._layout is not None
        if self._pane.thumbnail:
            paint_dots(painter, [each.placed for each in laid], self._layout.frame)
        else:
            paint_laid(painter, laid, self._layout.frame)


def _is_seen(laid: LaidMark, box: QRectF) -> bool:
    """Whether any part of a mark may lie within ``box``."""
    if laid.placed.loops or laid.placed.line is not None:
        return True
    if laid.stepped_aside and _around(laid.spot, laid.sign).intersects(box):
        return True  # for the line from its spot to its sign
    return box.contains(laid.sign) or box.intersects(laid.label)


def _around(one: QPointF, other: QPointF) -> QRectF:
    """The box between two points, which is never empty."""
    return QRectF(one, other).normalized().adjusted(-1, -1, 1, 1)


def _dot(placed: PlacedMark, layout: Layout) -> LaidMark:
    """A mark on a thumbnail: a dot on its spot, that gives way to nothing."""
    spot = layout.frame.point(placed.x, placed.y)
    return LaidMark(placed, spot, spot, QRectF())


def _same_size(one: Frame, other: Frame) -> bool:
    """Whether two frames differ by a shift at most, so that one layout serves both."""
    return (one.scale, one.unit, one.label_unit) == (other.scale, other.unit, other.label_unit)
