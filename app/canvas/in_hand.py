"""What a tool has in hand, and where that is seen in each pane.

It is placed once the events that wait are done: a pointer reports more often than the screen
shows, and what was put down meanwhile need not be placed.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRectF, QTimer

from app.body.atlas import Atlas
from app.canvas.overlay import box_in_hand
from app.canvas.pane import Pane
from app.domain.anatomy import Body
from app.editing.tools.tool import NO_PREVIEW, Preview
from app.painting.placing import PlacedMark, place_marks


class InHand:
    """The preview of a tool on the panes of one map."""

    def __init__(
        self, atlas: Atlas, owner: QObject, update: Callable[[QRectF | None], object]
    ) -> None:
        """``update`` asks for a box of the map to be painted; None for all of it."""
        self.preview = NO_PREVIEW
        self._atlas = atlas
        self._update = update
        self._panes: Sequence[Pane] = ()
        self._body = Body.FEMALE
        self._placed: list[list[PlacedMark]] = []
        """Empty until it is placed."""
        self._due = QTimer(owner, singleShot=True, interval=0)
        self._due.timeout.connect(self._show)

    def turn_to(self, panes: Sequence[Pane], body: Body) -> None:
        """Places what is in hand on other panes."""
        self._panes, self._body = panes, body
        self._place()

    def show(self, preview: Preview) -> None:
        """Shows what is in hand now, as soon as nothing else waits."""
        if preview == self.preview:
            return
        self._ask()
        self.preview, self._placed = preview, []
        if preview == NO_PREVIEW:
            self._due.stop()
        else:
            self._due.start()

    def be_ready(self) -> None:
        """Somebody paints first; what else is due the timer will say."""
        if self._due.isActive():
            self._place()

    def placed(self, k: int) -> list[PlacedMark] | None:
        """Where it is seen in the pane ``k``; None where there is nothing to show."""
        return self._placed[k] if self._placed and self.preview != NO_PREVIEW else None

    def _place(self) -> None:
        marks = self.preview.marks
        self._placed = [
            [] if pane.thumbnail else place_marks(self._atlas, marks, self._body, pane.view.name)
            for pane in self._panes
        ]

    def _show(self) -> None:
        if not self._placed:
            self._place()
        self._ask()

    def _ask(self) -> None:
        if self.preview.line or self.preview.hidden:
            self._update(None)
            return
        for pane, placed in zip(self._panes, self._placed, strict=False):
            for each in placed:
                self._update(box_in_hand(each, pane.frame, alone=len(placed) == 1))
