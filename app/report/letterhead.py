"""The practice's letterhead on paper, and how a picture becomes its logo.

A logo is checked before any of it is decoded, as own pictures are, and kept as it looks: a small
PNG without whatever else was in its file.
"""

import base64
from pathlib import Path

from app.domain.letterhead import LOGO_EDGE, NO_LETTERHEAD, Letterhead
from app.domain.ports import Repository

LOGO_ROOM_MM = (60, 14)
"""Width and height of its room on paper."""


def letterhead_of(repository: Repository) -> Letterhead:
    """What stands at the top of all that a practice prints; an empty one where none was set."""
    return repository.letterhead() or NO_LETTERHEAD


def logo_is_long(letterhead: Letterhead) -> bool:
    """Whether the logo would be longer than its room if it were as high as that."""
    width, height = letterhead.logo_size
    return width * LOGO_ROOM_MM[1] > height * LOGO_ROOM_MM[0]


def logo_svg(letterhead: Letterhead) -> str:
    """The logo as an SVG that is as large as its picture has px; "" where there is none."""
    if not letterhead.logo:
        return ""
    width, height = letterhead.logo_size
    data = base64.b64encode(letterhead.logo).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" '
        f'xlink:href="data:image/png;base64,{data}"/></svg>'
    )


def logo_from(path: Path) -> bytes:
    """The picture in ``path`` as the letterhead keeps it. Raises PictureFileError where it is none,
    is damaged, or has so many pixels that nobody should decode it.
    """
    from PySide6.QtCore import Qt

    from app.painting.encoding import png_of
    from app.painting.picture_file import read_picture_file
    from app.report.gui import ensure_gui

    ensure_gui()
    image = read_picture_file(path).image
    if max(image.width(), image.height()) > LOGO_EDGE:
        image = image.scaled(
            LOGO_EDGE, LOGO_EDGE, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
    return png_of(image)
