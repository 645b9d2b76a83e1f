"""The hand on the map: what it does goes to the tool in hand, and what that holds is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.domain.marks import Mark
from app.domain.stages import Stage
from app.editing.tool_keys import ToolKey
from app.editing.tools.tool import Preview

if TYPE_CHECKING:
    from app.panels.chart_page import ChartPage


class MapHand(QObject):
    """Joins the map and the column of tools to the toolbox."""

    def __init__(self, chart: ChartPage) -> None:
        super().__init__(chart)
        self._chart = chart
        self._toolbox, self._map = chart.toolbox, chart.map
        toolbox, body_map = self._toolbox, self._map
        chart.tools.asked.connect(toolbox.take)
        toolbox.changed.connect(self._show_tool)
        toolbox.preview_changed.connect(lambda: body_map.show_preview(toolbox.preview))
        body_map.pans_with_left = lambda: toolbox.active.pans
        body_map.pressed.connect(toolbox.press)
        body_map.moved.connect(toolbox.move)
        body_map.released.connect(toolbox.release)
        body_map.cancelled.connect(toolbox.cancel)
        body_map.escaped.connect(self._on_escape)

    def show_instead(self, marks: tuple[Mark, ...]) -> None:
        """Shows marks that would be laid; without any, what the tool has in hand again."""
        self._map.show_preview(Preview(marks=marks) if marks else self._toolbox.preview)

    def _show_tool(self, key: ToolKey) -> None:
        chart = self._chart
        chart.tools.show_tool(key)
        marking = not self._toolbox.active.pans
        if marking and chart.editor.writable:
            chart.column.stages.go_to(Stage.NEEDLES)
        self._map.setCursor(Qt.CursorShape.CrossCursor if marking else Qt.CursorShape.ArrowCursor)

    def _on_escape(self) -> None:
        """Esc drops what is under way; else it lets go of the selection, then of the tool, and
        last it leaves a close-up.
        """
        selection = self._chart.editor.selection
        if self._toolbox.is_down:
            self._toolbox.cancel()
        elif not selection.is_empty:
            selection.clear()
        elif self._toolbox.active.key is not ToolKey.SELECT:
            self._toolbox.take(ToolKey.SELECT)
        else:
            self._map.go_back()
