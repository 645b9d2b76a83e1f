"""What holds for every test: no display, no home, no stray log record, no window left open."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

import logging
import re
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from app.paths import PRACTICE_VARIABLE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

# One run in CI is like the next, so a failure belongs to the change that is tested; at a desk
# every run looks at other examples. For a long look: --hypothesis-profile=thorough
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("thorough", deadline=None, max_examples=2_000)
settings.load_profile("desk")

_HOME_VARIABLES = ("HOME", "USERPROFILE")
_USER_FOLDERS = {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
}


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives each test an empty home, so that none reads or writes what is the developer's."""
    home = tmp_path_factory.mktemp("home")
    for name in _HOME_VARIABLES:
        monkeypatch.setenv(name, str(home))
    for name, folder in _USER_FOLDERS.items():
        monkeypatch.setenv(name, str(home / folder))
    monkeypatch.delenv(PRACTICE_VARIABLE, raising=False)


class _LogRecords(logging.Handler):
    """Keeps what is logged with WARNING or more."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture
def expected_log() -> Callable[[str], None]:
    """``expected_log(pattern)``: a record of WARNING or more whose line ("ERROR app.jobs: a job
    failed") has a match for the pattern is expected, and missed if it does not come.
    """
    return _Expected()


class _Expected:
    def __init__(self) -> None:
        self.patterns: list[str] = []

    def __call__(self, pattern: str) -> None:
        self.patterns.append(pattern)


@pytest.fixture(autouse=True)
def _no_stray_log(expected_log: _Expected) -> Iterator[None]:
    """Fails a test that logs trouble which it did not announce with ``expected_log``."""
    kept = _LogRecords()
    root = logging.getLogger()
    root.addHandler(kept)
    try:
        yield
    finally:
        root.removeHandler(kept)
    patterns = expected_log.patterns
    stray = [line for line in kept.lines if not any(re.search(each, line) for each in patterns)]
    missed = [each for each in patterns if not any(re.search(each, line) for line in kept.lines)]
    assert not stray, f"unexpected log records: {stray}"
    assert not missed, f"log records that did not come: {missed}"


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    """Fails a test that leaves a window open, and closes it for the next one.

    Windows of the test before are deleted first: no event loop runs between tests that would, and
    each one that stays makes it slower to dress the next.
    """
    _delete_what_was_closed()
    before = set(_visible_windows())
    yield
    left = [window for window in _visible_windows() if window not in before]
    names = [f"{type(window).__name__} {window.windowTitle()!r}" for window in left]
    for window in left:
        window.close()
    assert not left, f"windows left open: {names}"


def _delete_what_was_closed() -> None:
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


def _visible_windows() -> list["QWidget"]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return [each for each in widgets.QApplication.topLevelWidgets() if each.isVisible()]


@pytest.fixture(scope="session", autouse=True)
def qapp(qapp: "QApplication") -> "QApplication":
    """The one application of the run, with the typeface that the program ships.

    There from the start: a report that is made without a window would else make an application
    that can show none, and whichever test then wants a window would fail.
    """
    from app.painting.fonts import load_fonts

    load_fonts()
    return qapp
