"""An own picture on the map: painted where it lies, and without seams where a mark was added."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.body.atlas import Atlas
from app.body.chart_atlas import ChartAtlas
from app.canvas.body_map import BodyMap
from app.domain.anatomy import Body
from app.domain.marks import Mark
from app.painting.own_picture import MOST_LARGE, MOST_SMALL, PictureImages, images
from tests.canvas.conftest import LOOK
from tests.helpers.marks import a_mark
from tests.helpers.pictures import LEFT_HALF, image, own_picture

PICTURE = own_picture(b"grey", width=1200, height=900)


@pytest.fixture
def pictured(qtbot: QtBot, atlas: Atlas) -> BodyMap:
    """A map, in the dark, on which a grey picture is large."""
    grey = QImage(1200, 900, QImage.Format.Format_RGB32)
    grey.fill(QColor("#909090"))
    images.add(PICTURE.sha256, grey)
    chart = ChartAtlas(atlas, [PICTURE])
    shown = BodyMap(chart, replace(LOOK, ground=QColor("#101010"), skin=0.87))
    qtbot.addWidget(shown)
    shown.resize(763, 681)
    shown.show()
    shown.show_marks(Body.MALE, [], [])
    shown.enlarge(PICTURE.version)
    QApplication.processEvents()
    return shown


def mark_on(body_map: BodyMap, x: float, y: float, number: int) -> Mark:
    anchor = body_map._atlas.pick(Body.MALE, PICTURE.version, x, y)
    assert anchor is not None
    version = PICTURE.version
    return a_mark(number, anchor=anchor, body_version=version, placed_in=version, side=None)


def pixels(body_map: BodyMap) -> np.ndarray:
    grabbed = body_map.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(grabbed.constBits(), np.uint8)
    return raw.reshape(grabbed.height(), grabbed.width(), 4)[:, :, :3].astype(int)


def test_a_mark_that_is_added_leaves_no_seam(pictured: BodyMap) -> None:
    for number, (x, y) in enumerate([(700.3, 500.7), (1301.1, 903.3), (402.9, 1502.2)], start=1):
        pictured.add_mark(mark_on(pictured, x, y, number))
        QApplication.processEvents()
    added = pixels(pictured)
    pictured.set_look(pictured._look)  # paints all anew
    anew = pixels(pictured)
    bare = np.abs(anew - anew[300, 60]).max(axis=2) == 0  # the picture, but for the marks
    assert bare.sum() > 100_000
    assert np.abs(added - anew).max(axis=2)[bare].max() == 0


def test_no_letter_is_painted_over_a_picture(pictured: BodyMap) -> None:
    pane = pictured._panes[0]
    target = pane.target.toAlignedRect().adjusted(2, 2, -2, -2)
    shown = pixels(pictured)[target.top() : target.bottom(), target.left() : target.right()]
    assert np.ptp(shown) <= 1


def test_what_is_not_decoded_yet_is_not_the_picture(pictured: BodyMap) -> None:
    before = pixels(pictured)
    images.forget()
    pictured.set_look(pictured._look)
    waiting = pixels(pictured)
    assert np.abs(waiting - before).max() > 40
    images.add(PICTURE.sha256, None)
    pictured.set_look(pictured._look)
    assert np.abs(pixels(pictured) - waiting).max() > 40  # other words
    images.forget()


def test_the_smallest_copy_that_is_sharp_is_given() -> None:
    kept = PictureImages()
    kept.add("x", image(2400, 1600))
    assert [kept.best("x", height).height() for height in (2000, 1600, 801, 800, 399, 30)] == [
        1600, 1600, 800, 800, 400, 400
    ]  # fmt: skip
    assert kept.best("x", 30).pixelColor(20, 200) == QColor(LEFT_HALF)
    assert kept.best("y", 30) is None


def test_few_large_copies_and_more_small_ones_are_kept() -> None:
    kept = PictureImages()
    for k in range(MOST_SMALL + 1):
        kept.add(str(k), image(1400, 900))
    wanted = [str(k) for k in range(MOST_SMALL + 1)]
    large = [each for each in wanted if not kept.wants(each, large=True)]
    small = [each for each in wanted if not kept.wants(each, large=False)]
    assert large == wanted[-MOST_LARGE:]
    assert small == wanted[1:]
    assert kept.best("1", 900).height() < 640  # until it is decoded anew
    kept.add("broken", None)
    assert not kept.wants("broken", large=True)
    kept.forget()
    assert kept.best("5", 10) is None
    assert kept.wants("broken", large=True)
