"""The colours, pens and sizes of the plots, from the tokens of the window's theme."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen

from app.painting.fonts import font
from app.panels.theme import Theme

LEFT = 46
"""px of the figures beside the plots; so all of them begin at the same x."""
PLOT_HEIGHT = 104
SIGN_PX = 8
"""Across a figure's sign."""
SMALL_PX = 11
BAND_ALPHA = 24


@dataclass(frozen=True, slots=True)
class PlotLook:
    ground: QColor
    text: QColor
    faint: QColor
    grid: QColor
    band: QColor
    accent: QColor

    @classmethod
    def of(cls, theme: Theme) -> "PlotLook":
        return cls(
            QColor(theme.panel), QColor(theme.text), QColor(theme.faint), QColor(theme.edge),
            _shade(theme), QColor(theme.accent),
        )  # fmt: skip

    @property
    def small(self) -> QFont:
        return QFont(font(SMALL_PX))

    def line(self, place: int) -> QPen:
        """Of the first line of a plot solid, of the second dashed: told apart without colour."""
        style = Qt.PenStyle.DashLine if place else Qt.PenStyle.SolidLine
        return _cosmetic(self.text, 1.6, style)

    def sign(self, place: int) -> tuple[str, QColor, QPen]:
        """The shape, filling and edge of a figure: a disc, or a hollow square."""
        filling = self.ground if place else self.text
        return "s" if place else "o", filling, _cosmetic(self.text, 1.6)

    @property
    def crosshair(self) -> QPen:
        return _cosmetic(self.accent, 1.2)


def _shade(theme: Theme) -> QColor:
    """Of what may be noise; the lines of the axis are seen through it."""
    colour = QColor(theme.text)
    colour.setAlpha(BAND_ALPHA)
    return colour


def _cosmetic(colour: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """As wide on every scale."""
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen
