"""Any session of any patient, found by what was charted and written."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from app.domain.anatomy import Side
from app.domain.closing import EventKind
from app.domain.marks import MarkKind
from app.domain.paper_words import title
from app.domain.practice_summaries import FoundSession, FoundSessions, SessionSearch
from app.domain.records import SessionStatus
from app.domain.words import kind_title, word
from app.exchange.practice_tables import FOUND, found_rows
from app.exchange.tables import Row
from app.panels.fields import Choice
from app.panels.practice.period_choice import PeriodChoice
from app.panels.practice.practitioner_choice import PractitionerChoice
from app.panels.practice.tab import NOT_READ, READING, PracticeTab, SavedTable, Sources
from app.panels.practice.table import Column, PracticeTable, TableModel
from app.panels.texts import day

PAUSE_MS = 150
"""Between two letters of who types."""
PAGE = 500
"""Sessions that are listed at first, and so many more each time."""
MUSCLES_NAMED = 3
NOT_FOUND = "No session fits all of this. Leave something out."
NO_SESSION = "This practice has no session yet."
LIST_WIDTH = 150


class OneOf(Choice):
    """One value of a few, or any."""

    def __init__(self, name: str, any_words: str, options: list[tuple[Any, str]]) -> None:
        super().__init__()
        self._values = [None, *(value for value, _words in options)]
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.addItems([any_words, *(words for _value, words in options)])
        self.setMinimumWidth(LIST_WIDTH)

    @property
    def value(self) -> Any:
        return self._values[self.currentIndex()]

    def show_value(self, value: Any) -> None:
        self.setCurrentIndex(self._values.index(value))


class SearchTab(PracticeTab):
    name = "Search"

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.found = FoundSessions()
        self._shown = SessionSearch()
        """What ``found`` answers."""
        self._limit = PAGE
        self._leads_to_list = False
        """Whether the cursor goes to what is found."""
        self.muscle = _line("Muscle", "Muscle: upper traps, utr …")
        self.written = _line("Words in notes", "Words in notes")
        self.side = OneOf("Side", "Both sides", [(each, title(each)) for each in Side])
        kinds = [(each, kind_title(each)) for each in MarkKind]
        self.kind = OneOf("Kind of mark", "All kinds of mark", kinds)
        events = [(each, title(each)) for each in EventKind]
        self.event_kind = OneOf("Adverse event", "With or without events", events)
        signed = [(True, "Signed"), (False, "Not signed")]
        self.signed = OneOf("Signed or not", "Signed or not", signed)
        self.who = PractitionerChoice()
        self.period = PeriodChoice(lambda: sources.today)
        self.clear = QPushButton("Clear")
        self.clear.setAccessibleName("Clear the search")
        self.clear.clicked.connect(lambda: self.show_search(SessionSearch()))
        self.means = self.words()
        self.count = self.words(READING, "strong")
        self.list = PracticeTable("Sessions found", TableModel(_COLUMNS))
        self.list.opened.connect(lambda row: self.visit_asked.emit(row.visit))
        self.more = QPushButton("")
        self.more.clicked.connect(self._show_more)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self._build()
        for line in (self.muscle, self.written):
            line.textChanged.connect(self._type_on)
            line.returnPressed.connect(self._go_to_list)
            line.installEventFilter(self)
        for choice in (self.side, self.kind, self.event_kind, self.signed):
            choice.activated.connect(lambda _row: self._search())
        for chooser in (self.who, self.period):
            chooser.changed.connect(self._search)

    def refresh(self) -> None:
        self.who.offer(self.sources.repository.practitioners())
        self._search(keep_page=True)

    def saved(self) -> list[SavedTable]:
        """All that fit, also those that are not listed yet."""
        search, overview, total = self._shown, self.sources.repository.overview, self.found.total

        def read() -> list[Row]:
            return list(found_rows(overview.find_sessions(search, total).rows))

        return [SavedTable("Sessions found", FOUND, read)]

    def take_focus(self) -> None:
        self.muscle.setFocus()
        self.muscle.selectAll()

    @property
    def search(self) -> SessionSearch:
        """What the fields ask for."""
        typed = self.muscle.text().strip()
        muscles = self.sources.atlas.catalogue.search(typed)
        return SessionSearch(
            muscles=frozenset(each.id for each in muscles) if typed else None,
            side=self.side.value,
            kind=self.kind.value,
            event=self.event_kind.value,
            period=self.period.period,
            practitioner_id=self.who.practitioner_id,
            signed=self.signed.value,
            words=self.written.text().strip(),
        )

    def show_search(self, search: SessionSearch) -> None:
        """Fills the fields and searches. Muscles are typed by name: that line is emptied."""
        for line, text in ((self.muscle, ""), (self.written, search.words)):
            line.setText(text)
        self.side.show_value(search.side)
        self.kind.show_value(search.kind)
        self.event_kind.show_value(search.event)
        self.signed.show_value(search.signed)
        self.who.show_practitioner(search.practitioner_id)
        self.period.show_period(search.period)
        self._search()

    def _build(self) -> None:
        for widgets in (
            (self.muscle, self.side, self.kind, self.event_kind),
            (self.written, self.period, self.who, self.signed, self.clear),
        ):
            row = QHBoxLayout()
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget, int(isinstance(widget, QLineEdit)))
            self.column.addLayout(row)
        self.column.addWidget(self.means)
        self.column.addWidget(self.count)
        self.column.addWidget(self.list, 1)
        self.column.addStretch()  # without a list, what is said stands at the top
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch()
        self.column.addLayout(foot)
        self.means.hide()
        self.more.hide()

    def _search(self, *, keep_page: bool = False) -> None:
        self._pause.stop()
        if not keep_page:
            self._limit = PAGE
        search, limit, overview = self.search, self._limit, self.sources.repository.overview
        self._show_meaning(search)
        self.sources.asking.ask(
            "search",
            lambda: overview.find_sessions(search, limit),
            partial(self._show, search),
            partial(self._show_none, search),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from a line of words to what was found, as Enter does."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self._go_to_list()
            return True
        return super().eventFilter(watched, event)

    def _type_on(self) -> None:
        self._leads_to_list = False
        self._pause.start()

    def _go_to_list(self) -> None:
        """When it answers what is typed: Enter must not open what was found before."""
        self._leads_to_list = True
        self._search(keep_page=not self._pause.isActive())

    def _show_more(self) -> None:
        self._limit += PAGE
        self._search(keep_page=True)
        self.list.setFocus()

    def _show_meaning(self, search: SessionSearch) -> None:
        """Which muscles the typed name is taken for."""
        self.means.setVisible(search.muscles is not None)
        if search.muscles is None:
            return
        typed = self.muscle.text().strip()
        names = [each.name for each in self.sources.atlas.catalogue.search(typed)]
        others = len(names) - MUSCLES_NAMED
        more = f" and {others} more" if others > 0 else ""
        self.means.setText(
            f"In {', '.join(names[:MUSCLES_NAMED])}{more}."
            if names
            else f"No muscle is called “{typed}”."
        )

    def _show_none(self, search: SessionSearch) -> None:
        self._show(search, FoundSessions())
        self.count.setText(NOT_READ)

    def _show(self, search: SessionSearch, found: FoundSessions) -> None:
        self.found, self._shown = found, search
        marks = "Marks that fit" if search.asks_for_marks else "Marks"
        events = "Events" if search.event is None else "Events that fit"
        self.list.table.change_heading(len(_COLUMNS) - 2, marks)
        self.list.table.change_heading(len(_COLUMNS) - 1, events)
        self.list.show_rows(found.rows)
        self.list.setVisible(bool(found.rows))
        if self._leads_to_list and found.rows:
            self.list.setFocus()
        self._leads_to_list = False
        left = found.total - len(found.rows)
        self.more.setVisible(left > 0)
        self.more.setText(f"Show {min(left, PAGE):,} more")
        self.count.setText(_count_words(search, found))


def _count_words(search: SessionSearch, found: FoundSessions) -> str:
    """ "1,704 sessions: the newest 500 are listed, and there are 1,204 more."."""
    if not found.total:
        return NO_SESSION if search == SessionSearch() else NOT_FOUND
    sessions = "1 session" if found.total == 1 else f"{found.total:,} sessions"
    left = found.total - len(found.rows)
    if not left:
        return f"{sessions}, the newest first."
    return f"{sessions}: the newest {len(found.rows):,} are listed, and {left:,} more."


def _line(name: str, prompt: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(prompt)
    line.setClearButtonEnabled(True)
    return line


def _events(row: FoundSession) -> str:
    """ "none" is an answer, and differs from "not asked"."""
    return "not asked" if row.events is None else f"{row.events:,}" if row.events else "none"


def _state(row: FoundSession) -> str:
    return "not signed" if row.status is SessionStatus.DRAFT else word(row.status)


_COLUMNS = (
    Column("Session", lambda row: day(row.visit.day)),
    Column("Patient", lambda row: row.visit.patient),
    Column("No.", lambda row: row.visit.number),
    Column("Problem", lambda row: row.visit.problem or "–", grows=True),
    Column("Practitioner", lambda row: row.visit.practitioner),
    Column("State", _state),
    Column("Marks", lambda row: f"{row.marks:,}", figures=True),
    Column("Events", _events, figures=True),
)
