"""Makes what was chosen, one report after the other. What the preview has made is not made anew."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.domain.errors import ExportError, KnownError
from app.files import write_whole
from app.jobs import Jobs
from app.panels.reports.previewing import Previewing, made_pages
from app.panels.reports.wanted import Wanted
from app.report.batch import BatchItem
from app.report.pages import Pages


class Making(QObject):
    """One run in the background, which can be cancelled: then it tells nothing any more."""

    progressed = Signal(int, int)
    """Reports that are made, and all."""
    made = Signal(object)
    """All Pages, in their order."""
    failed = Signal(object)

    def __init__(
        self, jobs: Jobs, previewing: Previewing, chosen: Sequence[tuple[Wanted, BatchItem]]
    ) -> None:
        super().__init__()
        self._jobs = jobs
        self._previewing = previewing
        self._chosen = list(chosen)
        self._pages: list[Pages] = []
        self._is_cancelled = False

    def start(self) -> None:
        """Goes on with the first that is not made yet."""
        while len(self._pages) < len(self._chosen):
            self.progressed.emit(len(self._pages), len(self._chosen))
            wanted, item = self._chosen[len(self._pages)]
            kept = self._previewing.kept(wanted)
            if kept is None:
                self._jobs.run(lambda: made_pages(item), self._take, self._fail)  # noqa: B023
                return
            self._pages.append(kept)
        self.made.emit(self._pages)

    def cancel(self) -> None:
        self._is_cancelled = True

    def _take(self, pages: Pages) -> None:
        if not self._is_cancelled:
            self._previewing.keep(self._chosen[len(self._pages)][0], pages)
            self._pages.append(pages)
            self.start()

    def _fail(self, error: Exception) -> None:
        if not self._is_cancelled:
            self.failed.emit(error)


def write_files(contents: Sequence[tuple[Path, bytes]]) -> None:
    """Writes each file whole or not at all. Raises ExportError at the first that cannot be
    written, with how many are there.
    """
    for done, (path, content) in enumerate(contents):
        try:
            write_whole(path, [content])
        except KnownError as error:
            if not done:
                raise
            whole = "1 file is" if done == 1 else f"{done} files are"
            raise ExportError(f"{error} {whole} written and whole.") from error
