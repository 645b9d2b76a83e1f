"""The chart by keys alone: the way from part to part, and a pointer on the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from app.canvas.crosshair import Crosshair
from app.domain.identity import UUID
from app.editing.tool_keys import ToolKey
from app.panels.under_pointer import UnderPointer

if TYPE_CHECKING:
    from app.panels.chart_page import ChartPage

Part = tuple[QWidget, Callable[[], QWidget | None]]
"""What belongs to a part of the window, and what in it takes the focus, if anything does."""


class Parts:
    """The parts of the chart, in the order in which a key goes through them, and round."""

    def __init__(self, parts: Sequence[Part], crosshair: Crosshair) -> None:
        self._parts = parts
        self.crosshair = crosshair

    def go(self, by: int) -> None:
        """To the next part that is there, or with -1 to the one before."""
        count, here = len(self._parts), self._here()
        for step in range(1, count + 1):
            target = self._parts[(here + by * step) % count][1]()
            if target is not None and target.isVisible() and target.isEnabled():
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _here(self) -> int:
        """The part that has the focus: the innermost, where one lies within another."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None:
            for k, (part, _target) in enumerate(self._parts):
                if part is widget:
                    return k
            widget = widget.parentWidget()
        return -1


def join_keys(chart: ChartPage) -> Parts:
    """Joins the keys of ``chart`` to its map, and answers its parts."""
    crosshair, toolbox, editor = Crosshair(chart.map), chart.toolbox, chart.editor
    crosshair.is_wanted = lambda: (
        not toolbox.active.pans and (editor.selection.is_empty or crosshair.leads())
    )
    crosshair.stops = lambda: _outlines(chart)
    toolbox.changed.connect(lambda _key: crosshair.put_away())
    editor.session_changed.connect(crosshair.put_away)
    Crosshair(chart.beside.map)  # there it only moves the picture

    line = chart.findChild(UnderPointer)

    def tell(_pointer: object) -> None:
        if line is not None and crosshair.isVisible() and QAccessible.isActive():
            chart.map.setAccessibleDescription(line.text)

    chart.map.hovered.connect(tell)
    column, sessions = chart.column, chart.sessions
    return Parts(
        (
            (chart.map, lambda: chart.map),
            (column.mark_list, lambda: column.mark_list),
            (column, lambda: _first_in(column)),
            (sessions, lambda: sessions.list),
            (chart.timeline, lambda: chart.timeline),
            (chart.tools, lambda: _first_in(chart.tools)),
            (chart.beside, lambda: chart.beside.map),
        ),
        crosshair,
    )


def _outlines(chart: ChartPage) -> dict[UUID, QPointF]:
    """With the tool for it in hand, last time's outlines that are in sight and can be marked again,
    and where they are on the map.
    """
    again = chart.editor.again
    if chart.toolbox.active.key is not ToolKey.AGAIN or not again.writable:
        return {}
    places = {g.id: chart.map.point_of(g.anchor) for g in again.ghosts if again.can_repeat(g)}
    return {ghost: at for ghost, at in places.items() if at is not None}


def _first_in(part: QWidget) -> QWidget | None:
    """The first widget in a part that Tab would stop at: the one that is down where one is."""
    stops = [
        each
        for each in part.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
    ]
    return next(iter(stops), None)
