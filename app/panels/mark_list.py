"""All marks of the session as a list that keyboard and screen reader can walk."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.identity import UUID
from app.domain.marks import Mark
from app.domain.needles import is_in, needle_of, time_in
from app.domain.own_pictures import is_picture_version
from app.domain.words import attributes, kind_title, side_words
from app.painting.glyphs import paint_glyph
from app.panels.needle_counter import elapsed
from app.panels.rows import BOTTOM_LEFT, SAID, TIP, TOP_LEFT, TOP_RIGHT, paint_focus, paint_line
from app.panels.touch import at_least, scroll_by_finger

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 46
_ON_DARK = QColor("#EBDDD2")


NameMuscle = Callable[[str], str]
"""The name of a muscle by its id."""


def mark_line(mark: Mark, name_muscle: NameMuscle) -> str:
    """ "Infraspinatus, right · active · tenderness II", with the note where there is one.

    A mark on a practitioner's own picture says so: it is on no view of the body.
    """
    side = side_words(mark.side)
    place = f"{name_muscle(mark.muscle)}, {side}" if mark.muscle else side
    words = [place, *attributes(mark)]
    if is_picture_version(mark.body_version):
        words.insert(0, "on a picture")
    if mark.note:
        words.append(" ".join(mark.note.split()))
    return " · ".join(words)


class MarksModel(QAbstractListModel):
    def __init__(self, name_muscle: NameMuscle) -> None:
        super().__init__()
        self._name_muscle = name_muscle
        self.marks: list[Mark] = []

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Shows the marks; rows that are the same stay, so that walking is not disturbed."""
        marks = list(marks)
        if marks[:-1] == self.marks:
            self.beginInsertRows(QModelIndex(), len(self.marks), len(self.marks))
            self.marks = marks
            self.endInsertRows()
        elif [mark.id for mark in marks] == [mark.id for mark in self.marks]:
            changed = [k for k, mark in enumerate(marks) if mark != self.marks[k]]
            self.marks = marks
            for k in changed:
                self.dataChanged.emit(self.index(k), self.index(k))
        else:
            self.beginResetModel()
            self.marks = marks
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.marks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        mark = self.marks[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return mark
        if role in SAID or role == TIP:
            return f"{mark.number} {kind_title(mark.kind)}, {mark_line(mark, self._name_muscle)}"
        return None


class MarkDelegate(QStyledItemDelegate):
    """Paints a mark's sign, number, kind and what is recorded of it."""

    def __init__(self, parent: QListView, name_muscle: NameMuscle) -> None:
        super().__init__(parent)
        self._name_muscle = name_muscle
        self.now: datetime | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, at_least(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mark: Mark = index.data(Qt.ItemDataRole.UserRole)
        palette = option.palette
        area = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            tint = QColor(palette.color(QPalette.ColorRole.Accent))
            tint.setAlpha(34)
            painter.fillRect(area, tint)
        x, y = area.left() + 24, area.center().y() + 1
        if palette.color(QPalette.ColorRole.Window).lightness() < 128:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_ON_DARK)  # signs are made for skin: give them a piece of it
            painter.drawEllipse(x - 13, y - 13, 26, 26)
        paint_glyph(painter, mark.details, x, y, 0.92)
        inner = area.adjusted(48, 6, -12, -6)
        self._paint_time(painter, mark, inner, palette)
        text = palette.color(QPalette.ColorRole.Text)
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        paint_line(
            painter, inner, f"{mark.number} {kind_title(mark.kind)}", text, TOP_LEFT, bold=True
        )
        line = mark_line(mark, self._name_muscle)
        paint_line(painter, inner, line, faint, BOTTOM_LEFT, size=11)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, area, palette)
        painter.restore()

    def _paint_time(self, painter: QPainter, mark: Mark, inner: QRect, palette: QPalette) -> None:
        """Of a needle that is in, how long it has been."""
        needle = needle_of(mark)
        been = None if needle is None or self.now is None else time_in(needle, self.now)
        if been is not None and is_in(mark):
            accent = palette.color(QPalette.ColorRole.Accent)
            paint_line(painter, inner, elapsed(been), accent, TOP_RIGHT, bold=True)


class MarkList(QListView):
    """Selecting here selects on the map, and the other way round."""

    selected = Signal(object)
    """The ids of the marks that the user selected, in the order of the list."""

    def __init__(self, name_muscle: NameMuscle) -> None:
        super().__init__()
        self._marks = MarksModel(name_muscle)
        self._silent = False
        self.setModel(self._marks)
        self._delegate = MarkDelegate(self, name_muscle)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setAccessibleName("Marks of this session")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(ROW_HEIGHT * 2)
        scroll_by_finger(self)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        self._silent = True
        self._marks.show_marks(marks)
        self._silent = False

    def show_time(self, now: datetime) -> None:
        """Shows how long needles have been in."""
        self._delegate.now = now
        if any(map(is_in, self._marks.marks)):
            self.viewport().update()

    def show_selected(self, ids: Sequence[UUID]) -> None:
        self._silent = True
        model, wanted = self.selectionModel(), QItemSelection()
        wanted_ids = set(ids)
        rows = [k for k, mark in enumerate(self._marks.marks) if mark.id in wanted_ids]
        for k in rows:
            wanted.select(self._marks.index(k), self._marks.index(k))
        model.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            index = self._marks.index(rows[-1])
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        self._silent = False

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        if not self._silent:
            rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
            self.selected.emit(tuple(self._marks.marks[k].id for k in rows))
