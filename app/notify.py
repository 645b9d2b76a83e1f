"""What is said to the user goes through here: whoever has something to say needs no window."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal


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

    def done(
        self, text: str, action_name: str = "", action: Callable[[], object] | None = None
    ) -> None:
        """Says what was done, maybe with a way to take it back or to look at it."""
        self.posted.emit(Message(Tone.DONE, text, action_name, action))

    def trouble(self, error: Exception | str) -> None:
        """Says what went wrong and what to do: the sentence of a KnownError."""
        self.posted.emit(Message(Tone.TROUBLE, str(error)))
