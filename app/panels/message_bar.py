"""Messages at the lower edge, over the timeline: they cover neither a list, nor the words for what
lies under the pointer, nor, while they are short, the body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.notify import Message, Tone
from app.panels.texts import PlainLabel

if TYPE_CHECKING:
    from app.panels.lower_bar import LowerBar  # which the first paint of the window does without

DONE_MS = 6000
TROUBLE_MS = 20000
WIDTH = 560
MARGIN = 12
"""px from the right edge where there is no chart."""


class MessageBar(QFrame):
    """Shows the last message for a while, over the lower edge of its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(120)
        self._button = QPushButton("Undo")
        self._button.setObjectName("quiet")
        close = QPushButton("×")
        close.setObjectName("quiet")
        close.setAccessibleName("Close message")
        close.clicked.connect(self.hide)
        self._message: Message | None = None
        self._button.clicked.connect(self._act)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(close)
        self._bar: LowerBar | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()
        parent.installEventFilter(self)

    @property
    def text(self) -> str:
        return self._text.text()

    def show_message(self, message: Message) -> None:
        self._message = message
        trouble = message.tone is Tone.TROUBLE
        self.setObjectName("trouble" if trouble else "message")
        self.style().unpolish(self)
        self.style().polish(self)
        self._text.setText(message.text)
        if message.action is not None:
            self._button.setText(message.action_name)
        self._button.setVisible(message.action is not None)
        self.setAccessibleName(message.text)
        self._timer.start(TROUBLE_MS if trouble else DONE_MS)
        self.show()
        self.raise_()
        self._place()

    def withdraw(self) -> None:
        """Hides a message that offers an action."""
        if self._message is not None and self._message.action is not None:
            self.hide()

    def stand_over(self, bar: LowerBar) -> None:
        """Stands in the room that ``bar`` gives, whenever it is seen."""
        self._bar = bar
        bar.moved.connect(self._place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        self.hide()
        if self._message is not None and self._message.action is not None:
            self._message.action()

    def _place(self) -> None:
        room = QRect() if self._bar is None else self._bar.message_room(self._over)
        if room.isEmpty():
            room = self._over.rect().adjusted(MARGIN, 0, -MARGIN, 0)
        width = min(WIDTH, room.width())
        self.setFixedWidth(width)
        height = (
            self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        )
        self.resize(width, height)
        self.move(room.right() + 1 - width, room.bottom() + 1 - self.height() - 2)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
