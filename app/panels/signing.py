"""Signing the session on the desk, and adding to a signed one: asked for, confirmed, done."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.domain.errors import KnownError
from app.domain.findings import Finding
from app.domain.identity import UUID
from app.domain.stages import Stage
from app.domain.words import counts_line
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.toolbox import Toolbox
from app.notify import Notifier
from app.panels.addenda_card import AddendumForm
from app.panels.session_column import SessionColumn
from app.panels.signed_words import signed_line

MEANING = (
    "From then on nothing in it can be changed or undone, by anybody. What is missing can be "
    "added later, with a name, the time and the reason."
)
NO_UNDO = "This session is signed: nothing in it is undone. Add what is missing to it instead."


class Signing(QObject):
    """What the cards of signature and addenda, and their keys, ask for."""

    def __init__(
        self,
        editor: SessionEditor,
        toolbox: Toolbox,
        column: SessionColumn,
        notifier: Notifier,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._editor = editor
        self._toolbox = toolbox
        self._column = column
        self._notifier = notifier
        self._window = window
        column.sign_asked.connect(self.sign)
        column.addendum_asked.connect(self.add)
        column.note_copied.connect(lambda: notifier.done("The note is on the clipboard."))

    @property
    def is_locked(self) -> bool:
        """Whether a signed session is on the desk."""
        session = self._editor.session
        return session is not None and session.status.is_locked

    def sign(self) -> None:
        """Signs as the practitioner who is chosen in the card, after a question; or says what is
        in the way.
        """
        if self._editor.session is None or not self._column.flush():
            return
        self._column.stages.go_to(Stage.AFTER)
        card = self._column.end.sign_card
        self._column.end.reveal(card)
        why, signer = self._editor.papers.why_not_signed(), card.signer
        if why or signer is None:
            self._notifier.trouble(why or "Enter a practitioner first.")
            return
        if self._is_meant(card.who.currentText()) and self._editor.papers.sign(signer):
            self._toolbox.take(ToolKey.SELECT)
            session = self._editor.session
            assert session is not None
            self._notifier.done(f"{signed_line(session, self._editor.papers.signature)}.")

    def add(self) -> None:
        """Opens the form that adds to the signed session on the desk."""
        if not self.is_locked:
            self._notifier.trouble("Only a signed session takes an addendum. Change it as it is.")
            return
        store, at_work = self._editor.store, self._editor.history.actor
        session = self._editor.session
        assert session is not None
        at_work = at_work or session.practitioner_id
        AddendumForm(store.practitioners, at_work, self._try_to_add, self._window).open()

    def show_addenda(self) -> None:
        """Leads to what was added to the session on the desk."""
        self._column.stages.go_to(Stage.AFTER)
        self._column.end.reveal(self._column.end.addenda_card)

    def say_why_no_undo(self) -> None:
        self._notifier.trouble(NO_UNDO)

    def _try_to_add(self, who: UUID, reason: str, text: str) -> list[Finding]:
        papers = self._editor.papers
        findings = papers.findings_of_addendum(who, reason, text)
        if findings:
            return findings
        refused: list[KnownError] = []
        self._editor.history.failed.connect(refused.append)
        try:
            done = papers.amend(who, reason, text)
        finally:
            self._editor.history.failed.disconnect(refused.append)
        if done:
            return []
        return [Finding("", str(error)) for error in refused] or [Finding("", "It was not stored.")]

    def _is_meant(self, name: str) -> bool:
        """Asks, and says what a signature means. No needle is in: this may take a moment."""
        session = self._editor.session
        assert session is not None
        counts = counts_line(self._editor.store.mark_counts(session.id)) or "no marks"
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("Sign session")
        box.setText(f"Sign this session as {name}?")
        box.setInformativeText(f"It holds {counts}. {MEANING}")
        sign = box.addButton("Sign for good", QMessageBox.ButtonRole.AcceptRole)
        later = box.addButton("Not yet", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(later)
        box.exec()
        return box.clickedButton() is sign
