"""A clinic whose window can be closed and opened again on the same practice."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.body.atlas import Atlas
from app.paths import BODY_MAPS
from tests.helpers.clinic import START, Clinic
from tests.helpers.finger import quick_taps

__all__ = ["quick_taps"]


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load(BODY_MAPS)


@pytest.fixture
def open_clinic(qtbot: QtBot, atlas: Atlas, tmp_path: Path) -> Iterator[Callable[..., Clinic]]:
    """Opens the window on this test's practice; may be called again after ``close``."""
    opened: list[Clinic] = []

    def open_(start: datetime = START) -> Clinic:
        opened.append(Clinic(qtbot, atlas, tmp_path, start))
        return opened[-1]

    yield open_
    for clinic in opened:
        clinic.close()
