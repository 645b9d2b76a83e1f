"""A table that keys walk: rows of plain values, of which only those in sight are painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.panels.rows import Index
from app.panels.touch import at_least, scroll_by_finger, when_restyled

ROW_HEIGHT = 34
LINE_HEIGHT = 16
LOOKED_AT_FOR_WIDTH = 60
"""Rows by which a column is measured: a long list is not read for it."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Column:
    """``words`` says what stands in it of a row."""

    heading: str
    words: Callable[[Any], str]
    figures: bool = False
    """Whether it holds figures, which stand at the right."""
    grows: bool = False
    """Whether it takes of the room left over; else it is as wide as its words."""


class TableModel(QAbstractTableModel):
    """``stands_out`` says which rows are set in bold: they must not be read over."""

    def __init__(
        self, columns: Sequence[Column], stands_out: Callable[[Any], bool] = lambda _row: False
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: Sequence[Any] = ()
        self._stands_out = stands_out
        self._bold = QFont()
        self._bold.setWeight(QFont.Weight.DemiBold)

    def show_rows(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def change_heading(self, column: int, heading: str) -> None:
        old = self.columns[column]
        new = Column(heading, old.words, old.figures, old.grows)
        self.columns = (*self.columns[:column], new, *self.columns[column + 1 :])
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.words(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading}: {column.words(row)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.figures else LEFT
        if role == Qt.ItemDataRole.FontRole and self._stands_out(row):
            return self._bold
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.columns[section].figures else LEFT
        return None


class PracticeTable(QTableView):
    """Rows are chosen as a whole; a press or Enter opens one."""

    opened = Signal(object)
    """The row that was opened."""

    def __init__(self, name: str, model: TableModel, *, opens: bool = True, lines: int = 1) -> None:
        """``lines``: so many of words have room in a row."""
        super().__init__()
        self.table = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(lines > 1)
        self._row_height = ROW_HEIGHT + (lines - 1) * LINE_HEIGHT
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self._opens = opens
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setResizeContentsPrecision(LOOKED_AT_FOR_WIDTH)
        head.setMinimumSectionSize(40)
        if opens:
            self.clicked.connect(lambda index: self.opened.emit(model.rows[index.row()]))
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        scroll_by_finger(self)
        when_restyled(self, self._measure)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Shows other rows; the cursor stays at its place in the list, as far as there is one."""
        before = max(self.currentIndex().row(), 0)
        self.table.show_rows(rows)
        if rows:
            self.setCurrentIndex(self.table.index(min(before, len(rows) - 1), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        if self._opens and event.key() in _ENTER and at.isValid():
            self.opened.emit(self.table.rows[at.row()])
        elif event.key() == Qt.Key.Key_Escape or _leads_to_another_tab(event):
            event.ignore()  # the page's own
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(at_least(self._row_height))
        head, mode = self.horizontalHeader(), QHeaderView.ResizeMode
        for place, column in enumerate(self.table.columns):
            head.setSectionResizeMode(
                place, mode.Stretch if column.grows else mode.ResizeToContents
            )


def _leads_to_another_tab(event: QKeyEvent) -> bool:
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(control) and event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
