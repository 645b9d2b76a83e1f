"""The way back from a close-up: where the map looked before."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from app.body.flat_picture import PICTURE
from app.body.view import View
from app.canvas.pane import Pane


@dataclass(frozen=True)
class WayBack:
    """``view``: the view that was enlarged, None for all side by side. ``aims``: for each of the
    large panes its zoom and the picture point at its middle.
    """

    view: str | None
    aims: tuple[tuple[float, QPointF], ...] = ()

    @classmethod
    def to(cls, view: str | None, panes: list[Pane]) -> "WayBack":
        aims = ((pane.aim[0], QPointF(pane.aim[1])) for pane in panes if not pane.thumbnail)
        return cls(view, tuple(aims))

    def restore(self, panes: list[Pane]) -> None:
        """Lets the panes of ``view`` look where they looked."""
        for pane, aim in zip(panes, self.aims, strict=False):
            pane.take_aim(*aim)


def is_gone(view: View, own: Sequence[View]) -> bool:
    """Whether ``view`` is an own picture that is none of those which the chart shows."""
    return view.group == PICTURE and view.name not in {each.name for each in own}
