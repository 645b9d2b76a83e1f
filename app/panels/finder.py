"""The palette joined to the window: what there is to find, and what is done when it is taken.

Made when it is first wanted, since a program start has other things to do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.body.muscles import Catalogue
from app.body.own_zones import zone_words
from app.domain.identity import UUID
from app.domain.marks import Details
from app.editing.actions import ACTIONS
from app.editing.finding import (
    ActionNow,
    DoAction,
    Found,
    Offer,
    SelectZone,
    ShowMuscle,
    find_actions,
    find_muscles,
    find_zones,
    show_offer,
)
from app.editing.placing_by_name import details_in_hand, place_by_name
from app.editing.reasons import Situation, why_not
from app.editing.shorthand import Placement, find_placements, place_offers, read_shorthand
from app.panels.desk import Desk
from app.panels.palette import Palette

HINT = "Type what you want to do, or a muscle"
PLACING_HINT = "Side, muscle, how many: rt utr 2"
NOTHING_FOUND = "Nothing is called that. Try a part of the word."
ITSELF = "palette"


class Finder(QObject):
    """Finds actions always, and muscles where a chart is open."""

    def __init__(
        self,
        window: QWidget,
        items: Mapping[str, QAction],
        desk: Callable[[], Desk | None],
        chart_shown: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._items = items
        self._desk = desk
        self._chart_shown = chart_shown
        self.palette = Palette(window)
        self.palette.taken.connect(self._do)

    def find_anything(self) -> None:
        self.palette.ask(self._find, HINT)

    def place_by_name(self) -> None:
        self.palette.ask(self._find_placements, PLACING_HINT)

    @property
    def _situation(self) -> Situation:
        desk, shown = self._desk(), self._chart_shown()
        session = desk.editor.session if desk is not None and shown else None
        return Situation(desk is not None, shown, session)

    @property
    def _catalogue(self) -> Catalogue | None:
        """There is no map to show a muscle on before a chart is open."""
        desk = self._desk()
        return desk.editor.atlas.catalogue if desk is not None and self._chart_shown() else None

    def _find(self, text: str) -> Found:
        """Where a side or a count is said with a muscle's name, placing is meant; else actions
        come first, then what can be done with a muscle.
        """
        now, catalogue = self._situation, self._catalogue
        placing = read_shorthand(text)
        if catalogue is not None and placing.says_more and placing.muscle_words:
            found = self._find_placements(text)
            if found.offers:
                return found
        offers = list(find_actions(text, [self._now(action.id, now) for action in ACTIONS]))
        offers = [each for each in offers if each.deed != DoAction(ITSELF)]
        offers += find_zones(text, self._zones)
        for muscle in () if catalogue is None else find_muscles(text, catalogue):
            offers.append(show_offer(muscle))
            offers += self._with_reasons(place_offers([muscle], placing, self._in_hand))
        return Found(tuple(offers), "" if offers else NOTHING_FOUND)

    @property
    def _zones(self) -> dict[UUID, str]:
        """What is said of each no-needle zone of the patient whose chart is shown."""
        desk = self._desk()
        if desk is None or not self._chart_shown():
            return {}
        return {zone.id: zone_words(desk.editor.atlas, zone) for zone in desk.store.zones}

    def _find_placements(self, text: str) -> Found:
        catalogue = self._catalogue
        if catalogue is None:
            return Found((), why_not("place.by_name", self._situation))
        found = find_placements(text, catalogue, self._in_hand)
        return replace(found, offers=self._with_reasons(found.offers))

    @property
    def _in_hand(self) -> Details:
        desk = self._desk()
        assert desk is not None
        return details_in_hand(desk.toolbox)

    def _with_reasons(self, offers: Iterable[Offer]) -> tuple[Offer, ...]:
        """Offers to place, grey where nothing may be placed."""
        desk = self._desk()
        if desk is not None and desk.editor.writable:
            return tuple(offers)
        reason = why_not("place.by_name", self._situation)
        return tuple(replace(each, possible=False, note=reason) for each in offers)

    def _now(self, action_id: str, now: Situation) -> ActionNow:
        item = self._items[action_id]
        keys = item.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        possible = item.isEnabled()
        reason = "" if possible else why_not(action_id, now)
        return ActionNow(action_id, item.text(), keys, possible, reason)

    def _do(self, deed: object) -> None:
        desk = self._desk()
        if isinstance(deed, DoAction):
            self._items[deed.id].trigger()
        elif isinstance(deed, ShowMuscle) and desk is not None:
            desk.muscles.show_muscle(deed.muscle)
        elif isinstance(deed, SelectZone) and desk is not None:
            desk.editor.selection.set_zone(deed.zone)
        elif isinstance(deed, Placement) and desk is not None:
            self._place(desk, deed)

    def _place(self, desk: Desk, placement: Placement) -> None:
        """Places the marks, shows them where they are out of sight, and says it."""
        body_map = desk.chart.map
        placed = place_by_name(desk.editor, placement, body_map.enlarged)
        if placed:
            body_map.bring_into_sight(placed)
            desk.notifier.done(f"{placement.words}.", "Undo", desk.undo)
