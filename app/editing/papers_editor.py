"""What can be done to a session's papers: its preparation, closing, note, signature, addenda.

Papers are values like everything else: each verb makes one named change of the session on the
desk. A paper comes into being with the first thing that is written in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from app.domain.change import Change, Edit
from app.domain.closing import AdverseEvent, Closing
from app.domain.findings import LONGEST_TEXT, Finding
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark, Needle
from app.domain.note_words import Needling, needling_of_note
from app.domain.papers import Addendum, HazardNotice, Paper, SessionNote, Signature
from app.domain.preparation import Preparation
from app.domain.records import Practitioner, SessionStatus, TreatmentSession
from app.domain.rules import check
from app.domain.screening import Screened, ScreeningItem
from app.domain.words import local_day
from app.editing.history import History
from app.editing.store import ChartStore

_P = TypeVar("_P", bound=Paper)


class PapersEditor:
    """The papers of the session on the desk.

    ``session`` gives that session, or None; ``clock`` the present with its zone; ``wording``
    what marks say in words.
    """

    def __init__(
        self,
        store: ChartStore,
        history: History,
        session: Callable[[], TreatmentSession | None],
        clock: Callable[[], datetime],
        wording: Callable[[Sequence[Mark]], str],
    ) -> None:
        self._store = store
        self._history = history
        self._session = session
        self._clock = clock
        self._wording = wording
        self._said: tuple[Sequence[Mark], str] = ((), "")
        """The marks that were worded last, and their words: asked at every showing."""

    # -- reading ---------------------------------------------------------------------------

    @property
    def session(self) -> TreatmentSession | None:
        """The session whose papers these are."""
        return self._session()

    @property
    def preparation(self) -> Preparation | None:
        return self._paper(Preparation)

    @property
    def closing(self) -> Closing | None:
        return self._paper(Closing)

    @property
    def note(self) -> SessionNote | None:
        return self._paper(SessionNote)

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

    @property
    def signature(self) -> Signature | None:
        return self._paper(Signature)

    @property
    def notices(self) -> tuple[HazardNotice, ...]:
        return tuple(each for each in self._papers if isinstance(each, HazardNotice))

    @property
    def addenda(self) -> tuple[Addendum, ...]:
        """In the order in which they were written."""
        found = [each for each in self._papers if isinstance(each, Addendum)]
        return tuple(sorted(found, key=lambda each: (each.written_at, each.id)))

    @property
    def preparation_before(self) -> Preparation | None:
        """That of the patient's last earlier session in which anything was screened."""
        session = self._session()
        if session is None:
            return None
        for earlier in self._store.sessions:  # newest first
            if (earlier.started_at, earlier.id) < (session.started_at, session.id):
                found = self._store.paper(earlier.id, Preparation)
                if found is not None and found.screened:
                    return found
        return None

    # -- before the first needle -----------------------------------------------------------

    def prepare(self, label: str, merge: Any = None, **fields: Any) -> bool:
        """Records fields of the preparation."""
        return self._write(Preparation, label, fields, merge)

    def answer(self, item: ScreeningItem, answered: Screened | None) -> bool:
        """Records the answer to one item of the screening; None takes it back."""
        held = self.preparation
        kept = [each for each in (held.screened if held else ()) if each.item is not item]
        if answered is not None:
            kept.append(answered)
        order = {each: place for place, each in enumerate(ScreeningItem)}
        screened = tuple(sorted(kept, key=lambda each: order[each.item]))
        complete = len(screened) == len(ScreeningItem)
        fields: dict[str, Any] = {"screened": screened}
        if complete and (held is None or held.screened_at is None):
            fields["screened_at"] = self._clock()
        return self.prepare("Screen", ("screening", item), **fields)

    def carry_over(self) -> bool:
        """Says in one gesture that nothing has changed since the screening before: its answers
        become this session's, with the day on which they were asked one by one.
        """
        before, now = self.preparation_before, self._clock()
        if before is None:
            return False
        asked_at = before.screened_at or before.affirmed_at
        return self.prepare(
            "Affirm screening", screened=before.screened, screened_at=asked_at, affirmed_at=now
        )

    def affirm(self) -> bool:
        """Says that the answers that are recorded here hold today."""
        return self.prepare("Affirm screening", affirmed_at=self._clock())

    # -- after the last needle -------------------------------------------------------------

    def close(self, label: str, merge: Any = None, **fields: Any) -> bool:
        """Records fields of the closing."""
        return self._write(Closing, label, fields, merge)

    def record_event(self, event: AdverseEvent) -> bool:
        """Adds an adverse event; that there was none no longer holds."""
        held = self.closing
        events = (*(held.events if held else ()), event)
        return self.close("Record adverse event", events=events, no_adverse_events=False)

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

    def tell(self, notice: HazardNotice) -> bool:
        """Keeps that a notice was shown."""
        return self._do(Change.add("Notice", notice))

    def acknowledge(self, notice: HazardNotice) -> bool:
        """Keeps that a notice was read."""
        read = replace(notice, acknowledged_at=self._clock())
        return self._do(Change.replace("Acknowledge notice", notice, read))

    # -- signing ---------------------------------------------------------------------------

    def why_not_signed(self) -> str:
        """One sentence that says what is in the way of signing; empty where nothing is."""
        session = self._session()
        if session is None:
            return "There is no session to sign."
        if session.status is not SessionStatus.DRAFT:
            return "This session is signed."
        count = _needles_in(self._store.marks(session.id))
        if count:
            left = "A needle is" if count == 1 else f"{count} needles are"
            return f"{left} still in. Take all needles out first."
        closing = self.closing
        if closing is None or not (closing.no_adverse_events or closing.events):
            return "Say whether there was an adverse event, or none."
        preparation = self.preparation
        if preparation is None or preparation.consent is None:
            return "Record the patient's consent."
        if not preparation.consent.is_given:
            return "Consent was not given. Without it no needling is signed."
        if self.needling.outdated:
            return "The marks say something else than your note. Choose in the note which holds."
        return ""

    def sign(self, practitioner_id: UUID) -> bool:
        """Signs the session and ends it: from then on it stays as it is. It cannot be undone."""
        session, now = self._session(), self._clock()
        if session is None or self.why_not_signed():
            return False
        who = self._practitioner(practitioner_id)
        signed = replace(session, status=SessionStatus.SIGNED, ended_at=session.ended_at or now)
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
        return [*check(addendum, local_day(self._clock()))]

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

    # -- how ---------------------------------------------------------------------------------

    @property
    def _papers(self) -> tuple[Paper, ...]:
        session = self._session()
        return () if session is None else self._store.papers(session.id)

    def _practitioner(self, practitioner_id: UUID) -> Practitioner:
        """Raises KeyError where the practice has no such practitioner."""
        return {each.id: each for each in self._store.practitioners}[practitioner_id]

    def _paper(self, kind: type[_P]) -> _P | None:
        session = self._session()
        return None if session is None else self._store.paper(session.id, kind)

    def _write(
        self, kind: type[Any], label: str, fields: dict[str, Any], merge: Any = None
    ) -> bool:
        session = self._session()
        if session is None:
            return False
        held = self._paper(kind)
        if held is None:
            after = kind(id=new_id(), session_id=session.id, **fields)
        else:
            after = replace(held, **fields)
        return self._do(Change(label, {after.id: Edit(held, after)}), merge)

    def _do(self, change: Change, merge: Any = None) -> bool:
        session = self._session()
        writable = session is not None and session.status is SessionStatus.DRAFT
        return writable and self._history.do(change, merge)


def _needles_in(marks: tuple[Mark, ...]) -> int:
    """How many needles are in: put in, and not taken out."""
    needles = [mark.details for mark in marks if isinstance(mark.details, Needle)]
    return sum(each.in_at is not None and each.out_at is None for each in needles)
