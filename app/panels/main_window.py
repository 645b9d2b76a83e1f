"""The window: patients first, then one patient's chart. Menus and keys come from the actions."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMessageBox, QStackedWidget

from app import __version__
from app.body.atlas import Atlas
from app.domain.errors import KnownError
from app.domain.identity import UUID
from app.domain.ports import Repository
from app.domain.records import Patient, Practitioner, Problem, TreatmentSession
from app.domain.rules import Finding
from app.domain.summaries import PatientSummary
from app.editing.actions import ACTIONS, BY_ID, TOOL_ACTIONS, Menu
from app.editing.history import History
from app.editing.practice_editor import PracticeEditor
from app.editing.session_editor import SessionEditor
from app.editing.store import ChartStore
from app.editing.toolbox import Toolbox
from app.editing.tools.tool import ToolKey
from app.jobs import Jobs
from app.notify import Notifier
from app.panels import theme as themes
from app.panels.chart_page import ChartPage
from app.panels.export import PdfExport
from app.panels.keys_dialog import KeysDialog
from app.panels.message_bar import MessageBar
from app.panels.patients_page import PatientsPage
from app.panels.record_forms import PatientForm, PractitionerForm, ProblemForm
from app.settings import Settings

ZOOM_STEP = 1.25


class MainWindow(QMainWindow):
    """Joins the pages, the menus and the dialogs of one open practice."""

    def __init__(
        self,
        repository: Repository,
        atlas: Atlas,
        settings: Settings,
        clock: Callable[[], datetime],
        theme: themes.Theme | None = None,
    ) -> None:
        super().__init__()
        self._repository = repository
        self._settings = settings
        self._clock = clock
        self._fixed_theme = theme
        self.notifier = Notifier()
        self.jobs = Jobs()
        self.store = ChartStore(repository)
        history = History(self.store, clock)
        self.editor = SessionEditor(self.store, history, atlas, clock)
        self.practice = PracticeEditor(self.store, History(self.store, clock), clock)
        self.toolbox = Toolbox(self.editor)

        shown_theme = theme or themes.system_theme()
        self.patients = PatientsPage(self._find_patients, self._today)
        self.chart = ChartPage(self.editor, self.toolbox, shown_theme, clock)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.patients)
        self._pages.addWidget(self.chart)
        self.setCentralWidget(self._pages)
        self.messages = MessageBar(self._pages)
        self.exporter = PdfExport(repository, self.jobs, settings, self.notifier, self)
        self.setWindowTitle("Needlepoint")
        self.resize(settings.values.window_width, settings.values.window_height)
        self.setMinimumSize(960, 620)

        self.actions_by_id: dict[str, QAction] = {}
        self._build_menus()
        self._connect(history)
        self._take_up_practitioner()
        self.patients.start()
        self._show_what_can_be_done()

    # -- pages -----------------------------------------------------------------------------

    def show_patients(self) -> None:
        """Back to the list, with the cursor in the search line."""
        self.chart.close_patient()
        self._pages.setCurrentWidget(self.patients)
        self.patients.start()
        self.setWindowTitle("Needlepoint")
        self._show_what_can_be_done()

    def open_patient(self, patient_id: UUID) -> None:
        try:
            self.chart.open_patient(patient_id, ghosts=self._settings.values.ghosts)
        except KnownError as error:
            self.notifier.trouble(error)
            return
        self._pages.setCurrentWidget(self.chart)
        self.chart.map.setFocus()
        self.setWindowTitle("Chart – Needlepoint")  # no name: titles show up in task lists
        self._show_what_can_be_done()

    # -- what is asked for -----------------------------------------------------------------

    def new_patient(self) -> None:
        number = self._repository.next_patient_number()
        form = PatientForm(None, number, self._today(), self._save_new_patient, self)
        form.open()

    def edit_patient(self) -> None:
        patient = self.store.patient
        if patient is not None:
            save = self._saver(lambda after: self.practice.save_patient(self.store.patient, after))
            PatientForm(patient, patient.number, self._today(), save, self).open()

    def edit_practitioner(self) -> None:
        self._ask_practitioner(self._practitioner(), lambda: None)

    def new_session(self) -> None:
        """Starts a session; a practice that has no practitioner yet is asked for one first."""
        if self.store.patient is None:
            return
        practitioner = self._practitioner()
        if practitioner is None:
            self._ask_practitioner(None, self.new_session)
            return
        self.chart.flush()
        session = self.practice.start_session(practitioner.id)
        if session is not None:
            self.chart.open_session(session.id)
            self.notifier.done("Session started.", "Undo", lambda: self.remove_session(session.id))

    def remove_session(self, session_id: UUID) -> None:
        """Removes a session without marks; one with marks is kept, and that is said."""
        session = self.store.session(session_id)
        if self.store.marks(session_id):
            self.notifier.trouble("This session holds marks. Remove them first.")
            return
        if self.practice.remove_session(session):
            self.notifier.done("Session removed.", "Undo", self.practice.history.undo)

    def edit_problem(self, problem: Problem | None) -> None:
        patient = self.store.patient
        if patient is None:
            return

        def store(after: Problem) -> bool:
            done = self.practice.save_problem(problem, after)
            if done and problem is None and self.editor.session is not None:
                self.editor.change_session("Choose problem", problem_id=after.id)
            return done

        ProblemForm(problem, patient.id, self._saver(store), self).open()

    def export_pdf(self) -> None:
        session = self.editor.session
        if session is not None:
            self.chart.flush()
            self.exporter.ask(session)

    def take_back(self) -> None:
        self.chart.flush()
        label = self.editor.history.undo_label
        if label is not None and self.editor.history.undo():
            self.notifier.done(f"Undone: {label}.", "Redo", self.redo)

    def redo(self) -> None:
        self.editor.history.redo()

    def about(self) -> None:
        box = QMessageBox(self)
        box.setTextFormat(box.textFormat().PlainText)
        box.setWindowTitle("About Needlepoint")
        box.setText(
            f"Needlepoint {__version__}\n\nDry needling charted on pictures of the body.\n\n"
            "It keeps records. It gives no advice on what to treat or how deep to needle.\n"
            "Body pictures from the MakeHuman project (CC0 1.0). Typeface Inter (OFL 1.1)."
        )
        box.open()

    # -- wiring ----------------------------------------------------------------------------

    def _build_menus(self) -> None:
        menus: dict[Menu, QMenu] = {menu: self.menuBar().addMenu(menu.value) for menu in Menu}
        tools = QActionGroup(self)
        for action in ACTIONS:
            menu = menus[action.menu]
            if action.begins_group:
                menu.addSeparator()
            item = QAction(action.name, self)
            item.setShortcuts([QKeySequence(keys) for keys in action.shortcuts])
            item.setStatusTip(action.tip)
            item.triggered.connect(self._does(action.id))
            if action in TOOL_ACTIONS.values():
                item.setCheckable(True)
                tools.addAction(item)
            menu.addAction(item)
            self.actions_by_id[action.id] = item
        self.actions_by_id["tool.select"].setChecked(True)

    def _does(self, action_id: str) -> Callable[[], object]:
        body_map = self.chart.map
        tools: dict[str, Callable[[], object]] = {
            action.id: lambda key=key: self.toolbox.take(key)  # type: ignore[misc]
            for key, action in TOOL_ACTIONS.items()
        }
        views: dict[str, Callable[[], object]] = {
            f"view.{name}": lambda name=name: body_map.enlarge(name)  # type: ignore[misc]
            for name in ("anterior", "posterior", "left", "right")
        }
        done: dict[str, Callable[[], object]] = {
            **tools,
            **views,
            "patient.find": self.show_patients,
            "patient.new": self.new_patient,
            "patient.edit": self.edit_patient,
            "session.new": self.new_session,
            "session.pdf": self.export_pdf,
            "practitioner": self.edit_practitioner,
            "quit": self.close,
            "undo": self.take_back,
            "redo": self.redo,
            "remove": lambda: self.editor.remove(self.editor.selection.ids),
            "select.all": lambda: self.editor.selection.set(m.id for m in self.editor.marks),
            "view.all": lambda: body_map.enlarge(None),
            "view.in": lambda: body_map.zoom(ZOOM_STEP),
            "view.out": lambda: body_map.zoom(1 / ZOOM_STEP),
            "view.fit": body_map.fit,
            "view.ghosts": self.chart.toggle_last_under,
            "view.beside": self.chart.open_last_beside,
            "view.panels": self.chart.toggle_panels,
            "help.keys": lambda: KeysDialog(self).open(),
            "help.about": self.about,
        }
        do = done[action_id]
        return lambda *_checked: do()

    def _connect(self, history: History) -> None:
        self.patients.chosen.connect(self.open_patient)
        self.patients.new_asked.connect(self.new_patient)
        self.chart.sessions.patients_asked.connect(self.show_patients)
        self.chart.session_asked.connect(self.new_session)
        self.chart.remove_asked.connect(self.remove_session)
        self.chart.problem_asked.connect(self.edit_problem)
        self.chart.header.patient_asked.connect(self.edit_patient)
        self.chart.header.export_asked.connect(self.export_pdf)
        self.notifier.posted.connect(self.messages.show_message)
        for each in (history, self.practice.history):
            each.failed.connect(self._on_failed)
        history.state_changed.connect(self._show_what_can_be_done)
        self.editor.session_changed.connect(self._show_what_can_be_done)
        self.editor.selection.changed.connect(self._show_what_can_be_done)
        self.toolbox.changed.connect(self._show_tool)
        if self._fixed_theme is None:
            hints = QApplication.styleHints()
            hints.colorSchemeChanged.connect(lambda _scheme: self._follow_system())

    def _follow_system(self) -> None:
        theme = themes.system_theme()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        themes.apply(app, theme)
        self.chart.set_theme(theme)

    def _show_tool(self, key: ToolKey) -> None:
        self.actions_by_id[TOOL_ACTIONS[key].id].setChecked(True)

    def _show_what_can_be_done(self) -> None:
        """Enables what makes sense now; undo and redo say what they would do."""
        on_chart = self._pages.currentWidget() is self.chart
        history, editor = self.editor.history, self.editor
        for action in ACTIONS:
            chart_only = action.menu in (Menu.EDIT, Menu.TOOLS, Menu.VIEW)
            self.actions_by_id[action.id].setEnabled(on_chart or not chart_only)
        for action_id, label in (("undo", history.undo_label), ("redo", history.redo_label)):
            item, name = self.actions_by_id[action_id], BY_ID[action_id].name
            item.setEnabled(on_chart and editor.writable and label is not None)
            item.setText(f"{name}: {label}" if label else name)
        for action_id, possible in (
            ("patient.edit", on_chart),
            ("session.new", on_chart),
            ("session.pdf", on_chart and editor.session is not None),
            ("remove", on_chart and editor.writable and bool(editor.selection.ids)),
            ("select.all", on_chart and editor.session is not None),
        ):
            self.actions_by_id[action_id].setEnabled(possible)
        for key, action in TOOL_ACTIONS.items():
            usable = on_chart and (editor.writable or key is ToolKey.SELECT)
            self.actions_by_id[action.id].setEnabled(usable)

    def _on_failed(self, error: KnownError) -> None:
        self.chart.show_not_saved()
        self.notifier.trouble(error)

    # -- helpers ---------------------------------------------------------------------------

    def _today(self) -> date:
        return self._clock().astimezone().date()

    def _find_patients(self, search: str) -> list[PatientSummary]:
        try:
            return self._repository.find_patients(search)
        except KnownError as error:
            self.notifier.trouble(error)
            return []

    def _save_new_patient(self, patient: Patient) -> list[Finding]:
        findings = self._saver(lambda after: self.practice.save_patient(None, after))(patient)
        if not findings:
            self.open_patient(patient.id)
        return findings

    def _saver(self, store: Callable[..., bool]) -> Callable[..., list[Finding]]:
        """Checks a record, stores it, and answers what stood against it, field by field."""

        def save(record: Patient | Practitioner | Problem | TreatmentSession) -> list[Finding]:
            findings = self.practice.findings(record)
            if findings:
                return findings
            refused: list[Finding] = []
            history = self.practice.history

            def note(error: KnownError) -> None:
                named = getattr(error, "findings", ())
                refused.extend(named or [Finding("", str(error))])

            history.failed.connect(note)
            try:
                store(record)
            finally:
                history.failed.disconnect(note)
            return refused

        return save

    def _practitioner(self) -> Practitioner | None:
        """Who worked here last, or the only one there is."""
        known = self._repository.practitioners()
        wanted = self._settings.values.practitioner_id
        return next((p for p in known if p.id == wanted), known[0] if len(known) == 1 else None)

    def _ask_practitioner(self, known: Practitioner | None, then: Callable[[], object]) -> None:
        form = PractitionerForm(
            known,
            self._saver(lambda after: self.practice.save_practitioner(known, after)),
            self,
        )

        def take_up() -> None:
            self._settings.change(practitioner=str(form.known_id))
            self._take_up_practitioner()
            then()

        form.accepted.connect(take_up)
        form.open()

    def _take_up_practitioner(self) -> None:
        practitioner = self._practitioner()
        actor = practitioner.id if practitioner is not None else None
        self.editor.history.actor = actor
        self.practice.history.actor = actor

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stores what is still being typed, and lets a running export finish."""
        self.chart.flush()
        self._settings.change(window_width=self.width(), window_height=self.height())
        self.jobs.wait()
        event.accept()
