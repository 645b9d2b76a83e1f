"""The body map: the pointer over the views of a body.

It says where the pointer is on the skin and which mark is under it; what a gesture means is
the toolbox's affair.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from app.body.atlas import SNAP_REACH, Atlas
from app.canvas.look import MapLook
from app.canvas.map_view import MapView
from app.canvas.pane import Pane
from app.editing.tools.tool import PointerEvent

HIT_REACH = 13.0
"""A sign is hit within this many screen px of its centre."""
SMALLEST_HIT = 0.8
"""Share of ``HIT_REACH`` that is left where signs are small: a fingertip does not shrink."""
EXTENDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
"""Either of these keys adds to what is selected."""
WHEEL_STEP = 1.0015
"""Zoom factor for one eighth of a degree of the wheel: a notch of 15 degrees zooms by 1.2."""


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
        self.pans_with_left: Callable[[], bool] = lambda: True
        """Whether a left drag that begins beside every mark moves the picture."""
        self.steps_muscles: Callable[[int], bool] = lambda _by: False
        """Tab over the skin: goes to the next muscle, or is False where there is none."""
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
            self._down_in = pane
            self._pressed = (at, pointer)
            if self.pans_with_left() and pointer.hit is None and pointer.ghost is None:
                self._start_panning(pane)
            self.pressed.emit(pointer)
        elif button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            self._start_panning(pane)

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
        if self._panning is not None:
            self._panning = None
        if self._down_in is not None and event.button() is Qt.MouseButton.LeftButton:
            pane, self._down_in = self._down_in, None
            at = event.position()
            pressed_at, pointer = self._pressed or (QPointF(), None)
            if pointer is None or pressed_at != at:
                pointer = self._pointer(pane, at, event.modifiers())
            self.released.emit(pointer)

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
        if event.key() == Qt.Key.Key_Escape:
            self._down_in = self._panning = None
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.go_back()
        else:
            super().keyPressEvent(event)

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
        mark, ghost = layer.touched(at, x, y, HIT_REACH * max(frame.unit, SMALLEST_HIT))
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
        )
