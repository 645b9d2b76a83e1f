"""The first page: find a patient as you type, or add one."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import KnownError
from app.domain.identity import UUID
from app.domain.ports import Repository
from app.domain.records import Patient
from app.domain.summaries import PatientSummary
from app.notify import Notifier
from app.panels.rows import (
    BOTTOM_LEFT,
    MIDDLE_RIGHT,
    TOP_LEFT,
    Index,
    RowsModel,
    paint_focus,
    paint_line,
)
from app.panels.texts import PlainLabel, born, day
from app.panels.touch import Hold, at_least, scroll_by_finger

SEARCH_PAUSE_MS = 60
ROW_HEIGHT = 56


def listed_name(row: PatientSummary | Patient) -> str:
    """ "Müller, Anna"."""
    return f"{row.family_name}, {row.given_name}".rstrip(", ")


def found(repository: Repository, notifier: Notifier, search: str) -> list[PatientSummary] | None:
    """The patients that a search finds; None where the practice could not be asked, which was
    then said.
    """
    try:
        return repository.find_patients(search)
    except KnownError as error:
        notifier.trouble(error)
        return None


class PatientDelegate(QStyledItemDelegate):
    """Paints a patient: name, birth date and age, number, last session."""

    def __init__(self, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(400, at_least(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: PatientSummary = index.data(Qt.ItemDataRole.UserRole)
        palette, area = option.palette, QRect(option.rect)
        state = option.state
        painter.save()
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            tint = QColor(palette.color(QPalette.ColorRole.Accent))
            tint.setAlpha(34 if state & QStyle.StateFlag.State_Selected else 16)
            painter.fillRect(area, tint)
        inner = area.adjusted(18, 9, -18, -8)
        text = palette.color(QPalette.ColorRole.Text)
        faint = palette.color(QPalette.ColorRole.PlaceholderText)
        treated = "No session yet"
        if row.last_session_at is not None:
            treated = f"Last treated {day(row.last_session_at)}"
        used = paint_line(painter, inner, treated, faint, MIDDLE_RIGHT, size=12)
        inner.setRight(inner.right() - used - 16)
        paint_line(painter, inner, listed_name(row), text, TOP_LEFT, size=14, bold=True)
        below = f"{born(row.birth_date, self._today())} · No. {row.number}"
        paint_line(painter, inner, below, faint, BOTTOM_LEFT, size=12)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, area, palette)
        painter.restore()


class PatientsPage(QWidget):
    """Search as you type; Down and Enter choose; everything can be done from the search line."""

    chosen = Signal(object)
    """The id of the patient to open."""
    new_asked = Signal()
    reports_asked = Signal()
    """Reports on the patient whose row is chosen are wanted."""
    current_changed = Signal()
    """Another row is chosen, or none."""
    practice_asked = Signal()
    """The page of the whole practice is wanted."""

    def __init__(
        self, find: Callable[[str], list[PatientSummary] | None], today: Callable[[], date]
    ) -> None:
        """``find`` answers a search, or None as long as the practice is not open yet."""
        super().__init__()
        self.setObjectName("patients")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._find = find
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setPlaceholderText("Name, number or birth date")
        self.search.setAccessibleName("Find a patient")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self._choose_current)

        new = QPushButton("New patient")
        new.setObjectName("primary")
        new.setAutoDefault(True)
        new.setToolTip("Ctrl+N")
        new.clicked.connect(self.new_asked)

        practice = QPushButton("Practice")
        practice.setAutoDefault(True)
        practice.setToolTip("Who needs somebody today, and any session of any patient (F12)")
        practice.clicked.connect(self.practice_asked)

        self.model = RowsModel(listed_name)
        self.list = QListView()
        self.list.setObjectName("patients")
        self.list.setModel(self.model)
        self.list.setItemDelegate(PatientDelegate(today, self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("Patients")
        self.list.clicked.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit())
        self.model.modelReset.connect(self.current_changed)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self._hold = Hold(self.list.viewport())
        self._hold.held.connect(self._show_menu)
        scroll_by_finger(self.list)
        self.list.installEventFilter(self)
        self.nobody = PlainLabel("Opening the practice …", "faint")
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nobody.setWordWrap(True)
        self.list.hide()

        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.search, 1)
        line.addWidget(new)
        line.addWidget(practice)
        column = QVBoxLayout()
        column.setSpacing(14)
        column.addSpacing(20)
        column.addWidget(PlainLabel("Patients", "title"))
        column.addLayout(line)
        column.addWidget(self.nobody)
        column.addWidget(self.list, 100)
        column.addStretch(1)
        column.addSpacing(20)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(860)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle, 8)
        row.addStretch(1)

    def refresh(self) -> None:
        """Searches anew for what stands in the search line."""
        self._pause.stop()
        text = self.search.text()
        rows = self._find(text)
        if rows is None:  # not open yet, or trouble that was said
            return
        self.model.show_rows(rows)
        if rows:
            self.list.setCurrentIndex(self.model.index(0))
        self.list.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        self.nobody.setText(
            f"Nobody is found by “{text.strip()}”. Try a part of a name, a number or a birth date."
            if text.strip()
            else "This practice has no patients yet. Add the first one with New patient."
        )

    def chosen_id(self) -> UUID | None:
        """The id of the patient whose row is chosen."""
        row: PatientSummary | None = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return None if row is None else row.id

    def start(self) -> None:
        """Empties the search and puts the cursor there."""
        self.search.clear()
        self.refresh()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if watched is self.search and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._move_current(step)
                return True
            if watched is self.list and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose_current()
                return True
        return super().eventFilter(watched, event)

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if not index.isValid():  # by the menu key
            index = self.list.currentIndex()
        if index.isValid():
            self.list.setCurrentIndex(index)
            self._menu().popup(self.list.viewport().mapToGlobal(at))

    def _menu(self) -> QMenu:
        """What can be done with the patient whose row is chosen."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open chart", self._choose_current)
        menu.addAction("Reports", self.reports_asked.emit)
        return menu

    def _move_current(self, step: int) -> None:
        row = self.list.currentIndex().row() + step
        if 0 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))

    def _choose_current(self) -> None:
        if self._pause.isActive():
            self.refresh()
        self._choose(self.list.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(Qt.ItemDataRole.UserRole).id)
