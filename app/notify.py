"""What is said to the user goes through here: whoever has something to say needs no window."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from app.domain.errors import KnownError

BUG_SENTENCE = (
    "Something went wrong inside the program. What was saved is safe. "
    "Close and open Needlepoint, and report this with the file in the practice's logs."
)


class Tone(Enum):
    DONE = auto()
    TROUBLE = auto()


@dataclass(frozen=True, slots=True)
class Message:
    """One plain sentence or two. ``action`` is what a button beside it does, by its name."""

    tone: Tone
    text: str
    action_name: str = ""
    action: Callable[[], object] | None = None


class Notifier(QObject):
    """Carries messages from anywhere to whoever shows them."""

    posted = Signal(object)
    withdrawn = Signal()
    """What the last message offered to do may no longer fit: it must not be offered longer."""

    def done(
        self, text: str, action_name: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Says what was done, maybe with a way to take it back or to look at it."""
        self.posted.emit(Message(Tone.DONE, text, action_name, action))

    def withdraw(self) -> None:
        """Takes back a message with an action; trouble stays until it is read."""
        self.withdrawn.emit()

    def trouble(self, error: BaseException | str) -> None:
        """Says what went wrong and what to do. Of a bug it says only that it is one."""
        known = isinstance(error, KnownError | str)
        self.posted.emit(Message(Tone.TROUBLE, str(error) if known else BUG_SENTENCE))
