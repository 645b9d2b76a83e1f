"""What the painted lists have in common: a model of rows, and a line of text in its place."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen

TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
TOP_RIGHT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
BOTTOM_LEFT = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
MIDDLE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
MIDDLE_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight

SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
TIP = Qt.ItemDataRole.ToolTipRole

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """Plain values, a row each; ``words`` says one in a line, for screen readers too, and with
    ``tips`` for who points at a row in which they have no room.
    """

    def __init__(self, words: Callable[[Any], str], *, tips: bool = False) -> None:
        super().__init__()
        self._words = words
        self._tips = tips
        self.rows: Sequence[Any] = ()

    def show_rows(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in SAID or (role == TIP and self._tips):
            return self._words(row)
        return None


def paint_focus(painter: QPainter, area: QRect, palette: QPalette) -> None:
    """The ring of the row that keys act on while its list has the focus."""
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), 5, 5)


def paint_line(
    painter: QPainter,
    area: QRect,
    text: str,
    colour: QColor,
    align: Qt.AlignmentFlag,
    *,
    size: int = 13,
    bold: bool = False,
) -> int:
    """Writes one line into ``area``, shortened with dots where it is too long; its width in px."""
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, align, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
