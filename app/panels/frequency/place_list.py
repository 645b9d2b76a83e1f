"""The table of muscles and sides: sorted by any column, and a row can be chosen."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.panels.frequency.words import NO_MUSCLE, SIDES
from app.panels.rows import Index
from app.panels.touch import at_least, scroll_by_finger, when_restyled
from app.review.place_table import PlaceRow

ROW_HEIGHT = 26
HEADINGS = ("Muscle", "Side", "Needles", "Points", "Twitches", "Sore", "Sessions")
TIPS = (
    "Muscle that the marks name", "The patient's side", "Needles placed", "Trigger points",
    "Twitches counted; one that was felt and not counted is one", "Marks of soreness",
    "Sessions with any mark there",
)  # fmt: skip
LARGEST_FIGURE = "9,999"
BESIDE_WORDS = 11
"""px of a column that its words do not have. The first column has what the others leave."""
TWITCHES = HEADINGS.index("Twitches")
ROOM_FOR_ALL = 410
"""px: with less, twitches are told in the row's tip alone, rather than that no name can be read."""
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ROLE = Qt.ItemDataRole


class PlaceModel(QAbstractTableModel):
    """``rows`` in the order in which they are shown."""

    def __init__(self, muscle_name: Callable[[str], str]) -> None:
        super().__init__()
        self._name = muscle_name
        self.rows: list[PlaceRow] = []

    def show_rows(self, rows: Sequence[PlaceRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADINGS)

    def cell(self, row: PlaceRow, column: int) -> str | int:
        """What stands there; a number where it is one."""
        muscle = NO_MUSCLE if row.muscle is None else self._name(row.muscle)
        return (muscle, SIDES[row.side], *row[2:])[column]

    def words(self, row: PlaceRow) -> str:
        """All of a row, for who hears it or points at it."""
        told = [
            f"{head.lower()} {value}" for head, value in zip(HEADINGS[2:], row[2:], strict=True)
        ]
        return ", ".join((str(self.cell(row, 0)), SIDES[row.side], *told))

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == _ROLE.DisplayRole:
            value = self.cell(row, column)
            return f"{value:,}" if isinstance(value, int) else value
        if role == _ROLE.TextAlignmentRole:
            return _START if column < 2 else _END
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleDescriptionRole):
            return self.words(row)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == _ROLE.TextAlignmentRole:
            return _START if section < 2 else _END
        words = {_ROLE.DisplayRole: HEADINGS, _ROLE.ToolTipRole: TIPS}
        return words[role][section] if role in words else None  # type: ignore[index]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """A column of numbers falls first and then rises; equal ones stay as they were."""
        self.layoutAboutToBeChanged.emit()
        kept = [self.rows[index.row()] for index in self.persistentIndexList()]
        backwards = order is Qt.SortOrder.DescendingOrder
        self.rows.sort(key=lambda row: _key(self.cell(row, column)), reverse=backwards)
        for index, row in zip(self.persistentIndexList(), kept, strict=True):
            moved = self.index(self.rows.index(row), index.column())
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()


def _key(value: str | int) -> str | int:
    return value.casefold() if isinstance(value, str) else value


class PlaceList(QTableView):
    """Arrows go from row to row, Space lights one up; Enter sorts by the column of the cursor."""

    chosen = Signal(object)
    """The PlaceRow that is lit up, or None."""

    def __init__(self, muscle_name: Callable[[str], str]) -> None:
        super().__init__()
        self.places = PlaceModel(muscle_name)
        self._chosen: PlaceRow | None = None
        self._pressed_lit = False
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self.setModel(self.places)
        self.setObjectName("places")
        self.setAccessibleName("Muscles and sides, and how often each was marked")
        self.setToolTip("Press on a row to light the muscle up; on a heading to sort")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.sectionClicked.connect(self.sort_by)
        scroll_by_finger(self)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        when_restyled(self, self._measure)

    @property
    def row(self) -> PlaceRow | None:
        """The row that is lit up."""
        return self._chosen

    def show_rows(self, rows: Sequence[PlaceRow]) -> None:
        """Shows these, sorted as before; a place that was lit up stays so while it is listed."""
        lit = None if self._chosen is None else self._chosen[:2]
        self.places.show_rows(rows)
        if self._sorted is not None:
            self.places.sort(*self._sorted)
        place = next((k for k, row in enumerate(self.places.rows) if row[:2] == lit), None)
        self._choose(None if place is None else self.places.rows[place])
        if place is not None:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(
                self.places.index(place, 0), flags.ClearAndSelect | flags.Rows
            )

    def sort_by(self, column: int) -> None:
        """By names from A, by numbers from the most; again: the other way round."""
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        first = up if column < 2 else down
        order = first
        if self._sorted == (column, first):
            order = down if first is up else up
        self._sorted = column, order
        head = self.horizontalHeader()
        head.setSortIndicator(column, order)
        head.setSortIndicatorShown(True)
        self.places.sort(column, order)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the chart, as everywhere on the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.sort_by(self.currentIndex().column())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press lights a row up; on the one that is lit it puts it out."""
        index = self.indexAt(event.position().toPoint())
        self._pressed_lit = index.isValid() and self.places.rows[index.row()] == self._chosen
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._pressed_lit:
            self.clearSelection()
        self._pressed_lit = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second of two quick presses is a press like any other."""
        self.mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(TWITCHES, self.width() < ROOM_FOR_ALL)
        super().resizeEvent(event)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(at_least(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(at_least(ROW_HEIGHT))
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance
        for column, heading in enumerate(HEADINGS[1:], start=1):
            cells = SIDES.values() if column == 1 else (LARGEST_FIGURE,)
            words = max(width(each) for each in (heading, *cells))
            self.setColumnWidth(column, words + BESIDE_WORDS)

    def _on_selected(self) -> None:
        """What is selected and not where the cursor is: Tab alone lights nothing up."""
        selected = self.selectionModel().selectedRows()
        self._choose(self.places.rows[selected[0].row()] if selected else None)

    def _choose(self, row: PlaceRow | None) -> None:
        if row != self._chosen:
            self._chosen = row
            self.chosen.emit(row)
