"""Which marks are selected. Never stored and never undone."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from app.domain.identity import UUID


class Selection(QObject):
    """The ids of the selected marks; ``current`` is the one whose fields are shown."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ids: tuple[UUID, ...] = ()

    @property
    def ids(self) -> tuple[UUID, ...]:
        return self._ids

    @property
    def current(self) -> UUID | None:
        """The mark that was selected last, or None."""
        return self._ids[-1] if self._ids else None

    def set(self, ids: Iterable[UUID]) -> None:
        wanted = tuple(dict.fromkeys(ids))
        if wanted != self._ids:
            self._ids = wanted
            self.changed.emit()

    def clear(self) -> None:
        self.set(())

    def toggle(self, mark_id: UUID) -> None:
        """Adds a mark to the selection, or takes it out."""
        kept = tuple(each for each in self._ids if each != mark_id)
        self.set(kept if mark_id in self._ids else (*kept, mark_id))
