"""What a file carries of the seals of few, many and very many sessions."""

from uuid import UUID

import pytest

from app.domain.identity import new_id
from app.domain.seals import MOST_CHARACTERS, SHORT_FIGURES, Seal, carried, seals_in

PARTS = {"session": "1" * 16, "marks": "2" * 16, "preparation": "3" * 16, "closing": "4" * 16}


def some(count: int) -> list[Seal]:
    return [Seal(UUID(int=n), f"{n:064x}"[::-1], PARTS) for n in range(1, count + 1)]


def read_again(seals: list[Seal]) -> tuple[Seal, ...]:
    words = ", ".join(carried(seals))
    assert len(words) <= MOST_CHARACTERS
    return seals_in(b"<x>" + words.encode() + b"</x>")


@pytest.mark.parametrize("count", [1, 2, 100])
def test_few_are_carried_with_their_parts(count: int) -> None:
    assert read_again(some(count)) == tuple(some(count))


def test_many_are_carried_without_their_parts() -> None:
    found, wanted = read_again(some(200)), some(200)
    assert [(each.session_id, each.fingerprint) for each in found] == [
        (each.session_id, each.fingerprint) for each in wanted
    ]
    assert not any(each.parts for each in found)
    assert found[0].parts_unlike(wanted[1]) == ()


@pytest.mark.parametrize("count", [301, 760])
def test_very_many_are_packed(count: int) -> None:
    found, wanted = read_again(some(count)), some(count)
    assert len(found) == count
    assert all(one.is_that_of(other) for one, other in zip(found, wanted, strict=True))
    assert not found[0].is_that_of(wanted[1])
    assert len(found[0].fingerprint) == SHORT_FIGURES


def test_of_more_nothing_is_carried() -> None:
    assert carried(some(770)) == []


def test_another_fingerprint_or_session_is_not_taken_for_it() -> None:
    one = Seal(new_id(), "a" * 64)
    assert one.is_that_of(Seal(one.session_id, "a" * 64))
    assert not one.is_that_of(Seal(one.session_id, "a" * 63 + "b"))
    assert not one.is_that_of(Seal(new_id(), "a" * 64))


@pytest.mark.parametrize("words", ["A", "AA", "AAAAA", "A" * 42, "-" * 31_999])
def test_words_that_were_cut_off_give_whole_seals_alone(words: str) -> None:
    assert len(seals_in(f"needlepoint.seals/1:{words}".encode())) <= len(words) * 3 // 4 // 32
