"""The body map: the views of one body with its marks, and the pointer over them.

It is told what to show and says where the pointer is on the skin; what a gesture means is
the toolbox's affair.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QSizePolicy, QWidget

from app.body.atlas import SNAP_REACH, Atlas
from app.canvas.arrangement import CAPTION_HEIGHT, one_large, side_by_side
from app.canvas.layer import PaneLayer
from app.canvas.look import MapLook
from app.canvas.overlay import paint_caption, paint_card, paint_preview, paint_selection
from app.canvas.pane import Pane
from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.editing.tools.tool import NO_PREVIEW, PointerEvent, Preview
from app.painting.placing import place_marks

HIT_REACH = 13.0
"""A sign is hit within this many screen px of its centre."""
SMALLEST_HIT = 0.8
"""Share of ``HIT_REACH`` that is left where signs are small: a fingertip does not shrink."""
REGION_MARGIN = 0.16
"""Around the marks this share of the picture's height is shown when moving close to them."""
WHEEL_STEP = 1.0015
"""Zoom factor for one eighth of a degree of the wheel: a notch of 15 degrees zooms by 1.2."""


class BodyMap(QWidget):
    """Shows marks on the views of a body; one view can be enlarged, zoomed and moved."""

    pressed = Signal(object)
    moved = Signal(object)
    released = Signal(object)
    hovered = Signal(object)
    """A PointerEvent while no button is down, or None when the pointer leaves."""
    cancelled = Signal()
    """A second finger, or a lost pointer: the gesture must be dropped."""
    enlarged_changed = Signal(object)
    """The name of the view that is enlarged now, or None for all side by side."""

    aim_changed = Signal(float, QPointF)
    """The enlarged view was zoomed or moved: its zoom, and the picture point at its middle."""

    def __init__(
        self,
        atlas: Atlas,
        look: MapLook,
        *,
        thumbnails: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._atlas = atlas
        self._look = look
        self._body = Body.FEMALE
        self._marks: list[Mark] = []
        self._ghosts: list[Mark] = []
        self._selected: frozenset[UUID] = frozenset()
        self._preview = NO_PREVIEW
        self._enlarged: str | None = "posterior"
        self._panes: list[Pane] = []
        self._layers: list[PaneLayer] = []
        self._down_in: Pane | None = None
        self._panning: Pane | None = None
        self._last = QPointF()
        self.pans_with_left: Callable[[], bool] = lambda: True
        """Whether a left drag that begins beside every mark moves the picture."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName("Body map")
        self._rebuild()

    def sizeHint(self) -> QSize:
        return QSize(720, 700)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 320)

    # -- what is shown ---------------------------------------------------------------------

    @property
    def enlarged(self) -> str | None:
        return self._enlarged

    def set_look(self, look: MapLook) -> None:
        self._look = look
        for layer in self._layers:
            layer.invalidate()
        self.update()

    def show_marks(self, body: Body, marks: list[Mark], ghosts: list[Mark]) -> None:
        """Shows these marks, and those of earlier sessions as pale outlines."""
        self._marks, self._ghosts = marks, ghosts
        if body is not self._body:
            self._body = body
            self._rebuild()
            return
        self._fill_layers()
        self.update()

    def add_mark(self, mark: Mark) -> None:
        """Shows one mark more, which is all that changed."""
        self._marks.append(mark)
        for layer in self._layers:
            layer.add_mark(self._body, mark)
        self.update()

    def show_selected(self, ids: tuple[UUID, ...]) -> None:
        self._selected = frozenset(ids)
        self.update()

    def show_preview(self, preview: Preview) -> None:
        """Shows what is in hand."""
        if preview != self._preview:
            self._preview = preview
            self.update()

    def enlarge(self, view: str | None) -> None:
        """Enlarges one view, or shows all side by side."""
        if view != self._enlarged:
            self._enlarged = view
            self._rebuild()
            self.enlarged_changed.emit(view)

    def fit(self) -> None:
        """Shows whole pictures again."""
        for pane in self._panes:
            pane.fit()
        self._aim_changed()

    def show_where_marks_are(self) -> None:
        """Enlarges the view that shows most of the marks and ghosts, and moves close to them."""
        anything = [*self._marks, *self._ghosts]
        placed = {
            view.name: place_marks(self._atlas, anything, self._body, view.name)
            for view in self._atlas.views(self._body)
        }
        name = max(placed, key=lambda view: len(placed[view]))
        if not placed[name]:
            self.fit()
            return
        self.enlarge(name)
        spots = QPolygonF([QPointF(each.x, each.y) for each in placed[name]])
        around = REGION_MARGIN * self._panes[0].view.height
        self._panes[0].show_region(spots.boundingRect().adjusted(-around, -around, around, around))
        self._aim_changed()

    def take_aim(self, zoom: float, centre: QPointF) -> None:
        """Looks at the same part of the enlarged view as another map does."""
        if self._enlarged is not None and self._panes[0].aim != (zoom, centre):
            self._panes[0].take_aim(zoom, centre)
            self.update()

    def set_thumbnails(self, shown: bool) -> None:
        """Shows or hides the small views beside the enlarged one."""
        if shown != self._thumbnails:
            self._thumbnails = shown
            self._rebuild()

    def _aim_changed(self) -> None:
        self.update()
        if self._enlarged is not None:
            self.aim_changed.emit(*self._panes[0].aim)

    def zoom(self, factor: float) -> None:
        """Zooms the enlarged view about its middle, as keys do."""
        pane = self._panes[0]
        pane.zoom_about(pane.rect.center(), factor)
        self._aim_changed()

    def zoom_at(self, at: QPointF, factor: float) -> None:
        """Zooms the view under a widget point about that point."""
        pane = self._pane_at(at)
        if pane is not None and not pane.thumbnail:
            pane.zoom_about(at, factor)
            self._aim_changed()

    def pane_point(self, view: str, x: float, y: float) -> QPointF:
        """The widget point that shows (x, y) px of a view's picture, in its largest pane."""
        pane = next(pane for pane in self._panes if pane.view.name == view)
        return pane.frame.point(x, y)

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, preview = self._look, self._preview
        painter.fillRect(event.rect(), look.ground)
        for pane, layer in zip(self._panes, self._layers, strict=True):
            if not pane.rect.adjusted(-6, -6, 6, CAPTION_HEIGHT).intersects(event.rect()):
                continue
            if pane.thumbnail:
                paint_card(painter, pane, look, current=pane.view.name == self._enlarged)
            layer.paint(painter, look.card if pane.thumbnail else look.ground)
            if not pane.thumbnail:
                paint_selection(painter, pane, layer.laid_marks(self._selected))
                if preview != NO_PREVIEW:
                    placed = place_marks(self._atlas, preview.marks, self._body, pane.view.name)
                    paint_preview(painter, pane, layer, preview, placed, look)
            titled = pane.thumbnail or self._enlarged is None
            paint_caption(painter, pane, look, seen=len(layer.placed), titled=titled)
        painter.end()

    # -- arranging -------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _rebuild(self) -> None:
        views = self._atlas.views(self._body)
        if self._enlarged is None:
            self._panes = [Pane(view) for view in views]
        else:
            large = Pane(self._atlas.view(self._body, self._enlarged))
            small = views if self._thumbnails else ()
            self._panes = [large, *(Pane(view, thumbnail=True) for view in small)]
        self._down_in = self._panning = None
        self._arrange()
        self._layers = [PaneLayer(self._atlas, pane) for pane in self._panes]
        self._fill_layers()
        self.update()

    def _arrange(self) -> None:
        area = QRectF(self.rect())
        if self._enlarged is None:
            side_by_side(self._panes, area)
        else:
            one_large(self._panes[0], self._panes[1:], area)

    def _fill_layers(self) -> None:
        for layer in self._layers:
            layer.set_marks(self._body, self._marks, self._ghosts)

    def _pane_at(self, at: QPointF) -> Pane | None:
        return next(
            (
                pane
                for pane in reversed(self._panes)  # thumbnails lie over the large picture
                if pane.rect.adjusted(0, 0, 0, CAPTION_HEIGHT if pane.thumbnail else 0).contains(at)
            ),
            None,
        )

    # -- pointer ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        pane = self._pane_at(at)
        if pane is None:
            return
        self._last = at
        if pane.thumbnail:
            if event.button() is Qt.MouseButton.LeftButton:
                self.enlarge(pane.view.name)
            return
        if event.button() in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            self._start_panning(pane)
        elif event.button() is Qt.MouseButton.LeftButton:
            pointer = self._pointer(pane, at, event.modifiers())
            self._down_in = pane
            if self.pans_with_left() and pointer.hit is None:
                self._start_panning(pane)
            self.pressed.emit(pointer)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Enlarges a view, or shows all; while marking it is just a second press on skin."""
        pane = self._pane_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or pane is None or pane.thumbnail:
            return
        on_skin = self._pointer(pane, event.position(), event.modifiers()).anchor is not None
        if on_skin and not self.pans_with_left():
            self.mousePressEvent(event)
        else:
            self.enlarge(pane.view.name if self._enlarged is None else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._panning is not None:
            self._panning.pan(at - self._last)
            self._last = at
            self._aim_changed()
        elif self._down_in is not None:
            self.moved.emit(self._pointer(self._down_in, at, event.modifiers()))
        else:
            pane = self._pane_at(at)
            thumbnail = pane is None or pane.thumbnail
            self.hovered.emit(
                None if thumbnail or pane is None else self._pointer(pane, at, event.modifiers())
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._panning is not None:
            self._panning = None
        if self._down_in is not None and event.button() is Qt.MouseButton.LeftButton:
            pane, self._down_in = self._down_in, None
            self.released.emit(self._pointer(pane, event.position(), event.modifiers()))

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned:
            self.zoom_at(event.position(), WHEEL_STEP**turned)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._down_in = self._panning = None
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_at(event.position(), 1 + event.value())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinch(pinch)
            return True
        return super().event(event)

    def _pinch(self, pinch: QPinchGesture) -> None:
        """Two fingers zoom and move; a mark that the first one had begun is dropped."""
        if self._down_in is not None:
            self._down_in = None
            self.cancelled.emit()
        centre = self.mapFromGlobal(pinch.centerPoint())
        self.zoom_at(centre, pinch.scaleFactor())
        pane = self._pane_at(centre)
        if pane is not None and not pane.thumbnail:
            pane.pan(pinch.centerPoint() - pinch.lastCenterPoint())
            self._aim_changed()

    def _start_panning(self, pane: Pane) -> None:
        self._panning = pane

    def _pointer(self, pane: Pane, at: QPointF, modifiers: Qt.KeyboardModifier) -> PointerEvent:
        """The pointer as the tools know it. Reach is given in screen px, or 3 px of the picture
        where that is more, so that the edge of the body is as easy to hit at any zoom.
        """
        x, y = pane.picture_point(at)
        scale = pane.frame.scale
        layer = self._layers[self._panes.index(pane)]
        extend = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        return PointerEvent(
            view=pane.view.name,
            x=x,
            y=y,
            anchor=self._atlas.pick(
                self._body, pane.view.name, x, y, max(SNAP_REACH, SNAP_REACH / scale)
            ),
            hit=layer.hit(at, x, y, HIT_REACH * max(pane.frame.unit, SMALLEST_HIT)),
            extend=bool(modifiers & extend),
        )
