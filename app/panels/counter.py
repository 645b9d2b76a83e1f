"""The figure at the top of the right column: how much is marked in this session."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.domain.marks import MarkKind
from app.domain.words import counts_line
from app.panels.texts import PlainLabel


class MarkCounter(QFrame):
    """ "7", and beside it "4 trigger points, 2 twitch responses, 1 sore area"."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("counter")
        self._figure = PlainLabel("0", "figure")
        self._words = PlainLabel("", "small")
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self._figure)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)

    def show_counts(self, counts: Mapping[MarkKind, int]) -> None:
        total = sum(counts.values())
        self._figure.setText(str(total))
        nothing = "marks. Take a tool and press on the body."
        self._words.setText(counts_line(counts) or nothing)
        self.setAccessibleName(f"{total} marks: {self._words.text()}")
