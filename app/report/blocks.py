"""What a report that is no chart of a session is built of: blocks, one after the other.

Each kind of report is a pure function that words blocks; one template sets them
(``assets/report/document.typ``). Empty texts and empty blocks are never made: what is not known is
said in words, or not mentioned.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from app.body.view import View
from app.domain.seals import Seal
from app.painting.placing import PlacedMark
from app.report.closeups import CloseUp
from app.report.legend import LegendEntry
from app.report.model import PatientLines
from app.report.zones import SeenZone
from app.review.comparison import Standing

Tone = Literal["plain", "small", "amber", "red"]


@dataclass(frozen=True, slots=True)
class Heading:
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it was typed or worded, a paragraph for each line."""

    text: str
    tone: Tone = "plain"
    sticks: bool = False
    """Whether no page may end between this and what follows."""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """What must not be read over, on a wash of its colour."""

    text: str
    tone: Tone = "amber"


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, its value, and what else belongs to it, a line each."""

    name: str
    value: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Side by side between two lines."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``widths``: of each column, as shares of the line."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DrawnMap:
    """One whole view with marks, and what is said of it."""

    view: View
    placed: tuple[PlacedMark, ...]
    title: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """Maps side by side, none higher than ``highest_mm``."""

    maps: tuple[DrawnMap, ...]
    highest_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class DrawnWindow:
    """A square window of one view, and what is said of it."""

    view: View
    window: CloseUp
    zones: tuple[SeenZone, ...]
    title: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Windows, two in a row, the edge of each ``edge_mm`` on paper."""

    windows: tuple[DrawnWindow, ...]
    edge_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class DrawnDifference:
    """A square window of one view with what became of each spot from one session to another.
    ``spots``: where each stands, and how.
    """

    view: View
    window: CloseUp
    spots: tuple[tuple[Standing, PlacedMark], ...]
    title: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Such windows, laid out as ``Windows`` are."""

    windows: tuple[DrawnDifference, ...]
    edge_mm: float


@dataclass(frozen=True, slots=True)
class DifferenceSigns:
    """The legend of the signs of a difference."""


@dataclass(frozen=True, slots=True)
class Signs:
    """The legend of the signs that occur."""

    entries: tuple[LegendEntry, ...]
    zones: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing of numbers as SVG; ``alt`` says the numbers."""

    svg: str
    title: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Plots:
    """Two in a row, each ``plot_mm`` wide."""

    plots: tuple[Plot, ...]


@dataclass(frozen=True, slots=True)
class SignHere:
    """A line to sign on by hand, and who is meant to."""

    name: str
    details: tuple[str, ...] = ()


Block: TypeAlias = (
    Heading
    | Words
    | Bullets
    | Callout
    | Facts
    | Grid
    | Maps
    | Windows
    | Differences
    | DifferenceSigns
    | Signs
    | Plots
    | SignHere
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report of blocks. ``foot`` stands at the foot of every page, ``seals`` in the file."""

    title: str
    subtitle: str
    description: str
    patient: PatientLines
    author: str
    head: str
    foot: str
    is_draft: bool
    made_at: datetime
    blocks: tuple[Block, ...]
    seals: tuple[Seal, ...] = ()
