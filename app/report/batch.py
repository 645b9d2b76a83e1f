"""Many reports in one run: each file whole under its name or not there, progress, and a way out.

Pictures are painted in the thread that asks, one report after the other; setting and writing are
done beside it. Only a few reports are held at a time, however many are asked for.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from app.domain.errors import ExportError, KnownError
from app.files import make_folder, write_whole
from app.report.certificate import Signing, unsigned
from app.report.pdf import of_the_program

if TYPE_CHECKING:
    from app.report.typesetting import Prepared

SETTERS = 2
"""Threads that set and write. A third would wait: painting one report takes as long."""
_UNDER_WAY = SETTERS + 1
"""Most reports that are painted and not yet written."""


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One file to be made. ``make`` reads and paints, and may raise a KnownError."""

    file_name: str
    make: Callable[[], "Prepared"]


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` files of ``total`` are written; ``seconds_left`` is reckoned from the pace."""

    done: int
    total: int
    seconds_left: float

    @property
    def words(self) -> str:
        """ "120 of 1,000, about 14 s left"."""
        told = f"{self.done:,} of {self.total:,}"
        if self.done == self.total:
            return told
        return f"{told}, about {time_words(self.seconds_left)} left"


def time_words(seconds: float) -> str:
    """ "14 s", "3 min"."""
    whole = round(seconds)
    return f"{whole} s" if whole < 100 else f"{round(whole / 60)} min"


Cancelled: TypeAlias = Callable[[], bool]


def write_batch(
    items: Sequence[BatchItem],
    folder: Path,
    cancelled: Cancelled = lambda: False,
    clock: Callable[[], float] = time.monotonic,
    sign: Signing = unsigned,
) -> Iterator[Progress]:
    """Writes the files of ``items`` into ``folder``, which is made where there is none, and says
    after each how far it is.

    When ``cancelled`` says so, or whoever asks asks no more, what is being written is finished
    and nothing else is begun. ``sign`` adds a signature to each. Raises ExportError at the first
    file that cannot be made, with how many are whole; those stay.
    """
    _require_names(items)
    make_folder(folder)
    started, done = clock(), 0
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(SETTERS, thread_name_prefix="report") as setters:
        try:
            for item in items:
                if cancelled():
                    break
                waiting.append(setters.submit(_write, _made(item), folder / item.file_name, sign))
                if len(waiting) >= _UNDER_WAY:
                    waiting.popleft().result()
                    done += 1
                    yield _progress(done, len(items), clock() - started)
            while waiting:
                waiting.popleft().result()
                done += 1
                yield _progress(done, len(items), clock() - started)
        except KnownError as error:
            whole = done + _finished(waiting)
            raise ExportError(f"{error} {_written(whole, len(items))}") from error


def _progress(done: int, total: int, seconds: float) -> Progress:
    return Progress(done, total, seconds / done * (total - done))


def _finished(waiting: deque[Future[None]]) -> int:
    """How many of those under way come to be whole; the rest is not begun."""
    for future in waiting:
        future.cancel()
    return sum(not each.cancelled() and each.exception() is None for each in waiting)


def _written(whole: int, total: int) -> str:
    return f"{whole:,} of {total:,} files {'was' if whole == 1 else 'were'} written and are whole."


def _made(item: BatchItem) -> "Prepared":
    try:
        return item.make()
    except OSError as error:
        raise of_the_program(error) from error


def _write(report: "Prepared", path: Path, sign: Signing) -> None:
    from app.report.typesetting import compiled

    try:
        content = compiled(report)
    except OSError as error:
        raise of_the_program(error) from error
    write_whole(path, [sign(content)])


def _require_names(items: Sequence[BatchItem]) -> None:
    if not items:
        raise ExportError("There is nothing to export yet. Chart a session first.")
    if len({each.file_name.casefold() for each in items}) < len(items):
        raise ValueError("two files of a batch have the same name")
