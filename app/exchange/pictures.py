"""Pictures and the logo of a chart file: what they claim to be is looked for in their bytes."""

from hashlib import sha256
from typing import TYPE_CHECKING

from app.domain.errors import PictureFileError
from app.domain.letterhead import Letterhead
from app.domain.own_pictures import OwnPicture
from app.exchange.chart_format import Placed
from app.exchange.misfit import Misfit, quoted

if TYPE_CHECKING:
    from app.painting.picture_file import PictureFile


def check_picture(picture: OwnPicture, placed: Placed) -> None:
    """Raises Misfit where the bytes are no picture, or another one than the record says."""
    found = sha256(placed.content).hexdigest()
    if found != picture.sha256:
        raise Misfit(f"the data has another hash, {found}", *placed.steps, "sha256")
    file = _examined(placed.content, placed, "data")
    for field in ("media_type", "width", "height"):
        said, is_ = getattr(picture, field), getattr(file, field)
        if said != is_:
            raise Misfit(f"is {quoted(said)}, but the data has {quoted(is_)}", *placed.steps, field)


def check_logo(letterhead: Letterhead, placed: Placed) -> None:
    """Raises Misfit where the logo, which the rules found to be a small PNG, cannot be decoded."""
    if letterhead.logo:
        _examined(letterhead.logo, placed, "logo")


def _examined(content: bytes, placed: Placed, field: str) -> "PictureFile":
    from app.painting.picture_file import examine  # Qt, which files without pictures need not

    try:
        return examine(content)
    except PictureFileError as error:
        trouble = str(error).partition(". ")[0]
        raise Misfit(f"{trouble[:1].lower()}{trouble[1:]}", *placed.steps, field) from None
