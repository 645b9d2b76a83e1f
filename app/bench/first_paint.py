"""Runs the program, or a bare window, and prints when it was painted first.

    python -m app.bench.first_paint [PRACTICE FOLDER]

Printed is the computer's monotonic clock, which whoever started this process has read too: at
the first paint of all, and again when the patients are listed. Then the program is ended.
"""

import runpy
import sys
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import (  # noqa: TID251 - a window is measured
    QAbstractItemView,
    QApplication,
    QMainWindow,
)


class Watcher(QObject):
    """Says when the first paint was done, then when the first list with rows in it was."""

    def __init__(self, app: QApplication, *, lists: bool) -> None:
        super().__init__(app)
        self._lists = lists
        self._seen = self._ended = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            if not self._seen:
                self._seen = True
                QTimer.singleShot(0, self, self._say)  # once all of the window is painted
            if not self._ended and (not self._lists or _is_filled_list(watched.parent())):
                self._ended = True
                QTimer.singleShot(0, self, self._say_and_quit)
        return super().eventFilter(watched, event)

    def _say(self) -> None:
        sys.stdout.write(f"{monotonic()}\n")

    def _say_and_quit(self) -> None:
        self._say()
        sys.stdout.flush()
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        app.quit()


def _is_filled_list(widget: QObject | None) -> bool:
    """Whether ``widget`` is a list, such as that of the patients, and shows something."""
    model = widget.model() if isinstance(widget, QAbstractItemView) else None
    return model is not None and model.rowCount() > 0


def main(folder: str | None) -> None:
    app = QApplication([])
    app.installEventFilter(Watcher(app, lists=folder is not None))
    if folder is None:
        window = QMainWindow()
        window.show()
        app.exec()
        return
    from app.paths import PROGRAM_FOLDER

    sys.argv = ["main.py", "--practice", folder]
    runpy.run_path(str(PROGRAM_FOLDER / "main.py"), run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
