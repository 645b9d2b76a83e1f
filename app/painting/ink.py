"""The colours of marks.

They lie on skin, which is the same clay in light and dark, on screen and paper; so there is
one set. Hues are far apart for colour-blind eyes too, and every kind reads without colour by
its shape and fill. Contrast against the clay (about #EBDDD2) is at least 4.5:1.
"""

from PySide6.QtGui import QColor

from app.domain.marks import MarkKind

HALO = QColor(255, 255, 255, 235)
TEXT = QColor("#1B1D21")
GHOST = QColor("#5E5A57")
OVERDUE = QColor("#9A4A08")
"""A needle that has been in for longer than was planned: a warning, so amber."""
SELECTED = QColor("#0E6B6B")

OF_KIND = {
    MarkKind.TRIGGER_POINT: QColor("#B3201B"),
    MarkKind.NEEDLE: QColor("#1D4E9E"),
    MarkKind.TWITCH: QColor("#2B2140"),
    MarkKind.SORENESS: QColor("#8A4B00"),
    MarkKind.REFERRED_PAIN: QColor("#6A3D9A"),
    MarkKind.TAUT_BAND: QColor("#3F5B1E"),
    MarkKind.REACTION: QColor("#1B1D21"),
    MarkKind.NOTE: QColor("#0E5A66"),
}
PATCH_ALPHA = 150
"""Of 255: an area on a thumbnail, where a hatch would be lost."""
AREA_FILL_ALPHA = 46
"""Of 255: the skin stays visible under an area."""
