"""The patient's sessions: which is on the desk, which lie under it or beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.identity import UUID
from app.domain.marks import MarkKind
from app.domain.records import TreatmentSession
from app.domain.words import short_counts_line
from app.panels.rows import BOTTOM_LEFT, MIDDLE_RIGHT, TOP_LEFT, Index, RowsModel, paint_line
from app.panels.signed_words import STATE_WORDS
from app.panels.texts import PlainLabel

ROW_HEIGHT = 54
BOX = 18


@dataclass(frozen=True, slots=True)
class SessionRow:
    """What the list shows of one session."""

    session: TreatmentSession
    title: str
    counts: Mapping[MarkKind, int]
    on_desk: bool
    under: bool
    """Laid under the session on the desk, as pale outlines."""

    @property
    def summary(self) -> str:
        return short_counts_line(self.counts) or "no marks"

    @property
    def state(self) -> str:
        """ "signed", "amended", or "" for a draft."""
        return STATE_WORDS[self.session.status]

    @property
    def pain(self) -> str:
        before, after = self.session.pain_before, self.session.pain_after
        if before is None and after is None:
            return ""
        if after is None:
            return f"{before} → …"
        return f"{'…' if before is None else before} → {after}"


def session_line(row: SessionRow) -> str:
    """ "5 Nov 2026, signed: 4 trigger · 3 twitch, pain 7 → 6"."""
    pain = f", pain {row.pain}" if row.pain else ""
    state = f", {row.state}" if row.state else ""
    return f"{row.title}{state}: {row.summary}{pain}"


class SessionDelegate(QStyledItemDelegate):
    """Paints a session: tick box, date, what was marked, pain before and after."""

    under_toggled = Signal(object)
    opened = Signal(object)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: SessionRow = index.data(Qt.ItemDataRole.UserRole)
        palette = option.palette
        area = QRect(option.rect)
        state = option.state
        accent = palette.color(QPalette.ColorRole.Accent)
        text = palette.color(QPalette.ColorRole.Text)
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = state & QStyle.StateFlag.State_MouseOver
        focused = state & QStyle.StateFlag.State_HasFocus
        if row.on_desk or hovered or focused:
            tint = QColor(accent)
            tint.setAlpha(32 if row.on_desk else 14)
            painter.fillRect(area, tint)
        if row.on_desk:
            painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), accent)
        else:
            _paint_box(painter, _box(area), row.under, accent, faint)
        inner = area.adjusted(16, 9, -14, -9)
        if not row.on_desk:
            inner.setLeft(area.left() + 16 + BOX + 10)
        if row.pain:
            used = paint_line(painter, inner, row.pain, text, MIDDLE_RIGHT, bold=True)
            inner.setRight(inner.right() - used - 10)
        used = paint_line(painter, inner, row.title, text, TOP_LEFT, bold=True)
        beside = inner.adjusted(used + 8, 2, 0, 0)
        paint_line(painter, beside, row.state, accent, TOP_LEFT, size=11, bold=True)
        paint_line(painter, inner, row.summary, faint, BOTTOM_LEFT, size=11)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.button() is Qt.MouseButton.LeftButton
            and event.type() is QEvent.Type.MouseButtonRelease
        ):
            row: SessionRow = index.data(Qt.ItemDataRole.UserRole)
            box = _box(QRect(option.rect)).adjusted(-8, -10, 8, 10)
            if row.on_desk:
                return False
            asked = self.under_toggled if box.contains(event.position().toPoint()) else self.opened
            asked.emit(row.session.id)
            return True
        return super().editorEvent(event, model, option, index)


def _box(area: QRect) -> QRect:
    return QRect(area.left() + 14, area.center().y() - BOX // 2 + 1, BOX, BOX)


def _paint_box(painter: QPainter, box: QRect, on: bool, accent: QColor, faint: QColor) -> None:
    painter.setPen(QPen(accent if on else faint, 1.4))
    painter.setBrush(accent if on else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 4, 4)
    if on:
        painter.setPen(QPen(QColor("white"), 2))
        corner = box.topLeft()
        painter.drawPolyline(
            [corner + QPoint(4, 9), corner + QPoint(8, 13), corner + QPoint(14, 5)]
        )


class SessionsPanel(QWidget):
    """The left column: the way back to all patients, sessions, and a new one."""

    patients_asked = Signal()
    new_asked = Signal()
    beside_asked = Signal(object)
    under_toggled = Signal(object)
    desk_asked = Signal(object)
    remove_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(236)
        back = QPushButton("‹  All patients")
        back.setObjectName("quiet")
        back.setToolTip("Find a patient (Ctrl+F)")
        back.clicked.connect(self.patients_asked)
        self.new = QPushButton("New session")
        self.new.setToolTip("Start a session now (Ctrl+T)")
        self.new.clicked.connect(self.new_asked)
        self._plan = PlainLabel("", "section")
        self._plan.setWordWrap(True)
        self.model = RowsModel(session_line)
        self.list = QListView()
        self.list.setModel(self.model)
        delegate = SessionDelegate(self.list)
        delegate.under_toggled.connect(self.under_toggled)
        self.list.setItemDelegate(delegate)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Sessions")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        delegate.opened.connect(self.beside_asked)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)

        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 12, 0)
        top.addWidget(back)
        top.addStretch()
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 10, 12, 6)
        middle.addWidget(self._plan)
        low = QVBoxLayout()
        low.setContentsMargins(12, 10, 12, 12)
        low.addWidget(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(middle)
        column.addWidget(self.list, 1)
        column.addLayout(low)

    def show_sessions(self, plan: str, rows: Sequence[SessionRow]) -> None:
        self._plan.setText(plan.upper())
        if tuple(rows) != tuple(self.model.rows):
            self.model.show_rows(rows)

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if index.isValid():
            self._menu(index.data(Qt.ItemDataRole.UserRole)).popup(
                self.list.viewport().mapToGlobal(at)
            )

    def _menu(self, row: SessionRow) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        session: UUID = row.session.id
        if not row.on_desk:
            menu.addAction("Open beside", lambda: self.beside_asked.emit(session))
            name = "Take from under" if row.under else "Lay under today's marks"
            menu.addAction(name, lambda: self.under_toggled.emit(session))
            opens = "Open" if row.session.status.is_locked else "Open to edit"
            menu.addAction(opens, lambda: self.desk_asked.emit(session))
        remove = menu.addAction("Remove empty session", lambda: self.remove_asked.emit(session))
        empty = not any(row.counts.values())
        remove.setEnabled(empty and not row.session.status.is_locked)
        return menu
