"""The marking menu on the map: hold still, or flick with the other button, and let go.

It opens where a left button, a finger or a pen is held still, and on the right button, a pen's
barrel button, at once: a flick needs no waiting. Held where it opened and let go there, the press
is what it always was, so that a slow finger places its mark. Directions count from where the
press began, wherever the menu found room to be painted.
"""

from collections.abc import Callable
from math import hypot

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QWidget

from app.canvas.body_map import BodyMap
from app.domain.marks import DETAILS_OF_KIND
from app.editing.marking_menu import Item, item_at, step
from app.editing.tools.tool import PointerEvent
from app.painting.fonts import font
from app.painting.glyphs import paint_glyph

HOLD_MS = 250
STILL = 6.0
"""px that a hand may tremble while it holds still."""
FLICK = 22.0
"""px from which on a direction counts; in touch mode it is a fingertip's half width."""
RING, ASIDE = 78.0, 58.0
"""px from the middle to the words above and below it, and to the near end of those beside it."""
PILL_HEIGHT = 34.0
_SKIN = QColor("#EBDDD2")
_EIGHTHS = (
    (0.0, -1.0), (0.7, -0.62), (1.0, 0.0), (0.7, 0.62),
    (0.0, 1.0), (-0.7, 0.62), (-1.0, 0.0), (-0.7, -0.62),
)  # fmt: skip
"""Where each direction's words stand, as shares of the ring."""


