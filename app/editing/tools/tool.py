"""What a tool is, what it is told, and what it shows while the hand still moves."""

from dataclasses import dataclass

from app.domain.anatomy import Anchor
from app.domain.identity import UUID
from app.domain.marks import Details, Mark
from app.editing.session_editor import SessionEditor
from app.editing.tool_keys import ToolKey


@dataclass(frozen=True, slots=True)
class PointerEvent:
    """The pointer on one picture, in picture px (origin top left).

    ``anchor`` is the skin under it, or None beside the body. ``hit`` is the mark of the
    session under it, ``on_sign`` that its sign lies under the very point, not just near it;
    ``ghost`` is the mark of an earlier session whose outline is nearer to it than any sign.
    ``extend`` says that the user holds Ctrl or Shift. ``scale``: how many screen px one picture
    px is large. ``eraser``: the pen is held by its other end.
    """

    view: str
    x: float
    y: float
    anchor: Anchor | None
    hit: UUID | None = None
    extend: bool = False
    scale: float = 1.0
    ghost: UUID | None = None
    on_sign: bool = True
    eraser: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What is in hand: shown on top of what is stored, thrown away on Esc.

    ``marks`` stand in for the stored marks of the same ids; ``hidden`` are not shown;
    ``line`` is a freehand line, in px of the picture ``line_view``.
    """

    marks: tuple[Mark, ...] = ()
    hidden: frozenset[UUID] = frozenset()
    line_view: str = ""
    line: tuple[tuple[float, float], ...] = ()


NO_PREVIEW = Preview()


class Tool:
    """A tool that does nothing. The real ones say what press, move and release mean."""

    key: ToolKey
    pans = False
    """Whether a drag that begins beside every mark moves the picture instead."""

    def __init__(self, editor: SessionEditor) -> None:
        self.editor = editor
        self.preview = NO_PREVIEW

    @property
    def details(self) -> Details | None:
        """What a single press on bare skin places; None where that places nothing."""
        return None

    def press(self, event: PointerEvent) -> None:
        """The button or finger goes down."""

    def move(self, event: PointerEvent) -> None:
        """It moves while it is down."""

    def release(self, event: PointerEvent) -> None:
        """It goes up: the gesture is made, or was nothing."""

    def cancel(self) -> None:
        """Esc, or another tool: the gesture leaves no trace."""
        self.preview = NO_PREVIEW
