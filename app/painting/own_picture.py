"""A practitioner's own pictures, as they are painted.

They are decoded elsewhere, since that takes up to seconds; here they are kept at some sizes. Small
copies of many stay, so that something is seen at once; large ones of the few that were seen last.
"""

from collections import OrderedDict
from threading import Lock

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.body.flat_picture import PictureView
from app.painting.fonts import font

SMALL_EDGE = 640
"""px of the longer edge of what is kept of many."""
MOST_LARGE = 2
"""Some 20 MB each, with the copy of half its size."""
MOST_SMALL = 24
"""Up to 2 MB each."""

WAITING = "Opening the picture …"
UNREADABLE = "This picture cannot be read."
_GROUND, _WORDS = QColor("#F2F0ED"), QColor("#5E5A57")


class PictureImages:
    """The pictures that were decoded, by the hash of their file. Any thread may ask."""

    def __init__(self) -> None:
        self._small: OrderedDict[str, list[QImage]] = OrderedDict()
        self._large: OrderedDict[str, list[QImage]] = OrderedDict()
        self._unreadable: set[str] = set()
        self._lock = Lock()

    def add(self, sha256: str, image: QImage | None) -> None:
        """Takes up a picture, decoded; None where it cannot be read."""
        copies = [] if image is None else _copies(image)
        with self._lock:
            if image is None:
                self._unreadable.add(sha256)
                return
            _keep(self._large, sha256, [c for c in copies if _edge(c) > SMALL_EDGE], MOST_LARGE)
            _keep(self._small, sha256, [c for c in copies if _edge(c) <= SMALL_EDGE], MOST_SMALL)

    def wants(self, sha256: str, *, large: bool) -> bool:
        """Whether a picture has to be decoded to be seen, as a thumbnail or ``large``."""
        with self._lock:
            kept = self._large if large else self._small
            return sha256 not in kept and sha256 not in self._unreadable

    def best(self, sha256: str, height: float) -> QImage | None:
        """The smallest copy that is at least ``height`` px high, or the largest that there is."""
        with self._lock:
            for kept in (self._small, self._large):
                if sha256 in kept:
                    kept.move_to_end(sha256)
            copies = [*self._large.get(sha256, ()), *self._small.get(sha256, ())]
        enough = [each for each in copies if each.height() >= height * 0.95]
        return (enough[-1] if enough else copies[0]) if copies else None

    def is_unreadable(self, sha256: str) -> bool:
        with self._lock:
            return sha256 in self._unreadable

    def forget(self) -> None:
        """Lets go of all: another patient's chart is opened."""
        with self._lock:
            self._small.clear()
            self._large.clear()
            self._unreadable.clear()


images = PictureImages()


def paint_own_picture(painter: QPainter, view: PictureView, target: QRectF) -> None:
    """Paints a whole picture into ``target``; words in its place while it is not decoded yet."""
    sha256 = view.picture.sha256
    ratio = painter.device().devicePixelRatioF()
    found = images.best(sha256, target.height() * ratio)
    if found is not None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, found)
        return
    painter.fillRect(target, _GROUND)
    if target.width() > 240:
        painter.setPen(_WORDS)
        painter.setFont(font(13))
        words = UNREADABLE if images.is_unreadable(sha256) else WAITING
        painter.drawText(target, Qt.AlignmentFlag.AlignCenter, words)


def _copies(image: QImage) -> list[QImage]:
    """The picture, and smaller ones of half the size each, down to the small ones."""
    copies = [image]
    while _edge(copies[-1]) > SMALL_EDGE or len(copies) == 1:
        size = copies[-1].size()
        half = QSize(max(size.width() // 2, 1), max(size.height() // 2, 1))
        smooth = Qt.TransformationMode.SmoothTransformation
        copies.append(copies[-1].scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
    return copies


def _edge(image: QImage) -> int:
    return max(image.width(), image.height())


def _keep(
    kept: OrderedDict[str, list[QImage]], sha256: str, copies: list[QImage], most: int
) -> None:
    kept[sha256] = copies
    kept.move_to_end(sha256)
    while len(kept) > most:
        kept.popitem(last=False)
