"""What the program remembers about this computer's user: never anything about a patient."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSettings


@dataclass(frozen=True, slots=True)
class Preferences:
    """Every setting, declared once with its type and default."""

    practitioner: str = ""
    """Id of the practitioner who last worked here."""
    paper: str = "a4"
    """"a4" or "us-letter"."""
    export_folder: str = ""
    certificate: str = ""
    """The file that PDF files were last signed with; its passphrase is never kept."""
    picture_folder: str = ""
    """Where a picture was last taken from."""
    window_width: int = 1280
    window_height: int = 800
    ghosts: bool = True
    """Whether the last session's marks are laid under today's when a chart is opened."""

    hazard_zones: bool = True
    """Whether hazard zones are tinted on the map."""
    line_pictures: bool = False
    """Whether the body is shown drawn in lines, with more contrast, instead of in clay."""

    site_gate_mm: float = 30.0
    """Marks of one kind, muscle and side that lie so close along the skin are one spot."""

    same_drawing: float = 0.4
    """Two drawings that overlap (Jaccard) by at least so much may be the same one."""

    follow_up_first_day: int = 1
    follow_up_last_day: int = 7
    """So many days after needling it is due to ask how sore it was, at first and at last."""

    tick: bool = True
    """Whether a tick is heard when a key counts a twitch."""

    touch: str = "auto"
    """"on", "off", or "auto": on from the first touch of the screen."""

    @property
    def practitioner_id(self) -> UUID | None:
        try:
            return UUID(self.practitioner)
        except ValueError:  # none was chosen yet, or the file was spoilt by hand
            return None


class Settings:
    """Preferences, kept in an INI file."""

    def __init__(self, file: Path) -> None:
        self._stored = QSettings(str(file), QSettings.Format.IniFormat)
        self._values = Preferences(
            **{
                field.name: _read(self._stored, field.name, field.default)
                for field in fields(Preferences)
            }
        )

    @property
    def values(self) -> Preferences:
        return self._values

    def change(self, **changed: Any) -> None:
        """Changes some preferences and keeps them."""
        self._values = replace(self._values, **changed)
        for name, value in changed.items():
            self._stored.setValue(name, value)
        self._stored.sync()


def _read(stored: QSettings, name: str, default: Any) -> Any:
    """A value of the default's type; one that was spoilt by hand gives way to the default."""
    try:
        return stored.value(name, default, type(default))
    except (TypeError, ValueError):
        return default


def default_settings_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("Needlepoint", appauthor=False) / "settings.ini"
