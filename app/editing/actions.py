"""Everything that can be done by name: menus, shortcuts and their list come from here."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.stages import Stage
from app.editing.tool_keys import ToolKey


class Menu(StrEnum):
    PRACTICE = "Practice"
    EDIT = "Edit"
    TOOLS = "Tools"
    TREATMENT = "Treatment"
    VIEW = "View"
    HELP = "Help"


@dataclass(frozen=True, slots=True)
class Action:
    """``id`` names what is done; the window binds it to a function. ``tip`` is one sentence."""

    id: str
    menu: Menu
    name: str
    shortcuts: tuple[str, ...] = ()
    tip: str = ""
    begins_group: bool = False
    checkable: bool = False
    """Whether it switches something on and off, and shows which."""


TOOL_ACTIONS: dict[ToolKey, Action] = {
    ToolKey.SELECT: Action(
        "tool.select", Menu.TOOLS, "Select", ("V",), "Select marks; drag to move the picture"
    ),
    ToolKey.TRIGGER_POINT: Action(
        "tool.trigger_point", Menu.TOOLS, "Trigger point", ("T",), "Mark a trigger point"
    ),
    ToolKey.TWITCH: Action(
        "tool.twitch", Menu.TOOLS, "Twitch response", ("W",),
        "Mark a twitch; press again on it to count one more",
    ),
    ToolKey.SORENESS: Action(
        "tool.soreness", Menu.TOOLS, "Soreness", ("S",),
        "Draw around sore skin, or press for a sore spot",
    ),
    ToolKey.NOTE: Action("tool.note", Menu.TOOLS, "Note", ("N",), "Place a note"),
    ToolKey.NO_NEEDLE: Action(
        "tool.no_needle", Menu.TOOLS, "No-needle zone", ("Z",),
        "Draw around skin of this patient that must never be needled",
    ),
    ToolKey.MOVE: Action("tool.move", Menu.TOOLS, "Move", ("M",), "Drag a mark to its place"),
    ToolKey.ERASE: Action(
        "tool.erase", Menu.TOOLS, "Erase", ("E",), "Press on marks, or sweep over them"
    ),
}  # fmt: skip

STAGE_ACTIONS: dict[Stage, Action] = {
    Stage.BEFORE: Action(
        "stage.before", Menu.TREATMENT, "Before", ("F2",),
        "Screening, consent, and what is settled before the first needle",
    ),
    Stage.NEEDLES: Action(
        "stage.needles", Menu.TREATMENT, "Needles", ("F3",), "The marks of this session"
    ),
    Stage.AFTER: Action(
        "stage.after", Menu.TREATMENT, "After", ("F4",),
        "Needles counted out, adverse events, advice, and the next step",
    ),
}  # fmt: skip

ACTIONS: tuple[Action, ...] = (
    Action("patient.find", Menu.PRACTICE, "Patients", ("Ctrl+F", "Ctrl+K"), "Find a patient"),
    Action("patient.new", Menu.PRACTICE, "New patient", ("Ctrl+N",)),
    Action("patient.edit", Menu.PRACTICE, "Patient's details", ("Ctrl+I",)),
    Action("session.new", Menu.PRACTICE, "New session", ("Ctrl+T",), begins_group=True),
    Action(
        "session.sign",
        Menu.PRACTICE,
        "Sign session",
        ("Ctrl+Return",),
        "Sign the session on the desk, which locks it for good",
    ),
    Action(
        "session.amend",
        Menu.PRACTICE,
        "Add to signed session",
        ("Ctrl+Shift+Return",),
        "Correct or complete a signed session",
    ),
    Action("session.pdf", Menu.PRACTICE, "Export chart as PDF", ("Ctrl+E",)),
    Action("practitioner", Menu.PRACTICE, "Practitioner", begins_group=True),
    Action("quit", Menu.PRACTICE, "Quit", ("Ctrl+Q",), begins_group=True),
    Action("undo", Menu.EDIT, "Undo", ("Ctrl+Z",)),
    Action("redo", Menu.EDIT, "Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Action("remove", Menu.EDIT, "Remove what is selected", ("Del",), begins_group=True),
    Action("select.all", Menu.EDIT, "Select all marks", ("Ctrl+A",)),
    *TOOL_ACTIONS.values(),
    *STAGE_ACTIONS.values(),
    Action(
        "screening.affirm", Menu.TREATMENT, "Nothing has changed since the last screening",
        ("Ctrl+Return",), "Takes over the answers of the last screening as holding today",
        begins_group=True,
    ),
    Action("events.none", Menu.TREATMENT, "No adverse event", ("Ctrl+Shift+Return",)),
    Action("view.anterior", Menu.VIEW, "Enlarge anterior", ("1",)),
    Action("view.posterior", Menu.VIEW, "Enlarge posterior", ("2",)),
    Action("view.left", Menu.VIEW, "Enlarge left side", ("3",)),
    Action("view.right", Menu.VIEW, "Enlarge right side", ("4",)),
    Action("view.all", Menu.VIEW, "All views side by side", ("0",)),
    Action(
        "view.close_up",
        Menu.VIEW,
        "Close-up under the pointer, and back",
        ("C",),
        "Open the close-up that shows best what is under the pointer; again: back",
    ),
    Action("view.in", Menu.VIEW, "Zoom in", ("Ctrl++", "Ctrl+=", "+"), begins_group=True),
    Action("view.out", Menu.VIEW, "Zoom out", ("Ctrl+-", "-")),
    Action("view.fit", Menu.VIEW, "Whole body", ("Ctrl+0", "F")),
    Action("view.ghosts", Menu.VIEW, "Lay last session under today's", ("G",), begins_group=True),
    Action("view.beside", Menu.VIEW, "Last session beside today's", ("B",)),
    Action(
        "view.superficial",
        Menu.VIEW,
        "Superficial muscles",
        ("Ctrl+1",),
        begins_group=True,
        checkable=True,
    ),
    Action("view.intermediate", Menu.VIEW, "Intermediate muscles", ("Ctrl+2",), checkable=True),
    Action("view.deep", Menu.VIEW, "Deep muscles", ("Ctrl+3",), checkable=True),
    Action("view.zones", Menu.VIEW, "Hazard zones", ("H",), checkable=True),
    Action("view.muscles", Menu.VIEW, "Find a muscle", ("/",), begins_group=True),
    Action("view.panels", Menu.VIEW, "Side panels", ("F9",), begins_group=True),
    Action("view.line", Menu.VIEW, "Picture style", ("L",)),
    Action("help.keys", Menu.HELP, "Keys", ("F1",)),
    Action("help.about", Menu.HELP, "About Needlepoint"),
)  # fmt: skip

BY_ID = {action.id: action for action in ACTIONS}
