"""The note of the session in four parts; the needling in it is worded by the marks."""

from collections.abc import Callable, Hashable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.domain.identity import UUID
from app.domain.note_words import note_as_text, note_parts
from app.domain.papers import SessionNote
from app.editing.papers_editor import PapersEditor
from app.panels.texts import PlainLabel
from app.panels.typing import TextBox

CHANGED = "The marks say something else now than when you wrote this."

PARTS = {
    "subjective": ("Subjective", "Subjective", "What the patient says"),
    "objective": ("Objective, more", "Objective: own findings", "Movement, strength, what else"),
    "assessment": ("Assessment", "Assessment", "What you make of it"),
    "plan": ("Plan", "Plan", "What comes next"),
}
"""Of each field: its label, its accessible name, and what stands in it while it is empty."""

MOST_LINES = 60
"""All that the marks say is seen at once: the page scrolls, not a box in it."""


class NoteCard(QFrame):
    """Shows the note and passes words to the editor of papers.

    The needling follows the marks until it is worded by hand. From then on nothing overwrites it:
    where the marks go on, one line says so and leaves the choice to the practitioner.
    """

    copied = Signal()

    def __init__(self, papers: PapersEditor, seal: Callable[[], None]) -> None:
        """``seal`` ends the undo step that typing adds to."""
        super().__init__()
        self.setObjectName("card")
        self._papers = papers
        self._read = ""
        """What the marks said when the needling was shown last: what typing in it begins with."""
        self.parts = {
            field: TextBox(name, placeholder, lines=2)
            for field, (_label, name, placeholder) in PARTS.items()
        }
        self.needling = TextBox(
            "Objective: needling, worded from the marks", "The marks word this",
            lines=2, most_lines=MOST_LINES,
        )  # fmt: skip
        self.copy = QPushButton("Copy")
        self.copy.setObjectName("quiet")
        self.copy.setToolTip("Copy the whole note as plain text")
        self.copy.setAccessibleName("Copy the whole note as plain text")
        self.copy.clicked.connect(self._copy)
        self.use_marks = QPushButton("Use what the marks say now")
        self.use_marks.clicked.connect(papers.use_words_of_marks)
        self.keep_mine = QPushButton("Keep mine")
        self.keep_mine.clicked.connect(papers.keep_own_words)
        self.changed_line = QFrame()
        for field, box in self.parts.items():
            box.keeper.store = partial(self._store, field)
        self.needling.keeper.store = self._store_needling
        for box in self.boxes:
            box.left.connect(seal)
        self._build()

    @property
    def boxes(self) -> tuple[TextBox, ...]:
        """In the order in which they stand."""
        subjective, objective, assessment, plan = self.parts.values()
        return (subjective, self.needling, objective, assessment, plan)

    def show_note(self, *, writable: bool) -> None:
        """Shows the note of the session on the desk."""
        session = self._papers.session
        if session is None:
            return
        note, needling = self._papers.note, self._papers.needling
        for field, box in self.parts.items():
            box.show_value(session.id, "" if note is None else getattr(note, field))
        self.needling.show_value(session.id, needling.words)
        if not self.needling.keeper.is_pending:
            self._read = self._papers.marks_say
        for box in self.boxes:
            box.setReadOnly(not writable)
        self.changed_line.setVisible(needling.outdated and writable)
        if needling.outdated:
            self.use_marks.setToolTip(self._papers.marks_say)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(PlainLabel("Note", "strong"))
        head.addStretch()
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 12, 12)
        column.setSpacing(5)
        column.addLayout(head)
        labels = {box: PARTS[field][0] for field, box in self.parts.items()}
        labels[self.needling] = "Objective: the needling"
        for box in self.boxes:
            column.addWidget(PlainLabel(labels[box], "small"))
            column.addWidget(box)
            if box is self.needling:
                column.addWidget(self._build_line())

    def _build_line(self) -> QFrame:
        """ "The marks say something else now", and the two ways on."""
        line = self.changed_line
        line.setObjectName("caution")
        words = PlainLabel(CHANGED, "warningText")
        words.setWordWrap(True)
        column = QVBoxLayout(line)
        column.setContentsMargins(9, 7, 9, 8)
        column.setSpacing(6)
        for widget in (words, self.use_marks, self.keep_mine):
            column.addWidget(widget)
        line.hide()
        return line

    def _copy(self) -> None:
        """Copies what stands here, whether or not the disk has taken it."""
        session = self._papers.session
        if session is None:
            return
        subjective, objective, assessment, plan = (b.toPlainText() for b in self.parts.values())
        note = SessionNote(
            id=session.id,
            session_id=session.id,
            subjective=subjective,
            objective=objective,
            assessment=assessment,
            plan=plan,
        )
        text = note_as_text(note_parts(note, self.needling.toPlainText()))
        QGuiApplication.clipboard().setText(text)
        self.copied.emit()

    def _store(self, field: str, session_id: Hashable, words: str) -> bool:
        if not self._is_on_desk(session_id):
            return False
        return self._papers.write_note(("note", field), **{field: words})

    def _store_needling(self, session_id: Hashable, words: str) -> bool:
        if not self._is_on_desk(session_id):
            return False
        return self._papers.word_needling(words, self._read, ("note", "needling"))

    def _is_on_desk(self, session_id: Hashable) -> bool:
        session = self._papers.session
        return isinstance(session_id, UUID) and session is not None and session.id == session_id
