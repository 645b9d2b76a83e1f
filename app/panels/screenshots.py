"""Pictures of the real window, made without a display: for documents, and for looking at it."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.domain.errors import ExportError
from app.domain.marks import MarkKind
from app.domain.ports import PracticeOpener, Repository
from app.domain.stages import Stage
from app.files import write_whole
from app.painting.encoding import png_of
from app.panels import theme as themes
from app.panels.application import load_atlas, make_application
from app.panels.keys_dialog import KeysDialog
from app.panels.main_window import MainWindow
from app.panels.practice.page import PracticePage
from app.panels.practice.table import PracticeTable
from app.panels.record_forms import PatientForm, PractitionerForm, ProblemForm
from app.panels.review.often_room import OftenRoom
from app.panels.review.sessions_room import SessionsRoom
from app.panels.review.trends.room import OVER_TIME, TWO_SESSIONS, TrendsRoom
from app.settings import Settings

DEFAULT_SIZE = (1280, 800)


def _chart(window: MainWindow) -> QWidget:
    """The patient who was treated last, with the newest session on the desk."""
    desk = window.desk
    found = desk.find_patients("")
    if not found:
        raise ExportError("The practice has no patients to show. Make some with: demo")
    desk.open_patient(found[0].id)
    sessions = desk.store.sessions
    if sessions and desk.editor.session is None:
        desk.chart.open_session(sessions[0].id)
    desk.chart.anatomy.show_zones(True)  # which the window does a moment later
    return window


def _mark(window: MainWindow) -> QWidget:
    _chart(window)
    marks = window.desk.editor.marks
    window.desk.editor.selection.set([mark.id for mark in marks[:1]])
    return window


def _needle(window: MainWindow) -> QWidget:
    """The newest session with its last needle in hand, the session before under it."""
    _chart(window)
    needles = [each for each in window.desk.editor.marks if each.kind is MarkKind.NEEDLE]
    window.desk.editor.selection.set([each.id for each in needles[-1:]])
    return window


def _stage(stage: Stage) -> Callable[[MainWindow], QWidget]:
    """The newest session at one of its stages."""

    def show(window: MainWindow) -> QWidget:
        _chart(window)
        window.desk.chart.show_stage(stage)
        return window

    return show


def _views(window: MainWindow) -> QWidget:
    _chart(window)
    window.desk.chart.map.enlarge(None)
    return window


def _close_up(window: MainWindow) -> QWidget:
    _chart(window)
    window.desk.chart.map.enlarge("posterior")
    window.desk.chart.map.enlarge("shoulder_left_posterior")
    return window


def _beside(window: MainWindow) -> QWidget:
    _chart(window)
    window.desk.chart.open_last_beside()
    return window


def _under(window: MainWindow) -> QWidget:
    """Two earlier sessions under the newest one."""
    _chart(window)
    chart = window.desk.chart
    for session in window.desk.store.sessions[1:3]:
        if session.id not in chart.under:
            chart.toggle_under(session.id)
    return window


def _review(window: MainWindow) -> QWidget:
    """The patient who was treated last, looked back over, with the spot that was marked most."""
    _chart(window)
    window.toggle_review()
    sites = _sessions_room(window).sites
    found = QEventLoop()
    sites.follower.changed.connect(found.quit)
    sites.follower.failed.connect(found.quit)
    if sites.follower.is_under_way:
        found.exec()
    if sites.follower.found is not None and sites.follower.found.sites:
        most = max(sites.follower.found.sites, key=lambda site: len(site.visits))
        sites.choose_mark(most.last.id)
    return window


def _sessions_room(window: MainWindow) -> SessionsRoom:
    room = window.reviewing.page.room
    assert isinstance(room, SessionsRoom)
    return room


def _compared(mode: str) -> Callable[[MainWindow], QWidget]:
    """The last two sessions of the patient who was treated last, in a mode of comparison."""

    def show(window: MainWindow) -> QWidget:
        _review(window)
        bar = _sessions_room(window).comparing.bar
        bar.choose(type(bar.chosen)(mode))
        return window

    return show


def _often(scope: int, counted: str) -> Callable[[MainWindow], QWidget]:
    """How often the patient who was treated last, or the whole practice, was marked."""

    def show(window: MainWindow) -> QWidget:
        _chart(window)
        window.toggle_review()
        page = window.reviewing.page
        page.enter("often")
        assert isinstance(page.room, OftenRoom)
        panel = page.room.panel
        panel.column.scope.choose(scope)
        panel.column.counted.choose(type(panel.counted)(counted))
        counting = QEventLoop()
        panel.source.changed.connect(counting.quit)
        while panel.source.is_under_way:
            counting.exec()
        row = panel.column.table.places.index(0, 0)
        panel.column.table.setCurrentIndex(row)
        return window

    return show


def _practice(name: str) -> Callable[[MainWindow], QWidget]:
    """The whole practice, with the tab of this name in sight, and read."""

    def show(window: MainWindow) -> QWidget:
        window.practice.enter()
        page = window.practice.room.page
        page.bar.setCurrentIndex([tab.name for tab in page.tabs].index(name))
        _wait_until_read(page)
        return window

    return show


def _trends(mode: str) -> Callable[[MainWindow], QWidget]:
    """The trends of the patient who was treated last: over time, or of two sessions."""

    def show(window: MainWindow) -> QWidget:
        _chart(window)
        window.toggle_review()
        page = window.reviewing.page
        page.enter("trends")
        room = page.room
        assert isinstance(room, TrendsRoom)
        read = QEventLoop()
        room.reader.changed.connect(read.quit)
        room.reader.failed.connect(read.quit)
        if room.reader.is_under_way:
            read.exec()
        room.column.finish()
        if mode == TWO_SESSIONS:
            room.mode.show_value(mode)
            room.mode.chosen.emit(mode)
            room.comparison.model.modelReset.connect(read.quit)
            if not room.comparison.model.rows:
                read.exec()
        return window

    return show


def _needles(window: MainWindow) -> QWidget:
    """The needles of the practice, with the sessions of the first lot."""
    _practice("Needles")(window)
    page = window.practice.room.page
    lots = page.tab.findChildren(PracticeTable)[1]
    lots.opened.emit(lots.table.rows[0])
    _wait_until_read(page)
    return window


def _search(window: MainWindow) -> QWidget:
    """All sessions in which a muscle was charted that is typed by its everyday name."""
    _practice("Search")(window)
    page = window.practice.room.page
    page.tab.findChildren(QLineEdit)[0].setText("upper traps")
    page.tab.refresh()
    _wait_until_read(page)
    return window


def _wait_until_read(page: PracticePage) -> None:
    while page.is_reading:
        QApplication.processEvents()


def _patient_form(window: MainWindow) -> QWidget:
    window.desk.new_patient()
    return _dialog(window, PatientForm)


def _problem_form(window: MainWindow) -> QWidget:
    _chart(window)
    window.desk.edit_problem(None)
    return _dialog(window, ProblemForm)


def _practitioner_form(window: MainWindow) -> QWidget:
    window.desk.at_work.ask()
    return _dialog(window, PractitionerForm)


def _keys(window: MainWindow) -> QWidget:
    window.actions_by_id["help.keys"].trigger()
    return _dialog(window, KeysDialog)


def _reports(window: MainWindow) -> QWidget:
    """The reports of the patient who was treated last, with the progress report in the preview."""
    from app.panels.reports.dialog import ReportsDialog
    from app.report.kinds import ReportKind

    _chart(window)
    window.desk.reports.ask(ReportKind.PROGRESS)
    dialog = window.findChildren(ReportsDialog)[-1]
    dialog.choices.box(ReportKind.PATIENT).setChecked(True)
    dialog.show_kind(ReportKind.PROGRESS)
    pictured = QEventLoop()
    dialog.previewing.picture_made.connect(pictured.quit)
    dialog.previewing.failed.connect(pictured.quit)
    pictured.exec()
    return dialog


def _many(window: MainWindow) -> QWidget:
    """Reports of two patients who are ticked."""
    from app.panels.reports.many_dialog import ManyDialog

    window.actions_by_id["reports.many"].trigger()
    dialog = window.findChildren(ManyDialog)[-1]
    for row in window.patients.model.rows[:2]:
        dialog.patients.tick(row.id)
    dialog.choose_whose("ticked")
    return dialog


def _letterhead_form(window: MainWindow) -> QWidget:
    from app.panels.reports.letterhead_form import LetterheadForm

    window.actions_by_id["letterhead"].trigger()
    return _dialog(window, LetterheadForm)


def _picture_form(window: MainWindow) -> QWidget:
    from app.panels.reports.export_forms import PictureExportForm

    _chart(window)
    window.actions_by_id["export.picture"].trigger()
    return _dialog(window, PictureExportForm)


def _tables_form(window: MainWindow) -> QWidget:
    from app.panels.reports.export_forms import TablesForm

    _chart(window)
    window.actions_by_id["export.tables"].trigger()
    return _dialog(window, TablesForm)


def _dialog(window: MainWindow, kind: type[QWidget]) -> QWidget:
    return window.findChildren(kind)[-1]


SCENES: dict[str, Callable[[MainWindow], QWidget]] = {
    "patients": lambda window: window,
    "chart": _chart,
    "mark": _mark,
    "needle": _needle,
    "before": _stage(Stage.BEFORE),
    "after": _stage(Stage.AFTER),
    "views": _views,
    "close-up": _close_up,
    "beside": _beside,
    "under": _under,
    "review": _review,
    "review-beside": _compared("Beside"),
    "review-over": _compared("Over"),
    "review-difference": _compared("Difference"),
    "reports": _reports,
    "reports-many": _many,
    "map-export-form": _picture_form,
    "tables-form": _tables_form,
    "letterhead-form": _letterhead_form,
    "review-often": _often(0, "needled"),
    "review-often-sore": _often(0, "sore"),
    "review-often-practice": _often(1, "needled"),
    "practice-due": _practice("Follow-ups due"),
    "practice-unsigned": _practice("Not signed"),
    "practice-events": _practice("Adverse events"),
    "practice-needles": _needles,
    "practice-often": _practice("How often"),
    "practice-search": _search,
    "review-trends": _trends(OVER_TIME),
    "review-metrics": _trends(TWO_SESSIONS),
    "patient-form": _patient_form,
    "problem-form": _problem_form,
    "practitioner-form": _practitioner_form,
    "keys": _keys,
}
"""The windows that ``screenshot --window NAME`` knows."""


def take_screenshot(
    name: str,
    out: Path,
    *,
    size: tuple[int, int] | None,
    theme: str | None,
    open_practice: PracticeOpener,
    folder: Path,
) -> None:
    """Writes a PNG of the window ``name``. Raises ExportError where that cannot be done."""
    if name not in SCENES:
        raise ExportError(f"There is no window called {name}. There are: {', '.join(SCENES)}.")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen = {"light": themes.LIGHT, "dark": themes.DARK}.get(theme or "light", themes.LIGHT)
    app = make_application(chosen)
    with open_practice(folder, create=False) as practice, TemporaryDirectory() as scratch:
        settings = Settings(Path(scratch) / "settings.ini")
        window = MainWindow(settings, _clock_of(practice.repository), chosen)
        window.open_practice(practice.repository, load_atlas())
        window.resize(*(size or DEFAULT_SIZE))
        window.show()
        settle(app)
        shown = SCENES[name](window)
        settle(app)
        pixels = shown.grab()
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    write_whole(out, [png_of(pixels.toImage())])  # it may show a patient


def settle(app: QApplication) -> None:
    """Lets everything that is due happen: layouts, zero timers, paints."""
    for _round in range(5):
        app.processEvents()


def _clock_of(repository: Repository) -> Callable[[], datetime]:
    """The time at which the newest session began, so that pictures do not depend on the day."""
    found = repository.find_patients("", limit=1)
    last = found[0].last_session_at if found else None
    now = last.astimezone() if last is not None else datetime.now().astimezone()
    return lambda: now
