"""Two sessions in figures: which two, a table, and how each figure is reckoned."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.identity import UUID
from app.panels.fields import Choice
from app.panels.review.trends.figure_rows import FigureRow, all_how_words, figure_row
from app.panels.texts import PlainLabel
from app.panels.touch import at_least, scroll_by_finger, when_restyled
from app.review.first_and_last import Row
from app.review.overlap import SAME_DRAWING

FIRST, NEWEST = "the first", "the newest"
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
ROW_HEIGHT = 28
HOW_HEIGHT = 190
NAMES_SHARE = 0.32
"""Of the table's width, that names have at most."""
PADDING = 12
"""px at either side of a cell."""
WAITING = "Reckoning …"
TWO_NEEDED = "There is one session among what is shown: two are needed to compare."
TWICE_THE_SAME = "This is one session twice. Choose another one to compare it with."
_HEADINGS = ("Figure", "First", "Last", "Difference", "What it may mean")
_ALIGNED_RIGHT = (1, 2, 3)
_Index = QModelIndex | QPersistentModelIndex


class FigureTable(QAbstractTableModel):
    """A row for each figure; its tool tip says how it is reckoned."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[FigureRow] = ()
        self._headings = _HEADINGS

    def show_rows(self, rows: Sequence[FigureRow], days: tuple[str, str]) -> None:
        self.beginResetModel()
        self.rows = rows
        self._headings = (_HEADINGS[0], *days, *_HEADINGS[3:])
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.name}: {row.cells[-1]}\n{row.how}" if row.cells[-1] else row.how
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft
            if index.column() in _ALIGNED_RIGHT:
                side = Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if way is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section not in _ALIGNED_RIGHT:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _Wrapped(QStyledItemDelegate):
    """Rows are as high as words need beside the padding of the style sheet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        option.rect.setWidth(option.rect.width() - 2 * PADDING)
        return super().sizeHint(option, index)


