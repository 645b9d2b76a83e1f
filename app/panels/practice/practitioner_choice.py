"""Whose sessions are meant: one practitioner's, or all."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.domain.identity import UUID
from app.domain.records import Practitioner
from app.panels.fields import Choice

EVERYBODY = "All practitioners"


class PractitionerChoice(Choice):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ids: list[UUID | None] = [None]
        self.addItem(EVERYBODY)
        self.setAccessibleName("Practitioner")
        self.view().setAccessibleName("Practitioners")
        self.activated.connect(lambda _row: self.changed.emit())

    @property
    def practitioner_id(self) -> UUID | None:
        return self._ids[self.currentIndex()]

    def offer(self, people: Sequence[Practitioner]) -> None:
        """Offers these; who was chosen stays chosen, where they are among them."""
        chosen = self.practitioner_id
        self._ids = [None, *(each.id for each in people)]
        self.clear()
        self.addItems([EVERYBODY, *(each.name for each in people)])
        self.show_practitioner(chosen)

    def show_practitioner(self, practitioner_id: UUID | None) -> None:
        known = practitioner_id in self._ids
        self.setCurrentIndex(self._ids.index(practitioner_id) if known else 0)
