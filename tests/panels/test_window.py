"""The window around the pages: menus, keys, names for screen readers, its pictures."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.body.atlas import Atlas
from app.domain.change import Change
from app.domain.errors import ExportError, KnownError, StorageError
from app.editing.actions import ACTIONS, BY_ID
from app.exchange.demo import synthesize
from app.jobs import Jobs
from app.logs import LOG_FILE, logging_into
from app.panels import theme as themes
from app.panels.application import report_bug, require_display, run_application, take_lock
from app.panels.main_window import WITHOUT_DESK, MainWindow
from app.panels.record_forms import PatientForm
from app.panels.screenshots import SCENES, take_screenshot
from app.settings import Preferences, Settings
from db.practice import open_practice
from tests.db.builders import stamp
from tests.helpers.clinic import Clinic
from tests.journeys.test_one_treatment import add_patient, start_first_session
from tests.panels.test_chart import full_disk

OpenClinic = Callable[..., Clinic]


def test_every_action_does_something(open_clinic: OpenClinic):
    clinic = open_clinic()
    deeds = clinic.window._deeds() | clinic.window.reviewing.deeds()
    assert set(deeds) | WITHOUT_DESK == set(BY_ID)


def test_no_two_actions_share_a_key():
    keys = [key for action in ACTIONS for key in action.shortcuts]
    assert len(keys) == len(set(keys))


def test_before_a_chart_is_open_nothing_can_be_charted(open_clinic: OpenClinic):
    clinic = open_clinic()
    on = {key for key, item in clinic.window.actions_by_id.items() if item.isEnabled()}
    assert on == {
        "patient.find", "patient.new", "practice", "practice.search", "practitioner", "quit",
        "reports.many", "letterhead", "export.tables",
        "view.touch", "palette", "help.keys", "help.about",
    }  # fmt: skip


def test_undo_says_what_it_takes_back(open_clinic: OpenClinic):
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.key("Alt+2").key("T").press("posterior", 0.6, 0.22)
    undo = clinic.window.actions_by_id["undo"]
    assert undo.text() == "Undo: Add trigger point"
    undo.trigger()
    assert clinic.message == "Undone: Add trigger point."
    assert clinic.window.actions_by_id["redo"].text() == "Redo: Add trigger point"


def test_everything_that_takes_the_focus_has_a_name(open_clinic: OpenClinic):
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.key("Alt+2").key("T").press("posterior", 0.6, 0.22)
    unnamed = [
        type(widget).__name__
        for widget in clinic.window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and isinstance(widget, QAbstractButton | QLineEdit | QAbstractScrollArea)
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and not widget.objectName().startswith("qt_")
    ]
    assert unnamed == []


def test_keys_and_about_can_be_opened_without_a_chart(open_clinic: OpenClinic):
    clinic = open_clinic()
    clinic.window.actions_by_id["help.about"].trigger()
    box = clinic.dialog(QMessageBox)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert "no advice" in box.text()
    box.close()


def test_closing_the_window_keeps_what_was_typed(open_clinic: OpenClinic):
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.key("Alt+2").key("T").press("posterior", 0.6, 0.22)
    clinic.write(clinic.desk.chart.column.mark_editor.note, "last words")
    clinic.window.close()
    assert clinic.marks[0].note == "last words"


def test_a_second_window_on_the_same_practice_is_refused(tmp_path: Path):
    lock = take_lock(tmp_path)
    with pytest.raises(StorageError, match="Another Needlepoint window is open"):
        take_lock(tmp_path)
    lock.unlock()
    take_lock(tmp_path).unlock()
    with pytest.raises(StorageError, match="may not be written to"):
        take_lock(tmp_path / "nowhere")


def test_a_bug_is_logged_without_the_words_that_it_stumbled_over(
    tmp_path: Path, open_clinic: OpenClinic, expected_log: Callable[[str], None]
):
    expected_log("CRITICAL needlepoint: ValueError")
    clinic = open_clinic()
    with logging_into(tmp_path):
        try:
            raise ValueError("Anna Müller, born 14 Mar 1981")
        except ValueError as error:
            report_bug(error, clinic.window)
    written = (tmp_path / LOG_FILE).read_text()
    assert "ValueError" in written
    assert "test_window.py" in written
    assert "Müller" not in written
    assert "What was saved is safe" in clinic.message


def test_a_job_that_breaks_says_so_on_this_thread(
    qtbot: QtBot, expected_log: Callable[[str], None]
):
    expected_log("ZeroDivisionError")
    jobs, failed = Jobs(), []
    jobs.run(lambda: 1 // 0, failed.append, failed.append)
    qtbot.waitUntil(lambda: not jobs.is_busy)
    assert [type(error) for error in failed] == [ZeroDivisionError]


def test_the_program_opens_a_practice_and_ends_when_its_window_is_closed(
    tmp_path: Path, qapp: QApplication
):
    def close_when_open() -> None:
        windows = [each for each in qapp.topLevelWidgets() if isinstance(each, MainWindow)]
        opened = [each for each in windows if each.patients.nobody.text().startswith("This")]
        for window in opened:
            window.close()
        if not opened:
            QTimer.singleShot(10, close_when_open)

    QTimer.singleShot(0, close_when_open)
    assert run_application(tmp_path / "practice", open_practice) == 0
    assert (tmp_path / "practice" / "practice.db").exists()
    take_lock(tmp_path / "practice").unlock()


@pytest.mark.parametrize("wants", ["nothing", "a patient", "a new patient"])
def test_patients_are_listed_before_there_is_a_desk(
    wants: str, open_clinic: OpenClinic, atlas: Atlas, qtbot: QtBot
):
    clinic = open_clinic()
    add_patient(clinic)
    window = MainWindow(Settings(clinic.folder / "other.ini"), clinic.clock, themes.LIGHT)
    qtbot.addWidget(window)
    window.show()
    window.list_patients(clinic.practice.repository, lambda: atlas)
    assert window.patients.model.rowCount() == 1
    assert window._desk is None
    if wants == "a patient":
        window.patients.list.clicked.emit(window.patients.model.index(0))
        assert window.desk.store.patient is not None
    elif wants == "a new patient":
        window.patients.new_asked.emit()
        window.findChild(PatientForm).reject()
    qtbot.waitUntil(lambda: window._desk is not None)
    qtbot.waitUntil(lambda: not window._laying_out.isActive())
    assert window.actions_by_id["patient.new"].isEnabled()
    window.close()


def test_trouble_in_opening_is_said_in_a_window_and_on_the_command_line(
    tmp_path: Path, qapp: QApplication
):
    (tmp_path / "practice.db").write_bytes(b"this is no database" * 100)
    said = []

    def read_and_close() -> None:
        for box in [each for each in qapp.topLevelWidgets() if isinstance(each, QMessageBox)]:
            said.append(box.text())
            box.accept()
        if not said:
            QTimer.singleShot(10, read_and_close)

    QTimer.singleShot(0, read_and_close)
    with pytest.raises(StorageError) as refused:
        run_application(tmp_path, open_practice)
    assert said == [str(refused.value)]


def test_without_a_display_the_window_is_refused(monkeypatch: pytest.MonkeyPatch):
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(KnownError, match="no display"):
        require_display()


@pytest.fixture(scope="module")
def demo_practice(tmp_path_factory: pytest.TempPathFactory, atlas: Atlas) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    with open_practice(folder) as practice:
        practice.repository.commit(Change.add("Demo", *synthesize(3, 3, 1, atlas)), stamp())
    return folder


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scene", SCENES)
def test_every_window_can_be_pictured(
    scene: str, theme: str, demo_practice: Path, tmp_path: Path, qapp: object
):
    out = tmp_path / "window.png"
    take_screenshot(
        scene, out, size=(1280, 800), theme=theme, open_practice=open_practice, folder=demo_practice
    )
    shown = QImage(str(out))
    if scene.endswith("form") or scene in ("keys", "reports", "reports-many"):
        assert shown.width() > 300
    else:
        assert (shown.width(), shown.height()) == (1280, 800)
    corner = shown.pixelColor(shown.width() - 3, 3).lightness()
    assert (corner < 80) == (theme == "dark")


def test_a_window_that_there_is_not(demo_practice: Path, tmp_path: Path, qapp: object):
    with pytest.raises(ExportError, match="no window called nothing"):
        take_screenshot(
            "nothing",
            tmp_path / "x.png",
            size=None,
            theme=None,
            open_practice=open_practice,
            folder=demo_practice,
        )


def test_a_window_with_words_that_cannot_be_stored_asks_before_it_closes(
    open_clinic: OpenClinic,
):
    clinic = open_clinic()
    add_patient(clinic)
    start_first_session(clinic)
    clinic.write(clinic.desk.chart.column.session_card.note, "last words")
    with full_disk():
        clinic.answer("Keep open", clinic.window.close)
        assert clinic.window.isVisible()
        clinic.answer("Close without these words", clinic.window.close)
    assert not clinic.window.isVisible()
    ticking = [each for each in clinic.window.findChildren(QTimer) if each.isActive()]
    assert ticking == []


def test_settings_are_kept_and_spoilt_ones_give_way(tmp_path: Path):
    file = tmp_path / "settings.ini"
    Settings(file).change(window_width=1500, ghosts=False, paper="us-letter")
    again = Settings(file).values
    assert (again.window_width, again.ghosts, again.paper) == (1500, False, "us-letter")
    file.write_text("[General]\nwindow_width=wide\n")
    assert Settings(file).values.window_width in (0, Preferences().window_width)
    file.write_text("[General]\npractitioner=me\n")
    assert Settings(file).values.practitioner_id is None
