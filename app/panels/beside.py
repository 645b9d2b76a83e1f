"""An earlier session beside today's: the same map, to look at only."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.body.atlas import Atlas
from app.canvas.body_map import BodyMap
from app.canvas.look import MapLook
from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.records import TreatmentSession
from app.editing.store import ChartStore
from app.panels.addenda_card import AddendaList
from app.panels.session_words import added_to, signed_words
from app.panels.texts import ElidedLabel, PlainLabel
from app.panels.touch import at_least, when_restyled

HEAD_HEIGHT = 46
ADDED_HEIGHT = 96
"""px: what was added to a signed session is scrolled beyond that; the map keeps its room."""


class BesidePane(QWidget):
    """Shows one session read-only."""

    closed = Signal()
    desk_asked = Signal(object)

    def __init__(self, atlas: Atlas, look: MapLook) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session_id: UUID | None = None
        self.map = BodyMap(atlas, look, thumbnails=False)
        self.map.setAccessibleName("Body map of an earlier session")
        self._title = PlainLabel("", "strong")
        self._summary = ElidedLabel("", "small", most_lines=2)
        self._summary.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._open = QPushButton("Open to edit")
        self._open.setObjectName("quiet")
        self._open.clicked.connect(lambda: self.desk_asked.emit(self.session_id))
        self._signed = PlainLabel("", "small")
        self._signed.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._signed.setContentsMargins(14, 0, 14, 4)
        self.added = AddendaList()
        self.added.setContentsMargins(14, 0, 14, 6)
        self._added = QScrollArea()
        self._added.setWidgetResizable(True)
        self._added.setWidget(self.added)
        self._added.setFixedHeight(ADDED_HEIGHT)
        self._added.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._added.setAccessibleName("What was added to the session beside")
        close = QPushButton("×")
        close.setObjectName("quiet")
        close.setAccessibleName("Close the session beside")
        close.clicked.connect(self.closed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._summary, 1)
        head = QWidget()
        when_restyled(head, lambda: head.setFixedHeight(at_least(HEAD_HEIGHT - 8) + 8))
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 0, 6, 0)
        row.addLayout(words, 1)
        row.addWidget(self._open)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._signed)
        column.addWidget(self._added)
        column.addWidget(self.map, 1)

    def show_signature(self, store: ChartStore, session: TreatmentSession) -> None:
        """By whom the session was signed, and all that was added; of a draft nothing."""
        signed, added = signed_words(store, session), added_to(store, session)
        self._signed.setText(signed)
        self._signed.setVisible(bool(signed))
        self._open.setText("Open" if signed else "Open to edit")
        self.added.show_addenda(added)
        self._added.setVisible(bool(added))

    def show_session(
        self, session_id: UUID, title: str, summary: str, body: Body, marks: Sequence[Mark]
    ) -> None:
        self.session_id = session_id
        self._title.setText(f"{title} · read-only")
        self._summary.setText(summary.replace(" → ", "\u00a0→\u00a0"))
        self.map.show_marks(body, marks, [])
