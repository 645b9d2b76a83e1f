"""What is settled before and after the needles, by the verbs that the panels call."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.closing import AdverseEvent, EventKind, OtherTreatmentKind
from app.domain.errors import InvalidRecordError
from app.domain.identity import UUID, new_id
from app.domain.marks import Needle
from app.domain.outcomes import Measure, OutcomeScore
from app.domain.preparation import Consent, SorenessReport
from app.domain.records import TreatmentSession
from app.domain.screening import Screened, ScreeningAnswer, ScreeningItem
from app.domain.stages import after_is_done, before_is_done, needles_are_done
from app.domain.supplies import NeedleBox
from app.editing.session_editor import SessionEditor
from tests.helpers.chart import Chart

EPILEPSY, PREGNANCY = ScreeningItem.EPILEPSY, ScreeningItem.PREGNANCY


@pytest.fixture
def editor(chart: Chart) -> SessionEditor:
    return chart.editor


def said(item: ScreeningItem, answer: ScreeningAnswer = ScreeningAnswer.YES) -> Screened:
    return Screened(item=item, answer=answer)


def a_week_earlier(editor: SessionEditor) -> tuple[TreatmentSession, TreatmentSession]:
    """A session before the one on the desk, which it takes the place of; and that one."""
    session = editor.session
    assert session is not None
    weeks = len(editor.store.sessions)
    earlier = replace(session, id=new_id(), started_at=session.started_at - timedelta(weeks=weeks))
    stamp = Stamp(step=new_id(), action=Action.DO, at=session.started_at)
    editor.store.apply(Change.add("Add", earlier), stamp)
    editor.open(earlier.id)
    return earlier, session


def test_all_others_are_recorded_one_by_one_in_one_step(editor: SessionEditor):
    papers = editor.papers
    papers.answer(EPILEPSY, said(EPILEPSY))
    assert papers.answer_others(ScreeningAnswer.NO)
    held = papers.preparation
    assert held is not None
    assert [each.item for each in held.screened] == list(ScreeningItem)
    assert [each.item for each in held.screened if each.answer is not ScreeningAnswer.NO] == [
        EPILEPSY
    ]
    assert held.screened_at is not None
    editor.history.undo()
    held = papers.preparation
    assert held is not None
    assert (held.screened, held.screened_at) == ((said(EPILEPSY),), None)


def test_what_was_answered_today_is_not_overwritten_by_last_time(editor: SessionEditor):
    _earlier, session = a_week_earlier(editor)
    editor.papers.answer(EPILEPSY, said(EPILEPSY, ScreeningAnswer.NO))
    editor.papers.answer(PREGNANCY, said(PREGNANCY, ScreeningAnswer.NO))
    editor.open(session.id)
    assert editor.papers.can_affirm
    editor.papers.answer(EPILEPSY, said(EPILEPSY))
    assert editor.papers.affirm()
    held = editor.papers.preparation
    assert held is not None
    assert held.screened_as(EPILEPSY) == said(EPILEPSY)
    assert held.screened_as(PREGNANCY) == said(PREGNANCY, ScreeningAnswer.NO)


def test_a_screening_of_today_keeps_its_day_when_it_is_affirmed(editor: SessionEditor):
    _earlier, session = a_week_earlier(editor)
    editor.papers.answer_others(ScreeningAnswer.NO)
    editor.open(session.id)
    editor.papers.answer_others(ScreeningAnswer.NO)
    own = editor.papers.preparation
    assert own is not None
    assert editor.papers.affirm()
    held = editor.papers.preparation
    assert held is not None
    assert held.screened_at == own.screened_at
    assert held.affirmed_at is not None


def test_with_nothing_asked_nothing_is_affirmed(editor: SessionEditor):
    assert not editor.papers.can_affirm
    assert not editor.papers.affirm()
    assert editor.papers.preparation is None
    editor.papers.answer(EPILEPSY, said(EPILEPSY))
    assert editor.papers.affirm()


def test_the_newest_answer_to_each_item_stands(editor: SessionEditor):
    _earlier, session = a_week_earlier(editor)
    editor.papers.answer(EPILEPSY, said(EPILEPSY))
    editor.open(session.id)
    editor.papers.answer(PREGNANCY, said(PREGNANCY))
    assert [each.screened.item for each in editor.papers.standing] == [PREGNANCY, EPILEPSY]


def test_sessions_without_a_preparation_are_not_asked_one_by_one(
    chart: Chart, monkeypatch: pytest.MonkeyPatch
):
    editor = chart.editor
    for _week in range(5):
        a_week_earlier(editor)
    asked: list[UUID] = []
    read = chart.repository.papers
    monkeypatch.setattr(chart.repository, "papers", lambda one: asked.append(one) or read(one))
    editor.store.reload()
    assert editor.papers.standing == []
    assert set(asked) <= {editor.session.id}  # the one on the desk is read in any case
    editor.papers.answer(EPILEPSY, said(EPILEPSY))
    assert [each.screened for each in editor.papers.standing] == [said(EPILEPSY)]
    editor.history.undo()
    assert editor.papers.standing == []


def test_a_form_that_is_signed_has_a_day(editor: SessionEditor):
    today = date(2026, 3, 2)
    editor.papers.consent(Consent.VERBAL, today)
    held = editor.papers.preparation
    assert held is not None
    assert held.consent_on is None
    editor.papers.consent(Consent.WRITTEN, today)
    held = editor.papers.preparation
    assert held is not None
    assert held.consent_on == today


@pytest.mark.parametrize(
    ("given", "on"),
    [(Consent.WRITTEN, date(2026, 2, 20)), (Consent.VERBAL, date(2026, 3, 2))],
)
def test_consent_as_last_time(editor: SessionEditor, given: Consent, on: date):
    _earlier, session = a_week_earlier(editor)
    assert not editor.papers.consent_as_before()
    editor.papers.prepare("Consent", consent=given, consent_on=date(2026, 2, 20), consent_form="2")
    editor.open(session.id)
    assert editor.papers.consent_as_before()
    held = editor.papers.preparation
    assert held is not None
    assert (held.consent, held.consent_on, held.consent_form) == (given, on, "2")


@pytest.mark.parametrize("given", [Consent.WITHDRAWN, Consent.DECLINED, Consent.VERBAL, None])
def test_the_day_of_a_form_is_not_that_of_another_answer(
    editor: SessionEditor, given: Consent | None
):
    """Or paper would say that consent was withdrawn on the day on which the form was signed."""
    signed_on, today = date(2026, 2, 20), date(2026, 3, 2)
    editor.papers.prepare("Consent", consent=Consent.WRITTEN, consent_on=signed_on)
    assert editor.papers.consent(given, today)
    held = editor.papers.preparation
    assert held is not None
    assert (held.consent, held.consent_on) == (given, None)
    editor.history.undo()
    held = editor.papers.preparation
    assert held is not None
    assert (held.consent, held.consent_on) == (Consent.WRITTEN, signed_on)


def test_consent_that_was_withdrawn_is_not_taken_over(editor: SessionEditor):
    _earlier, session = a_week_earlier(editor)
    editor.papers.prepare("Consent", consent=Consent.WITHDRAWN)
    editor.open(session.id)
    assert not editor.papers.consent_as_before()


def test_soreness_is_reported_of_each_area_and_taken_back(editor: SessionEditor):
    one, two = new_id(), new_id()
    editor.papers.report_soreness(one, 4, 24)
    editor.papers.not_sore([one, two])
    held = editor.papers.preparation
    assert held is not None
    assert held.soreness_since == (
        SorenessReport(mark_id=one, worst=4, hours=24),
        SorenessReport(mark_id=two, worst=0),
    )
    editor.papers.report_soreness(one, None, None)
    held = editor.papers.preparation
    assert held is not None
    assert [each.mark_id for each in held.soreness_since] == [two]


def test_the_session_before_is_the_last_one_in_which_anything_was_charted(chart: Chart):
    editor = chart.editor
    charted, session = a_week_earlier(editor)
    anchor = editor.atlas.pick(editor.body, "posterior", 380.0, 480.0)
    assert anchor is not None
    editor.add(editor.new_mark(Needle(), anchor, "posterior"))
    assert editor.papers.session_before is None
    editor.open(session.id)
    assert editor.papers.session_before == charted


def test_events_and_treatments_are_changed_and_removed_by_their_place(editor: SessionEditor):
    papers = editor.papers
    assert papers.change_event(0, None)  # there is none
    papers.record_event(AdverseEvent(kind=EventKind.BRUISE))
    papers.record_event(AdverseEvent(kind=EventKind.NAUSEA))
    assert not papers.say_no_event()
    papers.change_event(0, None)
    closing = papers.closing
    assert closing is not None
    assert [each.kind for each in closing.events] == [EventKind.NAUSEA]
    papers.change_event(0, None)
    assert papers.say_no_event()
    assert papers.change_treatment(0, None)
    papers.add_treatment(OtherTreatmentKind.TAPE)
    papers.add_treatment(OtherTreatmentKind.MASSAGE)
    papers.change_treatment(0, None)
    closing = papers.closing
    assert closing is not None
    assert closing.no_adverse_events
    assert [each.kind for each in closing.other_treatments] == [OtherTreatmentKind.MASSAGE]


def test_words_of_one_stay_are_one_step(editor: SessionEditor):
    papers = editor.papers
    papers.record_event(AdverseEvent(kind=EventKind.BRUISE))
    for words in ("s", "sm", "small"):
        papers.change_event(0, AdverseEvent(kind=EventKind.BRUISE, note=words), merge=("event",))
    editor.history.undo()
    closing = papers.closing
    assert closing is not None
    assert closing.events == (AdverseEvent(kind=EventKind.BRUISE),)


def test_a_stage_is_done_when_all_of_it_is(editor: SessionEditor):
    papers = editor.papers
    assert not before_is_done(papers.preparation)
    papers.answer_others(ScreeningAnswer.NO)
    assert not before_is_done(papers.preparation)
    papers.consent(Consent.DECLINED, date(2026, 3, 2))
    assert not before_is_done(papers.preparation)
    papers.consent(Consent.VERBAL, date(2026, 3, 2))
    assert before_is_done(papers.preparation)

    assert not needles_are_done(editor.marks)
    anchor = editor.atlas.pick(editor.body, "posterior", 380.0, 480.0)
    assert anchor is not None
    needle = editor.new_mark(Needle(), anchor, "posterior")
    editor.add(replace(needle, details=Needle(in_at=needle.placed_at)))
    assert not needles_are_done(editor.marks)
    editor.set_details(needle.id, Needle(in_at=needle.placed_at, out_at=needle.placed_at))
    assert needles_are_done(editor.marks)

    papers.say_no_event()
    assert not after_is_done(papers.closing, editor.marks)
    papers.close("Count", needles_counted=2)
    assert not after_is_done(papers.closing, editor.marks)
    papers.close("Count", needles_counted=1)
    assert after_is_done(papers.closing, editor.marks)


def test_a_session_with_papers_is_not_empty(chart: Chart):
    session = chart.editor.session
    assert session is not None
    assert chart.desk.is_empty(session)
    chart.editor.papers.say_no_event()
    assert not chart.desk.is_empty(session)


def test_a_session_of_tomorrow_is_refused_with_a_sentence(chart: Chart):
    session = chart.editor.session
    assert session is not None
    tomorrow = replace(session, id=new_id(), started_at=session.started_at + timedelta(days=1))
    assert not chart.desk.save("Add session", None, tomorrow)
    (trouble,) = chart.troubles
    assert isinstance(trouble, InvalidRecordError)
    assert "lies in the future" in str(trouble)


def test_scores_and_boxes_are_kept_changed_and_brought_back(chart: Chart):
    desk, patient = chart.desk, chart.store.patient
    assert patient is not None
    score = OutcomeScore(
        id=new_id(), patient_id=patient.id, measure=Measure.NDI, score=24,
        measured_on=date(2026, 2, 1),
    )  # fmt: skip
    assert desk.save_score(None, score)
    better = replace(score, score=18)
    assert desk.save_score(score, better)
    assert desk.remove_score(better)
    assert chart.repository.scores(patient.id) == []
    desk.history.undo()
    assert chart.repository.scores(patient.id) == [better]
    box = NeedleBox(id=new_id(), manufacturer="Maker")
    assert desk.save_box(box)
    assert chart.repository.boxes() == [box]
