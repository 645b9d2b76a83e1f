"""Everything that can be done by name: menus, shortcuts and their list come from here."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.marks import MarkKind
from app.domain.stages import Stage
from app.domain.words import kind_name
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
    repeats: bool = True
    """Whether it is done again and again while its key is held down."""


COUNT_KEYS = ("Space", "PgDown")
TAKE_BACK_KEYS = ("Shift+Space", "PgUp")
"""What counts a twitch and what takes one back: the second of each is what foot pedals and
presenters send. Some of those send F5, Esc and the full stop too, so these mean nothing grave."""


TOOL_ACTIONS: dict[ToolKey, Action] = {
    ToolKey.SELECT: Action(
        "tool.select", Menu.TOOLS, "Select", ("V",), "Select marks; drag to move the picture"
    ),
    ToolKey.TRIGGER_POINT: Action(
        "tool.trigger_point", Menu.TOOLS, "Trigger point", ("T",), "Mark a trigger point"
    ),
    ToolKey.NEEDLE: Action(
        "tool.needle", Menu.TOOLS, "Needle", ("D",),
        "Place a needle, which is in from then on; press on it again to take it out",
    ),
    ToolKey.TWITCH: Action(
        "tool.twitch", Menu.TOOLS, "Twitch response", ("W",),
        "Mark a twitch at a needle or point; press again on it to count one more",
    ),
    ToolKey.SORENESS: Action(
        "tool.soreness", Menu.TOOLS, "Soreness", ("S",),
        "Draw around sore skin, or press for a sore spot",
    ),
    ToolKey.REFERRED_PAIN: Action(
        "tool.referred_pain", Menu.TOOLS, "Referred pain", ("R",),
        "Draw around where pain is felt that comes from the selected trigger point",
    ),
    ToolKey.TAUT_BAND: Action(
        "tool.taut_band", Menu.TOOLS, "Taut band", ("K",), "Draw along a taut band"
    ),
    ToolKey.REACTION: Action(
        "tool.reaction", Menu.TOOLS, "Reaction", ("X",), "Mark a bruise, bleeding, faintness ..."
    ),
    ToolKey.NOTE: Action("tool.note", Menu.TOOLS, "Note", ("N",), "Place a note"),
    ToolKey.AGAIN: Action(
        "tool.again", Menu.TOOLS, "Again", ("U",),
        "Press on outlines of last time, or sweep over them, to mark them again",
    ),
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

KIND_ACTIONS: dict[MarkKind, Action] = {
    kind: Action(
        f"kind.{kind}", Menu.TREATMENT, f"Kind: {kind_name(kind)}", (str(number),),
        "Turn the mark in hand into one of this kind; without one, take the tool for it",
        begins_group=number == 1, repeats=False,
    )
    for number, kind in enumerate(MarkKind, start=1)
}  # fmt: skip
"""The number keys."""

_TREATMENT: tuple[Action, ...] = (
    *STAGE_ACTIONS.values(),
    Action(
        "needle.out", Menu.TREATMENT, "Take needle out", ("O",),
        "Takes out the selected needle, or the one that was placed last", repeats=False,
    ),
    Action(
        "needle.all_out", Menu.TREATMENT, "Take all needles out", ("Shift+O",), repeats=False
    ),
    Action(
        "needle.stay", Menu.TREATMENT, "Planned stay of all needles in", ("Shift+D",),
        "How long they are to stay in; when it is over, a line says so",
    ),
    Action(
        "twitch.count", Menu.TREATMENT, "Count a twitch", COUNT_KEYS,
        "At the needle or point that was touched last", begins_group=True, repeats=False,
    ),
    Action(
        "twitch.take_back", Menu.TREATMENT, "Take a twitch back", TAKE_BACK_KEYS, repeats=False
    ),
    Action("twitch.absent", Menu.TREATMENT, "Twitch absent", ("A",), repeats=False),
    Action("twitch.not_sought", Menu.TREATMENT, "Twitch not sought", ("Q",), repeats=False),
    Action("twitch.weak", Menu.TREATMENT, "Twitch weak", ("F5",), repeats=False),
    Action("twitch.medium", Menu.TREATMENT, "Twitch medium", ("F7",), repeats=False),
    Action("twitch.strong", Menu.TREATMENT, "Twitch strong", ("F8",), repeats=False),
    *KIND_ACTIONS.values(),
)  # fmt: skip

ACTIONS: tuple[Action, ...] = (
    Action("patient.find", Menu.PRACTICE, "Patients", ("Ctrl+F",), "Find a patient"),
    Action("patient.new", Menu.PRACTICE, "New patient", ("Ctrl+N",)),
    Action("patient.edit", Menu.PRACTICE, "Patient's details", ("Ctrl+I",)),
    Action(
        "practice",
        Menu.PRACTICE,
        "Whole practice",
        ("F12",),
        "Follow-ups due, sessions not signed, adverse events, needles; again: back",
        begins_group=True,
    ),
    Action(
        "practice.search",
        Menu.PRACTICE,
        "Search all sessions",
        ("Ctrl+Shift+F",),
        "By muscle, kind of mark, adverse event, day, practitioner, and words in notes",
    ),
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
    Action("session.pdf", Menu.PRACTICE, "Export chart as PDF", ("Ctrl+E",), begins_group=True),
    Action(
        "reports",
        Menu.PRACTICE,
        "Reports",
        ("Ctrl+Shift+E",),
        "Chart, progress report, full record, patient's copy, letter: seen, saved, printed",
    ),
    Action(
        "reports.many",
        Menu.PRACTICE,
        "Reports of many",
        tip="Charts or reports of many patients, a file each, made while you go on working",
    ),
    Action(
        "export.picture",
        Menu.PRACTICE,
        "Export map as picture",
        tip="Views of the map as PNG or SVG, at any size",
    ),
    Action(
        "export.tables",
        Menu.PRACTICE,
        "Export tables",
        tip="Sessions, marks, needles and scores as an Excel workbook or CSV files",
    ),
    Action(
        "letterhead",
        Menu.PRACTICE,
        "Letterhead",
        tip="Name, address, logo and foot of all that is printed",
    ),
    Action(
        "picture.add",
        Menu.PRACTICE,
        "Add picture",
        ("Ctrl+Shift+P",),
        "Add a photograph or drawing to chart on",
        begins_group=True,
    ),
    Action("picture.edit", Menu.PRACTICE, "Picture's details"),
    Action("picture.remove", Menu.PRACTICE, "Remove picture"),
    Action("practitioner", Menu.PRACTICE, "Practitioner", begins_group=True),
    Action("quit", Menu.PRACTICE, "Quit", ("Ctrl+Q",), begins_group=True),
    Action("undo", Menu.EDIT, "Undo", ("Ctrl+Z",)),
    Action("redo", Menu.EDIT, "Redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Action("remove", Menu.EDIT, "Remove what is selected", ("Del",), begins_group=True),
    Action("select.all", Menu.EDIT, "Select all marks", ("Ctrl+A",)),
    *TOOL_ACTIONS.values(),
    Action(
        "again.all",
        Menu.TOOLS,
        "All of last time again",
        ("Shift+U",),
        "Mark again all that last session's outlines show",
        begins_group=True,
    ),
    Action(
        "protocols",
        Menu.TOOLS,
        "Protocols",
        ("I",),
        "Lay points that were saved under a name onto either side",
    ),
    Action(
        "protocol.save",
        Menu.TOOLS,
        "Save as protocol",
        ("Shift+I",),
        "Keep the selected points, or all, under a name",
    ),
    Action(
        "notice.read",
        Menu.TOOLS,
        "Notice read",
        ("Y",),
        "Keep in the record that the notice below the map was read",
    ),
    Action(
        "place.by_name",
        Menu.TOOLS,
        "Place by muscle name",
        ("P",),
        "Type a side, a muscle and how many: rt utr 2",
        begins_group=True,
    ),
    Action(
        "mark.menu",
        Menu.TOOLS,
        "Marking menu",
        ("J",),
        "At the selected mark, else at the crosshair; or press and hold, or flick with the "
        "right button",
    ),
    *_TREATMENT,
    Action(
        "screening.affirm", Menu.TREATMENT, "Nothing has changed since the last screening",
        ("Shift+F2",), "Takes over the answers of the last screening as holding today",
        begins_group=True,
    ),
    Action("events.none", Menu.TREATMENT, "No adverse event", ("Shift+F4",)),
    Action("view.anterior", Menu.VIEW, "Enlarge anterior", ("Alt+1",)),
    Action("view.posterior", Menu.VIEW, "Enlarge posterior", ("Alt+2",)),
    Action("view.left", Menu.VIEW, "Enlarge left side", ("Alt+3",)),
    Action("view.right", Menu.VIEW, "Enlarge right side", ("Alt+4",)),
    Action("view.all", Menu.VIEW, "All views side by side", ("Alt+0",)),
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
    Action(
        "review",
        Menu.VIEW,
        "Review sessions",
        ("Ctrl+R",),
        "All sessions of the patient along time, and the map of each; again: back to the chart",
        begins_group=True,
    ),
    Action(
        "review.next",
        Menu.VIEW,
        "Next room of the review",
        ("Ctrl+PgDown",),
        "Sessions, how often, and what else the review shows",
    ),
    Action("review.previous", Menu.VIEW, "Previous room of the review", ("Ctrl+PgUp",)),
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
    Action(
        "view.segments",
        Menu.VIEW,
        "Pain-drawing segments (CHOIR)",
        ("Ctrl+4",),
        "Show the numbered segments of the CHOIR Body Map",
        checkable=True,
    ),
    Action("view.muscles", Menu.VIEW, "Find a muscle", ("/",), begins_group=True),
    Action("view.panels", Menu.VIEW, "Side panels", ("F9",), begins_group=True),
    Action(
        "view.touch",
        Menu.VIEW,
        "Touch mode",
        (),
        "Every target is at least 9 mm large",
        checkable=True,
    ),
    Action(
        "view.tick",
        Menu.VIEW,
        "Tick at each twitch",
        (),
        "A soft sound when a key counts a twitch, where the computer can play one",
        checkable=True,
    ),
    Action(
        "focus.next",
        Menu.VIEW,
        "Next part of the window",
        ("F6",),
        "Map, marks, what is selected, sessions, time, tools",
        begins_group=True,
    ),
    Action("focus.previous", Menu.VIEW, "Previous part of the window", ("Shift+F6",)),
    Action("view.line", Menu.VIEW, "Picture style", ("L",)),
    Action(
        "palette",
        Menu.HELP,
        "Find an action or a muscle",
        ("Ctrl+K",),
        "Type a part of its name; what cannot be done now says why",
    ),
    Action("help.keys", Menu.HELP, "Keys", ("F1",)),
    Action("help.about", Menu.HELP, "About Needlepoint"),
)  # fmt: skip

BY_ID = {action.id: action for action in ACTIONS}