class MarkingMenu(QWidget):
    """Told by the map of every press, move and release; says what was chosen."""

    chosen = Signal(object, object)
    """The Item, and the PointerEvent of where the menu was opened."""

    def __init__(self, body_map: BodyMap) -> None:
        super().__init__(body_map)
        self._map = body_map
        self.items_for: Callable[[PointerEvent], tuple[Item, ...]] = lambda _pointer: ()
        """What there is to choose at a spot; nothing where no menu is to open."""
        self.opens_on_hold: Callable[[], bool] = lambda: False
        """Whether a press that is held still opens it, with the tool that is in hand."""
        self._items: tuple[Item, ...] = ()
        self._pointer: PointerEvent | None = None
        self._from = QPointF()
        self._button = Qt.MouseButton.NoButton
        self._went = False
        """Whether the pointer has left the middle since the press."""
        self._stays = False
        """Whether it is open without a button held."""
        self.current: Item | None = None
        self.hold = QTimer(self, singleShot=True, interval=HOLD_MS)
        self.hold.timeout.connect(self._open)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Marking menu")
        self._middle = QPointF()
        """The middle of the menu, in px of this widget."""
        self.hide()
        body_map.marking = self
        body_map.rebuilt.connect(self.close_menu)
        body_map.cancelled.connect(self._forget)

    @property
    def reach(self) -> float:
        return max(FLICK, self._map.finger_reach)

    # -- the pointer -----------------------------------------------------------------------

    def pressed(self, event: QMouseEvent) -> bool:
        """Whether the press is the menu's own, and nobody else's."""
        at, button = event.position(), event.button()
        if self._stays:
            self._finish(self._item(at))
            return True
        if button not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return False
        other = button is Qt.MouseButton.RightButton
        if other and not self._look(at):
            return False
        if not other and not self.opens_on_hold():
            return False
        self._begin(at, button)  # what is under a left button is looked for when it was held
        self.hold.start()
        return other

    def moved(self, event: QMouseEvent) -> bool:
        if not self._stays and self._button is Qt.MouseButton.NoButton:
            return False
        away = event.position() - self._from
        if self.isVisible():
            self._went |= hypot(away.x(), away.y()) > self.reach
            self._show_current(self._item(event.position()))
            return True
        if hypot(away.x(), away.y()) > STILL:
            self.hold.stop()
            if self._button is Qt.MouseButton.LeftButton:
                self._forget()
                return False
        return self._button is Qt.MouseButton.RightButton

    def released(self, event: QMouseEvent) -> bool:
        if self._stays or event.button() is not self._button:
            return self._stays
        self.hold.stop()
        item = self._item(event.position())
        if self._button is Qt.MouseButton.RightButton:
            if item is None and not self._went:
                self._stay_open()
            else:
                self._finish(item)
            return True
        if not self.isVisible() or (item is None and not self._went):
            self.close_menu()
            return False
        self._finish(item)
        return True

    # -- keys ------------------------------------------------------------------------------

    def open_at(self, at: QPointF) -> None:
        """Opens it by a key; arrows go round, Enter chooses."""
        if self._look(at):
            self._begin(at, Qt.MouseButton.NoButton)
            self._stay_open()
            self._show_current(step(self._items, None, 1))

    def key(self, event: QKeyEvent) -> bool:
        """Keys are the menu's own while it is open."""
        if not self.isVisible():
            return False
        steps = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1,
        }  # fmt: skip
        if event.key() == Qt.Key.Key_Escape:
            self._finish(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish(self.current)
        elif event.key() in steps:
            self._show_current(step(self._items, self.current, steps[Qt.Key(event.key())]))
        return True

    # -- opening and closing ---------------------------------------------------------------

    def close_menu(self) -> None:
        self.hold.stop()
        self._forget()

    def _look(self, at: QPointF) -> bool:
        """Whether there is anything to choose there."""
        self._pointer = self._map.point_at(at)
        self._items = () if self._pointer is None else self.items_for(self._pointer)
        return bool(self._items)

    def _begin(self, at: QPointF, button: Qt.MouseButton) -> None:
        self._from, self._button = at, button
        self._went, self._stays = False, False
        self.current = None

    def _stay_open(self) -> None:
        """Until something is chosen, or the window turns to something else."""
        self._stays = True
        self._map.installEventFilter(self)
        self._open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Resize):
            self.close_menu()
        return False

    def _open(self) -> None:
        if not self._items and not self._look(self._from):
            self._forget()
            return
        room = QRectF(self._map.rect())
        middle = self._middle_within(room)
        self.setGeometry(self._extent().translated(middle).toAlignedRect() & self._map.rect())
        self._middle = middle - QPointF(self.pos())
        self.show()
        self.raise_()

    def _forget(self) -> None:
        if self._stays:
            self._map.removeEventFilter(self)
        self._pointer, self._items, self._stays = None, (), False
        self._button, self.current = Qt.MouseButton.NoButton, None
        self.hold.stop()
        self.hide()

    def _finish(self, item: Item | None) -> None:
        """Does what was chosen, or nothing; what the press had begun leaves no trace."""
        pointer = self._pointer
        self.close_menu()
        self._map.drop_gesture()
        if item is not None and pointer is not None:
            self.chosen.emit(item, pointer)

    def _item(self, at: QPointF) -> Item | None:
        away = at - self._from
        return item_at(self._items, away.x(), away.y(), self.reach)

    def _show_current(self, item: Item | None) -> None:
        if item == self.current:
            return
        self.current = item
        self.update()
        if item is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._map, item.title))

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(13))
        accent = self.palette().color(QPalette.ColorRole.Accent)
        painter.translate(self._middle)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(), self.reach, self.reach)
        for item in self._items:
            self._paint_item(painter, item)
        painter.end()

    def _paint_item(self, painter: QPainter, item: Item) -> None:
        palette = self.palette()
        chosen = item == self.current
        box = self._box(item)
        height = box.height()
        role = QPalette.ColorRole
        painter.setPen(QPen(palette.color(role.Accent if chosen else role.Mid), 1.5))
        painter.setBrush(palette.color(role.Accent if chosen else role.Base))
        painter.drawRoundedRect(box, height / 2, height / 2)
        at = QPointF(box.left() + height / 2, box.center().y())
        painter.setPen(palette.color(role.HighlightedText if chosen else role.Text))
        if item.kind is None:
            for slant in (QPointF(5, 5), QPointF(5, -5)):
                painter.drawLine(at - slant, at + slant)
        words = box.adjusted(height - 2, 0, -8, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, item.title)
        if item.kind is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_SKIN)  # signs are made for skin: give them a piece of it
            painter.drawEllipse(at, 13, 13)
            paint_glyph(painter, DETAILS_OF_KIND[item.kind](), at.x(), at.y(), 0.9)

    def _box(self, item: Item) -> QRectF:
        """Where an item stands, seen from the middle."""
        height = max(PILL_HEIGHT, 2 * self._map.finger_reach)
        width = QFontMetricsF(font(13)).horizontalAdvance(item.title) + height + 10
        across, down = _EIGHTHS[item.direction]
        x = across * ASIDE + (across > 0) * width / 2 - (across < 0) * width / 2
        ring = max(RING, self.reach + height)
        return QRectF(x - width / 2, down * ring - height / 2, width, height)

    def _extent(self) -> QRectF:
        """All that is painted, seen from the middle."""
        extent = QRectF(-self.reach, -self.reach, 2 * self.reach, 2 * self.reach)
        for item in self._items:
            extent = extent.united(self._box(item))
        return extent.adjusted(-3, -3, 3, 3)

    def _middle_within(self, room: QRectF) -> QPointF:
        """Where the press began, or as near to it as all items are seen."""
        extent = self._extent()
        return QPointF(
            min(max(self._from.x(), room.left() - extent.left()), room.right() - extent.right()),
            min(max(self._from.y(), room.top() - extent.top()), room.bottom() - extent.bottom()),
        )
