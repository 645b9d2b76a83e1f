"""What is written of a session beside its marks, by the verbs that the panels call."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.anatomy import Side
from app.domain.closing import AdverseEvent, Closing, EventKind
from app.domain.findings import LONGEST_TEXT
from app.domain.identity import new_id
from app.domain.marks import Needle
from app.domain.note_words import Needling
from app.domain.outcomes import Measure, OutcomeScore
from app.domain.preparation import Consent
from app.domain.records import Practitioner, SessionStatus
from app.domain.screening import Screened, ScreeningAnswer, ScreeningItem
from app.domain.supplies import NeedleBox
from app.editing.session_editor import SessionEditor
from tests.helpers.chart import Chart

SHOULDER = ("posterior", 380.0, 480.0)


@pytest.fixture
def editor(chart: Chart) -> SessionEditor:
    return chart.editor


def no(item: ScreeningItem) -> Screened:
    return Screened(item=item, answer=ScreeningAnswer.NO)


def who(editor: SessionEditor) -> Practitioner:
    return editor.store.practitioners[0]


def ready_to_sign(editor: SessionEditor) -> None:
    editor.papers.prepare("Record consent", consent=Consent.VERBAL)
    editor.papers.close("No adverse event", no_adverse_events=True)


def test_a_paper_begins_with_its_first_words_and_each_is_one_step(editor: SessionEditor):
    papers = editor.papers
    assert papers.preparation is None
    assert papers.prepare("Record consent", consent=Consent.WRITTEN)
    assert papers.prepare("Record consent", consent_form="2026-1")
    held = papers.preparation
    assert held is not None
    assert (held.consent, held.consent_form) == (Consent.WRITTEN, "2026-1")
    editor.history.undo()
    assert papers.preparation == replace(held, consent_form="")
    editor.history.undo()
    assert papers.preparation is None
    editor.history.redo()
    editor.store.reload()
    assert papers.preparation == replace(held, consent_form="")


def test_the_screening_says_when_it_was_whole(editor: SessionEditor):
    *most, last = ScreeningItem
    for item in most:
        editor.papers.answer(item, no(item))
    held = editor.papers.preparation
    assert held is not None
    assert held.screened_at is None
    editor.papers.answer(last, no(last))
    held = editor.papers.preparation
    assert held is not None
    assert held.screened_at is not None
    assert [each.item for each in held.screened] == list(ScreeningItem)
    editor.papers.answer(last, None)
    held = editor.papers.preparation
    assert held is not None
    assert held.screened_as(last) is None


def test_an_earlier_screening_is_affirmed_in_one_gesture(editor: SessionEditor):
    session = editor.session
    assert session is not None
    assert not editor.papers.carry_over()
    earlier = replace(session, id=new_id(), started_at=session.started_at - timedelta(weeks=1))
    editor.store.apply(*_added(editor, earlier))
    editor.open(earlier.id)
    editor.papers.answer(ScreeningItem.EPILEPSY, no(ScreeningItem.EPILEPSY))
    before = editor.papers.preparation
    assert before is not None
    editor.open(session.id)
    assert editor.papers.preparation_before == before
    assert editor.papers.carry_over()
    held = editor.papers.preparation
    assert held is not None
    assert held.screened == before.screened
    assert held.affirmed_at is not None
    assert held.screened_at == before.screened_at


def test_an_event_takes_back_that_there_was_none(editor: SessionEditor):
    editor.papers.close("No adverse event", no_adverse_events=True)
    editor.papers.record_event(AdverseEvent(kind=EventKind.BRUISE))
    closing = editor.papers.closing
    assert isinstance(closing, Closing)
    assert closing.events == (AdverseEvent(kind=EventKind.BRUISE),)
    assert not closing.no_adverse_events


def test_what_is_in_the_way_of_signing_is_said(editor: SessionEditor):
    papers, (view, x, y) = editor.papers, SHOULDER
    anchor = editor.atlas.pick(editor.body, view, x, y)
    assert anchor is not None
    needle = editor.new_mark(Needle(), anchor, view)
    at = needle.placed_at
    needle = replace(needle, details=Needle(in_at=at))
    editor.add(needle)
    assert papers.why_not_signed().startswith("A needle is still in")
    editor.set_details(needle.id, Needle(in_at=at, out_at=at + timedelta(minutes=1)))
    assert "adverse event" in papers.why_not_signed()
    papers.close("No adverse event", no_adverse_events=True)
    assert "consent" in papers.why_not_signed()
    papers.prepare("Record consent", consent=Consent.DECLINED)
    assert "not given" in papers.why_not_signed()
    assert not papers.sign(who(editor).id)
    papers.prepare("Record consent", consent=Consent.VERBAL)
    assert papers.why_not_signed() == ""
    assert papers.sign(who(editor).id)
    assert "is signed" in papers.why_not_signed()


def test_a_signature_is_for_good(editor: SessionEditor):
    ready_to_sign(editor)
    assert editor.papers.sign(who(editor).id)
    session, signature = editor.session, editor.papers.signature
    assert session is not None
    assert signature is not None
    assert session.status is SessionStatus.SIGNED
    assert session.ended_at is not None
    assert signature.practitioner_id == who(editor).id
    assert not editor.writable
    assert not editor.papers.close("Change", own_advice="x")
    editor.open(session.id)
    labels = [entry.change.label for entry in editor.store.repository.steps(session.id)]
    assert "Sign session" not in labels


@pytest.mark.parametrize(
    ("later", "known"), [(timedelta(minutes=40), True), (timedelta(days=3), False)]
)
def test_the_end_of_a_session_that_is_signed_days_later_is_not_made_up(
    chart: Chart, editor: SessionEditor, later: timedelta, known: bool
):
    ready_to_sign(editor)
    chart.clock.now += later
    assert editor.papers.sign(who(editor).id)
    session, signature = editor.session, editor.papers.signature
    assert session is not None
    assert signature is not None
    assert session.ended_at == (signature.signed_at if known else None)


def test_a_clock_that_was_set_back_keeps_nobody_from_signing(chart: Chart, editor: SessionEditor):
    ready_to_sign(editor)
    chart.clock.now -= timedelta(hours=2)
    assert editor.papers.sign(who(editor).id)
    session = editor.session
    assert session is not None
    assert session.ended_at == session.started_at
    assert chart.troubles == []


def test_the_name_that_was_signed_with_stays_when_the_practitioner_is_renamed(
    chart: Chart, editor: SessionEditor
):
    ready_to_sign(editor)
    before = who(editor)
    licensed = replace(before, licence_number="PT 17")
    assert chart.desk.save_practitioner(before, licensed)
    editor.papers.sign(licensed.id)
    editor.papers.amend(licensed.id, "Side", "Left, not right.")
    renamed = replace(licensed, name="Ada Faden", licence_number="PT 18")
    assert chart.desk.save_practitioner(licensed, renamed)
    editor.store.reload()
    signature, (addendum,) = editor.papers.signature, editor.papers.addenda
    assert signature is not None
    for each in (signature, addendum):
        assert (each.name, each.licence_number) == ("Ada Nadel", "PT 17")


def placed(editor: SessionEditor, number: int = 0) -> None:
    """Puts a needle into the right shoulder."""
    view, x, y = SHOULDER
    anchor = editor.atlas.pick(editor.body, view, x + 12 * number, y)
    assert anchor is not None
    at = editor.now()
    details = Needle(diameter_mm=0.25, length_mm=30, in_at=at, out_at=at)
    mark = editor.new_mark(details, anchor, view)
    assert editor.add(replace(mark, muscle="trapezius_descending", side=Side.RIGHT))


ONE = "Right trapezius, descending (upper) part: 1 insertion 0.25 × 30 mm."
TWO = "Right trapezius, descending (upper) part: 2 insertions 0.25 × 30 mm."


def test_the_needling_follows_the_marks(editor: SessionEditor):
    papers = editor.papers
    assert papers.needling == Needling("")
    placed(editor)
    assert papers.needling == Needling(ONE)
    placed(editor, 1)
    assert papers.needling == Needling(TWO)
    editor.history.undo()
    assert papers.needling == Needling(ONE)
    assert papers.note is None


def test_own_words_are_never_overwritten_and_say_when_the_marks_went_on(editor: SessionEditor):
    papers = editor.papers
    placed(editor)
    assert papers.word_needling("One needle, calm.", papers.marks_say)
    assert papers.needling == Needling("One needle, calm.", own=True)
    placed(editor, 1)
    assert papers.needling == Needling("One needle, calm.", own=True, outdated=True)
    assert papers.word_needling("Two needles.", papers.marks_say)  # nobody said: keep mine
    assert papers.needling == Needling("Two needles.", own=True, outdated=True)
    assert papers.keep_own_words()
    assert papers.needling == Needling("Two needles.", own=True)
    placed(editor, 2)
    assert papers.needling.outdated
    assert papers.use_words_of_marks()
    assert not papers.needling.own
    editor.history.undo()
    assert papers.needling == Needling("Two needles.", own=True, outdated=True)


def test_marks_that_were_placed_while_typing_are_not_taken_for_read(editor: SessionEditor):
    placed(editor)
    of = editor.papers.marks_say
    placed(editor, 1)
    editor.papers.word_needling("One needle.", of)
    assert editor.papers.needling.outdated


def test_words_that_are_the_marks_own_follow_them_again(editor: SessionEditor):
    papers = editor.papers
    placed(editor)
    assert papers.word_needling(ONE, ONE)
    assert papers.note is None
    papers.word_needling("x", ONE)
    papers.word_needling(ONE, ONE)
    placed(editor, 1)
    assert papers.needling == Needling(TWO)


@pytest.mark.parametrize("begun", [False, True])
def test_what_the_marks_said_is_signed_in_those_words(
    editor: SessionEditor, begun: bool, monkeypatch: pytest.MonkeyPatch
):
    placed(editor)
    if begun:
        editor.papers.write_note(plan="again in a week")
    ready_to_sign(editor)
    assert editor.papers.sign(who(editor).id)
    note = editor.papers.note
    assert note is not None
    assert (note.needling, note.needling_of) == (None, ONE)
    monkeypatch.setattr(editor.papers, "_wording", lambda _marks: "as a later version says it")
    editor.store.reload()
    assert editor.papers.marks_say == "as a later version says it"
    assert editor.papers.needling == Needling(ONE)


def test_a_note_that_its_marks_have_left_behind_is_not_signed_unread(editor: SessionEditor):
    placed(editor)
    editor.papers.word_needling("One needle.", ONE)
    placed(editor, 1)
    ready_to_sign(editor)
    assert "something else" in editor.papers.why_not_signed()
    editor.papers.keep_own_words()
    assert editor.papers.why_not_signed() == ""


def test_own_words_are_signed_as_they_are(editor: SessionEditor):
    placed(editor)
    editor.papers.word_needling("Calm.", ONE)
    ready_to_sign(editor)
    editor.papers.sign(who(editor).id)
    assert editor.papers.needling == Needling("Calm.", own=True)


def test_marks_with_more_words_than_a_note_holds_can_be_signed(
    editor: SessionEditor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(editor.papers, "_wording", lambda _marks: "x" * (LONGEST_TEXT + 1))
    placed(editor)
    ready_to_sign(editor)
    assert editor.papers.sign(who(editor).id)
    assert editor.papers.note is None


def test_a_signed_session_takes_addenda_and_nothing_else(editor: SessionEditor):
    assert not editor.papers.amend(who(editor).id, "Side", "Left, not right.")
    ready_to_sign(editor)
    editor.papers.sign(who(editor).id)
    assert editor.papers.amend(who(editor).id, "Side", "Left, not right.")
    assert editor.papers.amend(who(editor).id, "Count", "Two needles.")
    session = editor.session
    assert session is not None
    assert session.status is SessionStatus.AMENDED
    assert [each.text for each in editor.papers.addenda] == ["Left, not right.", "Two needles."]
    editor.store.reload()
    assert [each.reason for each in editor.papers.addenda] == ["Side", "Count"]


def test_scores_and_boxes_are_read_when_they_are_asked_for(editor: SessionEditor):
    patient = editor.store.patient
    assert patient is not None
    score = OutcomeScore(
        id=new_id(),
        patient_id=patient.id,
        measure=Measure.PAIN,
        score=4,
        measured_on=patient.birth_date or editor.store.sessions[0].started_at.date(),
    )
    box = NeedleBox(id=new_id(), manufacturer="Maker")
    assert (editor.store.scores, editor.store.boxes, editor.store.protocols) == ((), (), ())
    editor.store.apply(*_added(editor, score, box))
    assert editor.store.scores == (score,)
    assert editor.store.boxes == (box,)
    editor.store.reload()
    assert (editor.store.scores, editor.store.boxes) == ((score,), (box,))


def _added(editor: SessionEditor, *records):
    from app.domain.audit import Action, Stamp
    from app.domain.change import Change

    stamp = Stamp(step=new_id(), action=Action.DO, at=editor.store.sessions[0].started_at)
    return Change.add("Add", *records), stamp
