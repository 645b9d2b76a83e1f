"""The running program: one QApplication, one practice, one window, and what happens on trouble."""

import logging
import sys
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEventLoop, QLockFile, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.domain.errors import KnownError, StorageError
from app.domain.ports import PracticeOpener
from app.painting.fonts import load_fonts
from app.panels import theme as themes
from app.panels.main_window import MainWindow
from app.paths import BODY_MAPS
from app.settings import Settings, default_settings_file

log = logging.getLogger(__name__)

LONGEST_WAIT_MS = 1000
LOCK_FILE = "window.lock"
LOG_BYTES, LOG_FILES = 1_000_000, 5


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


def local_now() -> datetime:
    return datetime.now().astimezone()


def run_application(folder: Path, open_practice: PracticeOpener) -> int:
    """Opens the practice in ``folder`` in a window; returns when that is closed.

    Trouble in opening is said in a window of its own, for who starts a program by its icon,
    and is passed on as KnownError to the command line.
    """
    app = make_application()
    window = MainWindow(Settings(default_settings_file()), local_now)
    window.show()
    wait_for_paint(app, window)
    try:
        with open_practice(folder, create=True) as practice:
            lock = take_lock(practice.folder)
            start_logging(practice.folder)
            sys.excepthook = _Reporter(window).report
            window.open_practice(practice.repository, load_atlas())
            code = app.exec()
            lock.unlock()
            return code
    except KnownError as error:
        window.hide()
        show_trouble(error)
        raise


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
    if not lock.tryLock(0):
        raise StorageError(
            "Another Needlepoint window is open on this practice. Use that one, or close it first."
        )
    return lock


def start_logging(folder: Path) -> None:
    """Writes the program's own troubles into the practice's ``logs``; never patients' words."""
    handler = RotatingFileHandler(
        folder / "logs" / "needlepoint.log",
        maxBytes=LOG_BYTES,
        backupCount=LOG_FILES,
        encoding="utf-8",
        delay=True,
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def show_trouble(error: KnownError) -> None:
    """One sentence in a small window."""
    box = QMessageBox()
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Needlepoint")
    box.setText(str(error))
    box.exec()


class _Reporter:
    """Bugs are logged with their traceback and said to the user without one."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def report(
        self,
        kind: type[BaseException],
        error: BaseException,
        traceback: TracebackType | None,
    ) -> None:
        log.critical("unexpected", exc_info=(kind, error, traceback))
        self._window.notifier.trouble(
            "Something went wrong inside the program. What was saved is safe. "
            "Close and open Needlepoint, and report this with the file in the practice's logs."
        )
