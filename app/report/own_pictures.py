"""A practitioner's own pictures on paper: each with its marks, as large as a page has room for.

Only what is seen goes into the file: the picture is painted anew, so that nothing else which a
camera wrote (where it was taken, by whom) comes along.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.domain.errors import PictureFileError
from app.report.characters import Printable
from app.report.drawings import Drawing
from app.report.model import OwnPictureWords, SessionReport
from app.report.papers import Paper, line_mm

OWN_PICTURE_WORDS = (
    "Photographs or drawings that the practitioner added. Beside a sign stands the patient’s side "
    "only where it was said of the picture."
)
HIGHEST_MM = 112.0
"""Two fit on a page."""
UNREADABLE = "the picture itself cannot be read"


def own_svgs(
    reports: Sequence[SessionReport], picture_bytes: Callable[[str], bytes | None]
) -> dict[str, Drawing]:
    """The pictures that the reports show, by the name of their view. Of those that cannot be read
    there is none.
    """
    found: dict[str, Drawing] = {}
    for report in reports:
        for each in report.own_pictures:
            if each.view.name not in found:
                svg = _svg(picture_bytes(each.view.picture.sha256))
                found |= {} if svg is None else {each.view.name: Drawing(svg)}
    return found


def _svg(content: bytes | None) -> str | None:
    from app.painting.picture_file import decode
    from app.report.pictures import own_svg

    if content is None:
        return None
    try:
        return own_svg(decode(content))
    except PictureFileError:
        return None


def own_pictures_data(
    report: SessionReport, paper: Paper, readable: Mapping[str, Drawing], printable: Printable
) -> list[dict[str, Any]]:
    """What the template is told of each: its words, its size, which picture it is, its marks."""
    return [_data(each, paper, readable, printable) for each in report.own_pictures]


def _data(
    each: OwnPictureWords, paper: Paper, readable: Mapping[str, Drawing], printable: Printable
) -> dict[str, Any]:
    from app.report.pictures import OVERHANG_MM, marks_svg

    share = each.view.width / each.view.height
    height = min(HIGHEST_MM, (line_mm(paper) - 2 * OVERHANG_MM) / share)
    is_lost = each.view.name not in readable
    return {
        "title": printable.text(each.title),
        "caption": f"{each.caption}; {UNREADABLE}" if is_lost else each.caption,
        "alt": printable.text(f"{each.alt}; {UNREADABLE}" if is_lost else each.alt),
        "body": "" if is_lost else readable[each.view.name],
        "marks": Drawing(marks_svg(each.view, each.placed, height)),
        "width_mm": height * share,
        "height_mm": height,
    }
