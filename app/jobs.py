"""Long work off the GUI thread: a function goes in, a plain value comes out.

Nothing crosses threads but values: no widget, no open record set, no signal of the caller.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from app.domain.errors import KnownError
from app.logs import log_bug


class _Outcome(QObject):
    done = Signal(object)
    failed = Signal(object)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], Any], outcome: _Outcome) -> None:
        super().__init__()
        self._work = work
        self._outcome = outcome

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:  # noqa: BLE001 - it is told on the other thread
            if not isinstance(error, KnownError):
                log_bug(error)
            self._outcome.failed.emit(error)
        else:
            self._outcome.done.emit(result)


class Jobs(QObject):
    """One worker thread; jobs are done in the order in which they were given."""

    busy_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._running: list[_Outcome] = []

    @property
    def is_busy(self) -> bool:
        return bool(self._running)

    def run(
        self,
        work: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        """Does ``work`` in the worker; one of the two others is then called on this thread."""
        outcome = _Outcome()
        self._running.append(outcome)
        queued = Qt.ConnectionType.QueuedConnection
        outcome.done.connect(lambda value: self._finish(outcome, on_done, value), queued)
        outcome.failed.connect(lambda error: self._finish(outcome, on_failed, error), queued)
        self.busy_changed.emit(True)
        self._pool.start(_Job(work, outcome))

    def wait(self) -> None:
        """Waits until the worker has nothing more to do, as the program ends."""
        self._pool.waitForDone()

    def _finish(self, outcome: _Outcome, tell: Callable[[Any], None], value: Any) -> None:
        self._running.remove(outcome)
        self.busy_changed.emit(self.is_busy)
        tell(value)
