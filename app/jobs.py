"""Long work off the GUI thread: a function goes in, a plain value comes out.

Nothing crosses threads but values: no widget, no open record set, no signal of the caller.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

from app.domain.errors import KnownError, StoppedError
from app.logs import log_bug

LOOK_MS = 150
"""How often somebody who waits is told how far it is."""


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


@dataclass(slots=True)
class Run:
    """A question that is under way, as the worker sees it."""

    stop: Event = field(default_factory=Event)
    """Set once nobody waits for the answer any more."""
    progress: tuple[int, int] = (0, 0)

    def go_on(self, done: int, every: int) -> None:
        """Says that so many of so many are done; of 0 where nobody knows. Raises StoppedError
        once nobody waits any more.
        """
        if self.stop.is_set():
            raise StoppedError("Stopped.")
        self.progress = done, every


class Question(QObject):
    """One question at a time. Once it is dropped its answer is not told, and not waited for."""

    went_on = Signal(int, int)
    """So many of so many are done, now and then while one is under way."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs = Jobs()
        """What else is to be done in the same worker, after what is under way."""
        self._run: Run | None = None
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._tell)

    @property
    def is_under_way(self) -> bool:
        return self._run is not None

    def ask(
        self,
        work: Callable[[Run], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        """Asks this one and drops the one before. One of the two others is then called."""
        self.drop()
        run = self._run = Run()
        self._look.start()

        def while_asked(tell: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda value: self._answer(run, tell, value)

        self.jobs.run(lambda: work(run), while_asked(on_done), while_asked(on_failed))

    def drop(self) -> None:
        if self._run is not None:
            self._run.stop.set()
        self._end()

    def close(self) -> None:
        """Drops it, and waits until the worker has seen that."""
        self.drop()
        self.jobs.wait()

    def _answer(self, run: Run, tell: Callable[[Any], None], value: Any) -> None:
        if self._run is run:
            self._end()
            tell(value)

    def _end(self) -> None:
        self._run = None
        self._look.stop()

    def _tell(self) -> None:
        if self._run is not None:
            self.went_on.emit(*self._run.progress)
