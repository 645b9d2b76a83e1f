"""Signing: by whom, why not yet, and what it means; then who signed, and when."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.domain.identity import UUID
from app.domain.records import Practitioner
from app.editing.papers_editor import PapersEditor
from app.panels.fields import Choice
from app.panels.signed_words import kept_whole, signed_line
from app.panels.texts import PlainLabel

READY = "Signing locks the session for good."
LOCKED = "Nothing in it can be changed or undone. What is missing can be added below."


class SignCard(QFrame):
    """The button says why it cannot be pressed; a signed session says who signed it."""

    sign_asked = Signal()

    def __init__(self, papers: PapersEditor) -> None:
        super().__init__()
        self.setObjectName("card")
        self._papers = papers
        self._session_id: UUID | None = None
        self._people: tuple[Practitioner, ...] = ()
        self.who = Choice()
        self.who.setAccessibleName("Who signs")
        self.who.view().setAccessibleName("Practitioners")
        self.why = PlainLabel("", "small")
        self.why.setWordWrap(True)
        self.sign = QPushButton("Sign session")
        self.sign.setObjectName("primary")
        self.sign.setToolTip("Sign the session on the desk (Ctrl+Return)")
        self.sign.clicked.connect(self.sign_asked)
        self.signed = PlainLabel("", "strong")
        self.signed.setWordWrap(True)
        self._licence = PlainLabel("", "small")
        self._locked = PlainLabel(LOCKED, "small")
        self._locked.setWordWrap(True)
        self._before: tuple[QWidget, ...] = (self.who, self.why, self.sign)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 11, 12, 12)
        column.setSpacing(6)
        column.addWidget(PlainLabel("Signature", "strong"))
        for widget in (*self._before, self.signed, self._licence, self._locked):
            column.addWidget(widget)

    @property
    def signer(self) -> UUID | None:
        """Who is chosen."""
        row = self.who.currentIndex()
        return self._people[row].id if 0 <= row < len(self._people) else None

    def show_signature(self, people: Sequence[Practitioner], at_work: UUID | None) -> None:
        """Shows whether the session on the desk is signed, and by whom; before that, what is in
        the way. ``at_work`` is proposed, else who treated.
        """
        session = self._papers.session
        if session is None:
            return
        self._show_people(tuple(people), session.id, at_work or session.practitioner_id)
        locked = session.status.is_locked
        for widget in self._before:
            widget.setVisible(not locked)
        signature = self._papers.signature if locked else None
        self.signed.setVisible(locked)
        self.signed.setText(kept_whole(signed_line(session, signature)))
        licence = signature.licence_number if signature is not None else ""
        self._licence.setText(f"Licence {licence}")
        self._licence.setVisible(bool(licence))
        self._locked.setVisible(locked)
        if not locked:
            why = self._papers.why_not_signed()
            self.why.setText(why or READY)
            self.sign.setEnabled(not why)
            self.sign.setAccessibleName(f"Sign session. {why or READY}")

    def _show_people(
        self, people: tuple[Practitioner, ...], session_id: UUID, proposed: UUID
    ) -> None:
        """Keeps who was chosen while the same session is on the desk."""
        if people == self._people and session_id == self._session_id:
            return
        chosen = self.signer if session_id == self._session_id else None
        self._people, self._session_id = people, session_id
        self.who.clear()
        self.who.addItems([each.name for each in people])
        ids = [each.id for each in people]
        wanted = chosen if chosen in ids else proposed
        self.who.setCurrentIndex(ids.index(wanted) if wanted in ids else 0)
