"""The patient's sessions: which is on the desk, which lie under it or beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
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
from app.domain.words import counted_marks, short_counts_line
from app.panels.rows import (
    BOTTOM_LEFT,
    TOP_LEFT,
    TOP_RIGHT,
    Index,
    RowsModel,
    paint_focus,
    paint_line,
)
from app.panels.signed_words import STATE_WORDS
from app.panels.texts import PlainLabel
from app.panels.touch import Hold, at_least, least_target, scroll_by_finger

ROW_HEIGHT = 54
BOX = 18
_LIST_KEYS = {int(Qt.Key.Key_Space), int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)}


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
    """ "5 Nov 2026, signed: 4 trigger · 3 twitch, pain 7 → 6, laid under"."""
    pain = f", pain {row.pain}" if row.pain else ""
    state = f", {row.state}" if row.state else ""
    where = ", on the desk" if row.on_desk else ", laid under" if row.under else ""
    return f"{row.title}{state}: {row.summary}{pain}{where}"


class SessionDelegate(QStyledItemDelegate):
    """Paints a session: tick box, date, what was marked, pain before and after."""

    under_toggled = Signal(object)
    opened = Signal(object)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, at_least(ROW_HEIGHT))

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
            paint_line(painter, inner, row.pain, text, TOP_RIGHT, bold=True)
        used = paint_line(painter, inner, row.title, text, TOP_LEFT, bold=True)
        beside = inner.adjusted(used + 8, 2, 0, 0)
        paint_line(painter, beside, row.state, accent, TOP_LEFT, size=11, bold=True)
        paint_line(painter, inner, row.summary, faint, BOTTOM_LEFT, size=11)
        if focused:
            paint_focus(painter, area, palette)
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
            box = box_target(QRect(option.rect))
            if row.on_desk:
                return False
            asked = self.under_toggled if box.contains(event.position().toPoint()) else self.opened
            asked.emit(row.session.id)
            return True
        return super().editorEvent(event, model, option, index)


def _box(area: QRect) -> QRect:
    return QRect(area.left() + 14, area.center().y() - BOX // 2 + 1, BOX, BOX)


def box_target(area: QRect) -> QRect:
    """Where a press means the tick box of a row: more than the box that is painted."""
    target = _box(area).adjusted(-8, -10, 8, 10)
    if least_target():
        target.setRect(
            area.left(), area.top(), at_least(target.right() - area.left()), area.height()
        )
    return target


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


class SessionList(QListView):
    """Space ticks the session that is current, Enter opens it beside, Ctrl+Enter to edit."""

    ticked = Signal(object)
    opened = Signal(object)
    desk_asked = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Here Space and Enter are for the list, whatever they mean elsewhere in the window."""
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in _LIST_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row: SessionRow | None = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        if event.key() not in _LIST_KEYS or row is None:
            super().keyPressEvent(event)
        elif not row.on_desk:
            self._asked(event).emit(row.session.id)

    def _asked(self, event: QKeyEvent) -> SignalInstance:
        if event.key() == Qt.Key.Key_Space:
            return self.ticked
        edit = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return self.desk_asked if edit else self.opened


class SessionsPanel(QWidget):
    """The left column: the way back to all patients, sessions, and a new one."""

    patients_asked = Signal()
    new_asked = Signal()
    beside_asked = Signal(object)
    under_toggled = Signal(object)
    desk_asked = Signal(object)
    remove_asked = Signal(object)
    again_asked = Signal()
    """All of last time is to be repeated."""
    protocols_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        back = QPushButton("‹  All patients")
        back.setObjectName("quiet")
        back.setToolTip("Find a patient (Ctrl+F)")
        back.clicked.connect(self.patients_asked)
        self.review = QPushButton("Review  ›")
        self.review.setObjectName("quiet")
        self.review.setToolTip("Look back over all sessions (Ctrl+R)")
        self.new = QPushButton("New session")
        self.new.setToolTip("Start a session now (Ctrl+T)")
        self.new.clicked.connect(self.new_asked)
        self.again = QPushButton("Last time again")
        self.again.setToolTip("Mark again all that last session's outlines show (Shift+U)")
        self.again.clicked.connect(self.again_asked)
        self.again.hide()
        self.protocols = QPushButton("Protocols")
        self.protocols.setToolTip("Lay a protocol, or save one (I)")
        self.protocols.clicked.connect(self.protocols_asked)
        self._plan = PlainLabel("", "section")
        self._plan.setWordWrap(True)
        self.model = RowsModel(session_line, tips=True)
        self.list = SessionList()
        self.list.ticked.connect(self.under_toggled)
        self.list.opened.connect(self.beside_asked)
        self.list.desk_asked.connect(self.desk_asked)
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
        scroll_by_finger(self.list)
        self.hold = Hold(self.list.viewport())
        self.hold.held.connect(self._show_menu)

        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 12, 0)
        top.addWidget(back)
        top.addStretch()
        top.addWidget(self.review)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 10, 12, 6)
        middle.addWidget(self._plan)
        low = QVBoxLayout()
        low.setContentsMargins(12, 10, 12, 12)
        low.setSpacing(8)
        low.addWidget(self.again)
        low.addWidget(self.protocols)
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
        if [row.session.id for row in rows] == [row.session.id for row in self.model.rows]:
            self.model.change_rows(rows)
            return
        current: SessionRow | None = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        self.model.show_rows(rows)
        for k, row in enumerate(rows):
            if current is not None and row.session.id == current.session.id:
                self.list.selectionModel().setCurrentIndex(
                    self.model.index(k), QItemSelectionModel.SelectionFlag.NoUpdate
                )

    def show_left(self, count: int) -> None:
        """How many marks of last time can be repeated, and are not yet."""
        self.again.setText(f"Last time again ({count})")
        self.again.setAccessibleName(f"Last time again: {counted_marks(count)}")
        self.again.setVisible(count > 0)

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if not index.isValid():  # by the menu key
            index = self.list.currentIndex()
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
