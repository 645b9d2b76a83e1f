"""A body map on the screen, with marks placed where a test says."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.body.atlas import Atlas
from app.canvas.body_map import BodyMap
from app.canvas.look import MapLook
from app.domain.anatomy import Body
from app.domain.identity import UUID, new_id
from app.domain.marks import Details, Mark, TriggerPoint
from app.painting.fonts import load_fonts
from app.paths import BODY_MAPS

SESSION = UUID("01900000-0000-7000-8000-000000000001")
LOOK = MapLook(*(QColor(name) for name in ("#F8F7F6", "#FFF", "#DDD", "#0E6B6B", "#222", "#777")))


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load(BODY_MAPS)


@pytest.fixture
def body_map(qtbot: QtBot, atlas: Atlas) -> BodyMap:
    load_fonts()
    shown = BodyMap(atlas, LOOK)
    qtbot.addWidget(shown)
    shown.resize(760, 680)
    shown.show()
    shown.show_marks(Body.MALE, [], [])
    return shown


@pytest.fixture
def mark_at(atlas: Atlas) -> Callable[..., Mark]:
    """Makes a mark on the male body at shares of a picture."""

    def make(
        x: float,
        y: float,
        *,
        view: str = "posterior",
        number: int = 1,
        details: Details | None = None,
    ) -> Mark:
        shown = atlas.view(Body.MALE, view)
        anchor = atlas.pick(Body.MALE, view, x * shown.width, y * shown.height)
        assert anchor is not None, "this place is beside the body"
        return Mark(
            id=new_id(),
            session_id=SESSION,
            number=number,
            details=details or TriggerPoint(),
            body_version=atlas.version,
            anchor=anchor,
            placed_on=Body.MALE,
            placed_in=view,
            side=atlas.side(anchor),
            placed_at=datetime(2026, 11, 22, 14, 3, tzinfo=UTC),
        )

    return make
