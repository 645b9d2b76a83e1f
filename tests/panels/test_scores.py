"""Scores, boxes and the plan: what is recorded around a session."""

from collections.abc import Callable
from datetime import date

import pytest

from app.domain.outcomes import Measure
from app.domain.preparation import Preparation
from app.domain.records import Condition
from app.domain.stages import Stage
from app.panels.paper_forms import BoxForm, ScoreForm
from app.panels.record_forms import CONDITIONS, ProblemForm
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

OpenClinic = Callable[..., Clinic]


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic


def add_score(clinic: Clinic, score: str, on: str) -> ScoreForm:
    card = clinic.desk.chart.column.stages.page(Stage.BEFORE).scores
    clinic.click(clinic.button(card, "New score"))
    form = clinic.dialog(ScoreForm)
    form.measure.setCurrentIndex(list(Measure).index(Measure.NDI))
    form.on.clear()
    clinic.write(form.on, on).write(form.score, score)
    clinic.click(form.done_button)
    return form


def scores(clinic: Clinic) -> list[tuple[Measure, float, date]]:
    patient = clinic.desk.store.patient
    assert patient is not None
    stored = clinic.practice.repository.scores(patient.id)
    return [(each.measure, each.score, each.measured_on) for each in stored]


def test_scores_are_shown_newest_first_beside_the_one_before(clinic: Clinic):
    add_score(clinic, "24", "1 Oct 2026")
    add_score(clinic, "18", "20 Nov 2026")
    assert scores(clinic) == [
        (Measure.NDI, 24.0, date(2026, 10, 1)),
        (Measure.NDI, 18.0, date(2026, 11, 20)),
    ]
    card = clinic.desk.chart.column.stages.page(Stage.BEFORE).scores
    shown = [each.words for each in card.rows._buttons if each.isVisible()]
    assert shown == [
        "NDI, raw score: 18 (24 on 1 Oct 2026) · 20 Nov 2026",
        "NDI, raw score: 24 · 1 Oct 2026",
    ]


@pytest.mark.parametrize(
    ("score", "on", "field", "words"),
    [
        ("51", "1 Oct 2026", "score", "goes from 0 to 50"),
        ("12.5", "1 Oct 2026", "score", "whole number"),
        ("many", "1 Oct 2026", "score", "as a figure"),
        ("12", "23 Nov 2026", "measured_on", "future"),
        ("12", "", "measured_on", "Enter the day"),
    ],
)
def test_a_score_out_of_range_is_refused_at_its_field(clinic: Clinic, score, on, field, words):
    form = add_score(clinic, score, on)
    assert words in form.field(field).fault
    assert scores(clinic) == []
    form.done_button.setFocus()
    clinic.answer("Discard", form.reject)


def test_a_score_is_changed_removed_and_brought_back(clinic: Clinic):
    add_score(clinic, "24", "1 Oct 2026")
    card = clinic.desk.chart.column.stages.page(Stage.BEFORE).scores
    clinic.click(card.rows._buttons[0]).click(clinic.button(card, "Change"))
    form = clinic.dialog(ScoreForm)
    form.score.clear()
    clinic.write(form.score, "20").click(form.done_button)
    assert [score for _measure, score, _on in scores(clinic)] == [20.0]
    clinic.click(card.rows._buttons[0]).click(clinic.button(card, "Remove"))
    assert scores(clinic) == []
    clinic.click(clinic.button(clinic.window.messages, "Undo"))
    assert [score for _measure, score, _on in scores(clinic)] == [20.0]


def test_a_new_box_is_taken_for_this_session(clinic: Clinic):
    card = clinic.desk.chart.column.stages.page(Stage.BEFORE).box
    clinic.click(clinic.button(card, "New box"))
    form = clinic.dialog(BoxForm)
    clinic.click(form.done_button)
    assert "who made" in form.field("manufacturer").fault
    clinic.write(form.manufacturer, "Maker").write(form.expires, "3 Mar 2026")
    form.diameter.setCurrentText("0.25 mm")
    form.length.setCurrentText("30 mm")
    clinic.click(form.done_button)
    (box,) = clinic.practice.repository.boxes()
    assert (box.diameter_mm, box.length_mm, box.expires_on) == (0.25, 30, date(2026, 3, 3))
    papers = clinic.practice.repository.papers(clinic.desk.editor.session.id)
    assert [each.box_id for each in papers if isinstance(each, Preparation)] == [box.id]
    assert "expired" in card.expired.text()


def test_a_problem_has_condition_code_and_other_treatment(clinic: Clinic):
    clinic.key("F3")
    clinic.click(clinic.button(clinic.desk.chart.column.session_card, "New"))
    form = clinic.dialog(ProblemForm)
    form.title.setCurrentText("Neck pain")
    form.condition.setCurrentIndex(CONDITIONS.index(Condition.NECK_PAIN))
    form.planned.show_value(6)
    clinic.write(form.code, "M54.2").write(form.other_treatment, "home exercise")
    clinic.click(form.done_button)
    (problem,) = clinic.desk.store.problems
    assert problem.condition is Condition.NECK_PAIN
    assert (problem.code, problem.other_treatment) == ("M54.2", "home exercise")
    assert clinic.desk.chart.sessions._plan.text() == "NECK PAIN · SESSION 1 OF 6"
