"""The note in the real window: it follows the marks, and what was typed is never overwritten."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.domain.identity import new_id
from app.domain.marks import Needle
from app.domain.papers import SessionNote
from app.domain.stages import Stage
from app.panels.note_card import NoteCard
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

OpenClinic = Callable[..., Clinic]
SHOULDER, HIP = (0.6, 0.22), (0.58, 0.45)


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    return clinic.key("Alt+2")


@pytest.fixture
def card(clinic: Clinic) -> NoteCard:
    clinic.desk.chart.column.stages.go_to(Stage.AFTER)
    return clinic.desk.chart.column.end.note_card


def stored(clinic: Clinic) -> SessionNote | None:
    """The note on the disk."""
    session = clinic.desk.editor.session
    papers = clinic.practice.repository.papers(session.id)
    return next((each for each in papers if isinstance(each, SessionNote)), None)


def needle(clinic: Clinic, x: float, y: float) -> None:
    """A needle where a person would press; the session is shown again after it."""
    editor = clinic.desk.editor
    view = editor.atlas.view(editor.body, "posterior")
    anchor = editor.atlas.pick(editor.body, "posterior", x * view.width, y * view.height)
    at = editor.now()
    details = Needle(diameter_mm=0.25, length_mm=30, in_at=at, out_at=at)
    mark = editor.new_mark(details, anchor, "posterior")
    assert editor.add(replace(mark, id=new_id()))
    editor.selection.clear()
    clinic.desk.chart.column.stages.go_to(Stage.AFTER)
    QApplication.processEvents()


def test_the_marks_word_the_needling(clinic: Clinic, card: NoteCard):
    assert card.needling.toPlainText() == ""
    needle(clinic, *SHOULDER)
    said = card.needling.toPlainText()
    assert said.startswith("Right ")
    assert said.endswith(": 1 insertion 0.25 × 30 mm.")
    needle(clinic, *SHOULDER)
    assert "2 insertions" in card.needling.toPlainText()
    clinic.key("Ctrl+Z")
    assert card.needling.toPlainText() == said
    assert stored(clinic) is None


def test_each_part_is_stored_in_its_place_and_is_one_step(clinic: Clinic, card: NoteCard):
    for field, words in (("subjective", "sore"), ("assessment", "eased"), ("plan", "again")):
        clinic.write(card.parts[field], words)
    assert clinic.desk.flush()
    note = stored(clinic)
    assert (note.subjective, note.objective, note.assessment, note.plan) == (
        "sore", "", "eased", "again",
    )  # fmt: skip
    clinic.key("Ctrl+Z")
    assert card.parts["plan"].toPlainText() == ""
    assert card.parts["assessment"].toPlainText() == "eased"


def test_typing_is_stored_within_two_seconds_and_is_one_step(clinic: Clinic, card: NoteCard):
    box = card.parts["subjective"]
    while stored(clinic) is None:
        clinic.write(box, "x")
    first = stored(clinic).subjective
    clinic.write(box, "yz")
    clinic.desk.flush()
    assert stored(clinic).subjective == box.toPlainText() != first
    clinic.key("Ctrl+Z")
    assert stored(clinic) is None


def test_undo_says_what_it_took_back_where_words_were_still_being_typed(
    clinic: Clinic, card: NoteCard
):
    needle(clinic, *SHOULDER)
    clinic.write(card.parts["plan"], "again").key("Ctrl+Z")
    assert clinic.message.startswith("Undone: Write note.")
    assert (stored(clinic), len(clinic.marks)) == (None, 1)
    clinic.desk.redo()
    assert clinic.message.startswith("Redone: Write note.")
    assert stored(clinic).plan == "again"


def test_own_words_stay_and_the_card_says_that_the_marks_went_on(clinic: Clinic, card: NoteCard):
    needle(clinic, *SHOULDER)
    clinic.write(card.needling, "Mine. ")
    clinic.desk.flush()
    mine = card.needling.toPlainText()
    assert not card.changed_line.isVisible()
    needle(clinic, *HIP)
    assert card.needling.toPlainText() == mine
    assert card.changed_line.isVisible()
    clinic.click(card.keep_mine)
    assert not card.changed_line.isVisible()
    assert card.needling.toPlainText() == mine
    needle(clinic, *HIP)
    clinic.click(card.use_marks)
    assert not card.changed_line.isVisible()
    assert card.needling.toPlainText() == clinic.desk.editor.papers.marks_say
    clinic.key("Ctrl+Z")
    assert card.needling.toPlainText() == mine


def test_a_mark_that_is_placed_while_one_types_does_not_touch_the_words(
    clinic: Clinic, card: NoteCard
):
    needle(clinic, *SHOULDER)
    clinic.write(card.needling, "Mine. ")
    typed = card.needling.toPlainText()
    editor = clinic.desk.editor
    editor.selection.set([editor.marks[0].id])  # the card is hidden, the words not stored yet
    needle(clinic, *HIP)
    assert card.needling.toPlainText() == typed
    clinic.desk.flush()
    assert stored(clinic).needling == typed
    assert card.changed_line.isVisible()


def test_words_are_there_after_a_restart(clinic: Clinic, card: NoteCard, open_clinic: OpenClinic):
    clinic.write(card.parts["plan"], "in a week")
    clinic.close()
    again = open_clinic(clinic.clock.now)
    again.desk.open_patient(again.desk.find_patients("")[0].id)
    again.desk.chart.column.stages.go_to(Stage.AFTER)
    assert again.desk.chart.column.end.note_card.parts["plan"].toPlainText() == "in a week"


def test_the_whole_note_is_copied_as_it_stands_there(clinic: Clinic, card: NoteCard):
    needle(clinic, *SHOULDER)
    said = card.needling.toPlainText()
    clinic.write(card.parts["subjective"], "sore since Monday")
    clinic.write(card.parts["objective"], "rotation 60°")
    clinic.click(card.copy)
    assert QGuiApplication.clipboard().text() == (
        f"Subjective\nsore since Monday\n\nObjective\n{said}\n\nrotation 60°"
    )
    assert "clipboard" in clinic.message


def test_a_long_line_is_shown_whole_as_soon_as_the_card_is_seen(clinic: Clinic, card: NoteCard):
    for k in range(3):
        needle(clinic, *SHOULDER)
        needle(clinic, HIP[0], HIP[1] + 0.02 * k)
    box = card.needling
    assert not box.verticalScrollBar().isVisible()
