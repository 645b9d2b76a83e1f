"""What the repository promises, on a real file."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.domain.anatomy import Side
from app.domain.audit import Action
from app.domain.change import Change, Edit
from app.domain.closing import Closing
from app.domain.errors import (
    ConflictError,
    InvalidRecordError,
    NumberTakenError,
    StorageError,
)
from app.domain.identity import new_id
from app.domain.marks import MarkKind, Needle, TriggerPoint, Twitch, TwitchResponse
from app.domain.records import Problem, Record
from app.domain.summaries import MarkFigure, PatientFigures, SessionRecords
from db.engine import look
from db.practice import Practice, open_practice
from db.repository import SqlRepository
from tests.db.builders import NOW, clock, mark, patient, practitioner, session, stamp
from tests.db.conftest import Visit


def stored(repository: SqlRepository, *records: Record) -> bool:
    return repository.existing(records) == {record.id: record for record in records}


def commit(repository: SqlRepository, *records: Record) -> None:
    repository.commit(Change.add("Add", *records), stamp())


def test_a_mark_is_added_replaced_and_removed(repository: SqlRepository, visit: Visit) -> None:
    first = mark(visit.session)
    moved = replace(first, muscle="levator scapulae", note="two fingers lower")
    commit(repository, first)
    repository.commit(Change.replace("Move", first, moved), stamp())
    assert repository.marks(visit.session.id) == [moved]
    repository.commit(Change.remove("Remove", [moved]), stamp())
    assert repository.marks(visit.session.id) == []
    assert repository.check() == []


def test_each_write_raises_the_revision(
    practice: Practice, repository: SqlRepository, visit: Visit
) -> None:
    for before, after in (("", "a"), ("a", "b")):
        change = Change.replace(
            "Note", replace(visit.patient, note=before), replace(visit.patient, note=after)
        )
        repository.commit(change, stamp())
    with practice._transactions.reading() as connection:
        assert connection.exec_driver_sql("SELECT revision FROM patient").scalars().all() == [3]


def test_an_empty_change_leaves_no_trace(repository: SqlRepository, visit: Visit) -> None:
    repository.commit(Change("Nothing", {}), stamp(visit.session.id))
    assert repository.steps(visit.session.id) == []


def test_undo_and_redo_are_commits_of_their_own(repository: SqlRepository, visit: Visit) -> None:
    scope = visit.session.id
    change = Change.add("Add", mark(visit.session))
    step = stamp(scope)
    repository.commit(change, step)
    undo, redo = replace(step, action=Action.UNDO), replace(step, action=Action.REDO)
    repository.commit(change.inverse(), undo)
    repository.commit(change, redo)
    lines = repository.steps(scope)
    assert [line.stamp for line in lines] == [step, undo, redo]
    assert [line.change for line in lines] == [change, change.inverse(), change]
    assert [line.sequence for line in lines] == [2, 3, 4]


def test_the_trail_keeps_who_and_about_whom(
    practice: Practice, repository: SqlRepository, visit: Visit
) -> None:
    second = patient("Other", "2")
    signed = replace(stamp(), actor=visit.practitioner.id)
    repository.commit(Change.add("Mark", mark(visit.session)), signed)
    commit(repository, second)
    commit(repository, practitioner())
    both = [mark(visit.session, 2), session(second, visit.practitioner)]
    commit(repository, *both)
    with practice._transactions.reading() as connection:
        rows = connection.exec_driver_sql("SELECT actor, patient_id FROM audit").all()
    whom, other, who = visit.patient.id.hex, second.id.hex, visit.practitioner.id.hex
    assert [tuple(row) for row in rows] == [
        (None, whom), (who, whom), (None, other), (None, None), (None, None)
    ]  # fmt: skip


@pytest.mark.parametrize("columns", ["label = 'x'", "edits = '[]'"])
def test_the_trail_cannot_be_rewritten(practice: Practice, visit: Visit, columns: str) -> None:
    replaced = "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE sequence = 1"
    for statement in (f"UPDATE audit SET {columns}", "DELETE FROM audit", replaced):
        with (
            pytest.raises(Exception, match="the trail cannot be rewritten"),
            practice._transactions.writing() as connection,
        ):
            connection.connection.cursor().execute(statement)
    assert practice.repository.check() == []


def test_an_invalid_record_is_refused_with_its_findings(
    repository: SqlRepository, visit: Visit
) -> None:
    wrong = mark(visit.session, details=Needle(pain=11))
    with pytest.raises(InvalidRecordError) as refusal:
        commit(repository, mark(visit.session), wrong)
    assert [finding.field for finding in refusal.value.findings] == ["needle.pain"]  # type: ignore[attr-defined]
    assert repository.marks(visit.session.id) == []


def test_today_is_that_of_the_clock(repository: SqlRepository) -> None:
    commit(repository, patient(birth_date=NOW.date()))
    with pytest.raises(InvalidRecordError, match="future"):
        commit(repository, patient(number="2", birth_date=NOW.date() + timedelta(days=1)))


@pytest.mark.parametrize("fields", [{"number": 2**63}, {"note": "\ud800"}])
def test_what_no_database_can_hold_is_refused(
    repository: SqlRepository, visit: Visit, fields: dict[str, Any]
) -> None:
    with pytest.raises(InvalidRecordError, match=r"goes from 1|cannot be stored"):
        commit(repository, mark(visit.session), replace(mark(visit.session, 2), **fields))
    assert repository.marks(visit.session.id) == []


def test_conflicts_are_told_apart(repository: SqlRepository, visit: Visit) -> None:
    first = mark(visit.session)
    commit(repository, first)
    other = replace(first, note="by somebody else")
    cases = {
        "is there already": Change.add("Add", first),
        "was changed elsewhere": Change.replace("Edit", other, replace(first, note="mine")),
        "was removed elsewhere": Change.remove("Remove", [mark(visit.session, 2)]),
    }
    for words, change in cases.items():
        with pytest.raises(ConflictError, match=f"This mark {words}"):
            repository.commit(change, stamp())
    assert repository.marks(visit.session.id) == [first]


def test_a_conflict_undoes_the_whole_change(repository: SqlRepository, visit: Visit) -> None:
    fresh, missing = patient("New", "2"), mark(visit.session)
    with pytest.raises(ConflictError):
        repository.commit(
            Change.add("Add", fresh).then(Change.remove("Remove", [missing])), stamp()
        )
    assert not stored(repository, fresh)
    assert repository.check() == []


def test_a_record_without_its_parent_is_a_conflict(repository: SqlRepository, visit: Visit) -> None:
    orphan = mark(visit.session, parent_id=new_id())
    with pytest.raises(ConflictError, match="belongs to was removed elsewhere"):
        commit(repository, orphan)


def test_what_others_need_cannot_be_removed(repository: SqlRepository, visit: Visit) -> None:
    with pytest.raises(StorageError, match="This patient cannot be removed"):
        repository.commit(Change.remove("Remove", [visit.patient]), stamp())
    assert stored(repository, visit.patient)


def test_a_family_of_marks_comes_and_goes_in_any_order(
    repository: SqlRepository, visit: Visit
) -> None:
    point = mark(visit.session, 1)
    needle = mark(visit.session, 2, details=Needle(), parent_id=point.id)
    twitch = mark(visit.session, 3, details=TwitchResponse(), parent_id=needle.id)
    for order in ([twitch, needle, point], [needle, point, twitch]):
        change = Change.add("Needle", *order)
        repository.commit(change, stamp())
        assert repository.marks(visit.session.id) == [point, needle, twitch]
        everything = repository.everything()
        assert everything.index(point) < everything.index(needle) < everything.index(twitch)
        repository.commit(change.inverse(), stamp())
    assert repository.marks(visit.session.id) == []


def test_a_parent_may_go_when_its_child_lets_go(repository: SqlRepository, visit: Visit) -> None:
    point = mark(visit.session, 1)
    needle = mark(visit.session, 2, details=Needle(), parent_id=point.id)
    commit(repository, point, needle)
    free = replace(needle, parent_id=None)
    change = Change.remove("Remove", [point]).then(Change.replace("Let go", needle, free))
    repository.commit(change, stamp())
    assert repository.marks(visit.session.id) == [free]
    repository.commit(change.inverse(), stamp())
    assert repository.marks(visit.session.id) == [point, needle]


def test_marks_that_belong_to_each_other_are_refused(
    repository: SqlRepository, visit: Visit
) -> None:
    one = mark(visit.session, 1)
    other = mark(visit.session, 2, parent_id=one.id)
    with pytest.raises(ConflictError):
        commit(repository, replace(one, parent_id=other.id), other)


def test_a_number_belongs_to_one_patient(repository: SqlRepository) -> None:
    commit(repository, patient(number="A-7"))
    with pytest.raises(InvalidRecordError, match="Another patient has this number") as refusal:
        commit(repository, patient("Other", number=" a-7"))
    assert [finding.field for finding in refusal.value.findings] == ["number"]  # type: ignore[attr-defined]


def test_patients_can_exchange_their_numbers(repository: SqlRepository) -> None:
    one, two = patient("One", "1"), patient("Two", "2")
    commit(repository, one, two)
    swap = Change.replace("", one, replace(one, number="2")).then(
        Change.replace("", two, replace(two, number="1"))
    )
    repository.commit(swap, stamp())
    heir = Change.remove("", [replace(one, number="2")]).then(Change.add("", patient("H", "2")))
    repository.commit(heir, stamp())
    assert repository.check() == []


def test_a_number_belongs_to_one_mark_of_a_session(repository: SqlRepository, visit: Visit) -> None:
    other = session(visit.patient, visit.practitioner)
    commit(repository, other, mark(visit.session, 1), mark(visit.session, 2), mark(other, 2))
    three = mark(visit.session, 3)
    commit(repository, three)
    two = mark(visit.session, 2)
    for change in (
        Change.add("Add", mark(visit.session, 4), two),
        Change.replace("Renumber", three, replace(three, number=2)),
        Change.add("Add", mark(other, 5), replace(two, session_id=other.id)),
    ):
        with pytest.raises(NumberTakenError, match="Mark 2 is there already") as refusal:
            repository.commit(change, stamp())
        assert refusal.value.number == 2
    with pytest.raises(NumberTakenError, match="Mark 9 is there already"):
        commit(repository, mark(visit.session, 9), mark(visit.session, 9))
    assert [each.number for each in repository.marks(visit.session.id)] == [1, 2, 3]
    assert repository.check() == []


def test_two_windows_cannot_give_one_number(
    folder: Any, repository: SqlRepository, visit: Visit
) -> None:
    """An import beside an open window was the way to a file that could not be imported again."""
    commit(repository, mark(visit.session, 1))
    with open_practice(folder, create=False, clock=clock) as other:
        commit(other.repository, mark(visit.session, 2))
    with pytest.raises(ConflictError, match="Mark 2 is there already"):
        commit(repository, mark(visit.session, 2))
    commit(repository, mark(visit.session, 3))


def test_marks_can_exchange_their_numbers(repository: SqlRepository, visit: Visit) -> None:
    marks = [mark(visit.session, number) for number in (1, 2, 3)]
    one, two, three = marks
    commit(repository, *marks)
    turned = [replace(one, number=2), replace(two, number=3), replace(three, number=1)]
    turn = Change("Turn", {a.id: Edit(a, b) for a, b in zip(marks, turned, strict=True)})
    repository.commit(turn, stamp())
    assert [each.id for each in repository.marks(visit.session.id)] == [three.id, one.id, two.id]
    repository.commit(turn.inverse(), stamp())
    heir = mark(visit.session, 1)
    close_up = Change("Close up", {one.id: Edit(one, None), heir.id: Edit(None, heir)})
    repository.commit(close_up, stamp())
    repository.commit(close_up.inverse(), stamp())
    moved = Change("Close up", {
        one.id: Edit(one, None), two.id: Edit(two, replace(two, number=1)),
        three.id: Edit(three, replace(three, number=2)),
    })  # fmt: skip
    repository.commit(moved, stamp())
    assert [each.id for each in repository.marks(visit.session.id)] == [two.id, three.id]
    repository.commit(moved.inverse(), stamp())
    assert repository.marks(visit.session.id) == marks
    assert repository.check() == []


def test_a_session_is_read_with_all_around_it_at_one_moment(
    repository: SqlRepository, visit: Visit
) -> None:
    pain = Problem(id=new_id(), patient_id=visit.patient.id, title="Neck pain")
    earlier = session(
        visit.patient, visit.practitioner, problem_id=pain.id, started_at=NOW - timedelta(days=7)
    )
    marks = [mark(visit.session, 1), mark(visit.session, 2), mark(earlier, 1)]
    commit(repository, pain, earlier, *marks)
    today = SessionRecords(visit.session, visit.patient, visit.practitioner, None, tuple(marks[:2]))
    before = SessionRecords(earlier, visit.patient, visit.practitioner, pain, (marks[2],))
    assert repository.session_records(visit.session.id) == today
    assert repository.patient_records(visit.patient.id) == [before, today]
    assert repository.session_records(new_id()) is None
    assert repository.patient_records(new_id()) == []


def test_a_session_whose_patient_is_lost_is_called_damaged(
    folder: Any, repository: SqlRepository, visit: Visit
) -> None:
    connection = look(folder / "practice.db")
    connection.execute("DELETE FROM patient")
    connection.close()
    with pytest.raises(StorageError, match="The practice is damaged"):
        repository.session_records(visit.session.id)


def test_what_cannot_be_read_is_told_without_patients_words(
    folder: Any, repository: SqlRepository, visit: Visit
) -> None:
    connection = look(folder / "practice.db")
    connection.execute("ALTER TABLE patient DROP COLUMN note")
    connection.execute("DROP TABLE mark")
    connection.close()
    with pytest.raises(StorageError, match="could not be read"):
        repository.marks(visit.session.id)
    with pytest.raises(StorageError, match="could not be read"):
        repository.patients()


def test_an_error_of_the_driver_tells_no_values(practice: Practice) -> None:
    with (
        pytest.raises(StorageError) as refusal,
        practice._transactions.reading() as connection,
    ):
        connection.exec_driver_sql("SELECT songs FROM patient WHERE note = ?", ("Muster",))
    cause = refusal.value.__cause__
    assert "no such column" in str(cause)
    assert "Muster" not in str(cause)


def test_a_rule_of_the_database_alone_is_a_bug(repository: SqlRepository, visit: Visit) -> None:
    """A word that no migration knows gets past no rule of the domain, so it is not explained."""
    wrong = replace(mark(visit.session), placed_on="horse")
    with pytest.raises(Exception, match="CHECK constraint failed") as failure:
        commit(repository, wrong)
    assert not isinstance(failure.value, StorageError)


def test_a_named_zone_compares_in_the_hour_lived_twice(
    repository: SqlRepository, visit: Visit
) -> None:
    twice = datetime(2025, 10, 26, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1)
    first = mark(visit.session, placed_at=twice)
    commit(repository, first)
    repository.commit(Change.replace("Edit", first, replace(first, note="x")), stamp())
    (after,) = repository.marks(visit.session.id)
    assert after.placed_at.isoformat() == "2025-10-26T02:30:00+01:00"


def test_the_chart_holds_what_stands_around_the_marks(
    repository: SqlRepository, visit: Visit
) -> None:
    who, whom, today, *_ = (*visit, None)
    pain = Problem(id=new_id(), patient_id=whom.id, title="Neck pain", onset=date(2026, 1, 2))
    earlier = session(whom, who, problem_id=pain.id, started_at=NOW - timedelta(days=7))
    stranger = patient("Stranger", "2")
    elsewhere = session(stranger, who)
    commit(repository, pain, earlier, stranger, elsewhere)
    commit(
        repository, mark(today, 1), mark(today, 2), mark(today, 3, details=Needle()),
        mark(elsewhere, 1),
    )  # fmt: skip
    chart = repository.chart(whom.id)
    assert chart is not None
    assert (chart.patient, chart.problems, chart.practitioners) == (whom, (pain,), (who,))
    assert [summary.session for summary in chart.sessions] == [today, earlier]
    counts = [summary.mark_counts for summary in chart.sessions]
    assert counts == [{MarkKind.TRIGGER_POINT: 2, MarkKind.NEEDLE: 1}, {}]


def test_what_is_not_there_is_none(repository: SqlRepository) -> None:
    assert repository.chart(new_id()) is None
    assert repository.session(new_id()) is None
    assert repository.marks(new_id()) == []


def test_marks_come_by_number(repository: SqlRepository, visit: Visit) -> None:
    three, one, two = (mark(visit.session, number) for number in (3, 1, 2))
    commit(repository, three, one, two)
    assert repository.marks(visit.session.id) == [one, two, three]
    assert repository.session(visit.session.id) == visit.session


def test_everything_of_some_patients_or_of_all(repository: SqlRepository, visit: Visit) -> None:
    idle, second = practitioner(name="Idle"), patient("Second", "2")
    commit(repository, idle, second, mark(visit.session))
    of_first = repository.everything([visit.patient.id])
    assert of_first == [*visit, *repository.marks(visit.session.id)]
    assert repository.everything([second.id]) == [second]
    assert len(repository.everything()) == 6
    assert repository.everything([]) == []
    assert repository.practitioners() == [visit.practitioner, idle]
    assert repository.patients() == [visit.patient, second]
    assert repository.patients([second.id, new_id()]) == [second]
    assert repository.count_patients() == 2


def test_existing_leaves_out_what_is_new(repository: SqlRepository, visit: Visit) -> None:
    changed = replace(visit.patient, note="in the file to import")
    found = repository.existing([changed, patient("New", "9")])
    assert found == {visit.patient.id: visit.patient}


def test_another_window_sees_what_was_saved(
    folder: Any, repository: SqlRepository, visit: Visit
) -> None:
    with open_practice(folder, create=False, clock=clock) as other:
        first = mark(visit.session)
        commit(repository, first)
        assert other.repository.marks(visit.session.id) == [first]
        edits = [replace(first, note=note) for note in ("here", "there")]
        repository.commit(Change.replace("Edit", first, edits[0]), stamp())
        with pytest.raises(ConflictError, match="was changed elsewhere"):
            other.repository.commit(Change.replace("Edit", first, edits[1]), stamp())


def test_threads_may_share_a_repository(repository: SqlRepository, visit: Visit) -> None:
    def work(start: int) -> None:
        for number in range(start, start + 20):
            commit(repository, mark(visit.session, number))
            repository.chart(visit.patient.id)

    threads = [threading.Thread(target=work, args=(start,)) for start in (1, 101, 201)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(repository.marks(visit.session.id)) == 60
    assert repository.check() == []


def test_drafts_with_needles_in_are_found_by_the_rule_of_the_domain(
    repository: SqlRepository, visit: Visit
) -> None:
    hours = [timedelta(hours=-hour) for hour in (0, 1, 2, 3, 40)]
    visits = [session(visit.patient, visit.practitioner, started_at=NOW + each) for each in hours]
    details = [Needle(in_at=NOW), Needle(in_at=NOW, out_at=NOW), Needle(), TriggerPoint()]
    details.append(Needle(in_at=NOW))  # too long ago
    commit(repository, *visits)
    commit(
        repository,
        *(mark(each, details=held) for each, held in zip(visits, details, strict=True)),
        mark(visits[1], number=2, details=Needle(in_at=NOW)),
    )
    since = NOW - timedelta(days=1)
    assert repository.drafts_with_needles_in(since) == visits[:2]
    assert repository.drafts_with_needles_in(since - timedelta(days=1)) == [*visits[:2], visits[4]]
    needle = repository.marks(visits[0].id)[0]
    out = replace(needle, details=Needle(in_at=NOW, out_at=NOW))
    repository.commit(Change.replace("Out", needle, out), stamp())
    assert repository.drafts_with_needles_in(since) == [visits[1]]


def test_the_last_needles_are_those_of_a_practitioner_in_a_muscle_newest_first(
    repository: SqlRepository, visit: Visit
) -> None:
    other = practitioner(name="Ben Zwick")
    theirs = session(visit.patient, other)
    commit(repository, other, theirs)
    sizes = (13, 15, 25, 30, 40)
    muscles = ("soleus", "soleus", "gluteus_medius", "soleus", None)
    for k, (length, muscle) in enumerate(zip(sizes, muscles, strict=True)):
        commit(
            repository,
            mark(
                visit.session, k + 1, details=Needle(length_mm=length), muscle=muscle,
                placed_at=NOW - timedelta(minutes=abs(k - 1)),
            ),
            mark(theirs, k + 1, details=Needle(length_mm=75), muscle=muscle),
            mark(visit.session, k + 11, details=TwitchResponse(), muscle=muscle),
        )  # fmt: skip
    mine = visit.session.practitioner_id
    found = repository.last_needles(mine, "soleus")
    assert [needle.length_mm for needle in found] == [15, 13, 30]
    anywhere = repository.last_needles(mine, None)
    assert anywhere[0].length_mm == 15
    assert sorted(needle.length_mm or 0 for needle in anywhere) == sorted(sizes)
    assert [each.length_mm for each in repository.last_needles(other.id, "soleus")] == [75] * 3
    assert repository.last_needles(mine, "tibialis") == []


def test_marks_of_a_patient_come_by_session_and_those_of_others_do_not(
    repository: SqlRepository, visit: Visit
) -> None:
    later = session(visit.patient, visit.practitioner, id=new_id())
    other = replace(patient(), id=new_id(), number="other")
    theirs = replace(session(other, visit.practitioner), id=new_id())
    placed = [mark(visit.session, number=number) for number in (2, 1)]
    after, foreign = mark(later), mark(theirs)
    commit(repository, later, other, theirs, *placed, after, foreign)
    found = repository.marks_of_patient(visit.patient.id)
    assert found == {visit.session.id: placed[::-1], later.id: [after]}


def test_figures_count_marks_in_their_place_and_the_twitches_they_hold(
    repository: SqlRepository, visit: Visit
) -> None:
    twitches = [
        TwitchResponse(count=3), TwitchResponse(), TwitchResponse(response=Twitch.ABSENT),
        TwitchResponse(response=Twitch.UNSURE, count=4),
    ]  # fmt: skip
    marks = [
        mark(visit.session, number=k, details=details, muscle="soleus", side=Side.LEFT)
        for k, details in enumerate(twitches, start=1)
    ]
    marks.append(mark(visit.session, number=5, details=Needle(), muscle="soleus", side=Side.RIGHT))
    closing = Closing(id=new_id(), session_id=visit.session.id, no_adverse_events=True)
    commit(repository, *marks, closing)
    found = repository.figures(visit.patient.id)
    felt = [each for each in found.figures if each.kind is MarkKind.TWITCH]
    assert {(each.session_id, each.muscle, each.side) for each in felt} == {
        (visit.session.id, "soleus", Side.LEFT)
    }
    assert (sum(each.marks for each in felt), sum(each.twitches for each in felt)) == (4, 4)
    (needle,) = set(found.figures) - set(felt)
    assert needle == MarkFigure(visit.session.id, MarkKind.NEEDLE, "soleus", Side.RIGHT, 1)
    assert found.closings == (closing,)
    assert repository.figures(new_id()) == PatientFigures((), ())
