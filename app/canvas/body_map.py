"""The body map: the pointer over the views of a body.

It says where the pointer is on the skin and which mark is under it; what a gesture means is
the toolbox's affair.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPaintEvent,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from app.body.atlas import SNAP_REACH, Atlas
from app.canvas.focus_ring import FocusRing
from app.canvas.look import MapLook
from app.canvas.map_view import MapView
from app.canvas.pane import Pane
from app.domain.anatomy import Anchor
from app.editing.tools.tool import PointerEvent

HIT_REACH = 13.0
"""A sign is hit within this many screen px of its centre."""
SIGN_REACH = 7.0
"""A pointer this close to the centre of a sign, in screen px at full size, is on it."""
SMALLEST_HIT = 0.8
"""Share of ``HIT_REACH`` that is left where signs are small: a fingertip does not shrink."""
LONG_STEP = 10
"""px of the picture that an arrow key moves a mark with Shift; without it one."""
_ARROWS = {
    int(Qt.Key.Key_Left): (-1, 0),
    int(Qt.Key.Key_Right): (1, 0),
    int(Qt.Key.Key_Up): (0, -1),
    int(Qt.Key.Key_Down): (0, 1),
}
EXTENDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
"""Either of these keys adds to what is selected."""
WHEEL_STEP = 1.0015
"""Zoom factor for one eighth of a degree of the wheel: a notch of 15 degrees zooms by 1.2."""


class PointerMenu(Protocol):
    """Each answers whether the event was its own, and means nothing else."""

    def pressed(self, event: QMouseEvent) -> bool: ...
    def moved(self, event: QMouseEvent) -> bool: ...
    def released(self, event: QMouseEvent) -> bool: ...
    def key(self, event: QKeyEvent) -> bool: ...


class BodyMap(MapView):
    """A map that can be pressed, dragged, pinched and wheeled."""

    pressed = Signal(object)
    moved = Signal(object)
    released = Signal(object)
    hovered = Signal(object)
    """A PointerEvent while no button is down, or None when the pointer leaves."""
    cancelled = Signal()
    """A second finger, another view or another window: the gesture must be dropped."""
    escaped = Signal()
    """Esc was pressed."""
    nudged = Signal(str, int, int)
    """An arrow key: the selected marks go so many px to the right and down on that view."""
    no_close_up = Signal()
    """A close-up was asked for where there is none."""

    def __init__(
        self,
        atlas: Atlas,
        look: MapLook,
        *,
        thumbnails: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(atlas, look, thumbnails=thumbnails, parent=parent)
        self._down_in: Pane | None = None
        self._panning: Pane | None = None
        self._last = QPointF()
        self._hovering: QPointF | None = None
        """Where the pointer is over the map, if it is."""
        self._pressed: tuple[QPointF, PointerEvent] | None = None
        """Where the last press was, and what: a release there need not look again."""
        self.finger_reach = 0.0
        """A sign is hit within so many screen px at least, for touch."""
        self.pans_with_left: Callable[[], bool] = lambda: True
        """Whether a left drag that begins beside every mark moves the picture."""
        self.steps_muscles: Callable[[int], bool] = lambda _by: False
        """Tab over the skin: goes to the next muscle, or is False where there is none."""
        self.key_pointer: Callable[[QKeyEvent], bool] = lambda _event: False
        """Another pointer than the mouse takes a key, or is False where it is not meant."""
        self.key_pointer_leads: Callable[[], bool] = lambda: False
        """Whether arrows are that pointer's even while a mark is selected."""
        self.marking: PointerMenu | None = None
        """A menu that is asked first, of every press, move and key."""
        self._ring = FocusRing(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName("Body map")
        self.rebuilt.connect(self.drop_gesture)

    def drop_gesture(self) -> None:
        """Ends a drag that is under way: whatever it had begun leaves no trace."""
        self._panning = None
        if self._down_in is not None:
            self._down_in = None
            self.cancelled.emit()

    def toggle_close_up(self) -> None:
        """Opens the close-up that fits where the pointer is; in a close-up, goes back.

        Without a pointer, as with keys alone, the middle of the picture is meant.
        """
        if self.in_close_up:
            self.go_back()
        else:
            self._go_closer(self._hovering or self._panes[0].rect.center())

    def bring_into_sight(self, anchors: tuple[Anchor, ...]) -> None:
        """Enlarges the view that shows these spots best, unless they are in sight already."""
        if all(self.point_of(anchor) is not None for anchor in anchors):
            return
        best = self._atlas.best_view(anchors, self._body, self._enlarged)
        self.enlarge(best)
        if any(self.point_of(anchor) is None for anchor in anchors):
            self.fit()

    def _sees(self, pane: Pane, anchor: Anchor) -> bool:
        spot = self._atlas.locate(anchor, self._body, pane.view.name)
        return spot.visible and pane.rect.contains(pane.frame.point(spot.x, spot.y))

    def _go_closer(self, at: QPointF) -> None:
        pane = self._pane_at(at)
        found = None
        if pane is not None and not pane.thumbnail:
            anchor = self._pointer(pane, at, Qt.KeyboardModifier.NoModifier).anchor
            if anchor is not None:
                found = self._atlas.close_up_at(anchor, self._body, pane.view.name)
        if found is None:
            self.no_close_up.emit()
        else:
            self.enlarge(found.name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.marking is not None and self.marking.pressed(event):
            return
        at = event.position()
        pane = self._pane_at(at)
        if pane is None:
            return
        self._last = at
        button = event.button()
        if pane.thumbnail:
            if button is Qt.MouseButton.LeftButton:
                self.enlarge(pane.view.name)
        elif button is Qt.MouseButton.LeftButton:
            pointer = self._pointer(pane, at, event.modifiers())
            if self.pans_with_left() and pointer.hit is None and pointer.ghost is None:
                self._start_panning(pane)
            self._press(pane, at, pointer)
        elif button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            self._start_panning(pane)

    def _press(self, pane: Pane, at: QPointF, pointer: PointerEvent) -> None:
        self._down_in = pane
        self._pressed = (at, pointer)
        self.pressed.emit(pointer)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Goes closer to skin, and back; enlarges a view, or shows all, where there is none.

        While marking it is just a second press on skin.
        """
        pane = self._pane_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or pane is None or pane.thumbnail:
            return
        on_skin = self._pointer(pane, event.position(), event.modifiers()).anchor is not None
        if on_skin and not self.pans_with_left():
            self.mousePressEvent(event)
        elif self._enlarged is None:
            self.enlarge(pane.view.name)
        elif self.in_close_up:
            self.go_back()
        elif on_skin:
            self._go_closer(event.position())
        else:
            self.enlarge(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.marking is not None and self.marking.moved(event):
            return
        at = event.position()
        if self._panning is not None:
            self._pan_pane(self._panning, at - self._last)
            self._last = at
        elif self._down_in is not None:
            self.moved.emit(self._pointer(self._down_in, at, event.modifiers()))
        else:
            self._hovering = at
            pane = self._pane_at(at)
            thumbnail = pane is None or pane.thumbnail
            self.hovered.emit(
                None if thumbnail or pane is None else self._pointer(pane, at, event.modifiers())
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.marking is not None and self.marking.released(event):
            return
        if self._panning is not None:
            self._panning = None
        if self._down_in is not None and event.button() is Qt.MouseButton.LeftButton:
            pane, self._down_in = self._down_in, None
            at = event.position()
            pressed_at, pointer = self._pressed or (QPointF(), None)
            if pointer is None or pressed_at != at:
                pointer = self._pointer(pane, at, event.modifiers())
            self.released.emit(pointer)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The other end of a pen erases, whatever tool is in hand. The tip is left to Qt, which
        makes a mouse of it.
        """
        if event.pointerType() is not QPointingDevice.PointerType.Eraser:
            event.ignore()
            return
        event.accept()
        at = event.position()
        if event.type() is QEvent.Type.TabletPress:
            pane = self._pane_at(at)
            if pane is not None and not pane.thumbnail:
                self._press(pane, at, self._eraser(pane, event))
        elif self._down_in is not None and event.type() is QEvent.Type.TabletMove:
            self.moved.emit(self._eraser(self._down_in, event))
        elif self._down_in is not None and event.type() is QEvent.Type.TabletRelease:
            pane, self._down_in = self._down_in, None
            self.released.emit(self._eraser(pane, event))

    def _eraser(self, pane: Pane, event: QTabletEvent) -> PointerEvent:
        return replace(self._pointer(pane, event.position(), event.modifiers()), eraser=True)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovering = None
        self.hovered.emit(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if turned:
            self.zoom_at(event.position(), WHEEL_STEP**turned)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.marking is not None and self.marking.key(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            self._down_in = self._panning = None
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.go_back()
        elif event.key() in _ARROWS and self._selected and not self.key_pointer_leads():
            right, down = _ARROWS[event.key()]
            step = LONG_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self.nudged.emit(self._view_of_selection(), right * step, down * step)
        elif not self.key_pointer(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.follow(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.follow(event)

    @property
    def large_rect(self) -> QRectF:
        """Where pictures lie that are charted on: the enlarged view, or all of them."""
        panes = self._panes if self._enlarged is None else self._panes[:1]
        around = QRectF()
        for pane in panes:
            around = around.united(pane.rect)
        return around

    def point_at(self, at: QPointF) -> PointerEvent | None:
        """The pointer is there by another way than the mouse; None where there is no picture."""
        pane = self._pane_at(at)
        if pane is None or pane.thumbnail:
            self._hovering, pointer = None, None
        else:
            self._hovering = at
            pointer = self._pointer(pane, at, Qt.KeyboardModifier.NoModifier)
        self.hovered.emit(pointer)
        return pointer

    def point_of(self, anchor: Anchor) -> QPointF | None:
        """The widget point of a spot on a picture that is charted on, where it is in sight."""
        panes = self._panes if self._enlarged is None else self._panes[:1]
        for pane in panes:
            if self._sees(pane, anchor):
                spot = self._atlas.locate(anchor, self._body, pane.view.name)
                return pane.frame.point(spot.x, spot.y)
        return None

    def pan(self, by: QPointF) -> None:
        """Moves the enlarged picture, as keys do."""
        self._pan_pane(self._panes[0], by)

    def _view_of_selection(self) -> str:
        """The large view on which the selected marks are seen, else the first one."""
        shown = zip(self._panes, self._layers, strict=True)
        large = [(pane, layer) for pane, layer in shown if not pane.thumbnail]
        seen = (pane for pane, layer in large if layer.laid_marks(self._selected))
        return next(seen, large[0][0]).view.name

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab steps through the muscles under the pointer; where there is none, the focus goes."""
        by = 1 if forwards else -1
        return self.steps_muscles(by) or super().focusNextPrevChild(forwards)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent | QPaintEvent):
            return super().event(event)  # the hand waits for these
        if event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            self.drop_gesture()
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
        self.drop_gesture()
        centre = self.mapFromGlobal(pinch.centerPoint())
        self.zoom_at(centre, pinch.scaleFactor())
        pane = self._pane_at(centre)
        if pane is not None and not pane.thumbnail:
            self._pan_pane(pane, pinch.centerPoint() - pinch.lastCenterPoint())

    def _start_panning(self, pane: Pane) -> None:
        self._panning = pane

    def _pointer(self, pane: Pane, at: QPointF, modifiers: Qt.KeyboardModifier) -> PointerEvent:
        """The pointer as the tools know it. Reach is given in screen px, or 3 px of the picture
        where that is more, so that the edge of the body is as easy to hit at any zoom.
        """
        x, y = pane.picture_point(at)
        frame = pane.frame
        layer = self._layers[self._panes.index(pane)]
        size = max(frame.unit, SMALLEST_HIT)
        mark, ghost = layer.touched(at, x, y, max(HIT_REACH * size, self.finger_reach))
        return PointerEvent(
            view=pane.view.name,
            x=x,
            y=y,
            anchor=self._atlas.pick(
                self._body, pane.view.name, x, y, max(SNAP_REACH, SNAP_REACH / frame.scale)
            ),
            hit=mark,
            ghost=ghost,
            extend=bool(modifiers & EXTENDING),
            scale=frame.scale,
            on_sign=mark is not None and layer.touched(at, x, y, SIGN_REACH * size).mark == mark,
        )
