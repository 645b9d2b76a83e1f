"""The card of the no-needle zone that is selected: what it is, a note, and the way to remove it."""

from collections.abc import Hashable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.body.own_zones import zone_place
from app.domain.identity import UUID
from app.domain.own_zones import ZoneReason
from app.domain.words import word
from app.editing.zone_editor import ZoneEditor
from app.panels.fields import Choice
from app.panels.texts import PlainLabel, day
from app.panels.typing import TextBox

REASONS = (None, *ZoneReason)
"""As they stand in the list, from the top."""


class ZoneCard(QFrame):
    """Shows the selected zone and passes edits to the editor of zones."""

    remove_asked = Signal()

    def __init__(self, zones: ZoneEditor) -> None:
        super().__init__()
        self.setObjectName("card")
        self._zones = zones
        self._place = PlainLabel("", "small")
        self._place.setWordWrap(True)
        self.reason = Choice()
        self.reason.setAccessibleName("What must not be needled here")
        self.reason.view().setAccessibleName("Reasons")
        for each in REASONS:
            self.reason.addItem("not recorded" if each is None else word(each).capitalize())
        self.reason.activated.connect(self._on_reason)
        self.note = TextBox("Note of this zone", "Since when, by whom, what to keep away from")
        self.note.keeper.store = self._store_note
        self.note.left.connect(zones.history.seal)
        self.remove = QPushButton("Remove")
        self.remove.setObjectName("quiet")
        self.remove.setToolTip("Remove this zone from every session (Del)")
        self.remove.clicked.connect(self.remove_asked)

        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 11, 12, 8)
        column.setSpacing(6)
        column.addWidget(PlainLabel("No-needle zone", "strong"))
        column.addWidget(self._place)
        column.addWidget(PlainLabel("What it is", "small"))
        column.addWidget(self.reason)
        column.addWidget(PlainLabel("Note", "small"))
        column.addWidget(self.note)
        column.addLayout(foot)

    def show_selected(self) -> bool:
        """Shows the zone that is selected, and whether there is one; else the card is hidden."""
        zone = self._zones.selected
        self.setVisible(zone is not None)
        if zone is None:
            self.note.keeper.settle()
            return False
        place = zone_place(self._zones.atlas, zone)
        self._place.setText(
            f"{place[:1].upper()}{place[1:]} · drawn {day(zone.drawn_at)} · shown in every session"
        )
        self.reason.setCurrentIndex(REASONS.index(zone.reason))
        self.note.show_value(zone.id, zone.note)
        self.reason.setEnabled(self._zones.writable)
        self.note.setReadOnly(not self._zones.writable)
        self.remove.setEnabled(self._zones.writable)
        return True

    def _on_reason(self, row: int) -> None:
        zone = self._zones.selected
        if zone is not None:
            self._zones.set_reason(zone.id, REASONS[row])

    def _store_note(self, zone_id: Hashable, words: str) -> bool:
        return isinstance(zone_id, UUID) and self._zones.set_note(zone_id, words)
