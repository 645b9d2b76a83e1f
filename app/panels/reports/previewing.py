"""Makes what the preview shows, off the window's thread: the newest request alone counts."""

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from app.domain.errors import KnownError
from app.jobs import Jobs
from app.report.batch import BatchItem
from app.report.pages import Pages

DEBOUNCE_MS = 200
MOST_KEPT = 6
"""Finished files in memory."""

ItemOf = Callable[[], BatchItem]


class Previewing(QObject):
    """Files that were made for the preview are kept: what is saved is what was seen."""

    begun = Signal()
    """What was asked for is being made."""
    made = Signal(object, object)
    """Its key and its Pages."""
    failed = Signal(object)
    """Why it could not be made."""
    picture_made = Signal(object, int, float, QImage)
    """Key, number of the page, px per inch, and the page."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._kept: dict[Hashable, Pages] = {}
        self._asked: tuple[Hashable, ItemOf] | None = None
        self._newest = 0
        self._due = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._due.timeout.connect(self._make)

    def ask(self, key: Hashable, item_of: ItemOf) -> None:
        """Asks for the report ``key``, which ``item_of`` makes; it comes at once where it is
        kept. Whatever was asked for before is not wanted any more.
        """
        self.ask_for_nothing()
        kept = self._kept.get(key)
        if kept is not None:
            self.made.emit(key, kept)
            return
        self._asked = (key, item_of)
        self._due.start()
        self.begun.emit()

    def ask_for_nothing(self) -> None:
        """What is under way comes too late from now on."""
        self._newest += 1
        self._asked = None
        self._due.stop()

    def kept(self, key: Hashable) -> Pages | None:
        return self._kept.get(key)

    def keep(self, key: Hashable, pages: Pages) -> None:
        self._kept[key] = pages
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]

    def ask_for_pictures(self, key: Hashable, numbers: Sequence[int], ppi: float) -> None:
        """Asks for pages of a report that is kept, in this order."""
        pages, newest = self._kept.get(key), self._newest
        if pages is None:
            return

        def tell(number: int) -> Callable[[QImage | None], None]:
            def done(picture: QImage | None) -> None:
                if picture is not None and newest == self._newest:
                    self.picture_made.emit(key, number, ppi, picture)

            return done

        for number in numbers:
            work = self._painted(pages, number, ppi, newest)
            self._jobs.run(work, tell(number), self._failing(newest))

    def close(self) -> None:
        """Nothing is told any more, and nothing of a patient is held."""
        self.ask_for_nothing()
        self._kept.clear()

    def _painted(
        self, pages: Pages, number: int, ppi: float, newest: int
    ) -> Callable[[], QImage | None]:
        def work() -> QImage | None:
            if newest != self._newest:
                return None
            return QImage.fromData(pages.picture(number, ppi))

        return work

    def _make(self) -> None:
        assert self._asked is not None
        (key, item_of), newest = self._asked, self._newest
        try:
            item = item_of()
        except KnownError as error:
            self.failed.emit(error)
            return

        def work() -> Pages | None:
            return None if newest != self._newest else made_pages(item)

        def done(pages: Pages | None) -> None:
            if pages is not None and newest == self._newest:
                self.keep(key, pages)
                self.made.emit(key, pages)

        self._jobs.run(work, done, self._failing(newest))

    def _failing(self, newest: int) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            if newest == self._newest:
                self.failed.emit(error)

        return failed


def made_pages(item: BatchItem) -> Pages:
    """The finished file of ``item``. Raises KnownError."""
    from app.report.typesetting import compiled

    return Pages(compiled(item.make()))
