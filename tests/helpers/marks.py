"""Marks to paint, and pictures of what was painted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from app.domain.anatomy import Anchor, Body, Side
from app.domain.identity import new_id
from app.domain.marks import Mark, TriggerPoint
from app.painting.placing import PlacedMark

CLAY = QColor("#EBDDD2")

_MARK = Mark(
    id=new_id(), session_id=new_id(), number=1, details=TriggerPoint(), body_version="hm08-1",
    anchor=Anchor(0, 0.0, 0.0), placed_on=Body.FEMALE, placed_in="posterior", side=Side.LEFT,
    placed_at=datetime(2026, 3, 2, tzinfo=UTC),
)  # fmt: skip


def a_mark(number: int = 1, **fields: Any) -> Mark:
    return replace(_MARK, id=new_id(), number=number, **fields)


def placed_at(x: float, y: float, number: int = 1, **fields: Any) -> PlacedMark:
    return PlacedMark(a_mark(number, **fields), x, y)


def painted(
    paint: Callable[[QPainter], object], width: int = 60, height: int = 60, ratio: float = 1.0
) -> NDArray[np.uint8]:
    """(height, width, 4) blue, green, red, alpha of what ``paint`` paints on clay."""
    image = QImage(
        round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    image.fill(CLAY)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4).copy()


def grey(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """As a copier sees it."""
    return np.asarray(pixels[:, :, :3] @ np.array([0.114, 0.587, 0.299]))
