"""Which marks are selected, or which zone. Never stored and never undone."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from app.domain.identity import UUID


class Selection(QObject):
    """The ids of the selected marks; ``current`` is the one whose fields are shown.

    ``zone`` is the id of the patient's no-needle zone that is selected instead of marks, or None.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ids: tuple[UUID, ...] = ()
        self._zone: UUID | None = None

    @property
    def ids(self) -> tuple[UUID, ...]:
        return self._ids

    @property
    def current(self) -> UUID | None:
        """The mark that was selected last, or None."""
        return self._ids[-1] if self._ids else None

    @property
    def is_empty(self) -> bool:
        """Whether neither a mark nor a zone is selected."""
        return not self._ids and self._zone is None

    @property
    def zone(self) -> UUID | None:
        return self._zone

    def set(self, ids: Iterable[UUID]) -> None:
        self._take(tuple(dict.fromkeys(ids)), None)

    def set_zone(self, zone_id: UUID) -> None:
        """Selects a zone; marks that were selected no longer are."""
        self._take((), zone_id)

    def clear(self) -> None:
        self.set(())

    def toggle(self, mark_id: UUID) -> None:
        """Adds a mark to the selection, or takes it out."""
        kept = tuple(each for each in self._ids if each != mark_id)
        self.set(kept if mark_id in self._ids else (*kept, mark_id))

    def _take(self, ids: tuple[UUID, ...], zone: UUID | None) -> None:
        if (ids, zone) != (self._ids, self._zone):
            self._ids, self._zone = ids, zone
            self.changed.emit()
