"""Drawing freehand: soreness and referred pain around skin, a taut band along it."""

from app.body.areas import DrawnArea
from app.body.mesh import Points
from app.domain.identity import UUID
from app.domain.marks import MarkKind, ReferredPain, Shape, Soreness, TautBand
from app.editing.needles import selected
from app.editing.tool_keys import ToolKey
from app.editing.tools.freehand import FreehandTool, LineTool
from app.editing.tools.tool import PointerEvent

NOTHING_ENCLOSED = "The line encloses no skin. Draw it around the sore skin."
NO_PAIN_ENCLOSED = "The line encloses no skin. Draw it around where the pain is felt."
NO_PAIN_DRAWN = "Referred pain is an area. Hold the button down and draw around where it is felt."
NO_BAND_DRAWN = "A taut band is a line. Hold the button down and draw along it."
BAND_LEAVES_SKIN = "The line leaves the skin. Draw the taut band on the body from end to end."
MOST_BAND_SPOTS = 48


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


class ReferredPainTool(FreehandTool):
    """Encloses where pain is felt that comes from elsewhere: from the trigger point that is
    selected, as it is when it was placed just now.
    """

    key = ToolKey.REFERRED_PAIN
    nothing_enclosed = NO_PAIN_ENCLOSED

    def drawn(self, area: DrawnArea, view: str) -> None:
        self.editor.add(
            self.editor.new_mark(
                ReferredPain(), area.anchor, view,
                outline=area.outline, side=area.side, parent_id=self._source(),
            )
        )  # fmt: skip

    def clicked(self, pressed: PointerEvent) -> None:
        if pressed.anchor is not None:
            self.editor.refused.emit(NO_PAIN_DRAWN)

    def _source(self) -> UUID | None:
        mark = selected(self.editor)
        return mark.id if mark is not None and mark.kind is MarkKind.TRIGGER_POINT else None


class TautBandTool(LineTool):
    """Draws a line along a taut band. Its number stands at its middle."""

    key = ToolKey.TAUT_BAND

    def followed(self, line: Points, view: str) -> None:
        editor = self.editor
        step = max(len(line) // MOST_BAND_SPOTS, 1)
        kept = line[::step] if (len(line) - 1) % step == 0 else [*line[::step], line[-1]]
        spots = [editor.atlas.pick(editor.body, view, float(x), float(y)) for x, y in kept]
        outline = tuple(spot for spot in spots if spot is not None)
        if len(outline) < len(spots):
            editor.refused.emit(BAND_LEAVES_SKIN)
            return
        middle = outline[len(outline) // 2]
        editor.add(editor.new_mark(TautBand(), middle, view, outline=outline, shape=Shape.LINE))

    def clicked(self, pressed: PointerEvent) -> None:
        if pressed.anchor is not None:
            self.editor.refused.emit(NO_BAND_DRAWN)
