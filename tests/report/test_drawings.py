"""Drawings travel to the template beside the words of a report."""

import json
from datetime import date

import pytest

from app.report.drawings import Drawing, inputs_of


def test_each_drawing_is_given_once_and_its_name_stands_in_its_place() -> None:
    body, sign = Drawing("<svg>body</svg>"), Drawing("<svg>sign</svg>")
    given = inputs_of({"pictures": [{"body": body}, {"body": Drawing(body.svg)}], "sign": sign})
    words = json.loads(given.pop("data"))
    names = [each["body"] for each in words["pictures"]]
    assert names[0] == names[1] != words["sign"]
    assert given == {names[0]: body.svg, words["sign"]: sign.svg}


def test_words_that_look_like_a_drawing_stay_words() -> None:
    assert json.loads(inputs_of({"note": "<svg/>"})["data"]) == {"note": "<svg/>"}


def test_what_is_neither_words_nor_a_drawing_is_refused() -> None:
    with pytest.raises(TypeError, match="date has no place"):
        inputs_of({"day": date(2026, 3, 2)})
