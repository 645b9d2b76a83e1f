"""The campaign of reports at a small size: three patients, every kind, nothing found; and it finds
what it looks for.
"""

from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from app.body.atlas import Atlas
from app.domain.anatomy import Side
from app.domain.summaries import SessionRecords
from app.paths import BODY_MAPS
from app.report.pdf import render, reports_of
from db.practice import open_practice
from tests.report.builders import NOW
from tools.report_campaign.__main__ import main
from tools.report_campaign.checks import Checker


@pytest.fixture(scope="module", autouse=True)
def _application(qapp: object) -> None:
    """The application object that the whole test run shares."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command left, which found nothing."""
    made, said = tmp_path_factory.mktemp("campaign"), StringIO()
    asked = ["--patients", "3", "--sessions", "2", "--seed", "4", "--keep", str(made)]
    with redirect_stdout(said):
        code = main(asked)
    assert (code, said.getvalue()) == (0, "15 files, 0 findings (patients: 3, seed: 4)\n")
    return made


@pytest.fixture(scope="module")
def shown(folder: Path) -> list[SessionRecords]:
    """The sessions of the patient who has the most marks."""
    with open_practice(folder / "practice") as practice:
        repository = practice.repository
        courses = [repository.patient_records(each.id) for each in repository.patients()]
    return max(courses, key=lambda each: sum(len(one.marks) for one in each))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas.load(BODY_MAPS)


def chart(atlas: Atlas, records: SessionRecords) -> bytes:
    return render(reports_of([records], atlas, NOW, None), atlas)


def test_what_is_printed_is_what_was_charted(atlas: Atlas, shown: list[SessionRecords]) -> None:
    assert Checker(atlas, shown).chart(chart(atlas, shown[0]), shown[0]) == []


def test_a_mark_that_is_missing_or_on_the_wrong_side_is_found(
    atlas: Atlas, shown: list[SessionRecords]
) -> None:
    checker, records = Checker(atlas, shown), shown[0]
    found = checker.chart(chart(atlas, replace(records, marks=records.marks[:-1])), records)
    assert any("is there 0 times" in each for each in found)
    assert any("too many or too few" in each for each in found)
    others = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
    turned = [
        replace(each, side=others.get(each.side, each.side)) if each.side else each
        for each in records.marks
    ]
    found = checker.chart(chart(atlas, replace(records, marks=tuple(turned))), records)
    assert any("is there 0 times" in each for each in found)
    assert any("a sign is labelled" in each for each in found)
    assert any("does not tell" in each for each in found)


def test_a_mark_of_another_session_is_found(atlas: Atlas, shown: list[SessionRecords]) -> None:
    first, second = shown[:2]
    found = Checker(atlas, shown).chart(chart(atlas, second), first)
    assert any("is there 0 times" in each for each in found)
