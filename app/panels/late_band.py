"""A band over the map that cannot be overlooked: the session on the desk is not today's, or it is
signed.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from app.domain.records import SessionStatus, TreatmentSession
from app.editing.store import ChartStore
from app.panels.session_words import practitioner_name, signed_words
from app.panels.texts import PlainLabel


class LateBand(QFrame):
    """Names the session and who treated or signed, and leads back to today."""

    today_asked = Signal()
    addenda_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("band")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = PlainLabel("", "warningText")
        self._words.setWordWrap(True)  # who signed and when is never cut off
        self._back = QPushButton("Back to today")
        self._back.clicked.connect(self.today_asked)
        self.addenda = QPushButton("Read addenda")
        self.addenda.clicked.connect(self.addenda_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self._words, 1)
        row.addWidget(self.addenda)
        row.addWidget(self._back)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def show_session(
        self, store: ChartStore, session: TreatmentSession | None, title: str, *, late: bool
    ) -> None:
        """Shows the band for a session of another day or a signed one, and hides it for today's.

        A signed session is only looked at: by whom it was signed and when is said instead.
        """
        practitioner, signed = practitioner_name(store, session), signed_words(store, session)
        who = f" · {practitioner}" if practitioner else ""
        words = f"You are changing the session of {title}{who}, not today's."
        if signed:
            words = f"{signed} · read-only"
        if signed and late:
            words = f"{title}: {words}"
        self._words.setText(words)
        self._back.setVisible(late)
        added = session is not None and session.status is SessionStatus.AMENDED
        self.addenda.setVisible(added)
        self._dress("signed" if signed else "band", "strong" if signed else "warningText")
        self.setVisible(late or bool(signed))

    def _dress(self, name: str, words: str) -> None:
        """Amber is for warnings; that a session is signed is none."""
        if self.objectName() == name:
            return
        self.setObjectName(name)
        self._words.setObjectName(words)
        for widget in (self, self._words):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
