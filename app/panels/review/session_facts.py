"""What the session at the slider held, the ways from it to the chart, and what lies under it."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from app.panels.review.words import event_words, figures_words, pain_words
from app.panels.texts import PlainLabel
from app.review.timeline import Glance


class SessionFacts(QWidget):
    """A few lines, two buttons and a tick."""

    desk_asked = Signal(object)
    beside_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._glance: Glance | None = None
        self._title = PlainLabel("", "name")
        self._lines = [PlainLabel() for _ in range(2)] + [PlainLabel("", "faint") for _ in range(3)]
        self.open = QPushButton("Open on the desk")
        self.open.setToolTip("Back to the chart, with this session on the desk")
        self.open.clicked.connect(lambda: self._ask(self.desk_asked))
        self.beside = QPushButton("Open beside the desk")
        self.beside.setToolTip("Back to the chart, with this session beside it, to look at only")
        self.beside.clicked.connect(lambda: self._ask(self.beside_asked))
        self.ghosts = QCheckBox("Outlines of the three before")
        self.ghosts.setToolTip("Lay the last three sessions before this one under its marks")
        self.ghosts.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for label in (self._title, *self._lines):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(4)
        column.addWidget(self.open)
        column.addWidget(self.beside)
        column.addSpacing(4)
        column.addWidget(self.ghosts)

    @property
    def text(self) -> str:
        """All that is said, for who reads it line by line."""
        return "\n".join(label.text() for label in (self._title, *self._lines) if label.text())

    def show_glance(
        self, glance: Glance | None, *, day: str, problem: str, who: str, signed: str
    ) -> None:
        """``signed``: by whom and when, or ""."""
        self._glance = glance
        self._title.setText(day)
        words = [""] * len(self._lines)
        if glance is not None:
            words = [
                figures_words(glance).capitalize(),
                pain_words(glance).capitalize(),
                problem,
                who,
                f"{event_words(glance.closing, glance.reactions).capitalize()}\n"
                f"{signed or 'Not signed'}",
            ]
        for label, each in zip(self._lines, words, strict=True):
            label.setText(each)
            label.setVisible(bool(each))
        for button in (self.open, self.beside):
            button.setEnabled(glance is not None)

    def _ask(self, signal: SignalInstance) -> None:
        if self._glance is not None:
            signal.emit(self._glance.session.id)
