"""A soft tick when a key counts a twitch: the eyes may stay on the patient.

Played by what the computer has for that. Qt's own sounds are in a package of 160 MB, and its beep
is not soft. Where there is no player it is silent: the figure lights up all the same.
"""

import shutil
import sys
from collections.abc import Callable

from PySide6.QtCore import QProcess

from app.paths import TICK
from app.settings import Settings

PLAYERS: dict[str, tuple[str, ...]] = {
    "afplay": (),  # macOS
    "pw-play": (),
    "paplay": (),
    "aplay": ("--quiet",),
}
"""Programs that play a file, the first that is there is taken; each with what comes before it."""


def play_beside() -> None:
    """Plays the tick while the program goes on; without a player nothing happens."""
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(
            str(TICK), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
        )
        return
    for player, options in PLAYERS.items():
        program = shutil.which(player)
        if program is not None:
            QProcess.startDetached(program, [*options, str(TICK)])
            return


class Tick:
    """Whether the tick is to be heard, which is kept, and hearing it."""

    def __init__(self, settings: Settings, play: Callable[[], object] = play_beside) -> None:
        self._settings = settings
        self.play = play

    @property
    def is_on(self) -> bool:
        return self._settings.values.tick

    def toggle(self) -> None:
        self._settings.change(tick=not self.is_on)

    def sound_if(self, counted: object) -> None:
        """Heard where something was counted."""
        if counted and self.is_on:
            self.play()