class _FigureView(QTableView):
    """The names of figures have a share of the width at most, so that what they mean has room."""

    def fit_names(self) -> None:
        share = round(self.viewport().width() * NAMES_SHARE)
        self.setColumnWidth(0, min(self.sizeHintForColumn(0), share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_names()


class ComparisonPanel(QWidget):
    """Asks for the figures of two sessions, and shows them when they are there."""

    wanted = Signal()
    """Other two sessions, or another threshold."""
    map_asked = Signal()
    """The two sessions are to be seen on the map."""

    def __init__(self, same_drawing: float) -> None:
        super().__init__()
        self._ids: list[UUID] = []
        self._rows: Sequence[Row] = ()
        self.first, self.last = Choice(), Choice()
        self.first.setAccessibleName("First session")
        self.last.setAccessibleName("Last session")
        self.threshold = Choice()
        self.threshold.setAccessibleName("Overlap from which on two drawings may be the same")
        self.threshold.setToolTip(
            "Drawings repeated within a minute overlap by at least 0.39 in nine of ten cases "
            "(derived from Leoni 2013)"
        )
        self._thresholds: list[float] = []
        self._offer_thresholds(same_drawing)
        self.map = QPushButton("Show both on the map")
        self.map.setToolTip("Their marks as a difference, in the room of the sessions")
        self.map.clicked.connect(self.map_asked)
        for choice in (self.first, self.last, self.threshold):
            choice.activated.connect(self.wanted)
        self.word = PlainLabel("", "faint")
        self.word.setWordWrap(True)
        self.word.setContentsMargins(16, 4, 16, 8)
        self.model = FigureTable()
        self.table = self._make_table()
        self.how = QPushButton("How is this reckoned?")
        self.how.setCheckable(True)
        self.how.setObjectName("quiet")
        self.how.toggled.connect(self._show_how)
        self.how_words = PlainLabel("")
        self.how_words.setWordWrap(True)
        self.how_words.setContentsMargins(16, 8, 16, 12)
        self.how_words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._how = self._make_how()
        self._build()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 4, 16, 8)
        top.setSpacing(8)
        top.addWidget(self.first)
        top.addWidget(PlainLabel("against", "small"))
        top.addWidget(self.last)
        top.addStretch()
        top.addWidget(self.map)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 4, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self.how)
        foot.addStretch()
        foot.addWidget(PlainLabel("Drawings may be the same from an overlap of", "small"))
        foot.addWidget(self.threshold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.word)
        column.addWidget(self.table, 1)
        column.addWidget(self._how)
        column.addLayout(foot)

    def _make_table(self) -> _FigureView:
        table = _FigureView()
        table.setModel(self.model)
        table.setItemDelegate(_Wrapped(table))
        table.setObjectName("figures")
        table.setAccessibleName("Two sessions in figures")
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setAlternatingRowColors(False)
        table.setWordWrap(True)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(len(_HEADINGS) - 1, QHeaderView.ResizeMode.Stretch)
        rows = table.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        when_restyled(table, lambda: rows.setMinimumSectionSize(at_least(ROW_HEIGHT)))
        scroll_by_finger(table)
        return table

    def _make_how(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.how_words)
        area.setFixedHeight(HOW_HEIGHT)
        area.setObjectName("how")
        area.setAccessibleName("How the figures are reckoned")
        scroll_by_finger(area)
        area.hide()
        return area

    # -- choosing --------------------------------------------------------------------------

    @property
    def ids(self) -> tuple[UUID, UUID] | None:
        """The two sessions in the order of time; None where there are not two."""
        if len(self._ids) < 2:
            return None
        one, other = self._place(self.first, 0), self._place(self.last, len(self._ids) - 1)
        if one == other:
            return None
        return self._ids[min(one, other)], self._ids[max(one, other)]

    @property
    def same_drawing(self) -> float:
        return self._thresholds[self.threshold.currentIndex()]

    def show_sessions(self, sessions: Sequence[tuple[UUID, str]]) -> None:
        """Offers these, oldest first. Who has chosen none has the first and the newest."""
        chosen = self._chosen(self.first), self._chosen(self.last)
        self._ids = [each for each, _words in sessions]
        names = [words for _each, words in sessions]
        for choice, default, kept in zip(
            (self.first, self.last), (FIRST, NEWEST), chosen, strict=True
        ):
            choice.clear()
            choice.addItems([default, *names])
            choice.setCurrentIndex(self._ids.index(kept) + 1 if kept in self._ids else 0)
            choice.setEnabled(len(names) > 1)

    def _chosen(self, choice: Choice) -> UUID | None:
        """None where nobody has chosen."""
        at = choice.currentIndex()
        return self._ids[at - 1] if 0 < at <= len(self._ids) else None

    def _place(self, choice: Choice, default: int) -> int:
        at = choice.currentIndex()
        return at - 1 if at > 0 else default

    def _offer_thresholds(self, same_drawing: float) -> None:
        self._thresholds = sorted({*THRESHOLDS, same_drawing})
        self.threshold.addItems(
            [f"{each:g}{' (usual)' * (each == SAME_DRAWING)}" for each in self._thresholds]
        )
        self.threshold.setCurrentIndex(self._thresholds.index(same_drawing))

    # -- showing ---------------------------------------------------------------------------

    def show_word(self, words: str) -> None:
        """Says what is under way, or why there is no table; "" where one is shown."""
        self.word.setText(words)
        self.word.setVisible(bool(words))
        self.table.setVisible(not words)
        self.map.setEnabled(not words)

    def show_rows(self, rows: Sequence[Row], days: tuple[str, str]) -> None:
        """The figures of the two sessions, held on ``days``."""
        self._rows = rows
        self.show_word("")
        self.model.show_rows([figure_row(row, self.same_drawing) for row in rows], days)
        self.table.fit_names()
        self.how_words.setText(all_how_words(rows))
        if self.table.currentIndex().row() < 0 and rows:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _show_how(self, on: bool) -> None:
        self._how.setVisible(on)
