"""After the last needle: what is counted, asked and advised, on a real practice."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.closing import (
    AdverseEvent,
    Advice,
    Closing,
    EventKind,
    OtherTreatment,
    OtherTreatmentKind,
    Severity,
    Tolerance,
)
from app.domain.marks import Needle
from app.domain.preparation import Consent
from app.domain.stages import Stage
from app.panels.after_page import AfterPage
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

OpenClinic = Callable[..., Clinic]
SHOULDER, UPPER_BACK, CALF = (0.60, 0.22), (0.56, 0.25), (0.42, 0.68)


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic.key("Alt+2").key("F4")


def page(clinic: Clinic) -> AfterPage:
    found = clinic.desk.chart.column.stages.page(Stage.AFTER)
    assert isinstance(found, AfterPage)
    return found


def closing(clinic: Clinic) -> Closing:
    """Read anew from the database."""
    session = clinic.desk.editor.session
    assert session is not None
    found = [
        each for each in clinic.practice.repository.papers(session.id) if isinstance(each, Closing)
    ]
    return found[0]


def place_needle(clinic: Clinic, x: float, y: float) -> None:
    editor = clinic.desk.editor
    view = editor.atlas.view(editor.body, "posterior")
    anchor = editor.atlas.pick(editor.body, "posterior", x * view.width, y * view.height)
    assert anchor is not None
    editor.add(editor.new_mark(Needle(), anchor, "posterior"))
    QApplication.processEvents()  # the panels follow, and show the new mark
    clinic.key("F4")


def test_none_is_an_answer_and_is_taken_back_by_the_same_press(clinic: Clinic):
    events = page(clinic).events
    assert not events.none.isChecked()
    clinic.click(events.none)
    assert closing(clinic).no_adverse_events
    clinic.click(events.none)
    assert not closing(clinic).no_adverse_events
    clinic.key("Ctrl+Z")
    assert closing(clinic).no_adverse_events
    assert events.none.isChecked()


def test_an_event_is_two_presses_and_the_rest_may_follow(clinic: Clinic):
    events = page(clinic).events
    clinic.click(events.none)
    clinic.segment(events, "Something happened: At the site").segment(events, "At the site: Bruise")
    assert closing(clinic).events == (AdverseEvent(kind=EventKind.BRUISE),)
    assert not closing(clinic).no_adverse_events
    assert not events.none.isEnabled()
    clinic.segment(events, "Severity: Mild")
    clinic.write(events.fields.note, "thumbnail size")
    clinic.write(events.fields.reported_to, "insurer")
    clinic.desk.flush()
    assert closing(clinic).events == (
        AdverseEvent(
            kind=EventKind.BRUISE,
            severity=Severity.MILD,
            note="thumbnail size",
            reported_to="insurer",
        ),
    )
    clinic.click(clinic.button(events.fields, "Remove"))
    assert closing(clinic).events == ()


def test_words_of_one_event_never_reach_another(clinic: Clinic):
    events = page(clinic).events
    clinic.segment(events, "Something happened: Other")
    clinic.write(events.fields.note, "first")
    clinic.segment(events, "Something happened: General").segment(events, "General: Nausea")
    clinic.write(events.fields.note, "second")
    clinic.desk.flush()
    assert [each.note for each in closing(clinic).events] == ["first", "second"]


def test_an_event_is_at_a_mark_of_this_session(clinic: Clinic):
    place_needle(clinic, *CALF)
    events = page(clinic).events
    clinic.segment(events, "Something happened: Needle").segment(events, "Needle: Stuck needle")
    events.fields.mark.setCurrentIndex(1)
    events.fields.mark.activated.emit(1)
    assert closing(clinic).events[0].mark_id == clinic.marks[0].id


def test_needles_counted_out_stand_beside_those_that_were_placed(clinic: Clinic):
    place_needle(clinic, *CALF)
    place_needle(clinic, *SHOULDER)
    count = page(clinic).count
    clinic.write(count.count.line, "1")
    clinic.desk.flush()
    assert closing(clinic).needles_counted == 1
    assert "1 fewer than were placed" in count.differs.text()
    assert count.differs.isVisible()
    clinic.click(count.all_out)
    assert closing(clinic).needles_counted == 2
    assert not count.differs.isVisible()


def test_a_count_out_of_range_is_refused_at_the_field(clinic: Clinic):
    count = page(clinic).count.count
    for wrong in ("501", "-1", "two", "1.5"):
        count.line.clear()
        clinic.write(count.line, wrong)
        assert "0 to 500" in count.fault, wrong
        clinic.desk.flush()
    assert clinic.desk.editor.papers.closing is None
    count.line.clear()
    clinic.write(count.line, "0")
    clinic.desk.flush()
    assert closing(clinic).needles_counted == 0


def test_what_is_typed_is_not_called_saved_before_it_is(clinic: Clinic):
    step = page(clinic).next_step.next_step
    clinic.write(step, "in a week")
    assert clinic.desk.chart.header.saved.text() == "Writing …"
    clinic.window.close()
    assert closing(clinic).next_step == "in a week"


def test_red_flags_are_shown_where_the_chest_was_needled(clinic: Clinic):
    place_needle(clinic, *CALF)
    assert not page(clinic).red_flags.isVisible()
    place_needle(clinic, *UPPER_BACK)
    assert page(clinic).red_flags.isVisible()
    assert "hours later" in page(clinic).red_flags.words.text()


def test_the_rest_of_a_visit(clinic: Clinic):
    after = page(clinic)
    clinic.segment(after, "Pain after: 3").segment(after, "Tolerated: Good")
    clinic.segment(after, "Other treatment: Massage")
    clinic.write(after.treatments.where, "neck").write(after.treatments.minutes.line, "10")
    clinic.segment(after, "Advice given: Keep moving gently")
    clinic.write(after.advice.own, "no swimming").write(after.next_step.next_step, "in a week")
    clinic.desk.flush()
    held = closing(clinic)
    assert held.tolerance is Tolerance.GOOD
    assert held.other_treatments == (
        OtherTreatment(kind=OtherTreatmentKind.MASSAGE, place="neck", minutes=10),
    )
    assert (held.advice, held.own_advice) == (frozenset({Advice.KEEP_MOVING}), "no swimming")
    assert held.next_step == "in a week"
    assert clinic.desk.editor.session.pain_after == 3


def test_a_signed_session_shows_its_papers_and_takes_no_more(clinic: Clinic):
    editor = clinic.desk.editor
    editor.papers.prepare("Consent", consent=Consent.VERBAL)
    editor.papers.say_no_event()
    assert editor.papers.sign(clinic.desk.store.practitioners[0].id)
    clinic.key("F4")
    assert page(clinic).events.none.isChecked()
    assert not page(clinic).events.isEnabled()
