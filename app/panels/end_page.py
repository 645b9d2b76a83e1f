"""The stage after the last needle, with what ends a session: its note, signature and addenda."""

from PySide6.QtWidgets import QWidget

from app.editing.session_editor import SessionEditor
from app.panels.addenda_card import AddendaCard
from app.panels.after_page import AfterPage
from app.panels.note_card import NoteCard
from app.panels.sign_card import SignCard
from app.panels.typing import Keeper


class EndPage(AfterPage):
    """A signed session stays readable here, and takes addenda."""

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__(editor)
        self.note_card = NoteCard(editor.papers, editor.history.seal)
        self.sign_card = SignCard(editor.papers)
        self.addenda_card = AddendaCard()
        for card in (self.note_card, self.sign_card, self.addenda_card):
            self.extra.addWidget(card)
        for box in self.note_card.boxes:
            box.keeper.changed.connect(self.words_changed)
            box.finished.connect(self.finished)

    @property
    def keepers(self) -> tuple[Keeper, ...]:
        return (*super().keepers, *(box.keeper for box in self.note_card.boxes))

    def show_session(self) -> None:
        super().show_session()
        editor, session = self.editor, self.editor.session
        self.note_card.show_note(writable=editor.writable)
        self.sign_card.show_signature(editor.store.practitioners, editor.history.actor)
        self.addenda_card.setVisible(session is not None and session.status.is_locked)
        self.addenda_card.show_addenda(editor.papers.addenda)

    def reveal(self, widget: QWidget) -> None:
        """Scrolls to one of the cards."""
        self.column.activate()
        self.ensureWidgetVisible(widget, 0, 12)
