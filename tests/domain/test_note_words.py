"""The note as it is read: own words first, and nothing that was not written."""

from app.domain.identity import new_id
from app.domain.note_words import Needling, needling_of_note, note_as_text, note_parts
from app.domain.papers import SessionNote

NOTE = SessionNote(id=new_id(), session_id=new_id())


def written(**fields: str | None) -> SessionNote:
    return SessionNote(id=new_id(), session_id=new_id(), **fields)  # type: ignore[arg-type]


def test_without_own_words_the_marks_speak() -> None:
    for note in (None, NOTE):
        for locked in (False, True):
            assert needling_of_note(note, "marks", locked=locked) == Needling("marks")


def test_own_words_even_if_they_are_none() -> None:
    note = written(needling="", needling_of="marks")
    assert needling_of_note(note, "marks", locked=False) == Needling("", own=True)


def test_own_words_of_other_marks_are_told_while_they_can_be_changed() -> None:
    note = written(needling="mine", needling_of="before")
    assert needling_of_note(note, "now", locked=False) == Needling("mine", True, True)
    assert needling_of_note(note, "now", locked=True) == Needling("mine", True, False)


def test_what_was_signed_is_read_and_a_draft_follows_its_marks() -> None:
    note = written(needling_of="as signed")
    assert needling_of_note(note, "now", locked=True) == Needling("as signed")
    assert needling_of_note(note, "now", locked=False) == Needling("now")


def test_a_note_is_read_in_four_parts_and_empty_ones_are_left_out() -> None:
    note = written(subjective=" sore \n", objective="ROM 40°", plan="again")
    parts = note_parts(note, "2 insertions.")
    assert [part.heading for part in parts] == ["Subjective", "Objective", "Plan"]
    assert note_as_text(parts) == (
        "Subjective\nsore\n\nObjective\n2 insertions.\n\nROM 40°\n\nPlan\nagain"
    )
    assert note_parts(None, "2 insertions.") == (("Objective", "2 insertions."),)
    assert note_parts(NOTE, " ") == ()
    assert note_as_text(()) == ""
