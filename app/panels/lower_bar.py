"""The bar below the map: what lies under the pointer, and time; or what is to be said at once."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.editing.notices import Notices
from app.editing.session_editor import SessionEditor
from app.panels.texts import PlainLabel
from app.panels.timeline import Timeline
from app.panels.touch import at_least, when_restyled
from app.panels.under_pointer import UnderPointer

HEIGHT = 46
LEAST_ROOM = 300
"""px: where a notice or a message has less beside the words under the pointer, it stands
above them, over the lower edge of the map.
"""


class NoticeLine(QFrame):
    """A line in amber, and one key. It takes no room from the map."""

    read = Signal()
    """What it says was read."""
    asked = Signal()
    """Its words were pressed: all that is known of it is wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = PlainLabel("", "warningText")
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QPushButton("Read (Y)")
        self.button.setAccessibleName("Notice read")
        self.button.setToolTip("Keep in the record that this notice was read (Y)")
        self.button.clicked.connect(self.read)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text() if self.isVisible() else ""

    def show_words(self, words: str, waiting: int, in_full: str) -> None:
        """Shows ``words``, and that so many more lines wait; nothing where there are none.

        ``in_full`` is told to who points at it, and to who does not see it.
        """
        self._words.setText(f"{words} {_notices(waiting)}" if waiting else words)
        self._words.setToolTip(in_full)
        self.setAccessibleName(f"Notice: {in_full}")
        self.setVisible(bool(words))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.asked.emit()


def _notices(waiting: int) -> str:
    return "(1 more notice)" if waiting == 1 else f"({waiting} more notices)"


class LowerBar(QWidget):
    """Never higher than it is: the map over it must not move when there is something to say.

    A long notice reaches up over the lower edge of the map, so that all of it is seen.
    """

    moved = Signal()
    """Its place, or that of the notice over it, is another: messages stand elsewhere now."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__()
        self.setObjectName("lower")
        when_restyled(self, lambda: self.setFixedHeight(at_least(HEIGHT - 8) + 8))
        self._editor = editor
        self._notices: Notices = editor.notices
        self.pointer = UnderPointer(editor)
        self.timeline = Timeline()
        self.notice = NoticeLine(self)
        self._room = QWidget()
        self._room.hide()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self.pointer, 5)
        row.addWidget(self.timeline, 4)
        row.addWidget(self._room, 5)
        self.notice.read.connect(self._notices.acknowledge)
        self.notice.asked.connect(self._show_needle)
        self._notices.changed.connect(self.show_notice)

    def show_notice(self) -> None:
        """Shows what is to be said now in the place of the timeline."""
        line = self._notices.line
        self.timeline.setVisible(not line)
        self._room.setVisible(bool(line))
        self.notice.show_words(line, self._notices.waiting, self._notices.in_full)
        self._place()

    def message_room(self, over: QWidget) -> QRect:
        """Where in ``over`` a message may stand at the lower edge: over the timeline, beside the
        words for what is under the pointer, and above a notice. Empty while the bar is not seen.
        """
        if not self.isVisible() or not over.isAncestorOf(self):
            return QRect()
        self._row.activate()
        beside = (self._room if self.notice.isVisible() else self.timeline).geometry()
        low = self.height()
        if beside.width() < LEAST_ROOM:
            beside, low = self.rect(), 0
        corner = self.mapTo(over, QPoint(beside.x(), low))
        if self.notice.isVisible():
            corner.setY(self.notice.mapTo(over, QPoint()).y())
        return QRect(corner.x(), 0, beside.width(), corner.y())

    def _show_needle(self) -> None:
        """Takes the needle of the notice in hand: its card says all that is known of the hazard."""
        needle = self._notices.needle
        if needle is not None:
            self._editor.selection.set((needle,))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place()

    def _place(self) -> None:
        """Puts the notice over this bar and, if need be, over what is above it."""
        page = self.parentWidget()
        if page is None or self.notice.isHidden():
            self.moved.emit()
            return
        if self.notice.parentWidget() is not page:
            self.notice.setParent(page)
            self.notice.show()
        self._row.activate()
        narrow = self._room.width() < LEAST_ROOM
        room = (self.rect() if narrow else self._room.geometry()).translated(self.pos())
        height = max(self.height() - 2, self.notice.heightForWidth(room.width()))
        low = self.y() if narrow else room.bottom()
        self.notice.setGeometry(room.left(), low - height, room.width(), height)
        self.notice.raise_()
        self.moved.emit()
