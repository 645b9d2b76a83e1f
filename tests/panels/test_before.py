"""Before the first needle: screening, consent, and what else is settled, on a real practice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.identity import new_id
from app.domain.preparation import Consent, Position, Preparation, SorenessReport
from app.domain.screening import ScreeningAction, ScreeningAnswer, ScreeningItem
from app.domain.stages import Stage
from app.domain.supplies import NeedleBox
from app.panels.before_page import BeforePage
from tests.helpers.clinic import START, Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

OpenClinic = Callable[..., Clinic]
RIGHT, LEFT = (0.60, 0.22), (0.40, 0.22)
EPILEPSY, PREGNANCY = "Epilepsy", "Pregnant, or may be"


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic


def page(clinic: Clinic) -> BeforePage:
    found = clinic.desk.chart.column.stages.page(Stage.BEFORE)
    assert isinstance(found, BeforePage)
    return found


def preparation(clinic: Clinic) -> Preparation:
    """Read anew from the database."""
    session = clinic.desk.editor.session
    assert session is not None
    papers = clinic.practice.repository.papers(session.id)
    return next(each for each in papers if isinstance(each, Preparation))


def screen(clinic: Clinic) -> None:
    """Two yes, one unknown, and no to all others."""
    card = page(clinic).screening
    clinic.click(card.go_through)
    clinic.segment(card, f"{EPILEPSY}: Yes").segment(card, f"{PREGNANCY}: Unknown")
    clinic.segment(card, f"{EPILEPSY}, what follows: Proceed adapted")
    note = card.list.items[ScreeningItem.EPILEPSY].note
    clinic.write(note, "controlled since 2019")
    clinic.click(card.list.others_no)
    clinic.desk.flush()


def next_week(clinic: Clinic, open_clinic: OpenClinic, weeks: int = 1) -> Clinic:
    clinic.close()
    again = open_clinic(START + timedelta(weeks=weeks))
    again.desk.open_patient(again.desk.find_patients("")[0].id)
    return again.key("Ctrl+T")


def shown_warnings(clinic: Clinic) -> list[str]:
    return [label.text() for label in clinic.desk.chart.header._warnings if label.isVisible()]


def test_without_a_screening_the_list_is_offered_and_nothing_is_affirmed(clinic: Clinic):
    card = page(clinic).screening
    assert card.summary.text() == "Not screened yet."
    assert not card.affirm.isVisible()
    assert not clinic.window.actions_by_id["screening.affirm"].isEnabled()
    assert card.go_through.isVisible()


def test_each_item_is_recorded_by_itself_and_all_others_are_an_act(clinic: Clinic):
    card = page(clinic).screening
    clinic.click(card.go_through)
    assert card.list.others_no.text() == "All others: no (35)"
    clinic.segment(card, f"{EPILEPSY}: Yes")
    assert len(preparation(clinic).screened) == 1
    assert card.list.others_no.text() == "All others: no (34)"
    clinic.click(card.list.others_no)
    held = preparation(clinic)
    assert [each.item for each in held.screened] == list(ScreeningItem)
    assert held.screened_as(ScreeningItem.EPILEPSY).answer is ScreeningAnswer.YES
    assert held.screened_at is not None
    clinic.key("Ctrl+Z")
    assert len(preparation(clinic).screened) == 1


def test_a_yes_has_what_follows_and_a_note(clinic: Clinic):
    screen(clinic)
    held = preparation(clinic).screened_as(ScreeningItem.EPILEPSY)
    assert held.action is ScreeningAction.PROCEED_ADAPTED
    assert held.note == "controlled since 2019"
    card = page(clinic).screening
    assert card.summary.text() == "Screened 22 Nov 2026: 1 yes, 1 unknown, 33 no"
    assert [each.text() for each in card.remarks if each.isVisible()] == [
        "Pregnant, or may be: unknown",
        "Epilepsy: yes, proceed adapted. controlled since 2019",
    ]


def test_nothing_has_changed_is_one_press(clinic: Clinic, open_clinic: OpenClinic):
    screen(clinic)
    first = preparation(clinic)
    again = next_week(clinic, open_clinic)
    card = page(again).screening
    assert card.summary.text().startswith("Screened 22 Nov 2026: 1 yes")
    assert again.desk.editor.papers.preparation is None
    again.click(card.affirm)
    held = preparation(again)
    assert (held.screened, held.screened_at) == (first.screened, first.screened_at)
    assert held.affirmed_at is not None
    assert not card.affirm.isVisible()
    assert "Affirmed 29 Nov 2026" in card.state.text()
    again.key("Ctrl+Z")
    assert card.affirm.isVisible()
    again.key("F4").key("Shift+F2")
    assert preparation(again).screened == first.screened
    assert again.desk.chart.column.stages.stage is Stage.BEFORE


def test_what_has_changed_is_kept_when_the_rest_is_affirmed(
    clinic: Clinic, open_clinic: OpenClinic
):
    screen(clinic)
    again = next_week(clinic, open_clinic)
    card = page(again).screening
    again.click(card.go_through).segment(card, "Anticoagulant, bruises easily, few platelets: Yes")
    assert card.affirm.text() == "Nothing else has changed"
    again.click(card.affirm)
    held = preparation(again)
    assert len(held.screened) == 35
    assert held.screened_as(ScreeningItem.ANTICOAGULANT).answer is ScreeningAnswer.YES
    assert held.screened_as(ScreeningItem.EPILEPSY).note == "controlled since 2019"
    assert "Anticoagulant or bleeds easily · 29 Nov 2026" in shown_warnings(again)


def test_a_yes_stands_at_the_top_of_the_chart_always(clinic: Clinic, open_clinic: OpenClinic):
    assert shown_warnings(clinic) == []
    screen(clinic)
    words = "Epilepsy, proceed adapted (controlled since 2019) · 22 Nov 2026"
    assert shown_warnings(clinic) == [words]
    again = next_week(clinic, open_clinic)
    assert shown_warnings(again) == [words]
    card = page(again).screening
    again.click(card.go_through).segment(card, f"{EPILEPSY}: No")
    assert shown_warnings(again) == []


def test_consent_is_suggested_and_not_taken_over_unasked(clinic: Clinic, open_clinic: OpenClinic):
    consent = page(clinic).consent
    assert not consent.suggestion.isVisible()
    clinic.segment(consent, "Consent: Written").write(consent.form, "2026-1")
    clinic.segment(consent, "Risk explained: Bruise")
    clinic.desk.flush()
    held = preparation(clinic)
    assert (held.consent, held.consent_on) == (Consent.WRITTEN, date(2026, 11, 22))
    again = next_week(clinic, open_clinic)
    suggestion = page(again).consent.suggestion
    last_time = page(again).consent.last_time.text()
    assert last_time == "Last time: Written, form 2026-1, 22 Nov 2026"
    assert again.desk.editor.papers.preparation is None
    again.click(suggestion)
    assert preparation(again) == replace(
        held, id=preparation(again).id, session_id=preparation(again).session_id
    )


def test_what_was_declined_last_time_is_told_and_not_suggested(
    clinic: Clinic, open_clinic: OpenClinic
):
    clinic.segment(page(clinic).consent, "Consent: Declined")
    again = next_week(clinic, open_clinic)
    assert page(again).consent.last_time.text() == "Last time: Declined"
    assert not page(again).consent.suggestion.isVisible()
    assert not again.desk.editor.papers.consent_as_before()


def test_without_consent_that_is_said_in_amber(clinic: Clinic):
    clinic.segment(page(clinic).consent, "Consent: Declined")
    label = page(clinic).consent.warning
    assert label.isVisible()
    assert label.text() == "Consent declined. Without it no needling is signed."
    assert label.objectName() == "warningText"


def test_a_day_of_consent_that_has_not_come_is_refused_at_the_field(clinic: Clinic):
    on = page(clinic).consent.on
    clinic.write(on.line, "23 Nov 2026")
    assert "future" in on.fault
    clinic.desk.flush()
    assert clinic.desk.editor.papers.preparation is None
    on.line.clear()
    clinic.write(on.line, "21 Nov 2026")
    clinic.desk.flush()
    assert preparation(clinic).consent_on == date(2026, 11, 21)


def test_before_is_done_with_the_screening_and_consent(clinic: Clinic):
    button = clinic.desk.chart.column.stages.bar.button(Stage.BEFORE)
    screen(clinic)
    assert "not done" in button.accessibleName()
    clinic.segment(page(clinic).consent, "Consent: Verbal")
    assert button.accessibleName() == "Before, done"


def test_next_visit_asks_how_sore_each_needled_area_was(clinic: Clinic, open_clinic: OpenClinic):
    assert not page(clinic).soreness.isVisible()
    clinic.key("Alt+2").key("T").press("posterior", *RIGHT).press("posterior", *LEFT)
    right, left = (mark.id for mark in clinic.marks)
    again = next_week(clinic, open_clinic)
    card = page(again).soreness
    assert card.isVisible()
    assert [row.mark_id for row in card.rows] == [right, left]
    first = card.rows[0]
    again.segment(first, f"{first.worst.accessibleName()}: 6")
    again.write(first.hours.line, "337")
    assert "0 to 336" in first.hours.fault
    first.hours.line.clear()
    again.write(first.hours.line, "24")
    again.desk.flush()
    assert preparation(again).soreness_since == (SorenessReport(mark_id=right, worst=6, hours=24),)
    again.click(card.not_sore)
    assert preparation(again).soreness_since[1] == SorenessReport(mark_id=left, worst=0)
    assert not card.not_sore.isVisible()


def test_position_and_pain(clinic: Clinic):
    clinic.segment(page(clinic), "Position: Prone").segment(page(clinic), "Pain before: 7")
    assert preparation(clinic).position is Position.PRONE
    assert clinic.desk.editor.session.pain_before == 7


def test_a_box_that_expired_is_said_in_amber(clinic: Clinic):
    box = NeedleBox(id=new_id(), manufacturer="Maker", expires_on=date(2026, 3, 3))
    assert clinic.desk.practice.save("Add box", None, box)
    card = page(clinic).box
    clinic.key("F3").key("F2")
    card.box.setCurrentIndex(1)
    card.box.activated.emit(1)
    assert preparation(clinic).box_id == box.id
    assert card.expired.text() == "This box expired on 3 Mar 2026. Take another one."
