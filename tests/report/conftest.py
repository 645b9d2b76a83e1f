import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.marks import Mark
from app.domain.records import Patient
from app.paths import BODY_MAPS
from app.report.model import SessionReport
from app.report.pdf import report_of_marks
from db.practice import open_practice
from db.repository import SqlRepository
from tests.report import builders


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load(BODY_MAPS)


@pytest.fixture(scope="session", autouse=True)
def _application(qapp: object) -> None:
    """The application object that the whole test run shares."""


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[SqlRepository]:
    with open_practice(tmp_path / "practice") as practice:
        yield practice.repository


@pytest.fixture
def stored(repository: SqlRepository) -> Callable[..., builders.Visit]:
    """Stores a session with ``marks`` (a function of its id) and says whose it is."""

    def store(
        marks: Callable[[Any], list[Mark]] = lambda _id: [],
        of: Patient | None = None,
        **fields: Any,
    ) -> builders.Visit:
        patient, who = of or builders.patient(), builders.practitioner()
        session = builders.session(patient, who, **fields)
        new = [who, *([] if of else [patient]), session, *marks(session.id)]
        repository.commit(Change.add("Chart", *new), builders.stamp())
        return builders.Visit(patient, session)

    return store


@pytest.fixture
def reported(atlas: Atlas) -> Callable[..., SessionReport]:
    """The report of marks, without a practice; fields of the patient and the session as asked."""

    def report(
        marks: list[Mark],
        whom: Patient | None = None,
        **session_fields: Any,
    ) -> SessionReport:
        whom, who = whom or builders.patient(), builders.practitioner()
        return report_of_marks(
            atlas,
            whom,
            who,
            builders.problem(whom),
            builders.session(whom, who, **session_fields),
            marks,
            builders.NOW,
        )

    return report
