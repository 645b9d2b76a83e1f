import pytest

from tests.anatomy.ground import Ground


@pytest.fixture(scope="session")
def ground() -> Ground:
    return Ground()
