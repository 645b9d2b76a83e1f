"""The body pictures and what is seen on them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from app.body.atlas import Atlas
from app.body.picture_style import PictureStyle
from app.domain.anatomy import Anchor, Body
from app.domain.marks import Mark, Shape, Soreness, TautBand
from app.painting import fonts
from app.painting.body_picture import half_size, paint_letters, paint_picture, picture
from app.painting.placing import place_mark, place_marks
from tests.helpers.marks import a_mark, grey, painted
from tests.helpers.skin import VIEWS, circle, skin_anchors

BACK = "posterior"


def on_skin(atlas: Atlas, x: float, y: float, number: int = 1, view: str = BACK) -> Mark:
    anchor = atlas.pick(Body.FEMALE, view, x, y)
    assert anchor is not None
    return a_mark(number, anchor=anchor, placed_in=view)


def sore(atlas: Atlas, x: float, y: float, number: int = 1) -> Mark:
    drawn = atlas.draw_area(Body.FEMALE, BACK, circle(x, y, 30))
    assert drawn is not None
    return a_mark(
        number, details=Soreness(), shape=Shape.AREA, anchor=drawn.anchor,
        outline=drawn.outline, side=drawn.side,
    )  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
def test_a_point_is_placed_where_it_was_picked(atlas: Atlas, view: str) -> None:
    for x, y, anchor in skin_anchors(atlas, Body.FEMALE, view, 40):
        placed = place_mark(atlas, a_mark(anchor=anchor), Body.FEMALE, view)
        assert placed is not None
        assert (placed.x, placed.y) == pytest.approx((x, y), abs=1e-6)


def test_what_cannot_be_seen_is_not_placed(atlas: Atlas) -> None:
    point, area = on_skin(atlas, 400, 600), sore(atlas, 400, 600)
    assert place_marks(atlas, [point, area], Body.FEMALE, "anterior") == []
    assert len(place_marks(atlas, [point, area], Body.FEMALE, BACK)) == 2


def test_areas_come_first_so_that_points_lie_over_them(atlas: Atlas) -> None:
    marks = [on_skin(atlas, 400, 600, 1), sore(atlas, 400, 600, 3), sore(atlas, 500, 700, 2)]
    placed = place_marks(atlas, marks, Body.FEMALE, BACK)
    assert [each.mark.number for each in placed] == [2, 3, 1]


def test_an_area_whose_middle_is_hidden_is_labelled_where_it_is_seen(atlas: Atlas) -> None:
    far = on_skin(atlas, 456, 700, view="anterior").anchor
    area = replace(sore(atlas, 400, 600), anchor=far)
    placed = place_mark(atlas, area, Body.FEMALE, BACK)
    assert placed is not None
    assert (placed.x, placed.y) == pytest.approx((400, 600), abs=8)


def test_a_line_is_placed_as_far_as_it_is_seen(atlas: Atlas) -> None:
    back = [on_skin(atlas, 400, y).anchor for y in (560.0, 580.0, 600.0)]
    front = on_skin(atlas, 456, 700, view="anterior").anchor
    band = a_mark(details=TautBand(), shape=Shape.LINE, anchor=back[0], outline=(*back, front))
    placed = place_mark(atlas, band, Body.FEMALE, BACK)
    assert placed is not None
    assert placed.line is not None
    np.testing.assert_allclose(placed.line, [(400, 560), (400, 580), (400, 600)], atol=1e-6)
    assert place_mark(atlas, band, Body.FEMALE, "anterior") is None


def odd_marks(atlas: Atlas) -> list[Mark]:
    """What a file by other hands might hold: places that mean nothing on these bodies."""
    point, area = on_skin(atlas, 400, 600), sore(atlas, 400, 600)
    beyond = Anchor(10**6, 0, 0)
    return [
        replace(point, body_version="of-long-ago"),
        replace(point, placed_in="from above"),
        replace(point, anchor=beyond),
        replace(area, body_version="of-long-ago"),
        replace(area, placed_in="from above"),
        replace(area, anchor=beyond),
        replace(area, outline=(*area.outline, beyond)),
        replace(area, outline=(*area.outline, Anchor(-1, 0, 0))),
    ]


@pytest.mark.parametrize("which", range(8))
def test_an_odd_mark_is_unseen_and_hides_no_other(atlas: Atlas, which: int) -> None:
    odd, fine = odd_marks(atlas)[which], on_skin(atlas, 420, 620)
    for view in VIEWS:
        assert place_mark(atlas, odd, Body.FEMALE, view) is None
    (placed,) = place_marks(atlas, [odd, fine], Body.FEMALE, BACK)
    assert placed.mark is fine


# -- the pictures -----------------------------------------------------------------------------


@pytest.mark.parametrize("body", Body)
@pytest.mark.parametrize("view", VIEWS)
def test_each_picture_is_as_large_as_its_camera_says(atlas: Atlas, body: Body, view: str) -> None:
    shown = atlas.view(body, view)
    image = picture(shown.images[PictureStyle.CLAY])
    assert (image.width(), image.height()) == (shown.width, shown.height)


def test_halved_copies_keep_what_the_picture_looks_like(atlas: Atlas) -> None:
    image = atlas.view(Body.FEMALE, BACK).images[PictureStyle.CLAY]
    sizes = [(half_size(image, n).width(), half_size(image, n).height()) for n in range(4)]
    assert sizes == [(912, 2048), (456, 1024), (228, 512), (114, 256)]
    brightness = [_mean_alpha(image, n) for n in range(4)]
    assert max(brightness) - min(brightness) < 3
    assert half_size(image, 2) is half_size(image, 2)


def _mean_alpha(image: Path, halvings: int) -> float:
    kept = half_size(image, halvings)
    pixels = np.array(kept.constBits()).reshape(kept.height(), kept.bytesPerLine() // 4, 4)
    return float(pixels[:, :, 3].mean())


@pytest.mark.parametrize("height", [64, 300, 900, 2048])
def test_the_body_fills_its_place_at_every_size(atlas: Atlas, height: int) -> None:
    view = atlas.view(Body.FEMALE, BACK)
    width = round(height * view.width / view.height)
    target = QRectF(0, 0, width, height)
    pixels = painted(
        lambda painter: paint_picture(painter, view, target, PictureStyle.CLAY), width, height
    )
    body = np.abs(grey(pixels) - grey(painted(lambda _p: None, 1, 1))[0, 0]) > 6
    rows = np.nonzero(body.any(axis=1))[0]
    raster = atlas._whole(Body.FEMALE, BACK).raster.pixels[:, 1] * height / 2048
    assert rows.min() == pytest.approx(raster.min(), abs=height / 40 + 3)
    assert rows.max() == pytest.approx(raster.max(), abs=height / 40 + 3)


def test_a_missing_picture_is_told() -> None:
    with pytest.raises(OSError, match=r"nowhere\.webp cannot be read"):
        picture(Path("nowhere.webp"))


@pytest.mark.parametrize(
    ("view", "left", "right"),
    [("anterior", True, True), (BACK, True, True), ("left", True, False), ("right", True, False)],
)
def test_the_letters_stand_at_the_upper_corners(
    atlas: Atlas, view: str, left: bool, right: bool
) -> None:
    shown, black = atlas.view(Body.MALE, view), QColor("black")
    area = QRectF(0, 0, 100, 60)
    pixels = grey(painted(lambda p: paint_letters(p, shown, area, black, 1.0), 100, 60))
    dark = pixels < 100
    assert dark[:24, :24].any() == left
    assert dark[:24, -24:].any() == right
    assert not dark[26:].any()


def test_the_shipped_typeface_is_known() -> None:
    from PySide6.QtGui import QFontDatabase

    fonts.load_fonts()
    assert fonts.FAMILY in QFontDatabase.families()
    assert len(fonts.font_files()) >= 3


def test_a_broken_typeface_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Broken.otf").write_bytes(b"no font")
    monkeypatch.setattr(fonts, "FONTS", tmp_path)
    with pytest.raises(RuntimeError, match=r"Broken\.otf cannot be read"):
        fonts.load_fonts.__wrapped__()
