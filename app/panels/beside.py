"""An earlier session beside today's: the same map, to look at only."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.body.atlas import Atlas
from app.canvas.body_map import BodyMap
from app.canvas.look import MapLook
from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.panels.texts import PlainLabel
from app.panels.touch import at_least, when_restyled

HEAD_HEIGHT = 46


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
        self._summary = PlainLabel("", "small")
        self._summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        edit = QPushButton("Open to edit")
        edit.setObjectName("quiet")
        edit.clicked.connect(lambda: self.desk_asked.emit(self.session_id))
        close = QPushButton("×")
        close.setObjectName("quiet")
        close.setAccessibleName("Close the session beside")
        close.clicked.connect(self.closed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        head = QWidget()
        when_restyled(head, lambda: head.setFixedHeight(at_least(HEAD_HEIGHT - 8) + 8))
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 0, 6, 0)
        row.addLayout(words, 1)
        row.addWidget(edit)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.map, 1)

    def show_session(
        self, session_id: UUID, title: str, summary: str, body: Body, marks: Sequence[Mark]
    ) -> None:
        self.session_id = session_id
        self._title.setText(f"{title} · read-only")
        self._summary.setText(summary)
        self.map.show_marks(body, marks, [])
