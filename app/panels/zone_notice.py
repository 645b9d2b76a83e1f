"""What the zones say of the mark in hand: the patient's own, then the hazards that everybody has
there. They inform: nothing is asked, nothing stops.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.body.muscles import Severity
from app.body.zones import Zone
from app.domain.identity import UUID
from app.domain.own_zones import NoNeedleZone
from app.panels.own_zones import own_zone_title
from app.panels.texts import PlainLabel


class Shown(NamedTuple):
    """What the cards say, and of which mark."""

    mark: UUID | None = None
    zones: tuple[Zone, ...] = ()
    own: tuple[NoNeedleZone, ...] = ()
    unread: frozenset[str] = frozenset()


class ZoneNotice(QWidget):
    """A card for each zone: what lies there and how that is known in one line, and below it why it
    matters, what is published about it, and where.

    All of it is in sight while nobody has read the notice of that zone at this mark; else one press
    shows it. So a hazard is always seen, and the fields below it mostly too.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Hazards here")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._shown = Shown()
        self.hide()

    def show_zones(
        self,
        zones: Sequence[Zone] = (),
        own: Sequence[NoNeedleZone] = (),
        *,
        mark: UUID | None = None,
        unread: Collection[str] = (),
    ) -> None:
        """All of the patient's ``own`` zones; then hazards, the gravest first. Of those that are
        ``unread`` everything is in sight.
        """
        shown = Shown(mark, tuple(zones), tuple(own), frozenset(unread))
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._column.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.hide()
                card.deleteLater()
        for each in own:
            self._column.addWidget(OwnZoneCard(each))
        for zone in zones:
            self._column.addWidget(HazardCard(zone, in_full=zone.id in shown.unread))
        self.setVisible(self._column.count() > 0)

    @property
    def text(self) -> str:
        return "\n".join(
            [*map(own_zone_title, self._shown.own), *(zone.sentence for zone in self._shown.zones)]
        )


class HazardCard(QFrame):
    """One hazard zone under the mark."""

    def __init__(self, zone: Zone, *, in_full: bool) -> None:
        super().__init__()
        self.setObjectName("grave" if zone.severity is Severity.HIGH else "caution")
        self.setAccessibleName(zone.sentence)
        title = PlainLabel(f"{zone.structure} ({zone.certainty})", "strong")
        title.setWordWrap(True)
        title.setContentsMargins(0, 4, 0, 4)
        self._structure = zone.structure
        self._rest = QWidget()
        self.fold = QPushButton()
        self.fold.setObjectName("quiet")
        self.fold.clicked.connect(lambda: self.show_all(self._rest.isHidden()))
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.fold)
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 6, 5)
        rest.setSpacing(3)
        for text, name in ((zone.why, ""), (zone.guidance, "faint"), (zone.cited, "small")):
            if text:
                rest.addWidget(_line(text, name))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 2, 2, 2)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._rest)
        self.show_all(in_full)

    def show_all(self, shown: bool) -> None:
        """Shows why it matters, what is published and where, or the one line alone."""
        self._rest.setVisible(shown)
        self.fold.setText("Less" if shown else "More")
        self.fold.setAccessibleName(f"{self.fold.text()} about {self._structure}")


class OwnZoneCard(QFrame):
    """One of the patient's own zones, in which the mark lies."""

    def __init__(self, zone: NoNeedleZone) -> None:
        super().__init__()
        self.setObjectName("grave")
        self.setAccessibleName(own_zone_title(zone))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 10, 8)
        column.setSpacing(3)
        column.addWidget(_line(own_zone_title(zone), "strong"))
        if zone.note:
            column.addWidget(_line(zone.note))


def _line(text: str, name: str = "") -> PlainLabel:
    label = PlainLabel(text, name)
    label.setWordWrap(True)
    return label
