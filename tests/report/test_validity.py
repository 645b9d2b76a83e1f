"""One file that is PDF/A-2a and PDF/UA-1 at once, whatever the record holds."""

from collections.abc import Callable
from typing import Any

import pytest

from app.body.atlas import Atlas
from app.domain.marks import Mark
from app.domain.records import SessionStatus
from app.report.model import SessionReport
from app.report.papers import PAPERS, Paper
from app.report.pdf import render
from tests.report import reading
from tests.report.builders import INJECTIONS, every_kind, patient, plain_mark, scattered

SESSION = plain_mark().session_id
Report = Callable[..., SessionReport]


def _none(_atlas: Atlas) -> list[Mark]:
    return []


def _few(atlas: Atlas) -> list[Mark]:
    return every_kind(atlas, SESSION)


def _many(atlas: Atlas) -> list[Mark]:
    return scattered(atlas, 60, SESSION, note="Eased after two minutes of rest.")


CONTENTS: dict[str, tuple[Callable[[Atlas], list[Mark]], dict[str, Any]]] = {
    "no marks": (_none, {}),
    "every kind of mark": (_few, {"status": SessionStatus.SIGNED}),
    "60 marks": (_many, {}),
    "a note of 20,000 characters": (_few, {"note": ("Long notes are read too. " * 800)[:20_000]}),
    "a note without a space": (_none, {"note": "x" * 20_000}),
    "the languages of machines": (_few, {"note": "\n".join(INJECTIONS)}),
    "what no font shows": (_few, {"note": "中文 مرحبا 😀 \u202e \ue000 \ud800 \x00"}),
}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("content", CONTENTS)
def test_both_standards_are_met(atlas: Atlas, reported: Report, content: str, paper: Paper) -> None:
    marks, fields = CONTENTS[content]
    made = render([reported(marks(atlas), **fields)], atlas, paper)
    assert reading.faults(made) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_record_of_many_sessions_meets_both(atlas: Atlas, reported: Report, paper: Paper) -> None:
    reports = [reported(every_kind(atlas, SESSION)) for _ in range(8)]
    assert reading.faults(render(reports, atlas, paper)) == []


def test_names_as_long_as_the_rules_allow(atlas: Atlas, reported: Report) -> None:
    whom = patient(
        family_name="W" * 120, given_name="Maria " * 20, number="9" * 40, birth_date=None,
        warnings=("W" * 120,) * 5,
    )  # fmt: skip
    made = render([reported([], whom)], atlas, "us-letter")
    assert reading.faults(made) == []
    assert "W" * 120 in reading.squeezed(reading.pages(made)[0])


def test_the_file_says_which_standards_it_keeps(atlas: Atlas, reported: Report) -> None:
    made = render([reported([])], atlas)
    for mark in (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"<pdfuaid:part>1"):
        assert mark in made
