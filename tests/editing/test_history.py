"""Undo and redo: what one step is, what survives, and what happens when storing fails."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.errors import ConflictError, InvalidRecordError, StorageError
from app.domain.identity import new_id
from app.domain.marks import Soreness, TriggerPoint
from app.editing.tool_keys import ToolKey
from db.practice import open_practice
from tests.helpers.chart import START, Chart

SPOT = ("posterior", 380.0, 480.0)
OTHER = ("posterior", 520.0, 640.0)


def with_a_mark(chart: Chart) -> Chart:
    return chart.take(ToolKey.TRIGGER_POINT).click(*SPOT)


def behind_our_back(chart: Chart, change: Change) -> None:
    """Another program writes into the same practice."""
    with open_practice(chart.folder, create=False, clock=chart.clock) as other:
        stamp = Stamp(step=new_id(), action=Action.DO, at=START)
        other.repository.commit(change, stamp)


def test_an_empty_change_is_done_already(chart: Chart) -> None:
    mark = with_a_mark(chart).mark
    saved = chart.history.last_saved_at
    assert chart.editor.move(mark, mark)
    assert chart.labels == ("Add trigger point", None)
    assert chart.history.last_saved_at == saved


def test_with_nothing_to_undo_nothing_happens(chart: Chart) -> None:
    assert not chart.history.undo()
    assert not chart.history.redo()


def test_a_new_step_forgets_what_was_undone(chart: Chart) -> None:
    with_a_mark(chart).undo()
    chart.click(*OTHER)
    assert chart.labels == ("Add trigger point", None)
    assert not chart.history.redo()


def test_words_typed_in_one_stay_are_one_step(chart: Chart) -> None:
    mark = with_a_mark(chart).mark
    for text in ("s", "so", "sore"):
        chart.editor.set_note(mark.id, text)
    assert chart.mark.note == "sore"
    assert chart.undo().mark == mark
    assert chart.redo().mark.note == "sore"


def test_leaving_the_field_ends_the_step(chart: Chart) -> None:
    mark = with_a_mark(chart).mark
    chart.editor.set_note(mark.id, "sore")
    chart.history.seal()
    chart.editor.set_note(mark.id, "sore today")
    assert chart.undo().mark.note == "sore"


def test_words_in_two_fields_are_two_steps(chart: Chart) -> None:
    mark = with_a_mark(chart).mark
    chart.editor.set_note(mark.id, "sore")
    chart.editor.change_session("Write session note", note="better")
    chart.editor.set_note(mark.id, "sore again")
    assert chart.undo().mark.note == "sore"
    assert chart.editor.session.note == "better"
    chart.undo()
    assert chart.editor.session.note == ""


def test_words_typed_and_deleted_again_leave_no_step(chart: Chart) -> None:
    mark = with_a_mark(chart).mark
    chart.editor.set_note(mark.id, "s")
    chart.editor.set_note(mark.id, "")
    assert chart.labels == ("Add trigger point", None)
    chart.editor.set_note(mark.id, "sore")  # goes on in the same field
    assert chart.labels == ("Write note", None)
    assert chart.reopen().labels == ("Write note", None)
    assert chart.undo().mark == mark


def test_fields_that_are_not_typed_are_a_step_each(chart: Chart) -> None:
    chart.editor.change_session("Record pain before", pain_before=3)
    chart.editor.change_session("Record pain before", pain_before=4)
    chart.undo()
    assert chart.editor.session.pain_before == 3


def test_undo_survives_closing_and_opening(chart: Chart) -> None:
    first = with_a_mark(chart).mark
    chart.click(*OTHER).undo().reopen()
    assert chart.labels == ("Add trigger point", "Add trigger point")
    assert chart.undo().marks == []
    assert chart.redo().marks == [first]
    assert len(chart.redo().marks) == 2


def test_what_was_undone_and_made_again_is_so_after_a_restart(chart: Chart) -> None:
    mark = with_a_mark(chart).mark
    chart.undo().redo().reopen()
    assert chart.labels == ("Add trigger point", None)
    assert chart.mark == mark
    assert chart.undo().reopen().labels == (None, "Add trigger point")
    assert chart.redo().mark == mark


def test_a_session_knows_when_it_was_last_saved(chart: Chart) -> None:
    assert chart.history.last_saved_at is None
    with_a_mark(chart)
    saved = chart.history.last_saved_at
    assert saved == chart.repository.steps(chart.editor.session.id)[-1].stamp.at
    assert chart.reopen().history.last_saved_at == saved


def test_whoever_hears_of_a_change_reads_when_it_was_saved(chart: Chart) -> None:
    heard: list[object] = []
    chart.store.changed.connect(lambda _change: heard.append(chart.store.last_saved_at))
    with_a_mark(chart)
    assert heard == [chart.history.last_saved_at]


def test_the_trail_names_who_did_it(chart: Chart) -> None:
    (who,) = chart.repository.practitioners()
    chart.history.actor = who.id
    with_a_mark(chart).undo().redo()
    entries = chart.repository.steps(chart.editor.session.id)
    assert [entry.stamp.action for entry in entries] == [Action.DO, Action.UNDO, Action.REDO]
    assert {entry.stamp.actor for entry in entries} == {who.id}
    assert len({entry.stamp.step for entry in entries}) == 1


def test_each_step_says_that_the_lists_are_different(chart: Chart) -> None:
    labels: list[object] = []
    chart.history.state_changed.connect(lambda: labels.append(chart.labels))
    with_a_mark(chart).undo().redo()
    done, undone = ("Add trigger point", None), (None, "Add trigger point")
    assert labels == [done, undone, done]


# -- trouble ----------------------------------------------------------------------------------


def test_what_another_program_changed_is_read_anew_and_said(chart: Chart) -> None:
    mark = with_a_mark(chart).mark
    theirs = replace(mark, details=TriggerPoint(tenderness=3))
    behind_our_back(chart, Change.replace("Change", mark, theirs))
    assert not chart.editor.set_details(mark.id, TriggerPoint(tenderness=1))
    assert chart.mark == theirs
    (trouble,) = chart.troubles
    assert isinstance(trouble, ConflictError)
    assert chart.labels == ("Add trigger point", None)  # rebuilt from the trail
    assert chart.editor.set_details(mark.id, TriggerPoint(tenderness=1))


def test_a_step_that_can_no_longer_be_undone_stays_on_the_list(chart: Chart) -> None:
    mark = with_a_mark(chart).mark
    behind_our_back(chart, Change.replace("Change", mark, replace(mark, note="theirs")))
    assert not chart.history.undo()
    assert chart.mark.note == "theirs"
    assert isinstance(chart.troubles[0], ConflictError)
    assert chart.labels == ("Add trigger point", None)


def test_a_session_that_another_program_removed_leaves_the_desk(chart: Chart) -> None:
    session = chart.editor.session
    behind_our_back(chart, Change.remove("Remove session", [session]))
    assert not chart.editor.change_session("Record pain before", pain_before=3)
    assert chart.editor.session is None
    assert chart.editor.marks == ()
    assert chart.labels == (None, None)
    assert isinstance(chart.troubles[0], ConflictError)


@pytest.mark.parametrize("deed", ["do", "add", "undo", "redo"])
def test_a_disk_that_refuses_changes_nothing_and_is_said(chart: Chart, deed: str) -> None:
    with_a_mark(chart).click(*OTHER).undo()
    marks, labels, saved = chart.marks, chart.labels, chart.history.last_saved_at
    transactions = chart.practice._transactions
    with transactions.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    doing = {
        "do": lambda: chart.editor.set_note(marks[0].id, "words"),
        "add": lambda: chart.editor.add(replace(marks[0], id=new_id(), number=2)),
        "undo": chart.history.undo,
        "redo": chart.history.redo,
    }
    assert not doing[deed]()
    assert isinstance(chart.troubles[0], StorageError)
    assert (chart.marks, chart.labels, chart.history.last_saved_at) == (marks, labels, saved)
    with transactions.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
    assert doing[deed]()
    assert len(chart.troubles) == 1


def test_a_record_that_breaks_a_rule_is_refused_and_said(chart: Chart) -> None:
    mark = with_a_mark(chart).mark
    assert not chart.editor.set_note(mark.id, "x" * 20_001)
    assert chart.mark == mark
    assert isinstance(chart.troubles[0], InvalidRecordError)
    assert not chart.editor.set_details(mark.id, Soreness(intensity=11))
    assert chart.labels == ("Add trigger point", None)


def test_a_mark_that_is_gone_cannot_be_changed(chart: Chart) -> None:
    mark = with_a_mark(chart).mark
    chart.undo()
    assert chart.editor.set_note(mark.id, "words")  # there is nothing left to write on
    assert not chart.editor.set_details(mark.id, TriggerPoint())
    assert chart.editor.remove([mark.id])  # it is gone already
    assert chart.troubles == []


def test_time_may_stand_still_or_go_back(chart: Chart) -> None:
    with_a_mark(chart)
    chart.clock.now -= timedelta(hours=2)
    chart.click(*OTHER)
    assert len(chart.undo().marks) == 1
    assert chart.reopen().labels == ("Add trigger point", "Add trigger point")
