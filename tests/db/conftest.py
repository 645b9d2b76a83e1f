from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from app.domain.change import Change
from app.domain.records import Patient, Practitioner, TreatmentSession
from db.practice import Practice, open_practice
from db.repository import SqlRepository
from tests.db import builders


class Visit(NamedTuple):
    """A stored session, with whom it belongs to."""

    practitioner: Practitioner
    patient: Patient
    session: TreatmentSession


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "practice"


@pytest.fixture
def practice(folder: Path) -> Iterator[Practice]:
    with open_practice(folder, clock=builders.clock) as opened:
        yield opened


@pytest.fixture
def repository(practice: Practice) -> SqlRepository:
    return practice.repository


@pytest.fixture
def visit(repository: SqlRepository) -> Visit:
    who, whom = builders.practitioner(), builders.patient()
    held = builders.session(whom, who)
    repository.commit(Change.add("Begin", who, whom, held), builders.stamp())
    return Visit(who, whom, held)
