"""The right column: how much is marked, the mark in hand or the session, and all marks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.domain.identity import UUID
from app.editing.session_editor import SessionEditor
from app.panels.counter import MarkCounter
from app.panels.mark_editor import MarkEditor
from app.panels.mark_list import MarkList
from app.panels.session_card import SessionCard
from app.panels.texts import PlainLabel

WIDTH = 288


class SessionColumn(QWidget):
    """Shows the session on the desk and passes edits to its editor."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__()
        self.setObjectName("right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._editor = editor
        self._write_note_of: UUID | None = None
        self.counter = MarkCounter()
        self.mark_editor = MarkEditor()
        self.session_card = SessionCard()
        self.mark_list = MarkList()
        self._list_title = PlainLabel("MARKS", "section")
        self._list_title.setContentsMargins(14, 10, 0, 4)
        self._build()
        self._connect()

    def show_session(self, title: str) -> None:
        """Shows the session on the desk under ``title``; empty where there is none."""
        session = self._editor.session
        for widget in (self.counter, self._list_title, self.mark_list):
            widget.setVisible(session is not None)
        if session is not None:
            self.counter.show_counts(self._editor.store.mark_counts(session.id))
        self.mark_list.show_marks(self._editor.marks)
        self.show_selected(title)

    def show_selected(self, title: str) -> None:
        """Shows the fields of the mark that is selected last, else those of the session."""
        editor, store = self._editor, self._editor.store
        current = editor.selection.current
        mark = None if current is None else store.mark(current)
        self.mark_list.show_selected(editor.selection.ids)
        self.mark_editor.show_mark(mark, writable=editor.writable)
        session = editor.session if mark is None else None
        self.session_card.setVisible(session is not None)
        if session is not None:
            names = {each.id: each.name for each in store.practitioners}
            self.session_card.show_session(
                session,
                title,
                names.get(session.practitioner_id, ""),
                store.problems,
                writable=editor.writable,
            )
        if mark is not None and mark.id == self._write_note_of:
            self._write_note_of = None
            self.mark_editor.note.setFocus()

    def ask_for_words(self, mark_id: UUID) -> None:
        """Puts the cursor into the note of a mark as soon as it is selected."""
        self._write_note_of = mark_id

    def flush(self) -> None:
        """Stores what was typed and has not settled yet."""
        self.mark_editor.note.settle()
        self.session_card.note.settle()

    def _build(self) -> None:
        cards = QWidget()
        stack = QVBoxLayout(cards)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.mark_editor)
        stack.addWidget(self.session_card)
        stack.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(cards)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 0)
        top.setSpacing(12)
        top.addWidget(self.counter)
        top.addWidget(scroll, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top, 3)
        column.addWidget(self._list_title)
        column.addWidget(self.mark_list, 2)

    def _connect(self) -> None:
        editor = self._editor
        self.mark_list.selected.connect(editor.selection.set)
        self.mark_editor.details_changed.connect(editor.set_details)
        self.mark_editor.note_changed.connect(editor.set_note)
        self.mark_editor.remove_asked.connect(lambda: editor.remove(editor.selection.ids))
        self.session_card.changed.connect(self._on_session_field)
        for card in (self.mark_editor, self.session_card):
            card.note_left.connect(editor.history.seal)

    def _on_session_field(self, field: str, value: object) -> None:
        labels = {"note": "Write session note", "problem_id": "Choose problem"}
        label = labels.get(field, f"Record {field.replace('_', ' ')}")
        self._editor.change_session(label, **{field: value})
