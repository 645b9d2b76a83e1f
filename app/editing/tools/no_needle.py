"""Drawing a no-needle zone of the patient: a line around skin that must not be needled."""

from app.body.areas import DrawnArea
from app.domain.own_pictures import lies_on_picture
from app.editing.tool_keys import ToolKey
from app.editing.tools.freehand import FreehandTool
from app.editing.tools.tool import PointerEvent

NOTHING_ENCLOSED = "The line encloses no skin. Draw it around the skin not to be needled."
NOTHING_DRAWN = (
    "Nothing was drawn. Hold the button down and draw around the skin not to be needled."
)

NOT_ON_A_PICTURE = "A no-needle zone lies on the body. Draw it on one of the body's views."


class NoNeedleTool(FreehandTool):
    """Encloses a zone. A press inside one that is there already selects it."""

    key = ToolKey.NO_NEEDLE
    nothing_enclosed = NOTHING_ENCLOSED

    def press(self, event: PointerEvent) -> None:
        if event.anchor is not None and lies_on_picture(event.anchor):
            self.editor.refused.emit(NOT_ON_A_PICTURE)
        else:
            super().press(event)

    def drawn(self, area: DrawnArea, view: str) -> None:
        self.editor.zones.draw(area, view)

    def clicked(self, pressed: PointerEvent) -> None:
        zone = self.editor.zones.at(pressed.anchor)
        if zone is not None:
            self.editor.selection.set_zone(zone.id)
        elif pressed.anchor is not None:
            self.editor.refused.emit(NOTHING_DRAWN)
