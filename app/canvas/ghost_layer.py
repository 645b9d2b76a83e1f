"""Where the ghosts of a pane lie, and which of them is under the pointer."""

from collections.abc import Sequence

import numpy as np

from app.body.areas import inside_loops
from app.canvas.sign_grid import SignGrid
from app.domain.identity import UUID
from app.painting.layout import Frame
from app.painting.placing import PlacedMark


class GhostLayer:
    """The marks of earlier sessions on one picture. Ghosts step aside for nothing."""

    def __init__(self) -> None:
        self.placed: list[PlacedMark] = []
        self._signs: SignGrid | None = None
        """In px of a layout; None until somebody points at it."""

    def show(self, placed: Sequence[PlacedMark]) -> None:
        self.placed = list(placed)
        self.forget()

    def forget(self) -> None:
        """The layout is another one."""
        self._signs = None

    def nearest(self, frame: Frame, x: float, y: float, reach: float) -> UUID | None:
        """The ghost of a point within ``reach`` of (x, y), px of the layout with this frame."""
        if not self.placed:
            return None
        if self._signs is None:
            self._signs = SignGrid()
            for each in self.placed:
                if not each.loops:
                    spot = frame.point(each.x, each.y)
                    self._signs.add(each.mark.id, spot.x(), spot.y())
        return self._signs.nearest(x, y, reach)

    def area_at(self, x: float, y: float) -> UUID | None:
        """The ghost of an area around (x, y) px of the picture."""
        here = np.array([[x, y]])
        areas = (each for each in self.placed if each.loops)
        return next((a.mark.id for a in areas if inside_loops(here, a.loops)[0]), None)
