"""The outlines of written words, the same in every process.

At the size of a label Qt's glyph engine rounds an outline to 1/64 px, not always the same way,
and so two prints of one session would differ. Taken large and made small, they agree.
"""

from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainterPath

LARGE = 1024
"""px of the size at which outlines are taken."""
STEP = 1 / 128
"""px of the size that is wanted: finer differences are the engine's own."""


@lru_cache(maxsize=1024)
def text_outline(text: str, face: QFont) -> QPainterPath:
    """``text`` in ``face``, beginning at the origin, its baseline on the x axis."""
    large = QFont(face)
    large.setPixelSize(LARGE)
    large.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    path = QPainterPath()
    path.addText(QPointF(), large, text)
    smaller = face.pixelSize() / LARGE
    for k in range(path.elementCount()):
        element = path.elementAt(k)
        path.setElementPositionAt(k, _rounded(element.x * smaller), _rounded(element.y * smaller))
    return path


def _rounded(px: float) -> float:
    return round(px / STEP) * STEP
