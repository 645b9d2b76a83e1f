"""The palette joined to the window: what there is to find, and what is done when it is taken.

Made when it is first wanted, since a program start has other things to do.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.body.muscles import Catalogue
from app.editing.actions import ACTIONS
from app.editing.finding import (
    ActionNow,
    DoAction,
    Found,
    ShowMuscle,
    find_actions,
    find_muscles,
    show_offer,
)
from app.editing.reasons import Situation, why_not
from app.panels.desk import Desk
from app.panels.palette import Palette

HINT = "Type what you want to do, or a muscle"
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
        now, catalogue = self._situation, self._catalogue
        offers = list(find_actions(text, [self._now(action.id, now) for action in ACTIONS]))
        if catalogue is not None:
            offers += [show_offer(muscle) for muscle in find_muscles(text, catalogue)]
        offers = [each for each in offers if each.deed != DoAction(ITSELF)]
        return Found(tuple(offers), "" if offers else NOTHING_FOUND)

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
