"""The signs of a legend: painted by the code that paints the marks, so that they are the same."""

from datetime import UTC, datetime

import numpy as np
from PySide6.QtGui import QPainter

from app.domain.anatomy import Anchor, Body, Side
from app.domain.identity import UUID
from app.domain.marks import Details, Mark, Shape
from app.painting.glyphs import paint_glyph
from app.painting.layout import Frame
from app.painting.marks import paint_area
from app.painting.placing import PlacedMark
from app.painting.regions import OWN_ZONE, drawn_path, paint_region

SIGN_BOX = 28.0
"""Edge, in units, of the square that holds any sign with its halo."""

_NOBODY = UUID(int=0)
_SWATCH = np.array([[4.0, 6.0], [24.0, 6.0], [24.0, 22.0], [4.0, 22.0]])


def paint_sign(painter: QPainter, details: Details, shape: Shape, unit: float) -> None:
    """Paints the sign of a point or line, or a patch of an area, at the painter's origin.

    It fills a square of ``SIGN_BOX`` units; ``unit`` is one unit in painter px.
    """
    if shape is not Shape.AREA:
        middle = SIGN_BOX / 2 * unit
        paint_glyph(painter, details, middle, middle, unit)
        return
    patch = PlacedMark(_example(details, shape), 14.0, 14.0, (_SWATCH,))
    paint_area(painter, patch, Frame(unit, unit=unit))


def paint_zone_sign(painter: QPainter, unit: float) -> None:
    """Paints a patch of a patient's no-needle zone in such a square."""
    paint_region(painter, drawn_path([_SWATCH], Frame(unit, unit=unit)), OWN_ZONE, unit)


def _example(details: Details, shape: Shape) -> Mark:
    """A mark that is nobody's: only its kind and shape are looked at."""
    return Mark(
        id=_NOBODY,
        session_id=_NOBODY,
        number=1,
        details=details,
        shape=shape,
        body_version="",
        anchor=Anchor(0, 0.0, 0.0),
        placed_on=Body.FEMALE,
        placed_in="",
        side=Side.MIDLINE,
        placed_at=datetime(2000, 1, 1, tzinfo=UTC),
    )
