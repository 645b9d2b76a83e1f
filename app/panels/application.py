"""The running program: one QApplication, one practice, one window, and what happens on trouble."""

import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QLockFile, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.domain.clock import local_now
from app.domain.errors import KnownError, StorageError
from app.domain.ports import OpenPractice, PracticeOpener
from app.logs import log_bug, logging_into
from app.painting.fonts import load_fonts
from app.panels import theme as themes
from app.panels.main_window import MainWindow
from app.paths import BODY_MAPS
from app.settings import Settings, default_settings_file

LONGEST_WAIT_MS = 1000
LOCK_FILE = "window.lock"
LOGS = "logs"


def make_application(theme: themes.Theme | None = None) -> QApplication:
    """The QApplication, dressed; the running one where there is one already."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
        app.setApplicationName("Needlepoint")
        app.setDesktopFileName("needlepoint")
    load_fonts()
    themes.apply(app, theme or themes.system_theme())
    return app


def run_application(folder: Path, open_practice: PracticeOpener) -> int:
    """Opens the practice in ``folder`` in a window; returns when that is closed.

    Trouble in opening is said in a window of its own, for who starts a program by its icon,
    and is passed on as KnownError to the command line.
    """
    require_display()
    app = make_application()
    window = MainWindow(Settings(default_settings_file()), local_now)
    window.show()
    wait_for_paint(app, window)
    try:
        # before the practice is opened: a newer version would change it under an open window
        lock = take_lock(folder) if folder.is_dir() else None
        with open_practice(folder, create=True) as practice:
            lock = lock or take_lock(folder)
            code = _work(app, window, practice)
        lock.unlock()
        return code
    except KnownError as error:
        window.hide()
        show_trouble(error)
        raise


def _work(app: QApplication, window: MainWindow, practice: OpenPractice) -> int:
    """Joins the open practice to the window and stays until that is closed."""
    before = sys.excepthook
    sys.excepthook = lambda _kind, error, _places: report_bug(error, window)
    try:
        with logging_into(practice.folder / LOGS):
            window.list_patients(practice.repository, load_atlas)
            for trouble in (practice.letterhead_trouble, practice.backup_trouble):
                if trouble is not None:
                    window.notifier.trouble(trouble)
            return app.exec() if window.isVisible() else 0  # it may be closed already
    finally:
        sys.excepthook = before


def require_display() -> None:
    """Raises KnownError where there is no screen to open a window on; Qt would abort."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        raise KnownError(
            "There is no display to open a window on. Use a command instead; --help lists them."
        )


def wait_for_paint(app: QApplication, window: MainWindow) -> None:
    """Lets the window be seen before anything heavy is done; at most a second."""
    loop = QEventLoop()
    window.painted.connect(loop.quit)
    QTimer.singleShot(LONGEST_WAIT_MS, loop.quit)
    loop.exec()
    app.processEvents()


def load_atlas() -> Any:
    """The Atlas of the shipped bodies; imported late, for numpy is heavy."""
    from app.body.atlas import Atlas

    return Atlas.load(BODY_MAPS)


def take_lock(folder: Path) -> QLockFile:
    """Only one window works on a practice. Raises StorageError where another one does."""
    lock = QLockFile(str(folder / LOCK_FILE))
    lock.setStaleLockTime(0)  # only a process that no longer runs leaves a stale lock
    if lock.tryLock(0):
        return lock
    if lock.error() is QLockFile.LockError.LockFailedError:
        raise StorageError(
            "Another Needlepoint window is open on this practice. Use that one, or close it first."
        )
    raise StorageError(
        f"{folder} may not be written to, so the practice cannot be opened. "
        "Ask for the right to write there, or open another practice."
    )


def show_trouble(error: KnownError) -> None:
    """One sentence in a small window."""
    box = QMessageBox()
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Needlepoint")
    box.setText(str(error))
    box.exec()


def report_bug(error: BaseException, window: MainWindow) -> None:
    """Bugs are logged, and said to the user without their traceback."""
    log_bug(error)
    window.notifier.trouble(error)
