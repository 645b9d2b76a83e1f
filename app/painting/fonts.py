"""The typeface that screen and paper share: Inter, shipped with the program (SIL OFL 1.1)."""

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from app.paths import FONTS

FAMILY = "Inter"


def font_files() -> list[Path]:
    return sorted(FONTS.glob("*.otf"))


@cache
def font(size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The typeface at ``size`` px. Kept, for Qt looks its glyphs up anew for each new font.

    Whoever wants it different takes a copy.
    """
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(weight)
    return made


@cache
def load_fonts() -> None:
    """Makes the shipped fonts known to Qt; needs a QGuiApplication. Once is enough."""
    for file in font_files():
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise RuntimeError(f"the shipped font {file.name} cannot be read")
