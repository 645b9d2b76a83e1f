"""What is written of a session beside its marks: stored, locked with it, and added to it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.change import Change
from app.domain.closing import AdverseEvent, Closing, EventKind
from app.domain.errors import ConflictError, NeedleInError, SignedSessionError, StorageError
from app.domain.identity import new_id
from app.domain.marks import Needle
from app.domain.outcomes import Measure, OutcomeScore
from app.domain.papers import Addendum, HazardNotice, SessionNote, Signature
from app.domain.preparation import Consent, Preparation
from app.domain.records import Problem, Record, SessionStatus, TreatmentSession
from app.domain.screening import Screened, ScreeningAnswer, ScreeningItem
from app.domain.supplies import NeedleBox, PointOfSet, PointSet
from db.engine import look
from db.practice import open_practice
from db.repository import SqlRepository
from tests.db.builders import NOW, TODAY, clock, mark, stamp
from tests.db.conftest import Visit


def commit(repository: SqlRepository, *records: Record) -> None:
    repository.commit(Change.add("Add", *records), stamp())


def papers(visit: Visit) -> list[Record]:
    of = {"session_id": visit.session.id}
    return [
        Preparation(
            id=new_id(),
            **of,
            screened=(
                Screened(item=ScreeningItem.PREGNANCY, answer=ScreeningAnswer.NO),
                Screened(item=ScreeningItem.FAINTING, answer=ScreeningAnswer.YES, note="lies down"),
            ),
            affirmed_at=NOW,
            consent=Consent.WRITTEN,
            consent_on=TODAY,
        ),
        Closing(id=new_id(), **of, events=(AdverseEvent(kind=EventKind.BRUISE),)),
        SessionNote(id=new_id(), **of, plan="again in a week"),
        HazardNotice(
            id=new_id(), **of, mark_id=new_id(), zone="lung_apex", words="Lung.", shown_at=NOW
        ),
    ]


def signed(visit: Visit) -> Change:
    after = replace(visit.session, status=SessionStatus.SIGNED)
    name = Signature(
        id=new_id(),
        session_id=after.id,
        practitioner_id=visit.practitioner.id,
        name=visit.practitioner.name,
        signed_at=NOW,
    )
    return Change.replace("Sign", visit.session, after).then(Change.add("Sign", name))


def addendum(visit: Visit, text: str = "The bruise was on the left.") -> Addendum:
    return Addendum(
        id=new_id(),
        session_id=visit.session.id,
        practitioner_id=visit.practitioner.id,
        name=visit.practitioner.name,
        written_at=NOW,
        reason="Side",
        text=text,
    )


def test_papers_are_read_with_their_session(repository: SqlRepository, visit: Visit) -> None:
    written = papers(visit)
    commit(repository, *reversed(written))
    assert repository.papers(visit.session.id) == written
    records = repository.session_records(visit.session.id)
    assert records is not None
    assert list(records.papers) == written
    assert repository.papers(new_id()) == []


def test_a_session_has_one_preparation(repository: SqlRepository, visit: Visit) -> None:
    commit(repository, Preparation(id=new_id(), session_id=visit.session.id))
    with pytest.raises(ConflictError, match="begun elsewhere"):
        commit(repository, Preparation(id=new_id(), session_id=visit.session.id))


def test_a_signature_locks_the_papers_too(
    folder: Path, repository: SqlRepository, visit: Visit
) -> None:
    written = papers(visit)
    commit(repository, *written)
    repository.commit(signed(visit), stamp())
    session = repository.session(visit.session.id)
    assert session is not None
    assert session.status is SessionStatus.SIGNED
    records = repository.session_records(session.id)
    assert records is not None
    assert records.authors == (visit.practitioner,)
    connection = look(folder / "practice.db")
    for paper in written:
        with pytest.raises(SignedSessionError):
            repository.commit(Change.remove("Remove", [paper]), stamp())
    for table in ("preparation", "closing", "session_note", "hazard_notice", "signature"):
        for statement in (
            f"UPDATE {table} SET revision = 9",
            f"DELETE FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        ):
            with pytest.raises(Exception, match="this session is signed"):
                connection.execute(statement)
    connection.close()


def test_no_session_is_signed_while_a_needle_is_in(
    folder: Path, repository: SqlRepository, visit: Visit
) -> None:
    needle = mark(visit.session, details=Needle(in_at=NOW))
    commit(repository, needle)
    with pytest.raises(NeedleInError, match="still in"):
        repository.commit(signed(visit), stamp())
    assert repository.papers(visit.session.id) == []
    connection = look(folder / "practice.db")
    with pytest.raises(Exception, match="still in"):
        connection.execute("UPDATE treatment_session SET status = 'signed'")
    connection.close()
    out = replace(needle, details=Needle(in_at=NOW, out_at=NOW + timedelta(minutes=5)))
    repository.commit(Change.replace("Out", needle, out), stamp())
    repository.commit(signed(visit), stamp())


def test_an_addendum_needs_a_signature_and_stays(
    folder: Path, repository: SqlRepository, visit: Visit
) -> None:
    with pytest.raises(ConflictError, match="Only a signed session"):
        commit(repository, addendum(visit))
    repository.commit(signed(visit), stamp())
    session = repository.session(visit.session.id)
    assert session is not None
    first = addendum(visit)
    amended = replace(session, status=SessionStatus.AMENDED)
    amend = Change.replace("Add to it", session, amended).then(Change.add("Add to it", first))
    repository.commit(amend, stamp())
    second = addendum(visit, "And it was small.")
    commit(repository, second)
    assert repository.papers(session.id)[1:] == [first, second]
    for change in (
        Change.replace("Edit", first, replace(first, text="x")),
        Change.remove("Remove", [first]),
    ):
        with pytest.raises(SignedSessionError):
            repository.commit(change, stamp())
    connection = look(folder / "practice.db")
    for statement in (
        "UPDATE addendum SET text = 'x'",
        "DELETE FROM addendum",
        "INSERT OR REPLACE INTO addendum SELECT * FROM addendum",
    ):
        with pytest.raises(Exception, match="signed"):
            connection.execute(statement)
    connection.close()
    assert repository.check() == []


def test_a_box_that_was_used_stays(repository: SqlRepository, visit: Visit) -> None:
    box = NeedleBox(id=new_id(), manufacturer="Maker", lot="L1")
    commit(repository, box, Preparation(id=new_id(), session_id=visit.session.id, box_id=box.id))
    with pytest.raises(StorageError, match="other records belong to it"):
        repository.commit(Change.remove("Remove", [box]), stamp())
    assert repository.boxes() == [box]


def test_what_goes_with_a_patient_and_what_with_the_practice(
    repository: SqlRepository, visit: Visit
) -> None:
    problem = Problem(id=new_id(), patient_id=visit.patient.id, title="Neck", code="x")
    score = OutcomeScore(
        id=new_id(),
        patient_id=visit.patient.id,
        problem_id=problem.id,
        measure=Measure.NDI,
        score=17,
        measured_on=TODAY,
    )
    used, unused = (NeedleBox(id=new_id(), manufacturer=name) for name in "AB")
    spot = mark(visit.session)
    points = PointSet(
        id=new_id(),
        name="Neck",
        points=(
            PointOfSet(
                details=Needle(diameter_mm=0.25, length_mm=30),
                body_version=spot.body_version,
                anchor=spot.anchor,
                placed_on=spot.placed_on,
                placed_in=spot.placed_in,
                side=spot.side,
            ),
        ),
    )
    of_patient = [
        problem,
        score,
        used,
        Preparation(id=new_id(), session_id=visit.session.id, box_id=used.id),
    ]
    commit(repository, *of_patient, unused, points)
    assert repository.scores(visit.patient.id) == [score]
    assert repository.protocols() == [points]
    mine = {record.id for record in repository.everything([visit.patient.id])}
    assert mine == {record.id for record in (*visit, *of_patient)}
    everything = {record.id for record in repository.everything()}
    assert everything == mine | {unused.id, points.id}


def test_an_older_practice_keeps_its_problems(tmp_path: Path) -> None:
    from alembic import command

    from db.engine import open_engine
    from db.schema import SHIPPED, configuration

    (tmp_path / "practice.db").touch()
    config: Any = configuration(SHIPPED)
    with open_engine(tmp_path / "practice.db").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        patient_id, problem_id = new_id().hex, new_id().hex
        connection.exec_driver_sql(
            "INSERT INTO patient (id, family_name, given_name, number, body, phone, email, "
            "warnings, note, number_key, search) "
            f"VALUES ('{patient_id}', 'A', '', '1', 'male', '', '', '[]', '', '1', 'a')"
        )
        connection.exec_driver_sql(
            "INSERT INTO problem (id, patient_id, title, side, goals, planned_sessions, revision) "
            f"VALUES ('{problem_id}', '{patient_id}', 'Neck', 'left', 'sleep', 6, 3)"
        )
    with open_practice(tmp_path, create=False, clock=clock) as practice:
        (patient,) = practice.repository.patients()
        chart = practice.repository.chart(patient.id)
        assert chart is not None
        (problem,) = chart.problems
    assert (problem.title, problem.goals, problem.planned_sessions) == ("Neck", "sleep", 6)
    assert (problem.condition, problem.code) == (None, "")


def test_a_session_without_signature_from_an_older_program_is_read(
    repository: SqlRepository, visit: Visit
) -> None:
    locked = replace(visit.session, status=SessionStatus.SIGNED)
    repository.commit(Change.replace("Sign", visit.session, locked), stamp())
    records = repository.session_records(visit.session.id)
    assert records is not None
    assert isinstance(records.session, TreatmentSession)
    assert (records.papers, records.authors) == ((), ())
