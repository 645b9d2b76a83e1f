from typing import TYPE_CHECKING

import pytest

from app.body.atlas import Atlas
from app.paths import BODY_MAPS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load(BODY_MAPS)


@pytest.fixture(scope="session", autouse=True)
def _application(qapp: "QApplication") -> None:
    """Fonts and pixmaps need Qt's application object."""
