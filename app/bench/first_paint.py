"""Runs the program, or a bare window, until its first paint, and prints when that was.

    python -m app.bench.first_paint [PRACTICE FOLDER]

Printed is the computer's monotonic clock, which whoever started this process has read too.
"""

import runpy
import sys
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: TID251 - a window is measured


class FirstPaint(QObject):
    """Waits for the first paint of any window, then says when it was done, and quits."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            app = QApplication.instance()
            assert app is not None
            app.removeEventFilter(self)
            QTimer.singleShot(0, self, self._painted)  # once all of the window is painted
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        sys.stdout.write(f"{monotonic()}\n")
        sys.stdout.flush()
        QApplication.quit()


def main(folder: str | None) -> None:
    app = QApplication([])
    watcher = FirstPaint(app)
    app.installEventFilter(watcher)
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
