"""Drawing soreness freehand: a line around the sore skin, or a short press for a sore spot."""

from app.body.areas import DrawnArea
from app.domain.marks import Soreness
from app.editing.tool_keys import ToolKey
from app.editing.tools.freehand import FreehandTool
from app.editing.tools.tool import PointerEvent

NOTHING_ENCLOSED = "The line encloses no skin. Draw it around the sore skin."


class SorenessTool(FreehandTool):
    """Encloses sore skin."""

    key = ToolKey.SORENESS
    nothing_enclosed = NOTHING_ENCLOSED

    @property
    def details(self) -> Soreness:
        return Soreness()

    def drawn(self, area: DrawnArea, view: str) -> None:
        self.editor.add(
            self.editor.new_mark(
                Soreness(), area.anchor, view, outline=area.outline, side=area.side
            )
        )

    def clicked(self, pressed: PointerEvent) -> None:
        if pressed.anchor is not None:
            self.editor.add(self.editor.new_mark(Soreness(), pressed.anchor, pressed.view))
