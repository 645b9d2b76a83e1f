"""Signs, rings and labels kept as pixels, for the screen, where the same come back in thousands.

They are made by the very functions that paint on paper.
"""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.domain.marks import Details
from app.painting.glyphs import (
    GLYPH_DIAMETER,
    RING_RADIUS,
    paint_glyph,
    paint_ring,
    sign_key,
)
from app.painting.labels import Runs, label_size, paint_label

_MARGIN = 6.0
"""Units around a sign or a label, for its halo."""
_KEPT = 4096

_signs: dict[tuple[object, ...], QPixmap] = {}


def paint_sign(painter: QPainter, details: Details, spot: QPointF, unit: float) -> None:
    """A mark's sign centred on ``spot``, on whole device pixels."""
    ratio = painter.device().devicePixelRatioF()
    key = (*sign_key(details), unit, ratio)
    half = (GLYPH_DIAMETER / 2 + _MARGIN) * unit
    sprite = _signs.get(key)
    if sprite is None:
        if len(_signs) >= _KEPT:
            _signs.clear()
        sprite = _sprite(
            2 * half, 2 * half, ratio, lambda inner: paint_glyph(inner, details, half, half, unit)
        )
        _signs[key] = sprite
    painter.drawPixmap(_on_pixel(spot.x() - half, spot.y() - half, ratio), sprite)


def paint_ring_sprite(painter: QPainter, spot: QPointF, unit: float) -> None:
    """The ring around a selected sign on ``spot``, on whole device pixels as the sign itself."""
    ratio = painter.device().devicePixelRatioF()
    half = (RING_RADIUS + _MARGIN) * unit
    painter.drawPixmap(_on_pixel(spot.x() - half, spot.y() - half, ratio), _ring(unit, ratio))


@lru_cache(maxsize=_KEPT)
def _ring(unit: float, ratio: float) -> QPixmap:
    half = (RING_RADIUS + _MARGIN) * unit
    return _sprite(2 * half, 2 * half, ratio, lambda painter: paint_ring(painter, half, half, unit))


def paint_label_sprite(painter: QPainter, runs: Runs, box: QRectF, unit: float) -> None:
    """A mark's label in ``box``, on whole device pixels."""
    ratio = painter.device().devicePixelRatioF()
    margin = _MARGIN * unit
    corner = _on_pixel(box.left() - margin, box.top() - margin, ratio)
    painter.drawPixmap(corner, _label(runs, unit, ratio))


@lru_cache(maxsize=_KEPT)
def _label(runs: Runs, unit: float, ratio: float) -> QPixmap:
    width, height = label_size(runs, unit)
    margin = _MARGIN * unit
    box = QRectF(margin, margin, width, height)
    return _sprite(
        width + 2 * margin,
        height + 2 * margin,
        ratio,
        lambda painter: paint_label(painter, runs, box, unit),
    )


def _sprite(
    width: float, height: float, ratio: float, paint: Callable[[QPainter], None]
) -> QPixmap:
    sprite = QPixmap(int(width * ratio) + 1, int(height * ratio) + 1)
    sprite.setDevicePixelRatio(ratio)
    sprite.fill(Qt.GlobalColor.transparent)
    painter = QPainter(sprite)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return sprite


def _on_pixel(x: float, y: float, ratio: float) -> QPointF:
    return QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)
