"""Signing in the real window: why not yet, what it means, and what holds from then on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from app.domain.errors import StorageError
from app.domain.marks import Needle
from app.domain.papers import Addendum, Signature
from app.domain.preparation import Consent
from app.domain.records import SessionStatus
from app.domain.stages import Stage
from app.editing.tool_keys import ToolKey
from app.panels.addenda_card import AddendumForm
from app.panels.session_column import SessionColumn
from app.panels.sessions_panel import session_line
from app.panels.signed_words import NO_BREAK, addenda_counted, kept_whole, signed_line
from tests.helpers.clinic import START, Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session

OpenClinic = Callable[..., Clinic]
SHOULDER = (0.6, 0.22)


@pytest.fixture
def clinic(open_clinic: OpenClinic) -> Clinic:
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.key("Alt+2").key("T").press("posterior", *SHOULDER)
    clinic.desk.editor.selection.clear()
    return clinic


@pytest.fixture
def column(clinic: Clinic) -> SessionColumn:
    clinic.desk.chart.column.stages.go_to(Stage.AFTER)
    return clinic.desk.chart.column


def words(label: QLabel) -> str:
    return label.text().replace(NO_BREAK, " ")


def make_ready(clinic: Clinic) -> None:
    papers = clinic.desk.editor.papers
    papers.prepare("Record consent", consent=Consent.VERBAL)
    papers.close("No adverse event", no_adverse_events=True)


def sign(clinic: Clinic) -> None:
    make_ready(clinic)
    clinic.answer("Sign for good", lambda: clinic.key("Ctrl+Return"))


def on_disk(clinic: Clinic, kind: type) -> list:
    session = clinic.desk.editor.session
    return [each for each in clinic.practice.repository.papers(session.id) if type(each) is kind]


def add(clinic: Clinic, reason: str, text: str) -> None:
    clinic.key("Ctrl+Shift+Return")
    form = clinic.dialog(AddendumForm)
    clinic.write(form.reason, reason).write(form.text, text)
    clinic.click(form.done_button)


def test_the_button_says_why_it_cannot_be_pressed(clinic: Clinic, column: SessionColumn):
    card, papers = column.end.sign_card, clinic.desk.editor.papers
    assert not card.sign.isEnabled()
    assert "adverse event" in card.why.text()
    assert card.why.text() in card.sign.accessibleName()
    papers.close("No adverse event", no_adverse_events=True)
    assert "consent" in card.why.text()
    papers.prepare("Record consent", consent=Consent.VERBAL)
    assert card.sign.isEnabled()
    (mark,) = clinic.on_screen
    clinic.desk.editor.set_details(mark.id, Needle(in_at=START))
    column.stages.go_to(Stage.AFTER)
    assert not card.sign.isEnabled()
    assert "still in" in card.why.text()


def test_the_key_says_why_too(clinic: Clinic):
    clinic.key("Ctrl+Return")
    assert "adverse event" in clinic.message


def test_not_yet_is_not_yet(clinic: Clinic):
    make_ready(clinic)
    clinic.answer("Not yet", lambda: clinic.key("Ctrl+Return"))
    assert on_disk(clinic, Signature) == []
    assert clinic.desk.editor.writable


def test_a_signed_session_says_by_whom_and_when_and_is_read_only(
    clinic: Clinic, column: SessionColumn
):
    make_ready(clinic)
    clinic.key("T")
    clinic.answer("Sign for good", lambda: clinic.click(column.end.sign_card.sign))
    (signature,) = on_disk(clinic, Signature)
    said = f"Signed by Léa Brönnimann, 22 Nov 2026 {signature.signed_at:%H:%M}"
    assert words(column.end.sign_card.signed) == said
    assert clinic.desk.chart.band.isVisible()
    assert clinic.desk.chart.band.words == f"{said} · read-only"
    assert clinic.message == f"{said}."
    assert not column.end.sign_card.sign.isVisible()
    before = clinic.marks
    assert clinic.desk.toolbox.active.key is ToolKey.SELECT
    for key in ("T", "Del", "Ctrl+Return"):
        with pytest.raises(AssertionError, match="no enabled action"):
            clinic.key(key)
    clinic.press("posterior", 0.5, 0.3)
    assert clinic.marks == before
    for box in (column.session_card.note, *column.end.note_card.boxes):
        assert box.isReadOnly(), box.accessibleName()
    assert not column.session_card.pain_before.isEnabled()


def test_what_an_empty_field_asks_for_is_not_taken_for_what_was_recorded(
    clinic: Clinic, column: SessionColumn
):
    fields = [
        *column.end.findChildren(QPlainTextEdit),
        *column.stages.page(Stage.BEFORE).findChildren(QLineEdit),
        column.session_card.note,
    ]
    assert sum(bool(field.placeholderText()) for field in fields) > 8
    sign(clinic)
    for stage in Stage:
        column.stages.go_to(stage)
    assert [each.placeholderText() for each in fields if each.placeholderText()] == []
    clinic.key("Ctrl+T")
    clinic.desk.new_session(again=True)
    column.stages.go_to(Stage.AFTER)
    assert column.end.note_card.parts["plan"].placeholderText() == "What comes next"


def test_undo_is_gone_and_says_why(clinic: Clinic):
    sign(clinic)
    before = clinic.marks
    undo = clinic.window.actions_by_id["undo"]
    assert undo.text() == "Undo: this session is signed"
    clinic.key("Ctrl+Z")
    assert "is signed" in clinic.message
    assert clinic.marks == before
    with pytest.raises(AssertionError):
        clinic.key("Ctrl+Y")


def test_words_that_are_typed_are_stored_before_it_is_signed(clinic: Clinic, column: SessionColumn):
    make_ready(clinic)
    clinic.key("F4")
    clinic.write(column.end.note_card.parts["plan"], "in a week")
    clinic.answer("Sign for good", lambda: clinic.key("Ctrl+Return"))
    note = clinic.desk.editor.papers.note
    assert note.plan == "in a week"
    assert note.needling_of.endswith(": 1 trigger point.")


def test_another_practitioner_can_sign(clinic: Clinic, column: SessionColumn):
    from app.domain.identity import new_id
    from app.domain.records import Practitioner

    other = Practitioner(id=new_id(), name="Bo Faden", licence_number="PT 9")
    assert clinic.desk.practice.save_practitioner(None, other)
    card = column.end.sign_card
    card.who.setCurrentIndex(card.who.findText("Bo Faden"))
    sign(clinic)
    (signature,) = on_disk(clinic, Signature)
    assert (signature.practitioner_id, signature.licence_number) == (other.id, "PT 9")
    assert words(card.signed).startswith("Signed by Bo Faden, ")


def test_an_addendum_says_who_when_and_why(clinic: Clinic, column: SessionColumn):
    sign(clinic)
    assert column.end.addenda_card.isVisible()
    add(clinic, "Side", "The point was on the left.")
    (addendum,) = on_disk(clinic, Addendum)
    assert (addendum.name, addendum.reason) == ("Léa Brönnimann", "Side")
    title, why, what = column.end.addenda_card.list.words
    assert (
        title.replace(NO_BREAK, " ")
        == f"Added by Léa Brönnimann, 22 Nov 2026 {addendum.written_at:%H:%M}"
    )
    assert (why, what) == ("Why: Side", "The point was on the left.")
    assert clinic.desk.editor.session.status is SessionStatus.AMENDED
    assert clinic.desk.chart.band.words.endswith("· 1 addendum · read-only")
    add(clinic, "Count", "<b>Two</b> points.")
    assert column.end.addenda_card.list.words[-1] == "<b>Two</b> points."


def test_what_is_missing_in_an_addendum_is_said_at_its_field(clinic: Clinic):
    sign(clinic)
    clinic.key("Ctrl+Shift+Return")
    form = clinic.dialog(AddendumForm)
    clinic.click(form.done_button)
    assert form.field("reason").fault == "Say why something is added."
    assert form.field("text").fault == "Write what is added."
    assert on_disk(clinic, Addendum) == []
    clinic.write(form.reason, "Side").write(form.text, "Left.")
    clinic.click(form.done_button)
    assert clinic.window.findChildren(AddendumForm) == []
    assert len(on_disk(clinic, Addendum)) == 1


def test_an_addendum_that_the_disk_refuses_is_kept_in_its_form(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
):
    sign(clinic)
    clinic.key("Ctrl+Shift+Return")
    form = clinic.dialog(AddendumForm)
    clinic.write(form.reason, "Side").write(form.text, "Left.")

    def refuse(*_given: object) -> None:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as trouble:
        trouble.setattr(clinic.practice.repository, "commit", refuse)
        clinic.click(form.done_button)
    assert form.isVisible()
    assert form.text.toPlainText() == "Left."
    assert form._general.text() == "The disk is full."
    clinic.click(form.done_button)
    assert len(on_disk(clinic, Addendum)) == 1


def test_the_list_of_sessions_says_which_are_signed_and_which_amended(clinic: Clinic):
    (row,) = clinic.desk.chart.sessions.model.rows
    assert (row.summary, row.state) == ("1 trigger", "")
    sign(clinic)
    (row,) = clinic.desk.chart.sessions.model.rows
    assert row.state == "signed"
    add(clinic, "Side", "Left.")
    (row,) = clinic.desk.chart.sessions.model.rows
    assert row.state == "amended"
    assert session_line(row).startswith("Today, 14:03, amended: 1 trigger")
    menu = clinic.desk.chart.sessions._menu(row)
    assert not menu.actions()[-1].isEnabled()
    menu.deleteLater()


def test_a_signed_session_beside_shows_who_signed_and_what_was_added(
    clinic: Clinic, open_clinic: OpenClinic
):
    sign(clinic)
    add(clinic, "Side", "Left.")
    clinic.close()
    later = open_clinic(START + timedelta(days=7))
    later.desk.open_patient(later.desk.find_patients("")[0].id)
    later.key("Ctrl+T").key("B")
    beside = later.desk.chart.beside
    assert beside._signed.text().startswith("Signed by Léa Brönnimann, 22 Nov 2026 ")
    assert beside._signed.text().endswith(" · 1 addendum")
    assert beside.added.words[1:] == ["Why: Side", "Left."]
    assert beside.added.isVisible()
    assert not later.desk.chart.band.isVisible()
    session = later.desk.store.sessions[-1]
    later.desk.chart.open_session(session.id)
    assert later.desk.chart.band.words.startswith("22 Nov 2026: Signed by Léa Brönnimann")
    end = later.desk.chart.column.end
    later.click(later.desk.chart.band.addenda)
    assert later.desk.chart.column.stages.stage is Stage.AFTER
    assert not end.addenda_card.visibleRegion().isEmpty()
    assert end.addenda_card.list.words[-1] == "Left."
    assert "changing" not in later.desk.chart.band.words


def test_signing_by_keyboard_alone(clinic: Clinic, column: SessionColumn):
    make_ready(clinic)
    column.end.sign_card.sign.setFocus()
    clinic.answer(
        "Sign for good", lambda: QTest.keyClick(column.end.sign_card.sign, Qt.Key.Key_Space)
    )
    assert clinic.desk.signing.is_locked


def test_what_an_older_program_signed_names_nobody(clinic: Clinic):
    session = clinic.desk.editor.session
    assert signed_line(session, None) == ""
    from dataclasses import replace

    old = replace(session, status=SessionStatus.SIGNED)
    assert signed_line(old, None) == "Signed; by whom and when was not recorded"
    assert kept_whole(signed_line(old, None)) == signed_line(old, None)
    assert [addenda_counted(k) for k in (1, 2)] == ["1 addendum", "2 addenda"]
