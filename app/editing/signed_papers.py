"""What can be done to a session's note, and how it is signed and added to."""

from dataclasses import replace
from typing import Any

from app.domain.change import Change
from app.domain.findings import LONGEST_TEXT, Finding
from app.domain.identity import UUID, new_id
from app.domain.needles import needles_in
from app.domain.note_words import Needling, needling_of_note
from app.domain.papers import Addendum, SessionNote, Signature
from app.domain.records import Practitioner, SessionStatus, TreatmentSession
from app.domain.rules import check
from app.domain.signing_rules import SigningFacts, in_the_way
from app.domain.visits import end_when_signed
from app.editing.session_papers import SessionPapers


class SignedPapers(SessionPapers):
    """The note, the signature and the addenda of the session on the desk."""

    # -- the note --------------------------------------------------------------------------

    @property
    def marks_say(self) -> str:
        """The needling in the words of the marks as they are now."""
        session = self._session()
        marks = () if session is None else self._store.marks(session.id)
        if marks is not self._said[0]:
            self._said = (marks, self._wording(marks))
        return self._said[1]

    @property
    def needling(self) -> Needling:
        """How the needling reads in the note: in the practitioner's words, or in the marks'."""
        session = self._session()
        locked = session is not None and session.status.is_locked
        return needling_of_note(self.note, self.marks_say, locked=locked)

    def write_note(self, merge: Any = None, **fields: Any) -> bool:
        """Writes parts of the note; what is typed in one stay becomes one step."""
        return self._write(SessionNote, "Write note", fields, merge)

    def word_needling(self, words: str, of: str, merge: Any = None) -> bool:
        """Words the needling in the practitioner's own way; ``of`` is what the marks said when
        the writing began. Words that are the marks' own follow the marks again.
        """
        own = self.note is not None and self.note.needling is not None
        if words == self.marks_say:
            return not own or self.write_note(merge, needling=None, needling_of="")
        if own:  # what it was once written of stays: nobody has looked at the marks again
            return self.write_note(merge, needling=words)
        return self.write_note(merge, needling=words, needling_of=of)

    def use_words_of_marks(self) -> bool:
        """Lets the needling follow the marks again. The practitioner's words can be had back by
        undo.
        """
        fields = {"needling": None, "needling_of": ""}
        return self._write(SessionNote, "Use what the marks say", fields)

    def keep_own_words(self) -> bool:
        """Says that the practitioner's words stand beside what the marks say now."""
        return self._write(SessionNote, "Keep own words", {"needling_of": self.marks_say})

    # -- signing ---------------------------------------------------------------------------

    def why_not_signed(self) -> str:
        """One sentence that says what is in the way of signing; empty where nothing is."""
        session = self._session()
        if session is None:
            return "There is no session to sign."
        if session.status is not SessionStatus.DRAFT:
            return "This session is signed."
        closing, preparation = self.closing, self.preparation
        return in_the_way(
            SigningFacts(
                needles_in=len(needles_in(self._store.marks(session.id))),
                events_asked=closing is not None and closing.events_asked,
                consent=None if preparation is None else preparation.consent,
                note_outdated=self.needling.outdated,
            )
        )

    def sign(self, practitioner_id: UUID) -> bool:
        """Signs the session and ends it: from then on it stays as it is. It cannot be undone."""
        session, now = self._session(), self._clock()
        if session is None or self.why_not_signed():
            return False
        who = self._practitioner(practitioner_id)
        ended = end_when_signed(session, now)
        signed = replace(session, status=SessionStatus.SIGNED, ended_at=ended)
        signature = Signature(
            id=new_id(),
            session_id=session.id,
            practitioner_id=who.id,
            name=who.name,
            licence_number=who.licence_number,
            signed_at=now,
        )
        change = Change.replace("Sign session", session, signed)
        change = change.then(Change.add("Sign session", signature))
        return self._history.do_for_good(change.then(self._note_as_signed(session)))

    def amend(self, practitioner_id: UUID, reason: str, text: str) -> bool:
        """Adds to a signed session. What is added stays, as the session does."""
        session = self._session()
        if session is None or not session.status.is_locked:
            return False
        addendum = self._addendum(session, practitioner_id, reason, text)
        change = Change.add("Add to signed session", addendum)
        if session.status is SessionStatus.SIGNED:
            amended = replace(session, status=SessionStatus.AMENDED)
            change = Change.replace("Add to signed session", session, amended).then(change)
        return self._history.do_for_good(change)

    def findings_of_addendum(self, practitioner_id: UUID, reason: str, text: str) -> list[Finding]:
        """What stands against adding this, for its form."""
        session = self._session()
        if session is None:
            return [Finding("", "There is no session to add to.")]
        addendum = self._addendum(session, practitioner_id, reason, text)
        return [*check(addendum, self.today())]

    def _addendum(
        self, session: TreatmentSession, practitioner_id: UUID, reason: str, text: str
    ) -> Addendum:
        who = self._practitioner(practitioner_id)
        return Addendum(
            id=new_id(),
            session_id=session.id,
            practitioner_id=who.id,
            name=who.name,
            licence_number=who.licence_number,
            written_at=self._clock(),
            reason=reason,
            text=text,
        )

    def _note_as_signed(self, session: TreatmentSession) -> Change:
        """Writes down what the marks say, as the note showed it when it was signed."""
        held, says = self.note, self.marks_say
        fits = bool(says) and len(says) <= LONGEST_TEXT
        if not fits or (held is not None and held.needling is not None):
            return Change("Sign session", {})
        if held is None:
            note = SessionNote(id=new_id(), session_id=session.id, needling_of=says)
            return Change.add("Sign session", note)
        return Change.replace("Sign session", held, replace(held, needling_of=says))

    def _practitioner(self, practitioner_id: UUID) -> Practitioner:
        """Raises KeyError where the practice has no such practitioner."""
        return {each.id: each for each in self._store.practitioners}[practitioner_id]
