"""How often each bit of skin was marked, as a coat of colour over the pictures of the body.

The values lie on the skin and not on a picture, so the patient's left stays left in every view.
"""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.body.atlas import Atlas
from app.body.flat_picture import PictureView
from app.body.mesh import Points
from app.body.picture_style import PictureStyle
from app.body.sample_raster import CELL_PX
from app.body.view import View
from app.painting.body_picture import half_size
from app.painting.colour_scale import STEPS, colours, legend_stops

OPACITY = 0.86
"""Of the coat: the shading of the body is seen through it."""
FADES_FROM, FADES_TO = 0.55, 0.2
"""Times: at the first the coat is whole, at the second there is none. A needle counts half at
15 mm from its spot, and there its patch ends."""
CLAY = QColor("#E4D5C9")
"""What colours are seen on, beside the body."""


class SkinHeat:
    """A coat for all pictures of one atlas, painted when each is first seen."""

    def __init__(self, atlas: Atlas, values: Points) -> None:
        """``values`` (n,): times, at each sample of ``atlas.skin``; 0 or more."""
        self._atlas = atlas
        self._values = values
        self.stops = legend_stops(float(values.max(initial=0.0).round(6)))
        """The whole numbers of the legend; the last is where the scale ends."""
        self._images: dict[View, QImage] = {}

    def paint(self, painter: QPainter, view: View, target: QRectF) -> None:
        """Paints the coat over a view's whole picture, which fills ``target``. On own pictures
        nobody knows where the skin lies: they have none.
        """
        if isinstance(view, PictureView):
            return
        image = self.image(view)
        px = target.width() / view.width
        cells = QRectF(
            target.x(), target.y(), image.width() * CELL_PX * px, image.height() * CELL_PX * px
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(cells, image)
        painter.restore()

    def image(self, view: View) -> QImage:
        """One pixel for each cell of ``CELL_PX`` px of the picture."""
        if view not in self._images:
            raster = self._atlas.samples_on(view.body, view.name)
            cells = np.zeros((raster.shape[0] * raster.shape[1], 5), dtype=np.uint16)
            cells[raster.cell, :4] = np.rint(coat_of(self._values[raster.sample], self.stops[-1]))
            cells[raster.cell, 4] = 1
            coat = _evened(cells.reshape(*raster.shape, 5))
            coat *= _opacity(view, raster.shape)[:, :, None]
            self._images[view] = _image(np.rint(coat).astype(np.uint8))
        return self._images[view]


def coat_of(values: Points, highest: float) -> NDArray[np.float64]:
    """(k, 4) blue, green, red and opacity, 0 to 255, of cells with ``values`` (k,), on a scale that
    ends at ``highest``. Colours hold the opacity already.
    """
    share = np.clip((values - FADES_TO) / (FADES_FROM - FADES_TO), 0, 1)[:, None]
    rgb = colours(values, highest) * share
    return np.concatenate([rgb[:, ::-1], 255 * share], axis=1)


def _evened(cells: NDArray[np.uint16]) -> NDArray[np.float32]:
    """(rows, columns, 4) the coat of ``cells`` (rows, columns, 5) with the steps between samples
    evened out, as a smooth line has none: each cell with its neighbours, which count half, or a
    quarter at its corners. Their last number is 1 where there is skin; only skin is taken from.
    """
    tall = np.pad(cells, ((1, 1), (0, 0), (0, 0)))
    both = tall[:-2] + 2 * cells + tall[2:]
    wide = np.pad(both, ((0, 0), (1, 1), (0, 0)))
    both = wide[:, :-2] + 2 * both + wide[:, 2:]
    share = cells[:, :, 4:] / np.maximum(both[:, :, 4:], 1).astype(np.float32)
    return np.asarray(both[:, :, :4] * share)


def _opacity(view: View, shape: tuple[int, ...]) -> Points:
    """(rows, columns) that of the coat on a picture, which fades where its picture does: at the
    edges of a close-up.
    """
    rows, columns = shape
    body = half_size(view.images[PictureStyle.CLAY], round(math.log2(CELL_PX)))
    cells = body.scaled(columns, rows).convertToFormat(QImage.Format.Format_Alpha8)
    held = np.frombuffer(cells.constBits(), dtype=np.uint8).reshape(rows, cells.bytesPerLine())
    return np.asarray(held[:, :columns] / 255 * OPACITY)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    rows, columns, _parts = pixels.shape
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.tobytes(), columns, rows, columns * 4, form).copy()


def paint_scale(painter: QPainter, bar: QRectF, edge: QColor) -> None:
    """The bar of a legend, from the fewest at the left to the most at the right: the colours as
    they look on the body.
    """
    values = np.linspace(0, 1, STEPS)
    strip = np.empty((1, STEPS, 4), dtype=np.uint8)
    strip[0, :, :3] = np.rint(colours(values, 1.0) * OPACITY)[:, ::-1]
    strip[0, :, 3] = math.floor(255 * OPACITY)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.fillRect(bar, CLAY)
    painter.drawImage(bar, _image(strip))
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)
    painter.restore()


def stop_place(bar: QRectF, stop: float, highest: float) -> float:
    """The x at which a number stands along the bar."""
    return bar.left() + bar.width() * stop / highest
