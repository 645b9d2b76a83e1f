"""The open chart is what is stored, and is told apart from other charts."""

from dataclasses import replace

import pytest

from app.domain.anatomy import Body
from app.domain.audit import Action, Stamp
from app.domain.change import Change
from app.domain.errors import ConflictError
from app.domain.identity import new_id
from app.domain.marks import MarkKind
from app.domain.records import Patient, Practitioner, Problem, TreatmentSession
from app.editing.actions import ACTIONS, BY_ID, TOOL_ACTIONS
from app.editing.selection import Selection
from app.editing.store import ChartStore
from app.editing.tool_keys import ToolKey
from tests.helpers.chart import START, Chart

SPOT = ("posterior", 380.0, 480.0)


def stamp() -> Stamp:
    return Stamp(step=new_id(), action=Action.DO, at=START)


def another_patient() -> Patient:
    return Patient(id=new_id(), family_name="Berg", number="2", body=Body.MALE)


def test_without_a_patient_the_chart_is_empty(chart: Chart) -> None:
    store = ChartStore(chart.repository)
    assert store.patient is None
    assert store.sessions == store.problems == store.practitioners == []


def test_a_patient_who_is_not_there_closes_the_chart(chart: Chart) -> None:
    chart.store.open_patient(new_id())
    assert chart.store.patient is None
    assert chart.editor.session is None
    assert chart.editor.body is Body.FEMALE


def test_closing_the_chart_clears_the_desk(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*SPOT)
    chart.store.open_patient(None)
    assert chart.editor.session is None
    assert chart.editor.selection.ids == ()
    assert chart.labels == (None, None)


def test_a_change_is_heard_after_it_was_stored(chart: Chart) -> None:
    heard: list[bool] = []
    session = chart.editor.session

    def hear(change: Change) -> None:
        heard.append(chart.repository.marks(session.id) == list(chart.store.marks(session.id)))
        assert change.label == "Add trigger point"

    chart.store.changed.connect(hear)
    chart.take(ToolKey.TRIGGER_POINT).click(*SPOT)
    assert heard == [True]


def test_a_change_that_fails_is_not_heard(chart: Chart) -> None:
    mark = chart.take(ToolKey.NOTE).click(*SPOT).mark
    heard: list[object] = []
    chart.store.changed.connect(heard.append)
    stale = Change.replace("Write", replace(mark, note="never so"), replace(mark, note="words"))
    with pytest.raises(ConflictError):
        chart.store.apply(stale, stamp())
    assert heard == []
    assert chart.mark == mark


def test_marks_are_counted_by_kind_read_or_not(chart: Chart) -> None:
    chart.take(ToolKey.TRIGGER_POINT).click(*SPOT).take(ToolKey.NOTE).click(*SPOT)
    session = chart.editor.session
    counts = {MarkKind.TRIGGER_POINT: 1, MarkKind.NOTE: 1}
    assert chart.store.mark_counts(session.id) == counts
    fresh = ChartStore(chart.repository)
    fresh.open_patient(chart.store.patient.id)
    assert fresh.mark_counts(session.id) == counts
    assert fresh.mark(chart.marks[0].id) is None  # not read yet
    assert list(fresh.marks(session.id)) == chart.marks
    assert fresh.mark(chart.marks[0].id) == chart.marks[0]
    assert fresh.mark_counts(new_id()) == {}


def test_a_mark_changed_in_a_session_that_was_not_read_is_there_when_it_is(chart: Chart) -> None:
    mark = chart.take(ToolKey.NOTE).click(*SPOT).mark
    fresh = ChartStore(chart.repository)
    fresh.open_patient(chart.store.patient.id)
    fresh.apply(Change.replace("Write", mark, replace(mark, note="words")), stamp())
    assert [each.note for each in fresh.marks(mark.session_id)] == ["words"]


def test_what_belongs_to_another_patient_is_stored_but_not_shown(chart: Chart) -> None:
    store, repository = chart.store, chart.repository
    whom, (who,) = another_patient(), store.practitioners
    store.apply(Change.add("Add patient", whom), stamp())
    theirs = TreatmentSession(
        id=new_id(), patient_id=whom.id, practitioner_id=who.id, started_at=START
    )
    problem = Problem(id=new_id(), patient_id=whom.id, title="Neck pain")
    mark = replace(chart.take(ToolKey.NOTE).click(*SPOT).mark, id=new_id(), session_id=theirs.id)
    store.apply(Change.add("Add session", theirs, problem, mark), stamp())
    assert store.patient != whom
    assert theirs not in store.sessions
    assert store.problems == []
    assert store.mark(mark.id) is None
    assert repository.session(theirs.id) == theirs


def test_sessions_come_newest_first(chart: Chart) -> None:
    chart.desk.start_session(chart.store.practitioners[0].id)
    first = chart.desk.start_session(chart.store.practitioners[0].id)
    assert chart.store.sessions[0] == first
    assert chart.store.session(first.id) == first
    with pytest.raises(KeyError):
        chart.store.session(new_id())


