"""What a tab of the practice's page is made of, and what it must provide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.body.atlas import Atlas
from app.body.picture_style import PictureStyle
from app.domain.ports import Repository
from app.domain.words import local_day
from app.exchange.tables import Row, Table
from app.jobs import Jobs
from app.notify import Notifier
from app.panels.practice.asking import Asking
from app.panels.practice.todays import TodaysReader
from app.panels.texts import PlainLabel
from app.panels.theme import Theme
from app.settings import Settings

READING = "Reading the practice …"
"""What stands in place of a table until it is read."""
NOT_READ = "This could not be read."


@dataclass(frozen=True, slots=True)
class Sources:
    """What tabs read from."""

    repository: Repository
    atlas: Atlas
    settings: Settings
    asking: Asking
    clock: Callable[[], datetime]
    todays: TodaysReader
    jobs: Jobs
    notifier: Notifier
    theme: Theme
    style: PictureStyle

    @property
    def today(self) -> date:
        return local_day(self.clock())


@dataclass(frozen=True, slots=True)
class SavedTable:
    """A table as it can be saved. ``title`` names it in a menu; ``read`` gives its rows, and may
    take its time in the background.
    """

    title: str
    table: Table
    read: Callable[[], Sequence[Row]]


class PracticeTab(QWidget):
    """One matter of the whole practice. It reads when it comes into sight."""

    name: ClassVar[str]
    """On the tab itself."""
    back_asked = Signal()
    """Esc, of a part that keeps it from the page, as a map does."""
    visit_asked = Signal(object)
    """The chart of this Visit is wanted."""
    search_asked = Signal(object)
    """The sessions of this SessionSearch are wanted."""
    counted = Signal(object)
    """How many there are of what the tab lists, or None where a count would say nothing."""

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self.sources = sources
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 12, 0, 0)
        self.column.setSpacing(10)

    def refresh(self) -> None:
        """Reads anew."""
        raise NotImplementedError(f"{type(self).__name__} leaves refresh open")

    @property
    def is_reading(self) -> bool:
        """Whether it awaits something that it does not ask through its sources."""
        return False

    def saved(self) -> list[SavedTable]:
        """What of it can be saved as a table, as it is shown."""
        raise NotImplementedError(f"{type(self).__name__} leaves saved open")

    def take_focus(self) -> None:
        """Puts the cursor where work in this tab begins."""
        raise NotImplementedError(f"{type(self).__name__} leaves take_focus open")

    def set_look(self, theme: Theme, style: PictureStyle) -> None:
        """For what is painted and not styled."""

    def close_tab(self) -> None:
        """The practice is about to be closed."""

    def words(self, text: str = "", name: str = "small") -> PlainLabel:
        """A label that goes on in the next line."""
        label = PlainLabel(text, name)
        label.setWordWrap(True)
        return label
