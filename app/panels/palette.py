"""The palette: one line to type in, and below it what Enter would do.

It lies within the window instead of being one: nothing moves, and Esc leaves no trace.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
)
from PySide6.QtGui import QPalette as Colours
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.editing.finding import Found, Offer
from app.panels.rows import MIDDLE_LEFT, MIDDLE_RIGHT, Index, RowsModel, paint_line
from app.panels.texts import PlainLabel
from app.panels.touch import at_least, least_target, scroll_by_finger

WIDTH = 620
TOP = 100
"""px: below the patient's name and warnings, which are never covered."""
ROW_HEIGHT = 34
MOST_ROWS = 10


def offer_line(offer: Offer) -> str:
    """ "Undo, Ctrl+Z, not now: there is nothing to undo"."""
    parts = [offer.title, offer.keys] if offer.keys else [offer.title]
    if not offer.possible:
        parts.append(f"not now: {offer.note}" if offer.note else "not now")
    return ", ".join(parts)


class OfferDelegate(QStyledItemDelegate):
    """Paints an offer: what it does at the left, its key at the right."""

    @property
    def row_height(self) -> int:
        return at_least(ROW_HEIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        offer: Offer = index.data(Qt.ItemDataRole.UserRole)
        palette, area = option.palette, QRect(option.rect)
        faint = palette.color(Colours.ColorRole.PlaceholderText)
        text = palette.color(Colours.ColorRole.Text) if offer.possible else faint
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            tint = QColor(palette.color(Colours.ColorRole.Accent))
            tint.setAlpha(40)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawRoundedRect(area.adjusted(4, 1, -4, -1), 6, 6)
        inner = area.adjusted(14, 0, -14, 0)
        used = paint_line(painter, inner, offer.keys, faint, MIDDLE_RIGHT, size=12)
        inner.setRight(inner.right() - used - 12)
        used = paint_line(painter, inner, offer.title, text, MIDDLE_LEFT)
        selected = option.state & QStyle.StateFlag.State_Selected
        if not offer.possible and offer.note and not selected:  # then it stands below the list
            inner.setLeft(inner.left() + used + 12)
            paint_line(painter, inner, offer.note, faint, MIDDLE_RIGHT, size=11)
        painter.restore()


class Palette(QFrame):
    """Says which offer was taken; what there is to offer it asks ``find``."""

    taken = Signal(object)
    """The deed of the offer that Enter or a press has chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName("Find an action or a muscle")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._over = parent
        self._find: Callable[[str], Found] = lambda _text: Found(())
        self._came_from: QWidget | None = None
        self._found = Found(())
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setAccessibleName("What to find")
        self.search.textChanged.connect(self._refresh)
        self.search.installEventFilter(self)
        self._model = RowsModel(offer_line)
        self.list = QListView()
        self.list.setModel(self._model)
        self.delegate = OfferDelegate(self.list)
        self.list.setItemDelegate(self.delegate)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_by_finger(self.list)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.list.selectionModel().currentChanged.connect(self._say)
        self.says = PlainLabel("", "small")
        self.says.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(6)
        for widget in (self.search, self.list, self.says):
            column.addWidget(widget)
        self.hide()
        parent.installEventFilter(self)

    @property
    def offers(self) -> tuple[Offer, ...]:
        return self._found.offers

    @property
    def current(self) -> Offer | None:
        """The offer that Enter would take, or None where one must be chosen first."""
        row = self.list.currentIndex().row()
        return self.offers[row] if 0 <= row < len(self.offers) else None

    def ask(self, find: Callable[[str], Found], hint: str) -> None:
        """Opens with an empty line; asked again, as by its key, it closes."""
        if self.isVisible():
            self.leave()
            return
        self._find = find
        self._came_from = self.window().focusWidget()
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        self.search.clear()
        self._refresh()
        self.show()
        self.raise_()
        self.search.setFocus()

    def leave(self) -> None:
        """Closes and gives the focus back to where it was."""
        came_from, self._came_from = self._came_from, None
        has_focus = self.window().focusWidget() is self.search
        self.hide()
        if has_focus and came_from is not None and came_from.isVisible():
            came_from.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search:
            if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(event)
            if isinstance(event, QFocusEvent) and event.lostFocus() and _went_elsewhere(event):
                self.leave()
        elif event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        """Keys of the line that are meant for the list; everything else is typed."""
        key, page = event.key(), max(self.list.height() // self.delegate.row_height - 1, 1)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Backtab: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
        }
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentIndex().row())
        elif key in steps:
            self._step(steps[Qt.Key(key)])
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        last, row = len(self.offers) - 1, self.list.currentIndex().row()
        if last < 0:
            return
        if abs(by) == 1 and not 0 <= row + by <= last:
            row = 0 if by > 0 else last  # round, so that the last one is one key away
        else:
            row = min(max(row + by, 0), last)
        self.list.setCurrentIndex(self._model.index(row))

    def _take(self, row: int) -> None:
        offer = self.offers[row] if 0 <= row < len(self.offers) else None
        if offer is None or not offer.possible:
            return
        self.leave()
        self.taken.emit(offer.deed)

    def _refresh(self) -> None:
        self._found = self._find(self.search.text())
        self._model.show_rows(self.offers)
        self.list.setVisible(bool(self.offers))
        if self.offers and self._found.chosen >= 0:
            self.list.setCurrentIndex(self._model.index(self._found.chosen))
        self._say()
        self._place()

    def _say(self) -> None:
        """The line below the list, which a screen reader hears too."""
        offer = self.current
        words = self._found.sentence or ("" if offer is None else offer.note)
        self.says.setText(words)
        self.says.setVisible(bool(words))
        spoken = words if offer is None else offer_line(offer)
        self.search.setAccessibleDescription(spoken)
        if spoken and self.isVisible() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.search, spoken))

    def _place(self) -> None:
        parent = self._over
        width = min(WIDTH, parent.width() - 40)
        rows = min(len(self.offers), MOST_ROWS)
        top = TOP + (12 if least_target() else 0)
        room = parent.height() - top - 120
        self.list.setFixedHeight(max(min(rows * self.delegate.row_height + 2, room), 1))
        self.says.setFixedWidth(width - 24)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((parent.width() - width) // 2, top)


def _went_elsewhere(event: QFocusEvent) -> bool:
    """Not so where a menu lies over the window, or another program's window does."""
    away = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
    return event.reason() not in away
