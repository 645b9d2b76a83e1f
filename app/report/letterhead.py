"""The practice's letterhead: its name, address, logo and footer on every report.

It is one small file in the practice folder, for the whole practice. A logo is checked before any
of it is decoded, as own pictures are, and kept as it looks: a small PNG without whatever else was
in its file.
"""

import base64
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import ExportError, KnownError
from app.domain.findings import check_text
from app.files import write_whole

FILE = "letterhead.json"
FORMAT = "needlepoint.letterhead/1"
LARGEST_FILE = 4_000_000
"""Bytes."""
LOGO_EDGE = 900
"""px of the longer edge of the logo that is kept: 300 dpi at 76 mm."""
LOGO_ROOM_MM = (60, 14)
"""Width and height of its room on paper."""
_PNG, _SIZE_AT = b"\x89PNG\r\n\x1a\n", 16
"""How a PNG begins, and where its width and height stand."""
LONGEST_NAME, LONGEST_LINE, LONGEST_FOOT, MOST_LINES = 120, 100, 120, 6


@dataclass(frozen=True, slots=True)
class Letterhead:
    """``lines``: address, telephone ... a line each. ``logo``: a PNG, or nothing."""

    name: str = ""
    lines: tuple[str, ...] = ()
    foot: str = ""
    """Stands at the foot of every page."""
    logo: bytes = b""

    @property
    def logo_is_long(self) -> bool:
        """Whether a logo would be longer than its room if it were as high as that."""
        width, height = self._logo_size
        return width * LOGO_ROOM_MM[1] > height * LOGO_ROOM_MM[0]

    @property
    def _logo_size(self) -> tuple[int, int]:
        if not self.logo:
            return (1, 1)
        width, height = struct.unpack_from(">II", self.logo, _SIZE_AT)
        return (width, height)

    @property
    def logo_svg(self) -> str:
        """The logo as an SVG that is as large as its picture has px; "" where there is none."""
        if not self.logo:
            return ""
        width, height = self._logo_size
        data = base64.b64encode(self.logo).decode()
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
            f'<image width="{width}" height="{height}" '
            f'xlink:href="data:image/png;base64,{data}"/></svg>'
        )


NO_LETTERHEAD = Letterhead()


def read_letterhead(folder: Path) -> Letterhead:
    """The letterhead of the practice in ``folder``; an empty one where none was set.

    Raises ExportError where the file cannot be read, or is none.
    """
    path = folder / FILE
    try:
        if not path.exists():
            return Letterhead()
        if path.stat().st_size > LARGEST_FILE:
            raise _damaged(path)
        return _decoded(json.loads(path.read_bytes()))
    except OSError as error:
        raise ExportError(f"{path} cannot be read ({error.strerror}).") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _damaged(path) from None


def keep_letterhead(folder: Path, letterhead: Letterhead) -> None:
    """Writes it into the practice folder, whole or not at all. Raises ExportError."""
    require_letterhead(letterhead)
    document = {
        "format": FORMAT,
        "name": letterhead.name,
        "lines": list(letterhead.lines),
        "foot": letterhead.foot,
        "logo": base64.b64encode(letterhead.logo).decode(),
    }
    write_whole(folder / FILE, [json.dumps(document, ensure_ascii=False, indent=1).encode()])


def require_letterhead(letterhead: Letterhead) -> None:
    """Raises KnownError with a sentence where it would not fit on paper."""
    if len(letterhead.lines) > MOST_LINES:
        raise KnownError(
            f"A letterhead has {MOST_LINES} lines at most; these are {len(letterhead.lines)}."
        )
    told = [(letterhead.name, "The name", LONGEST_NAME)]
    told.append((letterhead.foot, "The foot", LONGEST_FOOT))
    told += [(line, "A line of the letterhead", LONGEST_LINE) for line in letterhead.lines]
    for text, what, longest in told:
        for finding in check_text(text, "", what, longest):
            raise KnownError(finding.message)


def logo_from(path: Path) -> bytes:
    """The picture in ``path`` as the letterhead keeps it. Raises PictureFileError where it is none,
    is damaged, or has so many pixels that nobody should decode it.
    """
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt

    from app.painting.picture_file import read_picture_file
    from app.report.gui import ensure_gui

    ensure_gui()
    image = read_picture_file(path).image
    if max(image.width(), image.height()) > LOGO_EDGE:
        image = image.scaled(
            LOGO_EDGE, LOGO_EDGE, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise OSError("Qt cannot write PNG")
    return bytes(content.data())


def _decoded(found: Any) -> Letterhead:
    if found["format"] != FORMAT:
        raise ValueError("another format")
    lines = tuple(found["lines"])
    logo = base64.b64decode(found["logo"], validate=True)
    if not all(isinstance(each, str) for each in (found["name"], found["foot"], *lines)):
        raise TypeError("no texts")
    if logo and (not logo.startswith(_PNG) or len(logo) < _SIZE_AT + 8):
        raise ValueError("no PNG")
    return Letterhead(found["name"], lines, found["foot"], logo)


def _damaged(path: Path) -> ExportError:
    return ExportError(f"{path} is damaged. Set the letterhead anew: needlepoint letterhead")
