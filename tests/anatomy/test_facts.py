"""The regions agree with anatomy as it is written in facts.txt."""

from collections import Counter

import pytest

from tests.anatomy.facts import VERBS, Fact, fault, read_facts
from tests.anatomy.ground import Ground

FACTS = read_facts()
MUSCLE_VERBS = {"touches", "apart_from", "over", "larger_than"}
FEWEST_FACTS = 3


@pytest.mark.parametrize("fact", FACTS, ids=str)
def test_fact(fact: Fact, ground: Ground) -> None:
    assert fault(fact, ground) is None


def test_every_muscle_has_an_area_and_further_facts(ground: Ground) -> None:
    muscles = {muscle.id for muscle in ground.anatomy.catalogue.muscles}
    assert {fact.muscle for fact in FACTS if fact.verb == "area"} == muscles
    told = Counter(fact.muscle for fact in FACTS if fact.verb != "area")
    told.update(f.words[0] for f in FACTS if f.verb in MUSCLE_VERBS)
    assert {each for each in muscles if told[each] < FEWEST_FACTS} == set()


def test_no_fact_is_there_twice() -> None:
    counts = Counter((fact.muscle, fact.verb, fact.words) for fact in FACTS)
    assert [each for each, count in counts.items() if count > 1] == []


def test_a_false_fact_is_found_out(ground: Ground) -> None:
    """Each verb can fail: what is said here is wrong."""
    wrong = [
        "infraspinatus above acromion",
        "infraspinatus centre_medial_to trapezius_ascending",
        "infraspinatus reaches patella",
        "infraspinatus covers C7_spine",
        "infraspinatus keeps_off back(13.70,108)",
        "infraspinatus touches soleus",
        "infraspinatus apart_from trapezius_ascending",
        "infraspinatus over trapezius_ascending",
        "infraspinatus larger_than latissimus_dorsi",
        "infraspinatus area 500 600",
        "infraspinatus fibres_run medial down",
        "infraspinatus answers thigh(50,0)",
    ]
    words = [text.split() for text in wrong]
    facts = [Fact(0, each[0], each[1], tuple(each[2:])) for each in words]
    assert {fact.verb.removeprefix("centre_") for fact in facts} <= set(VERBS)
    assert [str(fact) for fact in facts if fault(fact, ground) is None] == []
