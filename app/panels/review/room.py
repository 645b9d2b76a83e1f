"""What a room of the review is: one way of looking back over the sessions of the open chart.

The page reads the sessions and has the filters; a room shows what these let through. To add one,
write a ``Room`` and name it in ``rooms.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.body.picture_style import PictureStyle
from app.domain.change import Change
from app.domain.summaries import PatientFigures
from app.editing.practice_editor import PracticeEditor
from app.editing.session_editor import SessionEditor
from app.jobs import Jobs
from app.notify import Notifier
from app.panels.theme import Theme
from app.review.timeline import ReviewFilter, Timeline
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Around:
    """What a room is made with: the open practice, and how it looks just now."""

    editor: SessionEditor
    practice: PracticeEditor
    settings: Settings
    notifier: Notifier
    jobs: Jobs
    clock: Callable[[], datetime]
    toggle_lines: Callable[[], object]
    """Shows the body as lines instead of clay, or the other way round, in the whole window."""
    theme: Theme
    style: PictureStyle


class LookedAt(NamedTuple):
    """What is looked at: the sessions that the filter lets through, and all that they hold."""

    timeline: Timeline
    filter: ReviewFilter
    figures: PatientFigures
    """Of all sessions of the patient, whatever the filter says."""


class Room(QWidget):
    """A part of the review page beside its left column. What a room has no use for it leaves as
    it is here; ``show_sessions`` every room has to say.
    """

    back_asked = Signal()
    """Back to the chart: of keys that a part of the room keeps from the page, as a map does."""
    desk_asked = Signal(object)
    """A session is to be put on the desk, by its id."""
    beside_asked = Signal(object)
    """A session is to be opened beside the desk's, by its id."""
    difference_asked = Signal(object, object)
    """Two sessions are to be seen as a difference on the map, by their ids, the earlier first."""

    @property
    def aside(self) -> QWidget | None:
        """What stands above the filters in the left column while the room is in sight."""
        return None

    def open(self, looked_at: LookedAt) -> None:
        """Shows a chart that was not shown before, from its beginning.

        Raises StorageError where it cannot be read.
        """
        self.show_sessions(looked_at)

    def show_sessions(self, looked_at: LookedAt) -> None:
        """Shows the same chart again: a filter or a record is another one, and what was chosen
        stays chosen where it can.
        """
        raise NotImplementedError(f"{type(self).__name__} leaves show_sessions open")

    def heed(self, change: Change | None) -> None:
        """A record changed (None: anything may have), whether the room is in sight or not: what
        was worked out from it is to be forgotten. ``show_sessions`` follows.
        """

    def take_focus(self) -> None:
        """The room was opened by a key: what is used first takes the focus."""
        self.setFocus()

    def take_key(self, _event: QKeyEvent) -> bool:
        """A key that nothing with the focus has taken; False where it means nothing here."""
        return False

    def fold(self, _folded: bool) -> None:
        """Hides what stands beside the middle of the room, or shows it again."""

    def set_look(self, _theme: Theme, _style: PictureStyle) -> None:
        """The colours or the pictures of the body are others."""

    def deeds(self) -> dict[str, Callable[[], object]]:
        """What actions do while the room is in sight, by their id."""
        return {}

    def close_room(self) -> None:
        """The practice is about to be closed: nothing may ask it any more."""
