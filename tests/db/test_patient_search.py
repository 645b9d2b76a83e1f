"""Patients are found while their names are being typed."""

from datetime import date, timedelta

import pytest

from app.domain.change import Change
from db.repository import SqlRepository
from tests.db.builders import NOW, patient, practitioner, session, stamp


@pytest.fixture
def people(repository: SqlRepository) -> SqlRepository:
    who = practitioner()
    muller = patient("Müller", "0099", given_name="Zoë", birth_date=date(1981, 3, 14))
    berg = patient("Van den Berg", "A_7", given_name="Jörg", birth_date=date(1950, 11, 2))
    adams = patient("Adams", "100%", given_name="Anna")
    visits = [
        session(berg, who, started_at=NOW - timedelta(days=9)),
        session(berg, who, started_at=NOW - timedelta(days=2)),
        session(muller, who, started_at=NOW - timedelta(days=5)),
    ]
    repository.commit(Change.add("Begin", who, muller, berg, adams, *visits), stamp())
    return repository


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("mull", ["Müller"]),
        ("MÜLLER zoe", ["Müller"]),
        ("zoe mü", ["Müller"]),
        ("muller anna", []),
        ("berg van", ["Van den Berg"]),
        ("14.03.1981", ["Müller"]),
        ("14.3.81", []),
        ("03/14/1981", ["Müller"]),
        ("1981-03", ["Müller"]),
        ("14 mar 1981", ["Müller"]),
        ("nov 1950", ["Van den Berg"]),
        ("100%", ["Adams"]),
        ("%", ["Adams"]),
        ("_", ["Van den Berg"]),
        ("\\", []),
        ("a", ["Adams", "Müller", "Van den Berg"]),
        ("zoemuller", []),
        ("'; DROP TABLE patient; --", []),
    ],
)
def test_every_word_must_be_found(people: SqlRepository, search: str, names: list[str]) -> None:
    assert [found.family_name for found in people.find_patients(search)] == names


def test_without_words_the_last_treated_come_first(people: SqlRepository) -> None:
    found = people.find_patients("  ")
    assert [each.family_name for each in found] == ["Van den Berg", "Müller", "Adams"]
    days = [each.last_session_at and (NOW - each.last_session_at).days for each in found]
    assert days == [2, 5, None]


def test_a_search_tells_the_last_session(people: SqlRepository) -> None:
    found = {each.family_name: each.last_session_at for each in people.find_patients("a")}
    assert found == {
        "Adams": None,
        "Müller": NOW - timedelta(days=5),
        "Van den Berg": NOW - timedelta(days=2),
    }


@pytest.mark.parametrize("search", ["", "a"])
@pytest.mark.parametrize("limit", [0, 1, 2, 3])
def test_no_more_than_the_limit(people: SqlRepository, search: str, limit: int) -> None:
    assert len(people.find_patients(search, limit)) == limit


def test_two_sessions_at_one_moment_are_one_patient(people: SqlRepository) -> None:
    (who,) = people.practitioners()
    twin = patient("Twin", "8")
    both = [session(twin, who), session(twin, who)]
    people.commit(Change.add("Begin", twin, *both), stamp())
    assert [each.family_name for each in people.find_patients("", 2)] == ["Twin", "Van den Berg"]


def test_names_come_before_given_names(repository: SqlRepository) -> None:
    names = [("Berg", "Zoë"), ("Berg", "Anna"), ("Bergmann", "Aaron"), ("Abel", "Zoë")]
    patients = [patient(name, str(i), given_name=given) for i, (name, given) in enumerate(names)]
    repository.commit(Change.add("Begin", *patients), stamp())
    found = [(each.family_name, each.given_name) for each in repository.find_patients("e")]
    assert found == [("Abel", "Zoë"), ("Berg", "Anna"), ("Berg", "Zoë"), ("Bergmann", "Aaron")]


@pytest.mark.parametrize(
    ("numbers", "following"),
    [
        ([], "1"),
        (["A-7", "x12"], "1"),
        (["9", "10", "2"], "11"),
        (["0099", "B200"], "0100"),
        (["7", "007"], "008"),
        (["99999999999999999999999"], "100000000000000000000000"),
        (["٣"], "1"),
    ],
)
def test_the_next_number(repository: SqlRepository, numbers: list[str], following: str) -> None:
    people = [patient(number=number) for number in numbers]
    repository.commit(Change.add("Begin", *people), stamp())
    assert repository.next_patient_number() == following


def test_a_text_that_was_pasted_by_mistake_is_no_trouble(people: SqlRepository) -> None:
    assert people.find_patients("strange words " * 5000) == []
    (found,) = people.find_patients(f"{'müller ' * 2000} and what nobody reads any more")
    assert found.family_name == "Müller"
    assert people.find_patients("x" * 1_000_000) == []
