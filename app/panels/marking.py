"""The marking menu joined to the chart: what there is to choose at a spot, and what is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.canvas.marking_menu import MarkingMenu
from app.editing.actions import TOOL_ACTIONS
from app.editing.marking_menu import SELECT, Item, items_on_mark, items_on_skin
from app.editing.tool_keys import ToolKey
from app.editing.tools.mark import PointTool
from app.editing.tools.tool import PointerEvent

if TYPE_CHECKING:
    from app.panels.chart_page import ChartPage

_TOOLS = {action.id: key for key, action in TOOL_ACTIONS.items()}


class Marking(QObject):
    """Places with a tool that is not in hand, or does to the mark what an action does."""

    def __init__(self, chart: ChartPage) -> None:
        super().__init__(chart)
        self._chart = chart
        self.menu = MarkingMenu(chart.map)
        self.menu.items_for = self._items
        self.menu.opens_on_hold = self._opens_on_hold
        self.menu.chosen.connect(self._choose)
        self.do: Callable[[str], object] = lambda _action: None
        """Does an action of the window's list."""
        chart.editor.session_changed.connect(self.menu.close_menu)
        chart.toolbox.changed.connect(lambda _key: self.menu.close_menu())

    def open_by_key(self) -> None:
        """At the mark that is selected where it is in sight, else at the crosshair."""
        chart = self._chart
        current = chart.editor.selection.current
        mark = None if current is None else chart.store.mark(current)
        at = None if mark is None else chart.map.point_of(mark.anchor)
        if at is None:
            crosshair = chart.parts.crosshair
            at = crosshair.at if crosshair.isVisible() else chart.map.large_rect.center()
        chart.map.setFocus()
        self.menu.open_at(at)

    def _items(self, pointer: PointerEvent) -> tuple[Item, ...]:
        if not self._chart.editor.writable:
            return ()
        mark = None if pointer.hit is None else self._chart.store.mark(pointer.hit)
        if mark is not None:
            return items_on_mark(mark.kind, mark.shape)
        return () if pointer.anchor is None else items_on_skin()

    def _opens_on_hold(self) -> bool:
        """Not with tools that drag and draw: there a press that pauses is still a press."""
        tool = self._chart.toolbox.active
        return tool.key is ToolKey.SELECT or isinstance(tool, PointTool)

    def _choose(self, item: Item, pointer: PointerEvent) -> None:
        chart = self._chart
        if pointer.hit is not None:
            chart.editor.selection.set((pointer.hit,))
            if item.action != SELECT:
                self.do(item.action)
            return
        key = _TOOLS[item.action]
        if chart.toolbox.tool(key).details is None:
            chart.toolbox.take(key)  # it draws, or belongs to a mark: one press is not enough
        else:
            chart.toolbox.press_with(key, pointer)
