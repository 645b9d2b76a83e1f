"""What can be done to the open patient's own no-needle zones, each as one named change.

A zone belongs to the patient; but it is drawn, changed and removed at the session on the desk,
so these changes stand in that session's history, and a desk on which nothing may be written
refuses them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.body.areas import DrawnArea
from app.body.atlas import Atlas
from app.body.own_zones import zones_holding
from app.domain.anatomy import Anchor
from app.domain.change import Change
from app.domain.identity import UUID, new_id
from app.domain.marks import Mark
from app.domain.own_zones import NoNeedleZone, ZoneReason
from app.editing.history import History
from app.editing.selection import Selection
from app.editing.store import ChartStore


class ZoneEditor(QObject):
    """Verbs on the zones. Each returns whether it was stored, or whether nothing was to do."""

    removed = Signal(object)
    """The NoNeedleZone that was just removed by ``remove``: it must not go unnoticed."""

    def __init__(
        self,
        store: ChartStore,
        history: History,
        atlas: Atlas,
        selection: Selection,
        clock: Callable[[], datetime],
        may_write: Callable[[], bool],
    ) -> None:
        super().__init__()
        self.store = store
        self.history = history
        self.atlas = atlas
        self.selection = selection
        self._clock = clock
        self._may_write = may_write

    @property
    def writable(self) -> bool:
        """Whether zones may be drawn, changed and removed now."""
        return self._may_write()

    @property
    def selected(self) -> NoNeedleZone | None:
        return None if self.selection.zone is None else self.store.zone(self.selection.zone)

    def holding(self, anchor: Anchor) -> tuple[NoNeedleZone, ...]:
        """The zones that cover the skin at a spot, the one that was drawn first before others."""
        return zones_holding(self.atlas, self.store.zones, anchor)

    def under(self, mark: Mark) -> tuple[NoNeedleZone, ...]:
        """The zones at a mark's spot; none where it lies on another version of the body."""
        return self.holding(mark.anchor) if self.atlas.has_place_of(mark) else ()

    def at(self, anchor: Anchor | None) -> NoNeedleZone | None:
        """The zone that a press at a spot means: the one that was drawn last."""
        holding = () if anchor is None else self.holding(anchor)
        return holding[-1] if holding else None

    def draw(self, area: DrawnArea, view: str) -> bool:
        """Stores a zone that was drawn on a picture of the patient's body, and selects it."""
        patient = self.store.patient
        assert patient is not None
        assert area.side is not None, "zones are drawn on the body alone"
        zone = NoNeedleZone(
            id=new_id(),
            patient_id=patient.id,
            body_version=self.atlas.version,
            anchor=area.anchor,
            outline=area.outline,
            placed_on=patient.body,
            placed_in=view,
            side=area.side,
            drawn_at=self._clock(),
        )
        done = self._do(Change.add("Draw no-needle zone", zone))
        if done:
            self.selection.set_zone(zone.id)
        return done

    def set_reason(self, zone_id: UUID, reason: ZoneReason | None) -> bool:
        """Says what the zone is for; None where that is not recorded."""
        zone = self.store.zone(zone_id)
        if zone is None:
            return False
        after = replace(zone, reason=reason)
        return self._do(Change.replace("Choose reason of no-needle zone", zone, after))

    def set_note(self, zone_id: UUID, text: str) -> bool:
        """Changes a zone's note; what is typed in one stay becomes one step."""
        zone = self.store.zone(zone_id)
        if zone is None:
            return True  # it was removed meanwhile: there is nothing left to write on
        after = replace(zone, note=text)
        label = "Write note of no-needle zone"
        return self._do(Change.replace(label, zone, after), ("zone note", zone_id))

    def remove(self, zone_id: UUID) -> bool:
        zone = self.store.zone(zone_id)
        if zone is None:
            return True
        done = self._do(Change.remove("Remove no-needle zone", [zone]))
        if done:
            self.removed.emit(zone)
        return done

    def _do(self, change: Change, merge: Any = None) -> bool:
        return self.writable and self.history.do(change, merge)
