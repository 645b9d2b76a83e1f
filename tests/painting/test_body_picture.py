"""The pictures of the body are kept as long as they are few."""

import pytest

from app.body.atlas import Atlas
from app.body.picture_style import PictureStyle
from app.domain.anatomy import Body
from app.painting import body_picture
from app.painting.body_picture import KEPT_BYTES, half_size, picture


def test_a_picture_is_read_once_and_halved(atlas: Atlas) -> None:
    view = atlas.view(Body.MALE, "foot_left_plantar")
    image = view.images[PictureStyle.LINE]
    whole = picture(image)
    assert (whole.width(), whole.height()) == (view.width, view.height)
    assert picture(image) is whole
    assert half_size(image, 2).width() == view.width // 2 // 2


def test_of_a_whole_view_the_half_is_read_alone(atlas: Atlas) -> None:
    body_picture.forget_pictures()
    image = atlas.view(Body.MALE, "left").images[PictureStyle.CLAY]
    half = half_size(image, 1)
    assert body_picture._kept.get((image, 0)) is None
    assert half.size() == body_picture._halved(picture(image)).size()


def test_pictures_of_all_views_never_fill_the_memory(
    atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = body_picture._Kept()
    monkeypatch.setattr(body_picture, "_kept", kept)
    views = [view for body in Body for view in atlas.every_view(body)]
    for view in views[::3]:
        half_size(view.images[PictureStyle.CLAY], 1)
        assert kept._bytes == sum(each.sizeInBytes() for each in kept._images.values())
        assert kept._bytes <= KEPT_BYTES
    newest = views[::3][-1].images[PictureStyle.CLAY]
    assert kept.get((newest, 1)) is not None
