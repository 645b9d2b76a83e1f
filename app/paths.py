"""Where things lie: the program's own assets, and the practice folder of this user."""

import os
from pathlib import Path

PROGRAM_FOLDER = Path(__file__).resolve().parent.parent
BODY_MAPS = PROGRAM_FOLDER / "assets" / "body_maps"
FONTS = PROGRAM_FOLDER / "assets" / "fonts"
ICONS = PROGRAM_FOLDER / "assets" / "icons"
TICK = PROGRAM_FOLDER / "assets" / "sounds" / "tick.wav"

PRACTICE_VARIABLE = "NEEDLEPOINT_PRACTICE"


def default_practice_folder() -> Path:
    """The practice that is opened where none is named: NEEDLEPOINT_PRACTICE, or the user's own."""
    named = os.environ.get(PRACTICE_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("Needlepoint", appauthor=False) / "practice"