# -- the records around the chart -------------------------------------------------------------


def test_a_patient_is_added_and_changed(chart: Chart) -> None:
    whom = another_patient()
    assert chart.desk.save_patient(None, whom)
    assert chart.repository.count_patients() == 2
    own = chart.store.patient
    assert chart.desk.save_patient(own, replace(own, given_name="Ida"))
    assert chart.store.patient.given_name == "Ida"
    assert chart.desk.history.undo_label == "Change patient"
    assert chart.labels == (None, None)  # Ctrl+Z belongs to what is on the picture


def test_two_patients_cannot_have_one_number(chart: Chart) -> None:
    assert not chart.desk.save_patient(None, replace(another_patient(), number="1"))
    assert "number" in str(chart.troubles[0])
    assert chart.repository.count_patients() == 1


def test_a_practitioner_and_a_problem_are_added_and_changed(chart: Chart) -> None:
    who = Practitioner(id=new_id(), name="Ben Dorn")
    what = Problem(id=new_id(), patient_id=chart.store.patient.id, title="Neck pain")
    assert chart.desk.save_practitioner(None, who)
    assert chart.desk.save_practitioner(who, replace(who, profession="Physiotherapist"))
    assert chart.desk.save_problem(None, what)
    assert chart.desk.save_problem(what, replace(what, goals="Turn the head"))
    assert [each.name for each in chart.store.practitioners] == ["Ada Nadel", "Ben Dorn"]
    assert [each.goals for each in chart.store.problems] == ["Turn the head"]
    assert chart.desk.history.undo()
    assert [each.goals for each in chart.store.problems] == [""]


def test_what_stands_against_storing_is_told_before(chart: Chart) -> None:
    findings = chart.desk.findings(replace(another_patient(), family_name=""))
    assert [finding.field for finding in findings] == ["family_name"]


def test_a_session_is_begun_for_the_problem_treated_last(chart: Chart) -> None:
    desk, store = chart.desk, chart.store
    (who,) = store.practitioners
    assert desk.start_session(who.id).problem_id is None  # the last one had none
    what = Problem(id=new_id(), patient_id=store.patient.id, title="Neck pain")
    desk.save_problem(None, what)
    chart.editor.open(store.sessions[0].id)
    chart.editor.change_session("Choose problem", problem_id=what.id)
    begun = desk.start_session(who.id)
    assert begun.problem_id == what.id
    assert begun.started_at.microsecond == 0


def test_the_first_session_of_a_patient_with_one_problem_is_for_that(chart: Chart) -> None:
    desk, store = chart.desk, chart.store
    whom, (who,) = another_patient(), store.practitioners
    desk.save_patient(None, whom)
    store.open_patient(whom.id)
    what = Problem(id=new_id(), patient_id=whom.id, title="Neck pain")
    desk.save_problem(None, what)
    begun = desk.start_session(who.id)
    assert begun.problem_id == what.id
    assert desk.remove_session(begun)
    assert store.sessions == []
    desk.save_problem(None, replace(what, id=new_id()))
    assert desk.start_session(who.id).problem_id is None  # which of the two, nobody has said


def test_a_session_by_nobody_is_not_begun(chart: Chart) -> None:
    assert chart.desk.start_session(new_id()) is None
    assert len(chart.store.sessions) == 1
    assert len(chart.troubles) == 1


def test_a_removed_session_leaves_the_desk_and_comes_back(chart: Chart) -> None:
    session = chart.editor.session
    assert chart.desk.remove_session(session)
    assert chart.editor.session is None
    assert chart.desk.history.undo()
    assert chart.store.sessions == [session]


# -- selection and actions --------------------------------------------------------------------


def test_the_mark_selected_last_is_the_current_one() -> None:
    selection, heard = Selection(), []
    selection.changed.connect(lambda: heard.append(selection.ids))
    first, second = new_id(), new_id()
    assert selection.current is None
    selection.set([first, second, first])
    assert (selection.ids, selection.current) == ((first, second), second)
    selection.set([first, second])  # nothing new
    selection.toggle(first)
    assert selection.ids == (second,)
    selection.toggle(first)
    assert selection.current == first
    selection.clear()
    assert heard == [(first, second), (second,), (second, first), ()]


def test_a_mark_that_is_undone_is_no_longer_selected(chart: Chart) -> None:
    chart.take(ToolKey.NOTE).click(*SPOT)
    assert len(chart.editor.selection.ids) == 1
    chart.undo()
    assert chart.editor.selection.ids == ()


def test_every_action_has_a_name_and_keys_of_its_own() -> None:
    assert len(BY_ID) == len(ACTIONS)
    keys = [key for action in ACTIONS for key in action.shortcuts]
    assert len(keys) == len(set(keys))
    assert set(TOOL_ACTIONS) == set(ToolKey)
    assert all(action.name for action in ACTIONS)
