"""The pictures of the body, read once and kept at the sizes at which they are shown."""

import math
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from app.body.atlas import View
from app.painting.fonts import font

LETTER_SIZE = 17.0


@lru_cache(maxsize=12)
def picture(image: Path) -> QImage:
    """A view's picture at full size, ready for painting. Raises OSError where it is missing."""
    loaded = QImage(str(image))
    if loaded.isNull():
        raise OSError(f"the body picture {image.name} cannot be read")
    return loaded.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


@lru_cache(maxsize=48)
def half_size(image: Path, halvings: int) -> QImage:
    """A view's picture halved so many times, each pixel the mean of four: no line is lost."""
    if halvings == 0:
        return picture(image)
    larger = half_size(image, halvings - 1)
    return larger.scaled(
        QSize(max(larger.width() // 2, 1), max(larger.height() // 2, 1)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def paint_picture(painter: QPainter, view: View, target: QRectF) -> None:
    """Paints a view's whole picture into ``target``; parts outside of the painter cost little.

    The smallest copy that is still larger than the target is used, so that zooming stays fast
    at every size and fine lines do not flicker.
    """
    ratio = painter.device().devicePixelRatioF()
    wanted = max(target.height() * ratio, 16.0)
    halvings = max(math.floor(math.log2(view.height / wanted) + 0.05), 0)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, half_size(view.image, halvings))


def paint_letters(painter: QPainter, view: View, area: QRectF, colour: QColor, unit: float) -> None:
    """The patient's L and R at the upper corners of a picture, or the one side that it shows."""
    painter.setFont(font(max(round(LETTER_SIZE * unit), 1), QFont.Weight.DemiBold))
    painter.setPen(colour)
    left, right = view.letters
    top = Qt.AlignmentFlag.AlignTop
    if view.letter:
        painter.drawText(area, top | Qt.AlignmentFlag.AlignLeft, view.letter)
    else:
        painter.drawText(area, top | Qt.AlignmentFlag.AlignLeft, left)
        painter.drawText(area, top | Qt.AlignmentFlag.AlignRight, right)
