"""What tools share that draw: the line while it is drawn, and the skin that it encloses."""

import itertools
import math

import numpy as np

from app.body.areas import DrawnArea
from app.body.mesh import Points
from app.editing.session_editor import SessionEditor
from app.editing.tools.tool import NO_PREVIEW, PointerEvent, Preview, Tool

SHORTEST_LINE = 24.0
"""A line shorter than this, in picture px, was meant as a press: some 20 mm on the skin."""
FINEST_STEP = 3.0
"""Points of the line closer than this, in picture px, add nothing."""


class LineTool(Tool):
    """Follows a freehand line."""

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
        if length < SHORTEST_LINE:
            self.clicked(pressed)
            return
        self.followed(np.array(line), view)

    def cancel(self) -> None:
        self._pressed = None
        self.preview = NO_PREVIEW

    def followed(self, line: Points, view: str) -> None:
        """The line, (k, 2) px of the picture ``view``, was drawn to its end."""
        raise AssertionError("every tool says what its lines are")

    def clicked(self, pressed: PointerEvent) -> None:
        """The hand pressed and drew nothing."""
        raise AssertionError("every tool says what a press is")


class FreehandTool(LineTool):
    """Draws around skin. The area is the skin seen inside the line, closed on release."""

    nothing_enclosed: str
    """What is said where the line encloses no skin."""

    def followed(self, line: Points, view: str) -> None:
        area = self.editor.atlas.draw_area(self.editor.body, view, line)
        if area is None:
            self.editor.refused.emit(self.nothing_enclosed)
        else:
            self.drawn(area, view)

    def drawn(self, area: DrawnArea, view: str) -> None:
        """Skin was enclosed on the picture ``view``."""
        raise AssertionError("every tool says what its areas are")
