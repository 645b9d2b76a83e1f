"""Reports of many, made in a thread of their own while one goes on working."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from app.jobs import Jobs
from app.report.batch import BatchItem, Progress, write_batch
from app.report.certificate import Signing


class BatchRun(QObject):
    """One run at a time. Each file is whole or not there, however the run ends."""

    begun = Signal()
    progressed = Signal(object)
    """A Progress, after each file."""
    ended = Signal(object)
    """The last Progress: all is done, or it was cancelled; or the error."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = Jobs()
        self._stop = Event()
        self.told = Progress(0, 0, 0.0)
        """How far the run is."""
        self.folder = Path()
        self.progressed.connect(self._take)

    @property
    def is_running(self) -> bool:
        return self._jobs.is_busy

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def start(self, items: Sequence[BatchItem], folder: Path, sign: Signing) -> None:
        assert not self.is_running
        self._stop.clear()
        self.folder = folder
        self.told = Progress(0, len(items), 0.0)

        def work() -> Progress:
            told = Progress(0, len(items), 0.0)
            for told in write_batch(items, folder, self._stop.is_set, sign=sign):
                self.progressed.emit(told)
            return told

        self._jobs.run(work, self.ended.emit, self.ended.emit)
        self.begun.emit()

    def cancel(self) -> None:
        """What is being written is finished, and nothing else is begun."""
        self._stop.set()

    def close(self) -> None:
        """Cancels, and waits until the last file is whole."""
        self.cancel()
        self._jobs.wait()

    def _take(self, told: Progress) -> None:
        self.told = told
