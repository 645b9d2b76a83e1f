"""A whole treatment, from the list of patients to the signed session and its PDF, told once and
played twice: by mouse and keys, and by touch events alone.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from app.domain.closing import Advice, Closing
from app.domain.marks import Mark, MarkKind, Needle, Shape, TriggerPoint, TwitchResponse
from app.domain.needles import count_needles
from app.domain.papers import HazardNotice, SessionNote, Signature
from app.domain.preparation import Consent, Preparation
from app.domain.records import SessionStatus, TreatmentSession
from app.domain.screening import ScreeningAnswer
from app.domain.stages import Stage
from app.domain.words import kind_title
from db.practice import open_practice
from tests.helpers.clinic import START, Clinic
from tests.helpers.finger import NoOtherHand
from tests.helpers.hands import Fingers, Hands, MouseAndKeys
from tests.journeys.test_one_treatment import LOW_BACK, add_patient, start_first_session

pytestmark = [
    pytest.mark.qt_log_ignore("plugin does not support (raise|grabbing)"),
    pytest.mark.usefixtures("quick_taps"),
]
OpenClinic = Callable[..., Clinic]
LAST_WEEK = START - timedelta(days=7)
RIGHT_SHOULDER, LEFT_SHOULDER = (0.60, 0.22), (0.40, 0.22)
OVER_LUNG = (0.38, 0.26)
HIP, THIGH = (0.58, 0.45), (0.42, 0.50)
"""Where it was needled last week."""


def test_a_whole_treatment_by_mouse_and_keys(open_clinic: OpenClinic, tmp_path: Path) -> None:
    visit_of_last_week(open_clinic)
    clinic = open_clinic()
    hands = MouseAndKeys(clinic)
    for letter in "mull":
        hands.strike(letter)
    hands.strike("Return")
    treat(hands, tmp_path / "chart.pdf")
    clinic.close()
    check(tmp_path)


@pytest.mark.qt_log_ignore("could not find the target for gesture")
def test_a_whole_treatment_by_touch_alone(
    qapp: QApplication, open_clinic: OpenClinic, tmp_path: Path
) -> None:
    visit_of_last_week(open_clinic)
    clinic = open_clinic()
    hands, others = Fingers(clinic), NoOtherHand(qapp)
    hands.row(clinic.window.patients.list, 0)
    clinic.wait_until(lambda: clinic.window.touch.is_on)  # the first touch switched it on
    treat(hands, tmp_path / "chart.pdf")
    qapp.removeEventFilter(others)
    assert others.noted == []
    clinic.close()
    check(tmp_path)


def visit_of_last_week(open_clinic: OpenClinic) -> None:
    """What there is before the story begins."""
    clinic = open_clinic(LAST_WEEK)
    add_patient(clinic)
    start_first_session(clinic)
    editor = clinic.desk.editor
    editor.papers.answer_others(ScreeningAnswer.NO)
    editor.papers.consent(Consent.WRITTEN, LAST_WEEK.date())
    clinic.key("Alt+2").key("T").press("posterior", *HIP).press("posterior", *THIGH)
    clinic.close()


def treat(hands: Hands, out: Path) -> None:
    """The treatment, from the open chart on."""
    before_the_needles(hands)
    needles(hands)
    after_the_needles(hands)
    hands.answer("Sign for good", lambda: hands.do("session.sign"))
    hands.do("session.pdf")
    dialog = hands.clinic.dialog(QFileDialog)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    hands.write(name, str(out))
    hands.tap(hands.clinic.button(dialog, "&Save"))
    hands.clinic.wait_until(lambda: "exported" in hands.clinic.message)


def before_the_needles(hands: Hands) -> None:
    column = hands.clinic.desk.chart.column
    hands.do("session.new")
    assert column.stages.stage is Stage.BEFORE
    page = column.stages.page(Stage.BEFORE)
    hands.do("screening.affirm")
    hands.tap(page.consent.suggestion)
    hands.tap(page.soreness.not_sore)
    hands.choose(page, "Pain before: 7")


def needles(hands: Hands) -> None:
    clinic, chart = hands.clinic, hands.clinic.desk.chart
    hands.do("stage.needles")
    hands.see_all("posterior")
    hands.do("tool.trigger_point")
    hands.press("posterior", *RIGHT_SHOULDER)
    hands.press("posterior", *LEFT_SHOULDER)
    hands.do("tool.needle")
    hands.press("posterior", *RIGHT_SHOULDER)
    hands.do("twitch.count")
    hands.do("twitch.count")
    hands.press("posterior", *LEFT_SHOULDER)
    hands.press("posterior", *OVER_LUNG)
    clinic.wait_until(lambda: "near Lung" in chart.lower_bar.notice.text)
    while chart.lower_bar.notice.text:
        hands.do("notice.read")
    hands.do("tool.soreness")
    hands.draw("posterior", *LOW_BACK)
    assert chart.column.needles.words == "3 in, 0 out"

    hands.do("tool.needle")
    hands.press("posterior", *OVER_LUNG)  # which takes it out
    assert chart.column.needles.words == "2 in, 1 out"
    hands.do("needle.all_out")
    assert chart.column.needles.words == "0 in, 3 out"
    hands.do("again.all")


def after_the_needles(hands: Hands) -> None:
    column = hands.clinic.desk.chart.column
    hands.do("stage.after")
    page = column.end
    hands.tap(page.count.all_out)
    hands.do("events.none")
    hands.choose(page, "Pain after: 3")
    hands.choose(page, "Advice given: Keep moving gently")
    hands.write(page.next_step.next_step, "again in a week")
    hands.write(page.note_card.parts["assessment"], "less guarding than last week")


def check(folder: Path) -> None:
    """What is stored, and what stands on paper."""
    with open_practice(folder / "practice", create=False) as practice:
        (patient,) = practice.repository.patients()
        chart = practice.repository.chart(patient.id)
        assert chart is not None
        session, _last_week = (each.session for each in chart.sessions)
        marks = practice.repository.marks(session.id)
        papers = practice.repository.papers(session.id)
    check_marks(marks)
    check_session(session, papers)
    check_paper(folder / "chart.pdf", marks)


def check_marks(marks: list[Mark]) -> None:
    assert [each.kind for each in marks] == [
        MarkKind.TRIGGER_POINT, MarkKind.TRIGGER_POINT, MarkKind.NEEDLE, MarkKind.TWITCH,
        MarkKind.NEEDLE, MarkKind.NEEDLE, MarkKind.SORENESS,
        MarkKind.TRIGGER_POINT, MarkKind.TRIGGER_POINT,
    ]  # fmt: skip
    right, left, needle, twitch, other, over_lung, sore, *again = marks
    assert (needle.parent_id, other.parent_id) == (right.id, left.id)
    assert (twitch.parent_id, twitch.details) == (needle.id, TwitchResponse(count=2))
    assert sore.shape is Shape.AREA
    assert [each.details for each in again] == [TriggerPoint(), TriggerPoint()]
    assert count_needles(marks) == (0, 3, 0)
    assert isinstance(needle.details, Needle)
    assert isinstance(over_lung.details, Needle)
    assert needle.details.out_at is not None
    assert over_lung.details.out_at is not None
    assert over_lung.details.out_at < needle.details.out_at


def check_session(session: TreatmentSession, papers: list[object]) -> None:
    found = {type(each): each for each in papers}
    before, after = found[Preparation], found[Closing]
    assert isinstance(before, Preparation)
    assert isinstance(after, Closing)
    assert session.status is SessionStatus.SIGNED
    assert (session.pain_before, session.pain_after) == (7, 3)
    assert before.affirmed_at is not None
    assert before.consent is Consent.WRITTEN
    assert before.soreness_since
    assert after.needles_counted == 3
    assert after.no_adverse_events
    assert after.advice == {Advice.KEEP_MOVING}
    assert after.next_step == "again in a week"
    note, signature = found[SessionNote], found[Signature]
    assert isinstance(note, SessionNote)
    assert isinstance(signature, Signature)
    assert note.assessment == "less guarding than last week"
    assert signature.name == "Léa Brönnimann"
    notices = [each for each in papers if isinstance(each, HazardNotice)]
    assert notices
    assert all(each.acknowledged_at is not None for each in notices)


def check_paper(file: Path, marks: list[Mark]) -> None:
    text = "\n".join(page.extract_text() for page in PdfReader(file).pages)
    flowing = " ".join(text.split())
    for mark in marks:
        rows = re.findall(
            rf"^{mark.number} {re.escape(kind_title(mark.kind))}\b", text, re.MULTILINE
        )
        assert len(rows) == 1, f"mark {mark.number}: {rows}"
    assert not re.search(rf"^{len(marks) + 1} [A-Z][a-z]+ ", text, re.MULTILINE)
    assert "needles: 3 out" in flowing
    assert "At mark 3, 2 twitches" in flowing
    assert "Affirmed 22 November 2026" in flowing
    assert "Signed by Léa Brönnimann on 22 November 2026" in flowing
    assert "None: it was asked for, and there was none" in flowing
    assert "less guarding than last week" in flowing
    assert "again in a week" in flowing
