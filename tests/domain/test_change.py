"""A change is a value: it can be taken back, and two that follow each other can be joined."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.anatomy import Body
from app.domain.change import Change, Edit
from app.domain.identity import new_id
from app.domain.records import Patient, Practitioner, Record

IDS = [UUID(int=number) for number in range(1, 5)]
State = dict[UUID, Record]


def person(record_id: UUID, name: str) -> Patient:
    return Patient(id=record_id, family_name=name, number="1", body=Body.MALE)


people = st.sampled_from([None, "Adler", "Berg", "Conti"])


def states() -> st.SearchStrategy[State]:
    """Who is in the practice: for each id nobody, or a person of some name."""
    return st.tuples(*[people] * len(IDS)).map(
        lambda names: {key: person(key, name) for key, name in zip(IDS, names, strict=True) if name}
    )


def between(label: str, before: State, after: State) -> Change:
    return Change(label, {key: Edit(before.get(key), after.get(key)) for key in IDS
                          if before.get(key) != after.get(key)})  # fmt: skip


def applied(change: Change, state: State) -> State:
    after = dict(state)
    for key, (old, new) in change.edits.items():
        assert after.pop(key, None) == old
        if new is not None:
            after[key] = new
    return after


@given(states(), states())
def test_the_inverse_leads_back_and_its_inverse_is_the_change(before: State, after: State) -> None:
    change = between("Edit", before, after)
    assert applied(change, before) == after
    assert applied(change.inverse(), after) == before
    assert change.inverse().inverse() == change
    assert change.inverse().label == change.label


@given(states(), states())
def test_a_change_and_its_inverse_come_to_nothing(before: State, after: State) -> None:
    change = between("Edit", before, after)
    assert change.then(change.inverse()).is_empty
    assert change.is_empty is (before == after)


@given(states(), states(), states(), states())
def test_joining_does_not_depend_on_where_one_begins(
    first: State, second: State, third: State, fourth: State
) -> None:
    a, b, c = (
        between("Edit", *pair) for pair in ((first, second), (second, third), (third, fourth))
    )
    assert a.then(b).then(c) == a.then(b.then(c))
    assert applied(a.then(b).then(c), first) == fourth
    assert a.then(b).label == "Edit"


@given(states(), states(), states(), states())
def test_changes_that_do_not_follow_each_other_are_not_joined(
    first: State, second: State, third: State, fourth: State
) -> None:
    a, b = between("One", first, second), between("Two", third, fourth)
    follows = all(b.edits[key].before == a.edits[key].after for key in a.edits if key in b.edits)
    if follows:
        a.then(b)
    else:
        with pytest.raises(ValueError, match="do not follow"):
            a.then(b)


def test_adding_replacing_and_removing_are_named_for_what_they_do() -> None:
    key = new_id()
    adler, berg = person(key, "Adler"), person(key, "Berg")
    assert Change.add("Add", adler).edits == {key: Edit(None, adler)}
    assert Change.replace("Rename", adler, berg).edits == {key: Edit(adler, berg)}
    assert Change.remove("Remove", [berg]).edits == {key: Edit(berg, None)}
    assert Change.replace("Nothing", adler, replace(adler)).is_empty


def test_an_edit_knows_its_record() -> None:
    adler = person(new_id(), "Adler")
    assert Edit(None, adler).record is Edit(adler, None).record is adler


def test_a_change_cannot_be_altered() -> None:
    adler = person(new_id(), "Adler")
    change = Change.add("Add", adler)
    with pytest.raises(TypeError):
        change.edits[adler.id] = Edit(adler, None)  # type: ignore[index]


def test_an_edit_under_another_id_is_refused() -> None:
    with pytest.raises(ValueError, match="names a record with the id"):
        Change("Wrong", {new_id(): Edit(None, person(new_id(), "Adler"))})


def test_a_record_cannot_become_another_kind_of_record() -> None:
    key = new_id()
    with pytest.raises(ValueError, match="changes its type"):
        Change("Wrong", {key: Edit(person(key, "Adler"), Practitioner(id=key, name="Ada"))})
