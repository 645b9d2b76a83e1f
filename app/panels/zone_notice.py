"""What the hazard zones say of the mark in hand. They inform: nothing is asked, nothing stops."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.body.muscles import Severity
from app.body.zones import Certainty, Zone
from app.panels.texts import PlainLabel

MOST_SHOWN = 3
_SURENESS = {
    Certainty.READ: "read",
    Certainty.PARTLY_READ: "partly read",
    Certainty.FROM_MEMORY: "from memory, to be verified",
}


class ZoneNotice(QWidget):
    """A card for each zone: what lies there, why it matters, what is published about it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Hazards here")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._shown: tuple[Zone, ...] = ()

    def show_zones(self, zones: Sequence[Zone]) -> None:
        """The gravest first; of many, the first few."""
        zones = tuple(zones[:MOST_SHOWN])
        if zones == self._shown:
            return
        self._shown = zones
        while (item := self._column.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.deleteLater()
        for zone in zones:
            self._column.addWidget(_card(zone))
        self.setVisible(bool(zones))

    @property
    def text(self) -> str:
        return "\n".join(zone.sentence for zone in self._shown)


def _card(zone: Zone) -> QFrame:
    card = QFrame()
    card.setObjectName("grave" if zone.severity is Severity.HIGH else "caution")
    card.setToolTip(f"Source: {zone.source} ({_SURENESS[zone.certainty]})")
    card.setAccessibleName(zone.sentence)
    column = QVBoxLayout(card)
    column.setContentsMargins(10, 7, 10, 8)
    column.setSpacing(3)
    for text, name in (
        (zone.structure, "strong"),
        (zone.why, ""),
        (zone.guidance, "faint"),
    ):
        label = PlainLabel(text, name)
        label.setWordWrap(True)
        column.addWidget(label)
    return card
