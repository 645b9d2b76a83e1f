"""What can be done to a session's papers: its preparation, closing, note, signature, addenda.

Papers are values like everything else: each verb makes one named change of the session on the
desk. A paper comes into being with the first thing that is written in it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.change import Change, Edit
from app.domain.closing import AdverseEvent, Closing, OtherTreatment, OtherTreatmentKind
from app.domain.identity import UUID
from app.domain.papers import HazardNotice
from app.domain.preparation import Consent, Preparation, SorenessReport
from app.domain.records import TreatmentSession
from app.domain.screening import Screened, ScreeningAnswer, ScreeningItem
from app.domain.screening_history import Standing, standing
from app.domain.supplies import NeedleBox
from app.editing.signed_papers import SignedPapers


class PapersEditor(SignedPapers):
    """All papers of the session on the desk."""

    # -- earlier sessions ------------------------------------------------------------------

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
        another one is recorded; and that day is not one on which anything else was said.
        """
        held = self.preparation
        fields: dict[str, Any] = {"consent": given}
        if given is Consent.WRITTEN:
            if held is None or held.consent_on is None:
                fields["consent_on"] = today
        elif held is not None and held.consent is Consent.WRITTEN:
            fields["consent_on"] = None
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

    @property
    def box(self) -> NeedleBox | None:
        """The box that the needles of this session come from, where that is recorded."""
        held = self.preparation
        wanted = None if held is None else held.box_id
        if wanted is None:
            return None
        return next((box for box in self._store.boxes if box.id == wanted), None)

    def tell(self, *notices: HazardNotice) -> bool:
        """Keeps that notices were shown. No undo takes that back: they were."""
        return self._do_for_good(Change.add("Notice", *notices))

    def acknowledge(self, *notices: HazardNotice) -> bool:
        """Keeps that notices were read. One that could not be stored when it was shown is now."""
        stored = {each.id: each for each in self.notices}
        now = self._clock()
        edits = {
            each.id: Edit(stored.get(each.id), replace(each, acknowledged_at=now))
            for each in notices
        }
        return self._do_for_good(Change("Acknowledge notice", edits))

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
