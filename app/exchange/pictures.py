"""Pictures of a chart file: what they claim to be is looked for in their bytes."""

from hashlib import sha256

from app.domain.errors import PictureFileError
from app.domain.own_pictures import OwnPicture
from app.exchange.chart_format import Placed
from app.exchange.misfit import Misfit, quoted


def check_picture(picture: OwnPicture, placed: Placed) -> None:
    """Raises Misfit where the bytes are no picture, or another one than the record says."""
    found = sha256(placed.content).hexdigest()
    if found != picture.sha256:
        raise Misfit(f"the data has another hash, {found}", *placed.steps, "sha256")
    from app.painting.picture_file import examine  # Qt, which files without pictures need not

    try:
        file = examine(placed.content)
    except PictureFileError as error:
        trouble = str(error).partition(". ")[0]
        raise Misfit(f"{trouble[:1].lower()}{trouble[1:]}", *placed.steps, "data") from None
    for field in ("media_type", "width", "height"):
        said, is_ = getattr(picture, field), getattr(file, field)
        if said != is_:
            raise Misfit(f"is {quoted(said)}, but the data has {quoted(is_)}", *placed.steps, field)
