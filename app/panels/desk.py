"""The desk: an open practice joined to the window. What menus and buttons ask for is done here."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.body.atlas import Atlas
from app.body.own_zones import zone_words
from app.body.picture_style import PictureStyle
from app.domain.errors import InvalidRecordError, KnownError
from app.domain.findings import Finding
from app.domain.identity import UUID
from app.domain.own_zones import NoNeedleZone
from app.domain.ports import Repository
from app.domain.records import Patient, Problem, TreatmentSession
from app.domain.rules import HIGHEST_THRESHOLD_KPA
from app.domain.summaries import PatientSummary
from app.domain.words import local_day
from app.editing.history import History
from app.editing.practice_editor import PracticeEditor
from app.editing.session_editor import SessionEditor
from app.editing.store import ChartStore
from app.editing.toolbox import Toolbox
from app.jobs import Jobs
from app.notify import Notifier
from app.panels.at_work import AtWork
from app.panels.bedside import Bedside
from app.panels.chart_page import ChartPage
from app.panels.last_time import LastTime
from app.panels.muscle_window import MuscleWindow
from app.panels.own_pictures import OwnPictures
from app.panels.papers_desk import PapersDesk
from app.panels.patients_page import found
from app.panels.record_forms import PatientForm, ProblemForm
from app.panels.reports.desk import ReportsDesk
from app.panels.saving import saver
from app.panels.session_words import left_with_needles, todays_session
from app.panels.signing import Signing
from app.panels.theme import Theme
from app.panels.tick import Tick
from app.settings import Settings

ZONES_AFTER_MS = 120
READ_AHEAD_MS = 30
"""Between two pieces keys and paints have their turn."""


class Desk(QObject):
    """One open practice: its store, its editors, the chart page and the dialogs around it."""

    chart_asked = Signal()
    """A chart was opened and wants to be seen."""
    patients_asked = Signal()
    state_changed = Signal()
    """What can be done is different now."""

    def __init__(
        self,
        repository: Repository,
        atlas: Atlas,
        settings: Settings,
        notifier: Notifier,
        clock: Callable[[], datetime],
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._repository = repository
        self._settings = settings
        self._clock = clock
        self._window = window
        self.notifier = notifier
        self.jobs = Jobs()
        self.store = ChartStore(repository)
        self.history = History(self.store, clock)
        self.editor = SessionEditor(self.store, self.history, atlas, clock)
        self.practice = PracticeEditor(self.store, History(self.store, clock), clock)
        self.at_work = AtWork(
            repository, settings, self.practice, (self.history, self.practice.history), window
        )
        self.toolbox = Toolbox(self.editor)
        self.chart = ChartPage(self.editor, self.toolbox, theme, clock)
        self.bedside = Bedside(self.editor, self.toolbox, self.chart, notifier, window)
        self.tick = Tick(settings)
        self.last_time = LastTime(self.editor, notifier, self.undo)
        self.signing = Signing(self.editor, self.toolbox, self.chart.column, notifier, window)
        self._muscles: MuscleWindow | None = None
        self._zones_due = QTimer(self)
        """Zones follow when the chart is on the screen: finding their lines takes a moment."""
        self._zones_due.setSingleShot(True)
        self._zones_due.setInterval(ZONES_AFTER_MS)
        self._ahead = atlas.read_ahead()
        self._reading = QTimer(self)
        """The anatomy is read when the patients are on the screen, piece by piece: the first
        paint does not wait for it, nor does the first move over the body.
        """
        self._reading.setInterval(READ_AHEAD_MS)
        self._reading.timeout.connect(self._read_ahead)
        self._reading.start()
        self.reports = ReportsDesk(
            repository, atlas, self.editor, self.jobs, settings, notifier, clock, self.practice,
            self.flush, window,
        )  # fmt: skip
        self.pictures = OwnPictures(
            self.practice, self.editor, self.chart.maps, self.jobs, settings, notifier,
            self._saver, window,
        )  # fmt: skip
        self.papers = PapersDesk(self.editor, self.practice, notifier, window)
        self._show_style()
        self._connect()
        self.at_work.take_up()

    def _read_ahead(self) -> None:
        try:
            next(self._ahead)
        except StopIteration:
            self._reading.stop()

    # -- muscles ---------------------------------------------------------------------------

    def find_muscle(self) -> None:
        """Opens the muscles with the cursor in the search line."""
        self.muscles.show()
        self.muscles.raise_()
        self.muscles.activateWindow()
        self.muscles.search.setFocus()
        self.muscles.search.selectAll()

    def toggle_zones(self) -> None:
        """Shows the hazard zones, or not, from now on."""
        shown = not self._settings.values.hazard_zones
        self._settings.change(hazard_zones=shown)
        self.chart.anatomy.show_zones(shown)

    def _show_muscle(self, muscle_id: str) -> None:
        self.muscles.show_muscle(muscle_id)

    @property
    def muscles(self) -> MuscleWindow:
        """The window of the muscles, made when it is first wanted."""
        if self._muscles is None:
            self._muscles = MuscleWindow(self.editor.atlas.catalogue, self._window)
            self._muscles.lit.connect(self.chart.anatomy.light_up)
        return self._muscles

    # -- patients --------------------------------------------------------------------------

    def find_patients(self, search: str) -> list[PatientSummary] | None:
        return found(self._repository, self.notifier, search)

    def open_patient(self, patient_id: UUID) -> None:
        if not self.chart.flush() or not self._may_open(patient_id):
            return
        try:
            self.chart.open_patient(patient_id, ghosts=self._settings.values.ghosts)
        except KnownError as error:
            self.notifier.trouble(error)
        else:
            self.chart_asked.emit()

    def open_left_needles(self) -> None:
        """After a start: opens the chart of today in which needles are in, and says so."""
        try:
            left = left_with_needles(self._repository, self._clock())
        except KnownError as error:
            self.notifier.trouble(error)
            return
        if left and self.store.patient is None:
            self.open_patient(left[0].patient_id)
        if left and self.store.has_session(left[0].id):
            self.chart.open_session(left[0].id)
            self.bedside.say_what_was_found(len({each.patient_id for each in left}) - 1)

    def _may_open(self, patient_id: UUID) -> bool:
        """Whether this chart may take the place of the one that is open, if that is another's."""
        patient = self.store.patient
        return patient is None or patient.id == patient_id or self.bedside.may_leave_session()

    def close_patient(self) -> bool:
        """Closes the chart. False where words that were typed could not be stored yet, or where
        a needle is in and the user wants to stay.
        """
        if not self.chart.flush() or not self.bedside.may_leave_session():
            return False
        self.chart.close_patient()
        if self._muscles is not None:
            self._muscles.hide()
        self.practice.history.open(None)
        self.notifier.withdraw()
        return True

    def new_patient(self) -> None:
        try:
            number = self._repository.next_patient_number()
        except KnownError as error:
            self.notifier.trouble(error)
            return
        form = PatientForm(None, number, self._today, self._save_patient(None), self._window)
        form.stored.connect(self.open_patient)
        form.open()

    def edit_patient(self) -> None:
        patient = self.store.patient
        if patient is not None:
            save = self._save_patient(patient)
            PatientForm(patient, patient.number, self._today, save, self._window).open()

    # -- sessions --------------------------------------------------------------------------

    def new_session(self, again: bool = False) -> None:
        """Starts a session, or opens today's; with ``again`` another one today.

        A practice that has no practitioner yet is asked for one first.
        """
        if self.store.patient is None:
            return
        practitioner = self.at_work.practitioner
        if practitioner is None:
            self.at_work.ask(self.new_session)
            return
        if not self.chart.flush():
            return
        todays = todays_session(self.store, self._today)
        if todays is None or again:
            self._start_session(practitioner.id)
        else:
            self.chart.open_session(todays.id)
            self.notifier.done(
                "Today's session is on the desk.", "Start another", lambda: self.new_session(True)
            )

    def _start_session(self, practitioner_id: UUID) -> None:
        session = self.practice.start_session(practitioner_id)
        if session is not None:
            self.chart.open_session(session.id)
            self.notifier.done("Session started.", "Undo", lambda: self.remove_session(session.id))

    def remove_session(self, session_id: UUID) -> None:
        """Removes a session in which nothing is recorded; another one is kept, and that is said."""
        if not self.chart.flush():
            return
        session = next((each for each in self.store.sessions if each.id == session_id), None)
        if session is None:
            return
        if not self.practice.is_empty(session):
            self.notifier.trouble("Something is recorded in this session. Remove that first.")
        elif self.practice.remove_session(session):
            self.notifier.done("Session removed.", "Undo", lambda: self._bring_back(session))

    def _bring_back(self, session: TreatmentSession) -> None:
        if self.practice.save("Bring session back", None, session):
            self.chart.open_session(session.id)

    def edit_problem(self, problem: Problem | None) -> None:
        """Changes a problem, or adds one and treats it in the session on the desk."""
        patient = self.store.patient
        if patient is None:
            return

        def store(after: Problem) -> bool:
            done = self.practice.save_problem(problem, after)
            if done and problem is None and self.editor.writable:
                self.editor.change_session("Choose problem", problem_id=after.id)
            return done

        ProblemForm(problem, patient.id, self._saver(store), self._window).open()

    # -- appearance ------------------------------------------------------------------------

    @property
    def lines(self) -> bool:
        """Whether the body is drawn in lines."""
        return self._settings.values.line_pictures

    def toggle_lines(self) -> None:
        """Shows the body drawn in lines instead of clay, or the other way round; keeps it so."""
        self._settings.change(line_pictures=not self.lines)
        self._show_style()
        self.state_changed.emit()

    def _show_style(self) -> None:
        self.chart.maps.set_style(PictureStyle.LINE if self.lines else PictureStyle.CLAY)

    def _tell_no_close_up(self) -> None:
        self.notifier.done("There is no close-up of this place. The wheel goes closer to it.")

    # -- undo ------------------------------------------------------------------------------

    def undo(self) -> None:
        if self.signing.is_locked:
            self.signing.say_why_no_undo()
            return
        if not self.chart.flush():
            return
        label = self.history.undo_label  # which may be that of the words that were just stored
        if label is not None and self.history.undo():
            self.notifier.done(f"Undone: {label}.", "Redo", self.redo)

    def redo(self) -> None:
        if not self.chart.flush():
            return
        label = self.history.redo_label
        if label is not None and self.history.redo():
            self.notifier.done(f"Redone: {label}.", "Undo", self.undo)

    def remove_selected(self) -> None:
        ids, zone = self.editor.selection.ids, self.editor.selection.zone
        if not self.chart.flush():
            return
        if zone is not None:
            self.editor.zones.remove(zone)
        elif ids:
            self.editor.remove(ids)

    def _tell_undoable(self, what: str) -> None:
        self.notifier.done(what, "Undo", self.undo)

    def _tell_zone_removed(self, zone: NoNeedleZone) -> None:
        what = zone_words(self.editor.atlas, zone)
        self.notifier.done(f"No-needle zone removed: {what}.", "Undo", self.undo)

    def select_all(self) -> None:
        self.editor.selection.set(mark.id for mark in self.editor.marks)

    def flush(self) -> bool:
        """Stores what is still being typed; whether all of it is stored now."""
        return self.chart.flush()

    def close(self) -> None:
        """Lets a running export finish."""
        self.editor.close()
        self.reports.close()
        self.jobs.wait()

    # -- helpers ---------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return local_day(self._clock())

    def _connect(self) -> None:
        self.chart.sessions.patients_asked.connect(self.patients_asked)
        self.chart.left.protocols.done.connect(self._tell_undoable)
        self.chart.session_asked.connect(self.new_session)
        self.chart.remove_asked.connect(self.remove_session)
        self.chart.remove_marks_asked.connect(self.remove_selected)
        self.chart.muscle_asked.connect(self._show_muscle)
        self.chart_asked.connect(self._zones_due.start)
        self._zones_due.timeout.connect(
            lambda: self.chart.anatomy.show_zones(self._settings.values.hazard_zones)
        )
        self.chart.column.mark_editor.threshold.refused.connect(self._refuse_figure)
        self.chart.column.session_card.problem_asked.connect(self.edit_problem)
        self.chart.column.box_asked.connect(self.papers.new_box)
        self.chart.column.score_asked.connect(self.papers.edit_score)
        self.chart.column.score_removal_asked.connect(self.papers.remove_score)
        self.chart.header.patient_asked.connect(self.edit_patient)
        self.chart.header.export_asked.connect(self.reports.export_chart)
        self.chart.band.addenda_asked.connect(self.signing.show_addenda)
        self.chart.map.no_close_up.connect(self._tell_no_close_up)
        self.history.failed.connect(self._on_failed)
        self.practice.history.failed.connect(self._on_form_failed)
        self.store.changed.connect(lambda _change: self.notifier.withdraw())
        self.history.state_changed.connect(self.state_changed)
        self.editor.session_changed.connect(self.state_changed)
        self.pictures.changed.connect(self.state_changed)
        self.editor.selection.changed.connect(self.state_changed)
        self.editor.refused.connect(self.notifier.trouble)
        self.editor.told.connect(lambda words: self.notifier.done(words, "Undo", self.undo))
        self.editor.zones.removed.connect(self._tell_zone_removed)

    def _on_failed(self, error: KnownError) -> None:
        self.chart.show_not_saved()
        self.notifier.trouble(error)

    def _on_form_failed(self, error: KnownError) -> None:
        if not isinstance(error, InvalidRecordError):  # the form shows that at its field
            self.notifier.trouble(error)

    def _refuse_figure(self, text: str) -> None:
        self.notifier.trouble(
            f"“{text}” was not recorded: a threshold is a figure from 0 to "
            f"{HIGHEST_THRESHOLD_KPA:,} kPa."
        )

    def _save_patient(self, before: Patient | None) -> Callable[..., list[Finding]]:
        return self._saver(lambda after: self.practice.save_patient(before, after))

    def _saver(self, store: Callable[..., bool]) -> Callable[..., list[Finding]]:
        return saver(self.practice, store)
