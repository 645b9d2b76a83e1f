"""The codec says where it stumbles, and refuses types for which the format has no form."""

import dataclasses
from collections.abc import Callable

import pytest

from app.exchange.codec import codec_of
from app.exchange.misfit import Misfit, place, quoted


@dataclasses.dataclass(frozen=True)
class Inner:
    sizes: tuple[float, ...]
    words: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True)
class Outer:
    inner: Inner | None
    name: str


def test_a_dataclass_is_written_in_the_order_of_its_fields_and_read_back():
    codec = codec_of(Outer)
    value = Outer(Inner((1, 2.5), frozenset("ba")), "é")
    written = {"inner": {"sizes": [1.0, 2.5], "words": ["a", "b"]}, "name": "é"}
    assert codec.encode(value) == written
    assert list(codec.encode(value)) == ["inner", "name"]
    assert codec.decode(written) == value
    assert codec.decode({"inner": None, "name": ""}) == Outer(None, "")


def test_a_whole_number_is_a_number():
    found = codec_of(float).decode(1)
    assert (found, type(found)) == (1.0, float)


def test_the_place_is_told_from_the_outside():
    with pytest.raises(Misfit) as misfit:
        codec_of(Outer).decode({"inner": {"sizes": [1, "2"], "words": []}, "name": ""})
    assert misfit.value.place == "inner.sizes[1]"
    assert misfit.value.message == "must be a number, not text"


@pytest.mark.parametrize("hint", [complex, Callable, tuple[int, str], int | str, int | str | None])
def test_a_type_without_a_form_is_a_bug(hint):
    with pytest.raises(TypeError, match="has no form for"):
        codec_of(hint)


def test_places_are_written_on_one_line():
    assert place() == ""
    assert place(3) == "[3]"
    assert place("a", 0, "b c\n", "d") == 'a[0]."b c\\n".d'
    assert quoted("x" * 100) == '"' + "x" * 38 + "…"
