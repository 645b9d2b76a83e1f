"""The window: its pages, its menus and its keys.

It is shown before the practice is open, so that a program start is seen at once, and lists the
patients before there is a desk; everything heavy is imported when that is laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMessageBox, QStackedWidget

from app import __version__
from app.domain.identity import UUID
from app.domain.ports import Repository
from app.domain.summaries import PatientSummary
from app.domain.words import local_day
from app.editing.actions import ACTIONS, BY_ID, TOOL_ACTIONS, Menu
from app.editing.tool_keys import ToolKey
from app.notify import Notifier
from app.panels import theme as themes
from app.panels.message_bar import MessageBar
from app.panels.patients_page import PatientsPage, found
from app.panels.possible import possible_now
from app.panels.practice.door import PracticeDoor
from app.panels.touch_switch import TouchSwitch
from app.settings import Settings

if TYPE_CHECKING:
    from app.body.atlas import Atlas
    from app.panels.desk import Desk
    from app.panels.finder import Finder
    from app.panels.review.reviewing import Reviewing

SMALLEST_SIZE = (960, 620)
TITLE_BAR_HEIGHT = 32
LAY_OUT_AFTER_MS = 30
"""Two frames: the patients are seen first, and between two pieces keys have their turn."""
WITHOUT_DESK = {"quit", "view.touch", "palette", "help.keys", "help.about"}


class MainWindow(QMainWindow):
    """Patients first, then one patient's chart. Menus and keys come from the actions."""

    painted = Signal()
    """The window was seen for the first time."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], datetime],
        theme: themes.Theme | None = None,
    ) -> None:
        """``theme``: a fixed one; without it the window follows the system."""
        super().__init__()
        self._settings = settings
        self._clock = clock
        self._fixed_theme = theme
        self._repository: Repository | None = None
        self._desk: Desk | None = None
        self._pieces: Iterator[None] = iter(())
        """What is still to be done until there is a desk."""
        self._laying_out = QTimer(self, interval=LAY_OUT_AFTER_MS)
        self._laying_out.timeout.connect(self._lay_out_more)
        self._finder: Finder | None = None
        self._reviewing: Reviewing | None = None
        self._was_painted = False
        self._closing = False
        """Whether it was agreed that the window closes."""
        self.notifier = Notifier()
        self.patients = PatientsPage(self._find_patients, self._today)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.patients)
        self.setCentralWidget(self._pages)
        self.messages = MessageBar(self._pages)
        self.practice = PracticeDoor(self, self._pages, settings, clock)
        self.practice.passed.connect(self._show_what_can_be_done)
        self.notifier.posted.connect(self.messages.show_message)
        self.notifier.withdrawn.connect(self.messages.withdraw)
        self.setWindowTitle("Needlepoint")
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(self._remembered_size())
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.actions_by_id: dict[str, QAction] = {}
        self._build_menus()
        self.touch = TouchSwitch(self, settings, self._dress_anew)
        self.touch.switched.connect(self.actions_by_id["view.touch"].setChecked)
        self.touch.show()
        self._show_what_can_be_done()
        self.patients.search.setFocus()
        if theme is None:
            hints = QApplication.styleHints()
            hints.colorSchemeChanged.connect(lambda _scheme: self._follow_system())

    @property
    def theme(self) -> themes.Theme:
        """The fixed one, or that of the system just now."""
        return self._fixed_theme or themes.system_theme()

    @property
    def desk(self) -> Desk:
        """The desk of the open practice, laid out at once where that is not done yet."""
        for _piece in self._pieces:
            pass
        assert self._desk is not None, "no practice is open yet"
        return self._desk

    def open_practice(self, repository: Repository, atlas: Atlas) -> None:
        """Lists the patients of an open practice and lays out its desk."""
        self.list_patients(repository, lambda: atlas)
        _ = self.desk
        self._laying_out.stop()

    def list_patients(self, repository: Repository, load_atlas: Callable[[], Atlas]) -> None:
        """Lists the patients of an open practice. The desk follows when they have been seen, or
        as soon as somebody wants it.
        """
        self._repository = repository
        self._pieces = self._lay_out(repository, load_atlas)
        self.patients.chosen.connect(self._open_patient)
        self.patients.new_asked.connect(lambda: self._do("patient.new"))
        self.patients.reports_asked.connect(lambda: self._do("reports"))
        self.patients.current_changed.connect(self._show_what_can_be_done)
        self.patients.practice_asked.connect(lambda: self._do("practice"))
        self.patients.refresh()
        self._laying_out.start()

    def _open_patient(self, patient_id: UUID) -> None:
        self.desk.open_patient(patient_id)

    def _lay_out_more(self) -> None:
        if next(self._pieces, self) is self:
            self._laying_out.stop()

    def _lay_out(self, repository: Repository, load_atlas: Callable[[], Atlas]) -> Iterator[None]:
        """Makes the desk, in pieces of one or two tenths of a second."""
        atlas = load_atlas()
        yield
        from app.panels.desk import Desk

        yield
        desk = Desk(repository, atlas, self._settings, self.notifier, self._clock, self.theme, self)
        self._desk = desk
        self._pages.addWidget(desk.chart)
        desk.chart_asked.connect(self._show_chart)
        desk.patients_asked.connect(self.show_patients)
        desk.state_changed.connect(self._show_what_can_be_done)
        desk.toolbox.changed.connect(self._show_tool)
        desk.reports.listed = self._listed_patient
        desk.chart.marking.do = lambda action_id: self.actions_by_id[action_id].trigger()
        self.messages.stand_over(desk.chart.lower_bar)
        desk.chart.sessions.review.clicked.connect(self.actions_by_id["review"].trigger)
        self._show_what_can_be_done()
        QTimer.singleShot(0, desk, desk.open_left_needles)

    def show_patients(self) -> None:
        """Back to the list, with the cursor in the search line."""
        if not self.desk.close_patient():
            return
        self._pages.setCurrentWidget(self.patients)
        self.patients.start()
        self.setWindowTitle("Needlepoint")
        self._show_what_can_be_done()

    def about(self) -> None:
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("About Needlepoint")
        box.setText(
            f"Needlepoint {__version__}\n\nDry needling charted on pictures of the body.\n\n"
            "It keeps records. It gives no advice on what to treat or how deep to needle.\n"
            "Body pictures from the MakeHuman project (CC0 1.0). Typeface Inter (OFL 1.1)."
        )
        box.open()

    @property
    def finder(self) -> Finder:
        """The palette, made when it is first wanted."""
        if self._finder is None:
            from app.panels.finder import Finder

            self._finder = Finder(self, self.actions_by_id, lambda: self._desk, self._on_chart)
        return self._finder

    @property
    def reviewing(self) -> Reviewing:
        """The page on which sessions are reviewed, made when it is first wanted."""
        if self._reviewing is None:
            from app.panels.review.reviewing import Reviewing

            self._reviewing = Reviewing(self.desk, self._settings, self.theme, self._clock)
            self._pages.addWidget(self._reviewing.page)
        return self._reviewing

    def toggle_review(self) -> None:
        """Shows the review of the open chart, or leads back to the chart."""
        if self._on_review():
            self._show_chart()
        elif self.reviewing.open():
            self._pages.setCurrentWidget(self.reviewing.page)
            self.reviewing.page.take_focus()
            self.setWindowTitle("Review – Needlepoint")
            self._show_what_can_be_done()

    def find_anything(self) -> None:
        self.finder.find_anything()

    def place_by_name(self) -> None:
        self.finder.place_by_name()

    def show_keys(self) -> None:
        from app.panels.keys_dialog import KeysDialog

        KeysDialog(self).open()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.TouchBegin:
            self.touch.screen_was_touched()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._desk is not None and not self._desk.flush() and not self._may_lose_words():
            event.ignore()
            return
        if self._desk is not None and not self._closing and not self._desk.bedside.may_close():
            event.ignore()
            return
        if self._desk is not None and not self._closing and not self._desk.reports.many.may_close():
            event.ignore()
            return
        self._closing = True
        for timer in self.findChildren(QTimer):
            timer.stop()  # nothing that waits for its time comes after the practice is closed
        self._settings.change(window_width=self.width(), window_height=self.height())
        if self._reviewing is not None:
            self._reviewing.close()
        self.practice.close()
        if self._desk is not None:
            self._desk.close()
        event.accept()

    def _may_lose_words(self) -> bool:
        """Asks whether to close although words that were typed cannot be stored."""
        box = QMessageBox(self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Needlepoint")
        box.setText(
            "What you typed last is not saved, because the practice cannot be written just now. "
            "Keep the window open and try again, or close it and lose these words."
        )
        keep = box.addButton("Keep open", QMessageBox.ButtonRole.RejectRole)
        box.addButton("Close without these words", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(keep)
        box.exec()
        return box.clickedButton() is not keep

    def _remembered_size(self) -> QSize:
        """The size of last time, as far as the screen has room below its bars."""
        wanted = QSize(self._settings.values.window_width, self._settings.values.window_height)
        room = self.screen().availableSize() - QSize(0, TITLE_BAR_HEIGHT)
        return wanted.boundedTo(room)

    # -- menus -----------------------------------------------------------------------------

    def _build_menus(self) -> None:
        menus: dict[Menu, QMenu] = {menu: self.menuBar().addMenu(menu.value) for menu in Menu}
        tools = QActionGroup(self)
        tool_actions = set(TOOL_ACTIONS.values())
        for action in ACTIONS:
            menu = menus[action.menu]
            if action.begins_group:
                menu.addSeparator()
            item = QAction(action.name, self)
            item.setShortcuts([QKeySequence(keys) for keys in action.shortcuts])
            item.triggered.connect(lambda _on, action_id=action.id: self._do(action_id))
            item.setCheckable(action.checkable or action in tool_actions)
            if action in tool_actions:
                tools.addAction(item)
            item.setAutoRepeat(action.repeats)
            menu.addAction(item)
            self.actions_by_id[action.id] = item
        self.actions_by_id[TOOL_ACTIONS[ToolKey.SELECT].id].setChecked(True)

    def _do(self, action_id: str) -> None:
        if action_id in WITHOUT_DESK:
            {
                "quit": self.close,
                "view.touch": self.touch.toggle,
                "palette": self.find_anything,
                "help.keys": self.show_keys,
                "help.about": self.about,
            }[action_id]()
            return
        self._deeds()[action_id]()

    def _deeds(self) -> dict[str, Callable[[], object]]:
        """What each action does that needs an open practice, by its id."""
        from app.panels.deeds import chart_deeds

        here: dict[str, Callable[[], object]] = {
            "patient.find": self.show_patients,
            "place.by_name": self.place_by_name,
            "review": self.toggle_review,
            "practice": self.practice.toggle,
            "practice.search": self.practice.search,
        }
        if self._on_review():
            here |= self.reviewing.deeds()
        return chart_deeds(self.desk) | here

    def _show_what_can_be_done(self) -> None:
        """Enables what makes sense now; undo and redo say what they would do."""
        desk = self._desk
        possible = dict.fromkeys(BY_ID, False)
        if desk is not None:
            possible |= possible_now(desk, self._on_chart())
            if self._on_review():
                possible |= dict.fromkeys((*self.reviewing.deeds(), "review"), True)
            for action_id, label in (
                ("undo", desk.history.undo_label),
                ("redo", desk.history.redo_label),
            ):
                name = BY_ID[action_id].name
                self.actions_by_id[action_id].setText(f"{name}: {label}" if label else name)
            if desk.signing.is_locked:
                self.actions_by_id["undo"].setText(f"{BY_ID['undo'].name}: this session is signed")
            self.actions_by_id["view.tick"].setChecked(desk.tick.is_on)
            self.actions_by_id["view.zones"].setChecked(desk.chart.anatomy.shown.zones)
            style = "clay instead of lines" if desk.lines else "lines instead of clay"
            self.actions_by_id["view.line"].setText(f"{BY_ID['view.line'].name}: {style}")
        possible |= dict.fromkeys(WITHOUT_DESK, True)
        for action_id, on in possible.items():
            self.actions_by_id[action_id].setEnabled(on)

    def _on_chart(self) -> bool:
        return self._desk is not None and self._pages.currentWidget() is self._desk.chart

    def _on_review(self) -> bool:
        page = None if self._reviewing is None else self._reviewing.page
        return page is not None and self._pages.currentWidget() is page

    def _listed_patient(self) -> UUID | None:
        """The patient who is chosen in the list, while that is in sight."""
        listed = self._pages.currentWidget() is self.patients
        return self.patients.chosen_id() if listed else None

    def _show_chart(self) -> None:
        self._pages.setCurrentWidget(self.desk.chart)
        self.desk.chart.map.setFocus()
        self.setWindowTitle("Chart – Needlepoint")  # no name: titles show up in task lists
        self._show_what_can_be_done()

    def _show_tool(self, key: ToolKey) -> None:
        self.actions_by_id[TOOL_ACTIONS[key].id].setChecked(True)

    def _follow_system(self) -> None:
        theme = themes.system_theme()
        themes.apply(_application(), theme)
        if self._desk is not None:
            self._desk.chart.set_theme(theme)
        if self._reviewing is not None:
            self._reviewing.set_theme(theme)
        self.practice.set_theme(theme)

    def _dress_anew(self) -> None:
        themes.dress(_application(), self.theme)

    def _find_patients(self, search: str) -> list[PatientSummary] | None:
        return None if self._repository is None else found(self._repository, self.notifier, search)

    def _today(self) -> date:
        return local_day(self._clock())


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
