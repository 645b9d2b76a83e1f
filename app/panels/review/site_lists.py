"""The two painted lists of the right column: sites, and the visits of one of them."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.panels.review.site_rows import LATER, VISIT_HEADINGS, SiteRow, VisitRow
from app.panels.rows import (
    BOTTOM_LEFT,
    MIDDLE_LEFT,
    MIDDLE_RIGHT,
    TOP_LEFT,
    Index,
    RowsModel,
    paint_focus,
    paint_line,
)
from app.panels.touch import at_least, scroll_by_finger

SITE_HEIGHT, VISIT_HEIGHT, HEADING_HEIGHT = 60, 28, 20
EDGE = 12
WIDTHS = (76, 40, 40, 42, 34, 58)
"""px of the columns: the day, and the cells of a visit. A scroll bar has room beside them."""
SMALL_PX = 11
_QUIET = {"not marked", LATER}


def _columns(area: QRect) -> list[QRect]:
    """Where the cells of a visit stand, beginning with the day."""
    left, found = area.left() + EDGE, []
    for width in WIDTHS:
        found.append(QRect(left, area.top(), width, area.height()))
        left += width
    return found


class _Delegate(QStyledItemDelegate):
    height = SITE_HEIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, at_least(self.height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area, state = QRect(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            tint = QColor(option.palette.color(QPalette.ColorRole.Accent))
            tint.setAlpha(32 if selected else 14)
            painter.fillRect(area, tint)
        self.paint_row(painter, area, option.palette, index.data(Qt.ItemDataRole.UserRole))
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, area, option.palette)
        painter.restore()

    def paint_row(self, painter: QPainter, area: QRect, palette: QPalette, row: object) -> None:
        raise AssertionError("every list says how its rows are painted")


class _SiteDelegate(_Delegate):
    def paint_row(self, painter: QPainter, area: QRect, palette: QPalette, row: object) -> None:
        assert isinstance(row, SiteRow)
        text = palette.color(QPalette.ColorRole.Text)
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        accent = palette.color(QPalette.ColorRole.Accent)
        inner = area.adjusted(EDGE, 6, -EDGE, -6)
        colour = faint if row.course in _QUIET else accent
        paint_line(painter, inner, row.muscle, text, TOP_LEFT, bold=True)
        paint_line(painter, inner, row.kind, text, MIDDLE_LEFT, size=SMALL_PX)
        paint_line(painter, inner, row.course, colour, MIDDLE_RIGHT, size=SMALL_PX, bold=True)
        paint_line(painter, inner, row.span, faint, BOTTOM_LEFT, size=SMALL_PX)


class _VisitDelegate(_Delegate):
    height = VISIT_HEIGHT

    def paint_row(self, painter: QPainter, area: QRect, palette: QPalette, row: object) -> None:
        assert isinstance(row, VisitRow)
        text = palette.color(QPalette.ColorRole.Text)
        on, *cells = _columns(area)
        paint_line(painter, on, row.day, text, MIDDLE_LEFT, size=SMALL_PX)
        for box, words in zip(cells, row.cells, strict=True):
            paint_line(painter, box, words, text, MIDDLE_RIGHT, size=SMALL_PX)


class VisitHeadings(QWidget):
    """What stands in the columns of the visits."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEADING_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("Sore: the worst that was marked that day in this muscle and side")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(QFont(self.font()))
        faint = self.palette().color(QPalette.ColorRole.PlaceholderText)
        on, *cells = _columns(self.rect())
        paint_line(painter, on, "Day", faint, MIDDLE_LEFT, size=SMALL_PX)
        for box, words in zip(cells, VISIT_HEADINGS, strict=True):
            paint_line(painter, box, words, faint, MIDDLE_RIGHT, size=SMALL_PX)
        painter.end()


class RowList(QListView):
    """A list of which one row is chosen, by arrows or a press."""

    chosen = Signal(object)
    """The row that is current now, by the user's hand."""

    def __init__(self, name: str, delegate: QStyledItemDelegate) -> None:
        super().__init__()
        self.rows = RowsModel(lambda row: row.words, tips=True)
        self.setModel(self.rows)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll_by_finger(self)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._choose)

    def show_rows(self, rows: Sequence[SiteRow] | Sequence[VisitRow], current: int | None) -> None:
        """Shows these rows; ``current``: which of them is chosen, without saying so."""
        self._quiet = True
        if rows is not self.rows.rows:
            self.rows.show_rows(rows)
        index = QModelIndex() if current is None else self.rows.index(current)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        if current is not None:
            self.scrollTo(index)
        self._quiet = False

    def say_anew(self) -> None:
        """Something that rows are asked for when they are seen is different now."""
        if self.rows.rows:
            last = len(self.rows.rows) - 1
            self.rows.dataChanged.emit(self.rows.index(0), self.rows.index(last))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is chosen stays in sight when its page takes room below."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right lead through time, as everywhere on the page; so do Home and End."""
        if event.key() in (
            Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
            Qt.Key.Key_Escape,
        ):  # fmt: skip
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: Index) -> None:
        if not self._quiet:
            self.chosen.emit(index.data(Qt.ItemDataRole.UserRole))


def site_list() -> RowList:
    return RowList("Sites", _SiteDelegate())


def visit_list() -> RowList:
    return RowList("Visits of the site", _VisitDelegate())
