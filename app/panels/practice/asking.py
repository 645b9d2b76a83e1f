"""Reading the whole practice off the window's thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.jobs import Jobs

Question = tuple[Callable[[], Any], Callable[[Any], None], Callable[[], None]]
"""What reads, what shows the answer, and what shows that there is none."""


class Asking(QObject):
    """Of each matter the newest question alone is answered: those that were overtaken, while
    somebody went on typing, are not read or not shown.
    """

    def __init__(self, trouble: Callable[[Exception], None]) -> None:
        super().__init__()
        self._trouble = trouble
        self._jobs = Jobs()
        self.busy_changed = self._jobs.busy_changed
        """Whether an answer is awaited now."""
        self._running: set[str] = set()
        self._waiting: dict[str, Question] = {}
        self._is_closed = False

    @property
    def is_busy(self) -> bool:
        return bool(self._running)

    def ask(
        self,
        matter: str,
        read: Callable[[], Any],
        show: Callable[[Any], None],
        show_none: Callable[[], None] = lambda: None,
    ) -> None:
        """Reads in the background; ``show`` is then called on this thread. Where ``read`` fails,
        that is said, and ``show_none`` is called: what answers another question is to go.
        """
        if self._is_closed:
            return
        if matter in self._running:
            self._waiting[matter] = (read, show, show_none)
            return

        def fail(error: Exception) -> None:
            show_none()
            self._trouble(error)

        self._running.add(matter)
        self._jobs.run(
            read,
            lambda answer: self._finish(matter, lambda: show(answer)),
            lambda error: self._finish(matter, lambda: fail(error)),
        )

    def close(self) -> None:
        """Waits for what is being read, and shows it to nobody; from then on nothing is read."""
        self._is_closed = True
        self._waiting = {}
        self._jobs.wait()

    def _finish(self, matter: str, tell: Callable[[], None]) -> None:
        self._running.discard(matter)
        newer = self._waiting.pop(matter, None)
        if newer is not None:
            self.ask(matter, *newer)
        elif not self._is_closed:
            tell()
