"""The page of the whole practice: one line that says who needs somebody today, and its tabs."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.body.picture_style import PictureStyle
from app.domain.practice_summaries import SessionSearch
from app.notify import Notifier
from app.panels.practice.events import EventsTab
from app.panels.practice.follow_ups import FollowUpsTab
from app.panels.practice.needles import NeedlesTab
from app.panels.practice.often import OftenTab
from app.panels.practice.save_table import SaveTable
from app.panels.practice.search import SearchTab
from app.panels.practice.tab import NOT_READ, READING, PracticeTab, SavedTable, Sources
from app.panels.practice.todays import todays_line
from app.panels.practice.unsigned import UnsignedTab
from app.panels.texts import PlainLabel
from app.panels.theme import Theme

TABS: tuple[type[PracticeTab], ...] = (
    FollowUpsTab, UnsignedTab, EventsTab, NeedlesTab, OftenTab, SearchTab,
)  # fmt: skip
"""In this order. One more tab is one more class here."""
MARGIN = 28
SLOW_MS = 400
_STEPS = {int(Qt.Key.Key_PageDown): 1, int(Qt.Key.Key_PageUp): -1}


class PracticePage(QWidget):
    """It lists names, so it is left by the same ways as the list of patients is closed."""

    back_asked = Signal()
    visit_asked = Signal(object)
    """The chart of this Visit is wanted."""

    def __init__(self, sources: Sources, notifier: Notifier, window: QWidget) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._todays = sources.todays
        self._asking = sources.asking
        self.back = QPushButton("‹  Back")
        self.back.setObjectName("quiet")
        self.back.setToolTip("Back to where you were (Esc, F12)")
        self.back.clicked.connect(self.back_asked)
        self.line = PlainLabel(READING, "clock")
        self.reading = PlainLabel(READING, "faint")
        self.reading.hide()
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self.reading.show)
        sources.asking.busy_changed.connect(self._show_busy)
        self.save = SaveTable(
            self.saved, lambda: sources.today, sources.asking, sources.settings, notifier, window
        )
        self.bar = QTabBar()
        self.bar.setAccessibleName("What is shown of the practice")
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self._stack = QStackedWidget()
        self.tabs: tuple[PracticeTab, ...] = tuple(kind(sources) for kind in TABS)
        for place, tab in enumerate(self.tabs):
            self.bar.addTab(tab.name)
            self._stack.addWidget(tab)
            tab.back_asked.connect(self.back_asked)
            tab.visit_asked.connect(self.visit_asked)
            tab.search_asked.connect(self.search_for)
            tab.counted.connect(lambda count, place=place: self._show_count(place, count))
        self.bar.currentChanged.connect(self._show_tab)
        self._todays.changed.connect(self._show_line)
        self._build()

    def open(self) -> None:
        """Reads anew what is in sight, and puts the cursor there."""
        self._todays.read()
        self.tab.refresh()
        self.bar.setFocus()

    @property
    def tab(self) -> PracticeTab:
        """The one in sight."""
        return self.tabs[self.bar.currentIndex()]

    def show_tab(self, kind: type[PracticeTab]) -> PracticeTab:
        self.bar.setCurrentIndex(TABS.index(kind))
        return self.tab

    def search_for(self, search: SessionSearch) -> None:
        """Shows the sessions that fit, in the tab that searches."""
        tab = self.show_tab(SearchTab)
        assert isinstance(tab, SearchTab)
        tab.show_search(search)
        tab.list.setFocus()

    def set_look(self, theme: Theme, style: PictureStyle) -> None:
        for tab in self.tabs:
            tab.set_look(theme, style)

    def close_tabs(self) -> None:
        """The practice is about to be closed."""
        for tab in self.tabs:
            tab.close_tab()

    @property
    def is_reading(self) -> bool:
        """Whether an answer is still awaited."""
        return self._asking.is_busy or self.tab.is_reading

    def saved(self) -> list[SavedTable]:
        return self.tab.saved()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Page Down and Up go from tab to tab, Down from the tabs into what they list, and Esc
        leads back, from wherever nothing else takes them.
        """
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        elif control and event.key() in _STEPS:
            step = _STEPS[event.key()]
            self.bar.setCurrentIndex((self.bar.currentIndex() + step) % len(self.tabs))
        elif event.key() == Qt.Key.Key_Down and self.bar.hasFocus():
            self.tab.take_focus()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.back)
        head.addWidget(PlainLabel("Practice", "title"))
        head.addWidget(self.line)
        head.addStretch()
        head.addWidget(self.reading)
        head.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 14, MARGIN, 18)
        column.setSpacing(6)
        column.addLayout(head)
        column.addSpacing(6)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)

    def _show_tab(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.tabs[place].refresh()

    def _show_line(self) -> None:
        found = self._todays.found
        self.line.setText(NOT_READ if found is None else todays_line(found))

    def _show_busy(self, busy: bool) -> None:
        """Says that something is read where it takes so long that one would wonder."""
        if not busy:
            self._slow.stop()
            self.reading.hide()
        elif not self._slow.isActive() and not self.reading.isVisible():
            self._slow.start()

    def _show_count(self, place: int, count: int | None) -> None:
        name = self.tabs[place].name
        self.bar.setTabText(place, name if count is None else f"{name} ({count:,})")
