"""The pictures of the body, read when they are first shown and kept at the sizes shown."""

import math
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from app.body.flat_picture import PictureView
from app.body.picture_style import PictureStyle
from app.body.view import View
from app.painting.fonts import font
from app.painting.own_picture import paint_own_picture

LETTER_SIZE = 17.0
KEPT_BYTES = 28 * 2**20
"""Pictures are kept up to this size, some five at full size: those of both bodies, in every
size and style, would fill half a gigabyte."""


class _Kept:
    """The pictures shown last, up to ``KEPT_BYTES``; reports ask in threads of their own."""

    def __init__(self) -> None:
        self._images: OrderedDict[tuple[Path, int], QImage] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: tuple[Path, int]) -> QImage | None:
        with self._lock:
            if key in self._images:
                self._images.move_to_end(key)
            return self._images.get(key)

    def clear(self) -> None:
        with self._lock:
            self._images.clear()
            self._bytes = 0

    def add(self, key: tuple[Path, int], image: QImage) -> None:
        with self._lock:
            if key in self._images:
                return
            self._images[key] = image
            self._bytes += image.sizeInBytes()
            while self._bytes > KEPT_BYTES and len(self._images) > 1:
                _key, oldest = self._images.popitem(last=False)
                self._bytes -= oldest.sizeInBytes()


_kept = _Kept()


def forget_pictures() -> None:
    """Lets go of every picture that was kept, as after a start."""
    _kept.clear()


def picture(image: Path) -> QImage:
    """A view's picture at full size, ready for painting. Raises OSError where it is missing."""
    return half_size(image, 0)


def half_size(image: Path, halvings: int) -> QImage:
    """A view's picture halved so many times, each pixel the mean of four: no line is lost.

    Raises OSError where it is missing.
    """
    found = _kept.get((image, halvings))
    if found is None:
        found = _make(image, halvings)
        _kept.add((image, halvings), found)
    return found


def half_file(image: Path) -> Path:
    """Where the half of a picture lies that was halved beforehand, as those of the whole body
    are: most screens show no more of them, and a quarter of the pixels is read in a quarter of the
    time.
    """
    return image.with_stem(f"{image.stem}_half")


def _make(image: Path, halvings: int) -> QImage:
    if halvings == 0:
        return _read(image)
    if halvings == 1 and half_file(image).exists():
        return _read(half_file(image))
    return _halved(half_size(image, halvings - 1))


def _read(image: Path) -> QImage:
    loaded = QImage(str(image))
    if loaded.isNull():
        raise OSError(f"the body picture {image.name} cannot be read")
    loaded.convertTo(QImage.Format.Format_ARGB32_Premultiplied)
    return loaded


def _halved(larger: QImage) -> QImage:
    return larger.scaled(
        QSize(max(larger.width() // 2, 1), max(larger.height() // 2, 1)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def paint_picture(painter: QPainter, view: View, target: QRectF, style: PictureStyle) -> None:
    """Paints a view's whole picture into ``target``; parts outside of the painter cost little.

    The smallest copy that is still larger than the target is used, so that zooming stays fast
    at every size and fine lines do not flicker.
    """
    if isinstance(view, PictureView):
        paint_own_picture(painter, view, target)
        return
    ratio = painter.device().devicePixelRatioF()
    wanted = max(target.height() * ratio, 16.0)
    halvings = max(math.floor(math.log2(view.height / wanted) + 0.05), 0)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, half_size(view.images[style], halvings))


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
