"""The bar of a rate: where it begins and ends, and that the ticks stand where they should."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.painting.rate_bar import paint_rate_bar

WIDTH, HEIGHT = 200, 30
INK = QColor("black")


def painted(
    interval: tuple[float, float] | None, rate: float | None, ticks: list[float], end: float = 0.5
) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    area = QRectF(0, 0, WIDTH, HEIGHT)
    paint_rate_bar(painter, area, interval, rate, ticks, end, INK, QColor("white"))
    painter.end()
    return image


def darkness(image: QImage, y: int) -> list[int]:
    return [255 - QColor(image.pixel(x, y)).lightness() for x in range(WIDTH)]


def test_the_bar_lies_from_the_low_end_to_the_high_one(qapp: QApplication) -> None:
    row = darkness(painted((0.1, 0.3), 0.2, []), HEIGHT // 2 - 3)
    filled = [x for x, dark in enumerate(row) if dark > 20]
    assert (filled[0], filled[-1]) == pytest.approx((40, 120), abs=1)
    assert max(range(WIDTH), key=row.__getitem__) == pytest.approx(80, abs=2)


def test_without_an_interval_there_are_ticks_alone(qapp: QApplication) -> None:
    image = painted(None, None, [0.25])
    dark = [x for x, each in enumerate(darkness(image, HEIGHT // 2)) if each > 60]
    assert dark
    assert all(abs(x - 100) <= 2 for x in dark)
    assert max(darkness(image, HEIGHT // 2 + 8)) > 60  # it reaches below where a bar would end
    assert max(darkness(painted(None, None, []), HEIGHT // 2)) == 0


def test_what_lies_beyond_the_scale_stays_on_it(qapp: QApplication) -> None:
    row = darkness(painted((0.2, 0.9), 0.6, [], end=0.4), HEIGHT // 2 - 3)
    assert min(row[110:190]) > 20
