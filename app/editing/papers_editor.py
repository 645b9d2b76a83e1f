"""What can be done to a session's papers: its preparation, closing, note, signature, addenda.

Papers are values like everything else: each verb makes one named change of the session on the
desk. A paper comes into being with the first thing that is written in it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from app.domain.change import Change, Edit
from app.domain.closing import AdverseEvent, Closing, OtherTreatment, OtherTreatmentKind
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark, Needle
from app.domain.papers import Addendum, HazardNotice, Paper, SessionNote, Signature
from app.domain.preparation import Consent, Preparation, SorenessReport
from app.domain.records import SessionStatus, TreatmentSession
from app.domain.screening import Screened, ScreeningAnswer, ScreeningItem
from app.domain.screening_history import Standing, standing
from app.domain.words import local_day
from app.editing.history import History
from app.editing.store import ChartStore

_P = TypeVar("_P", bound=Paper)


class PapersEditor:
    """The papers of the session on the desk.

    ``session`` gives that session, or None; ``clock`` the present with its zone.
    """

    def __init__(
        self,
        store: ChartStore,
        history: History,
        session: Callable[[], TreatmentSession | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._history = history
        self._session = session
        self._clock = clock

    def today(self) -> date:
        return local_day(self._clock())

    # -- reading ---------------------------------------------------------------------------

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
        return self._earlier(lambda held: bool(held.screened))

    @property
    def session_before(self) -> TreatmentSession | None:
        """The patient's last earlier session in which anything was charted."""
        counts = self._store.mark_counts
        return next(
            (each for each in self._sessions_before() if any(counts(each.id).values())), None
        )

    @property
    def standing(self) -> list[Standing]:
        """The newest answer to each item of the screening that this patient was ever asked."""
        sessions = self._store.sessions  # newest first
        prepared = ((each, self._store.preparation(each.id)) for each in sessions)
        return standing((session, held) for session, held in prepared if held is not None)

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

    def answer_others(self, answer: ScreeningAnswer) -> bool:
        """Records one answer to each item that has none yet: each is then answered by itself."""
        held = self.preparation
        known = {each.item: each for each in (held.screened if held else ())}
        screened = tuple(
            known.get(item, Screened(item=item, answer=answer)) for item in ScreeningItem
        )
        return self.prepare("Screen all others", screened=screened, screened_at=self._clock())

    def carry_over(self) -> bool:
        """Says in one gesture that nothing has changed since the screening before: its answers
        become this session's, with the day on which they were asked one by one. What was
        answered in this session already stays as it was answered.
        """
        before, held, now = self.preparation_before, self.preparation, self._clock()
        if before is None:
            return False
        if held is not None and len(held.screened) == len(ScreeningItem):
            return self.prepare("Affirm screening", affirmed_at=now)
        known = {each.item: each for each in before.screened}
        known |= {each.item: each for each in (held.screened if held else ())}
        asked_at = before.screened_at or before.affirmed_at
        return self.prepare(
            "Affirm screening",
            screened=tuple(known[item] for item in ScreeningItem if item in known),
            screened_at=asked_at,
            affirmed_at=now,
        )

    @property
    def can_affirm(self) -> bool:
        """Whether there are answers, of this session or an earlier one, that may hold today."""
        held = self.preparation
        return self.preparation_before is not None or bool(held and held.screened)

    def affirm(self) -> bool:
        """Says in one gesture that nothing has changed: since the screening before, where there
        is one, else since the answers that are recorded here.
        """
        if self.preparation_before is not None:
            return self.carry_over()
        held = self.preparation
        if held is None or not held.screened:
            return False
        return self.prepare("Affirm screening", affirmed_at=self._clock())

    def consent(self, given: Consent | None, today: date) -> bool:
        """Records whether consent was given. A form that is signed has a day: today, unless
        another one is recorded.
        """
        held = self.preparation
        fields: dict[str, Any] = {"consent": given}
        if given is Consent.WRITTEN and (held is None or held.consent_on is None):
            fields["consent_on"] = today
        return self.prepare("Record consent", **fields)

    @property
    def consent_before(self) -> Preparation | None:
        """The preparation of the patient's last earlier session in which consent was recorded."""
        return self._earlier(lambda held: held.consent is not None)

    def consent_as_before(self) -> bool:
        """Records the consent of last time as holding today, where it was given. A form keeps the
        day on which it was signed; what is said is said today.
        """
        before = self.consent_before
        if before is None or before.consent is None or not before.consent.is_given:
            return False
        written = before.consent is Consent.WRITTEN
        return self.prepare(
            "Record consent as last time",
            consent=before.consent,
            consent_form=before.consent_form,
            consent_on=before.consent_on if written else self.today(),
            risks=before.risks,
        )

    def report_soreness(self, mark_id: UUID, worst: int | None, hours: int | None) -> bool:
        """Records how sore an area was after the session before; nothing said takes it back."""
        held = self.preparation
        kept = [each for each in (held.soreness_since if held else ()) if each.mark_id != mark_id]
        if worst is not None or hours is not None:
            kept.append(SorenessReport(mark_id=mark_id, worst=worst, hours=hours))
        return self.prepare("Record soreness since", soreness_since=tuple(kept))

    def not_sore(self, mark_ids: Iterable[UUID]) -> bool:
        """Records of each area that has no answer yet that it was not sore."""
        held = self.preparation
        kept = list(held.soreness_since if held else ())
        asked = {each.mark_id for each in kept}
        kept += [SorenessReport(mark_id=each, worst=0) for each in mark_ids if each not in asked]
        return self.prepare("Record soreness since", soreness_since=tuple(kept))

    # -- after the last needle -------------------------------------------------------------

    def close(self, label: str, merge: Any = None, **fields: Any) -> bool:
        """Records fields of the closing."""
        return self._write(Closing, label, fields, merge)

    def record_event(self, event: AdverseEvent) -> bool:
        """Adds an adverse event; that there was none no longer holds."""
        held = self.closing
        events = (*(held.events if held else ()), event)
        return self.close("Record adverse event", events=events, no_adverse_events=False)

    def say_no_event(self, none: bool = True) -> bool:
        """Says that it was asked, and there was no adverse event; or takes that back."""
        held = self.closing
        if none and held is not None and held.events:
            return False
        return self.close("No adverse event", no_adverse_events=none)

    def change_event(self, place: int, event: AdverseEvent | None, merge: Any = None) -> bool:
        """Puts ``event`` in the place of one that is recorded; None removes it."""
        held = self.closing
        events = list(held.events if held else ())
        if not 0 <= place < len(events):
            return True  # it was removed meanwhile: there is nothing left to write on
        events[place : place + 1] = [] if event is None else [event]
        label = "Remove adverse event" if event is None else "Change adverse event"
        return self.close(label, merge and (merge, place), events=tuple(events))

    def add_treatment(self, kind: OtherTreatmentKind) -> bool:
        """Records that something else was done in the same visit."""
        held = self.closing
        others = (*(held.other_treatments if held else ()), OtherTreatment(kind=kind))
        return self.close("Record other treatment", other_treatments=others)

    def change_treatment(
        self, place: int, treatment: OtherTreatment | None, merge: Any = None
    ) -> bool:
        """Puts ``treatment`` in the place of one that is recorded; None removes it."""
        held = self.closing
        others = list(held.other_treatments if held else ())
        if not 0 <= place < len(others):
            return True  # it was removed meanwhile: there is nothing left to write on
        others[place : place + 1] = [] if treatment is None else [treatment]
        label = "Remove other treatment" if treatment is None else "Change other treatment"
        return self.close(label, merge and (merge, place), other_treatments=tuple(others))

    def write_note(self, merge: Any = None, **fields: Any) -> bool:
        """Writes parts of the note; what is typed in one stay becomes one step."""
        return self._write(SessionNote, "Write note", fields, merge)

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
        return ""

    def sign(self, practitioner_id: UUID) -> bool:
        """Signs the session and ends it: from then on it stays as it is. It cannot be undone."""
        session, now = self._session(), self._clock()
        if session is None or self.why_not_signed():
            return False
        signed = replace(session, status=SessionStatus.SIGNED, ended_at=session.ended_at or now)
        signature = Signature(
            id=new_id(),
            session_id=session.id,
            practitioner_id=practitioner_id,
            signed_at=now,
        )
        return self._history.do_for_good(
            Change.replace("Sign session", session, signed).then(
                Change.add("Sign session", signature)
            )
        )

    def amend(self, practitioner_id: UUID, reason: str, text: str) -> bool:
        """Adds to a signed session. What is added stays, as the session does."""
        session = self._session()
        if session is None or not session.status.is_locked:
            return False
        addendum = Addendum(
            id=new_id(),
            session_id=session.id,
            practitioner_id=practitioner_id,
            written_at=self._clock(),
            reason=reason,
            text=text,
        )
        change = Change.add("Add to signed session", addendum)
        if session.status is SessionStatus.SIGNED:
            amended = replace(session, status=SessionStatus.AMENDED)
            change = Change.replace("Add to signed session", session, amended).then(change)
        return self._history.do_for_good(change)

    # -- how ---------------------------------------------------------------------------------

    @property
    def _papers(self) -> tuple[Paper, ...]:
        session = self._session()
        return () if session is None else self._store.papers(session.id)

    def _sessions_before(self) -> Iterator[TreatmentSession]:
        """Those before the one on the desk, newest first."""
        session = self._session()
        if session is None:
            return
        for earlier in self._store.sessions:
            if (earlier.started_at, earlier.id) < (session.started_at, session.id):
                yield earlier

    def _earlier(self, wanted: Callable[[Preparation], bool]) -> Preparation | None:
        found = map(self._store.preparation, (each.id for each in self._sessions_before()))
        return next((each for each in found if each is not None and wanted(each)), None)

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
