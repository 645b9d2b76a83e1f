"""What the zones say of the mark in hand: the patient's own, then the hazards that everybody has
there. They inform: nothing is asked, nothing stops.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.body.muscles import Severity
from app.body.zones import Zone
from app.domain.own_zones import NoNeedleZone
from app.panels.own_zones import own_zone_title
from app.panels.texts import PlainLabel

MOST_SHOWN = 3


class ZoneNotice(QWidget):
    """A card for each zone: what lies there, why it matters, what is published about it, where, and
    whether that was read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Hazards here")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._shown: tuple[tuple[Zone, ...], tuple[NoNeedleZone, ...]] = ((), ())

    def show_zones(self, zones: Sequence[Zone], own: Sequence[NoNeedleZone]) -> None:
        """All of the patient's ``own`` zones; then hazards, the gravest first, the first few."""
        shown = (tuple(zones[:MOST_SHOWN]), tuple(own))
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._column.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.deleteLater()
        for each in own:
            self._column.addWidget(_own_card(each))
        for zone in shown[0]:
            self._column.addWidget(_card(zone))
        self.setVisible(self._column.count() > 0)

    @property
    def text(self) -> str:
        zones, own = self._shown
        return "\n".join([*map(own_zone_title, own), *(zone.sentence for zone in zones)])


def _own_card(zone: NoNeedleZone) -> QFrame:
    title = own_zone_title(zone)
    return _framed("grave", title, ((title, "strong"), (zone.note, "")))


def _card(zone: Zone) -> QFrame:
    return _framed(
        "grave" if zone.severity is Severity.HIGH else "caution",
        zone.sentence,
        (
            (zone.structure, "strong"),
            (zone.why, ""),
            (zone.guidance, "faint"),
            (zone.cited, "small"),
        ),
    )


def _framed(look: str, said: str, lines: Iterable[tuple[str, str]]) -> QFrame:
    """A card of some ``lines``, each a text and the name of its look; ``said`` is read aloud."""
    card = QFrame()
    card.setObjectName(look)
    card.setAccessibleName(said)
    column = QVBoxLayout(card)
    column.setContentsMargins(10, 7, 10, 8)
    column.setSpacing(3)
    for text, name in lines:
        if not text:
            continue
        label = PlainLabel(text, name)
        label.setWordWrap(True)
        column.addWidget(label)
    return card
