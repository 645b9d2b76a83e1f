"""What is signed is locked in the database, not in a menu."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from app.domain.change import Change, Edit
from app.domain.errors import ConflictError, SignedSessionError
from app.domain.marks import Mark, Needle
from app.domain.records import SessionStatus, TreatmentSession
from db.engine import look
from db.repository import SqlRepository
from tests.db.builders import mark, session, stamp
from tests.db.conftest import Visit

SIGNED, AMENDED = SessionStatus.SIGNED, SessionStatus.AMENDED


@pytest.fixture(params=[SIGNED, AMENDED])
def signed(repository: SqlRepository, visit: Visit, request: Any) -> TreatmentSession:
    """A signed session with two marks, beside the draft of ``visit`` with one."""
    held = session(visit.patient, visit.practitioner, status=request.param)
    point = mark(held, 1)
    needle = mark(held, 2, details=Needle(), parent_id=point.id)
    change = Change.add("Import", needle, point, held, mark(visit.session, 1))
    repository.commit(change, stamp())
    assert repository.check() == []
    return held


def statement(text: str, held: TreatmentSession, visit: Visit) -> str:
    return text.format(
        signed=held.id.hex, draft=visit.session.id.hex, who=visit.practitioner.id.hex
    )


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE mark SET note = 'x' WHERE session_id = '{signed}'",
        "UPDATE mark SET number = number + 10 WHERE session_id = '{signed}' AND number = 2",
        "UPDATE mark SET session_id = '{draft}', number = 9 WHERE session_id = '{signed}'",
        "UPDATE mark SET session_id = '{signed}', number = 9 WHERE session_id = '{draft}'",
        "UPDATE OR REPLACE mark SET id = (SELECT id FROM mark WHERE number = 2) "
        "WHERE session_id = '{draft}'",
        "DELETE FROM mark WHERE session_id = '{signed}'",
        "DELETE FROM mark",
        "INSERT INTO mark SELECT 'new', '{signed}', 7, kind, details, shape, body_version, "
        "triangle, b1, b2, outline, placed_on, placed_in, side, muscle, NULL, note, placed_at, 1 "
        "FROM mark WHERE session_id = '{draft}'",
        "INSERT OR REPLACE INTO mark SELECT (SELECT id FROM mark WHERE number = 2), '{draft}', 7, "
        "kind, details, shape, body_version, triangle, b1, b2, outline, placed_on, placed_in, "
        "side, muscle, NULL, note, placed_at, 1 FROM mark WHERE session_id = '{draft}'",
        "UPDATE treatment_session SET note = 'x' WHERE id = '{signed}'",
        "UPDATE treatment_session SET status = 'draft' WHERE id = '{signed}'",
        "UPDATE treatment_session SET status = 'amended', pain_after = 1 WHERE id = '{signed}'",
        "UPDATE treatment_session SET ended_at = started_at WHERE id = '{signed}'",
        "UPDATE OR REPLACE treatment_session SET id = '{signed}' WHERE id = '{draft}'",
        "INSERT OR REPLACE INTO treatment_session SELECT '{signed}', patient_id, practitioner_id, "
        "problem_id, started_at, ended_at, 'draft', 0, 0, 'x', 1 FROM treatment_session "
        "WHERE id = '{draft}'",
        "DELETE FROM treatment_session WHERE id = '{signed}'",
    ],
)
def test_raw_sql_is_refused(
    folder: Path, repository: SqlRepository, visit: Visit, signed: TreatmentSession, text: str
) -> None:
    connection = look(folder / "practice.db")
    before = connection.execute("SELECT * FROM mark, treatment_session").fetchall()
    with pytest.raises(dbapi2.IntegrityError, match="this session is signed"):
        connection.execute(statement(text, signed, visit))
    assert connection.execute("SELECT * FROM mark, treatment_session").fetchall() == before
    connection.close()
    assert repository.check() == []


def test_a_draft_can_still_be_changed_by_hand(
    folder: Path, visit: Visit, signed: TreatmentSession
) -> None:
    connection = look(folder / "practice.db")
    for text in (
        "UPDATE mark SET note = 'x' WHERE session_id = '{draft}'",
        "DELETE FROM mark WHERE session_id = '{draft}'",
        "UPDATE treatment_session SET note = 'x' WHERE id = '{draft}'",
        "DELETE FROM treatment_session WHERE id = '{draft}'",
    ):
        assert connection.execute(statement(text, signed, visit)).rowcount == 1
    connection.close()


def test_a_commit_is_refused_with_a_sentence(
    repository: SqlRepository, visit: Visit, signed: TreatmentSession
) -> None:
    one, two = repository.marks(signed.id)
    draft: Mark = repository.marks(visit.session.id)[0]
    swap = {one.id: Edit(one, replace(one, number=2)), two.id: Edit(two, replace(two, number=1))}
    before = repository.everything()
    for change in (
        Change.add("Press", mark(signed, 3)),
        Change.replace("Edit", one, replace(one, note="x")),
        Change.remove("Erase", [two]),
        Change.replace("Move in", draft, replace(draft, session_id=signed.id, number=3)),
        Change("Swap", swap),
        Change.replace("Reopen", signed, replace(signed, status=SessionStatus.DRAFT)),
        Change.replace("Edit", signed, replace(signed, note="x")),
        Change.remove("Remove", [signed, one, two]),
    ):
        with pytest.raises(SignedSessionError, match=r"^This session is signed\. "):
            repository.commit(change, stamp(signed.id))
    assert repository.everything() == before
    assert repository.steps(signed.id) == []


def test_signing_is_one_change_with_what_else_it_changes(
    repository: SqlRepository, visit: Visit
) -> None:
    draft, first = visit.session, mark(visit.session, 1)
    repository.commit(Change.add("Press", first), stamp())
    signed = replace(draft, status=SIGNED, pain_after=2)
    late, moved = mark(draft, 2), replace(first, note="lower")
    signing = Change("Sign", {
        draft.id: Edit(draft, signed), late.id: Edit(None, late), first.id: Edit(first, moved),
    })  # fmt: skip
    repository.commit(signing, stamp(draft.id))
    assert repository.session(draft.id) == signed
    assert repository.marks(draft.id) == [moved, late]
    with pytest.raises(SignedSessionError):
        repository.commit(signing.inverse(), stamp(draft.id))
    amended = replace(signed, status=AMENDED)
    repository.commit(Change.replace("Amend", signed, amended), stamp(draft.id))
    assert repository.session(draft.id) == amended
    with pytest.raises(SignedSessionError):
        repository.commit(Change.replace("Back", amended, signed), stamp(draft.id))
    assert repository.check() == []


def test_a_session_is_removed_as_long_as_it_is_a_draft(
    repository: SqlRepository, visit: Visit
) -> None:
    held = [visit.session, mark(visit.session, 1)]
    repository.commit(Change.add("Press", held[1]), stamp())
    repository.commit(Change.remove("Remove", held), stamp())
    assert repository.session(visit.session.id) is None


def test_what_is_there_already_is_a_conflict_before_anything_else(
    repository: SqlRepository, signed: TreatmentSession
) -> None:
    for held in (signed, *repository.marks(signed.id)):
        with pytest.raises(ConflictError, match="is there already"):
            repository.commit(Change.add("Add", held), stamp())
