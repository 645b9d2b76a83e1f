"""The tools on the desk, and which of them is in hand."""

from PySide6.QtCore import QObject, Signal

from app.domain.change import Change
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.tools.again import AgainTool
from app.editing.tools.area import ReferredPainTool, SorenessTool, TautBandTool
from app.editing.tools.arrange import EraseTool, MoveTool, SelectTool
from app.editing.tools.mark import TwitchTool, note_tool, reaction_tool, trigger_point_tool
from app.editing.tools.needle import NeedleTool
from app.editing.tools.no_needle import NoNeedleTool
from app.editing.tools.tool import PointerEvent, Preview, Tool


class Toolbox(QObject):
    """Passes the pointer to the tool in hand. The tool stays in hand until another is taken."""

    changed = Signal(object)
    """The ToolKey of the tool that was taken in hand."""
    preview_changed = Signal()

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__()
        tools: tuple[Tool, ...] = (
            SelectTool(editor),
            trigger_point_tool(editor),
            NeedleTool(editor),
            TwitchTool(editor),
            SorenessTool(editor),
            ReferredPainTool(editor),
            TautBandTool(editor),
            reaction_tool(editor),
            note_tool(editor),
            AgainTool(editor),
            NoNeedleTool(editor),
            MoveTool(editor),
            EraseTool(editor),
        )
        self._tools = {tool.key: tool for tool in tools}
        self._active = self._tools[ToolKey.SELECT]
        self._down = False
        self._used = self._active
        """What the gesture under way is made with: the tool in hand, or the eraser of a pen."""
        editor.session_changed.connect(self.cancel)
        editor.store.changed.connect(self._on_changed)

    @property
    def active(self) -> Tool:
        return self._active

    @property
    def preview(self) -> Preview:
        return self._used.preview

    @property
    def is_down(self) -> bool:
        """Whether a gesture is under way."""
        return self._down

    def take(self, key: ToolKey) -> None:
        """Takes a tool in hand; what the last one had begun leaves no trace."""
        self.cancel()
        self._active = self._used = self._tools[key]
        self.changed.emit(key)

    def tool(self, key: ToolKey) -> Tool:
        return self._tools[key]

    def press_with(self, key: ToolKey, event: PointerEvent) -> None:
        """One press with another tool than the one in hand, which stays there."""
        self.cancel()
        tool = self._tools[key]
        tool.press(event)
        tool.release(event)
        self.preview_changed.emit()

    def press(self, event: PointerEvent) -> None:
        self._down = True
        self._used = self._tools[ToolKey.ERASE] if event.eraser else self._active
        self._used.press(event)
        self.preview_changed.emit()

    def move(self, event: PointerEvent) -> None:
        if self._down:
            self._used.move(event)
            self.preview_changed.emit()

    def release(self, event: PointerEvent) -> None:
        if self._down:
            self._down = False
            self._used.release(event)
            self.preview_changed.emit()

    def _on_changed(self, change: Change | None) -> None:
        """A chart that was read anew has other marks: what is in hand may be none of them."""
        if change is None:
            self.cancel()

    def cancel(self) -> None:
        """Drops a gesture that is under way."""
        self._down = False
        self._used.cancel()
        self.preview_changed.emit()
