from collections.abc import Iterator
from pathlib import Path

import pytest

from app.body.atlas import Atlas
from app.paths import BODY_MAPS
from tests.helpers.chart import Chart


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load(BODY_MAPS)


@pytest.fixture
def chart(tmp_path: Path, atlas: Atlas) -> Iterator[Chart]:
    opened = Chart(tmp_path / "practice", atlas)
    yield opened
    opened.close()
