"""Drawing areas freehand: a line around the sore skin, or a short press for a sore spot."""

import itertools
import math

import numpy as np

from app.domain.marks import Soreness
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey
from app.editing.tools.tool import NO_PREVIEW, PointerEvent, Preview, Tool

SHORTEST_LINE = 24.0
"""A line shorter than this, in picture px, was meant as a press: some 20 mm on the skin."""
FINEST_STEP = 3.0
"""Points of the line closer than this, in picture px, add nothing."""
NOTHING_ENCLOSED = "The line encloses no skin. Draw it around the sore skin."


class SorenessTool(Tool):
    """Encloses sore skin. The area is the skin seen inside the line, closed on release."""

    key = ToolKey.SORENESS

    def __init__(self, editor: SessionEditor) -> None:
        super().__init__(editor)
        self._pressed: PointerEvent | None = None

    def press(self, event: PointerEvent) -> None:
        if self.editor.writable:
            self._pressed = event
            self.preview = Preview(line_view=event.view, line=((event.x, event.y),))

    def move(self, event: PointerEvent) -> None:
        line = self.preview.line
        if not line or event.view != self.preview.line_view:
            return
        if math.dist(line[-1], (event.x, event.y)) >= FINEST_STEP:
            self.preview = Preview(line_view=event.view, line=(*line, (event.x, event.y)))

    def release(self, event: PointerEvent) -> None:
        self.move(event)
        pressed, line, view = self._pressed, self.preview.line, self.preview.line_view
        self.cancel()
        if pressed is None:
            return
        length = sum(math.dist(a, b) for a, b in itertools.pairwise(line))
        if length >= SHORTEST_LINE:
            self._add_area(view, line)
        elif pressed.anchor is not None:
            self.editor.add(self.editor.new_mark(Soreness(), pressed.anchor, view))

    def cancel(self) -> None:
        self._pressed = None
        self.preview = NO_PREVIEW

    def _add_area(self, view: str, line: tuple[tuple[float, float], ...]) -> None:
        area = self.editor.atlas.draw_area(self.editor.body, view, np.array(line))
        if area is None:
            self.editor.refused.emit(NOTHING_ENCLOSED)
            return
        self.editor.add(
            self.editor.new_mark(
                Soreness(), area.anchor, view, outline=area.outline, side=area.side
            )
        )
