"""The coat of colour lies where the patient was needled, in every view, and on no other side."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.body.atlas import Atlas
from app.body.close_ups import facing
from app.body.raster import STEP
from app.body.view import View
from app.domain.anatomy import Anchor, Body
from app.painting.colour_scale import colours
from app.painting.skin_heat import FADES_TO, OPACITY, SkinHeat, paint_scale, stop_place
from app.review.skin_tally import NO_SAMPLES, Counted, Part, SkinTally, samples_of

TIMES = 3


def needled(atlas: Atlas, anchor: Anchor, body: Body) -> NDArray[np.float64]:
    tally = SkinTally(Counted.NEEDLED, atlas.skin.size)
    spot = samples_of([(anchor.triangle, anchor.b1, anchor.b2)] * TIMES, atlas)
    tally.add(Part(spot, NO_SAMPLES, TIMES, tally.left_out))
    return np.asarray(tally.values(atlas.smoothing(body)))


def colour_at(image: QImage, view: View, x: float, y: float) -> QColor:
    return image.pixelColor(int(x / STEP), int(y / STEP))


@pytest.mark.parametrize("body", list(Body))
def test_a_needled_spot_has_its_colour_in_every_view_that_shows_it_and_the_other_side_none(
    atlas: Atlas, body: Body
) -> None:
    picture = atlas.view(body, "posterior")
    anchor = atlas.pick(body, "posterior", 0.40 * picture.width, 0.26 * picture.height)
    assert anchor is not None
    values = needled(atlas, anchor, body)
    heat = SkinHeat(atlas, values)
    other = atlas.anatomy.mirror.anchor(anchor)
    here = values[samples_of([(anchor.triangle, anchor.b1, anchor.b2)], atlas)[0]]
    expected = colours(np.array([here]), heat.stops[-1])[0].astype(int)
    seen = 0
    for view in atlas.every_view(body):
        spot, opposite = (atlas.locate(each, body, view.name) for each in (anchor, other))
        if spot.visible and atlas.pick(body, view.name, spot.x, spot.y, reach=0) is not None:
            seen += 1
            colour = colour_at(heat.image(view), view, spot.x, spot.y)
            turned = facing(atlas.mesh, anchor, body, view)
            limit = 20 if turned > 0.5 else 60  # a cell holds much skin that is hardly seen
            assert np.abs(np.array(colour.getRgb()[:3]) - expected).max() <= limit, view.name
            assert 0.25 < colour.alphaF() < OPACITY + 0.01  # a close-up fades at its edges
        if opposite.visible:
            assert colour_at(heat.image(view), view, opposite.x, opposite.y).alpha() == 0, view.name
    assert seen >= 3


def test_the_coat_lies_on_the_picture_where_it_is_painted(atlas: Atlas) -> None:
    view = atlas.view(Body.FEMALE, "anterior")
    x, y = 0.62 * view.width, 0.30 * view.height
    anchor = atlas.pick(Body.FEMALE, "anterior", x, y)
    assert anchor is not None
    heat = SkinHeat(atlas, needled(atlas, anchor, Body.FEMALE))
    canvas = QImage(view.width // 2 + 50, view.height // 2 + 20, QImage.Format.Format_ARGB32)
    canvas.fill(0)
    painter = QPainter(canvas)
    heat.paint(painter, view, QRectF(50, 20, view.width / 2, view.height / 2))
    painter.end()
    assert canvas.pixelColor(round(50 + x / 2), round(20 + y / 2)).alpha() > 200
    assert canvas.pixelColor(round(50 + (view.width - x) / 2), round(20 + y / 2)).alpha() == 0


def test_skin_that_hardly_anything_touched_is_left_clear_and_a_map_of_nothing_too(
    atlas: Atlas,
) -> None:
    view = atlas.view(Body.FEMALE, "posterior")
    for height in (0.0, FADES_TO):
        image = SkinHeat(atlas, np.full(atlas.skin.size, height)).image(view)
        assert np.array(image.constBits()).max() == 0


def test_the_legend_ends_at_the_last_of_its_whole_numbers(atlas: Atlas) -> None:
    values = np.zeros(atlas.skin.size)
    values[7] = 11.2
    assert SkinHeat(atlas, values).stops == (0, 5, 10, 15)


def test_the_bar_goes_from_the_lightest_to_the_darkest_also_for_a_copier() -> None:
    canvas = QImage(120, 20, QImage.Format.Format_RGB32)
    canvas.fill(QColor("white"))
    painter = QPainter(canvas)
    bar = QRectF(10, 4, 100, 10)
    paint_scale(painter, bar, QColor("grey"))
    painter.end()
    lightness = [canvas.pixelColor(x, 9).lightness() for x in range(15, 106, 10)]
    assert lightness == sorted(lightness, reverse=True)
    assert lightness[0] - lightness[-1] > 80
    assert stop_place(bar, 3, 4) == 85
