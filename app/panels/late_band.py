"""A band over the map that cannot be overlooked: the session on the desk is not today's."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from app.panels.texts import PlainLabel


class LateBand(QFrame):
    """Names the session and who treated, and leads back to today."""

    today_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("band")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = PlainLabel("", "warningText")
        back = QPushButton("Back to today")
        back.clicked.connect(self.today_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self._words, 1)
        row.addWidget(back)
        self.hide()

    def show_session(self, title: str, practitioner: str, *, late: bool) -> None:
        """Shows the band for a session of another day, and hides it for today's."""
        who = f" · {practitioner}" if practitioner else ""
        self._words.setText(f"You are changing the session of {title}{who}, not today's.")
        self.setVisible(late)
