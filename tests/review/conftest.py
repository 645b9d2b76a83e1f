import pytest

from app.body.atlas import Atlas
from app.paths import BODY_MAPS


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load(BODY_MAPS)
