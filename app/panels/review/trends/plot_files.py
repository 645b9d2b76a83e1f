"""The plots as a file: vectors in an SVG, or pixels in a PNG, on white whatever the window wears.

What is drawn is painted by the plots' own scenes: the exporter of pyqtgraph fails on Qt 6.11.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPicture
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.errors import ExportError
from app.painting.encoding import png_of
from app.panels.review.trends.day_strip import HEIGHT, paint_days
from app.panels.review.trends.days import room_for
from app.panels.review.trends.look import LEFT, PlotLook
from app.panels.review.trends.small_plot import SmallPlot
from app.panels.theme import LIGHT
from app.review.trend import Trend

WIDTH, EDGE = 900, 18
SHARPNESS = 2
"""px of a PNG for each px of the window."""
PIXELS_HIGH = 16_000
"""The most that a PNG may be high: Qt makes none that is much larger."""


class _Sheet(NamedTuple):
    """Plots that were laid out and are not seen."""

    widget: QWidget
    plots: list[SmallPlot]
    span: tuple[float, float]
    look: PlotLook

    @property
    def size(self) -> QSize:
        return QSize(WIDTH, self.widget.height() + HEIGHT)


def plots_svg(trends: Sequence[Trend], title: str) -> bytes:
    """The plots of ``trends``, at least one, under each other with time as a whole, as an SVG."""
    sheet = _laid_out(trends)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(QPicture().logicalDpiX())  # the axes are pictures, and would shrink
    generator.setSize(sheet.size)
    generator.setViewBox(QRectF(QPointF(), sheet.size.toSizeF()))
    generator.setTitle(title)
    generator.setDescription(" ".join(each.words for each in trends))
    _paint(sheet, QPainter(generator))
    return bytes(content.data())


def plots_png(trends: Sequence[Trend]) -> bytes:
    """The same as a PNG. Raises ExportError where there are too many plots for one picture."""
    sheet = _laid_out(trends)
    size = sheet.size * SHARPNESS
    if size.height() > PIXELS_HIGH:
        _close(sheet)
        raise ExportError("These are too many plots for one PNG. Tick fewer, or save an SVG.")
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    image.fill(QColor("white"))
    _paint(sheet, QPainter(image))
    return png_of(image)


def _laid_out(trends: Sequence[Trend]) -> _Sheet:
    """With time as a whole: what is drawn beyond an edge would not be cut off in an SVG."""
    span = room_for(on for each in trends for on in each.days)
    look = PlotLook.of(LIGHT)
    widget = QWidget()
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.setFixedWidth(WIDTH)
    column = QVBoxLayout(widget)
    column.setContentsMargins(EDGE, EDGE, EDGE, 0)
    column.setSpacing(0)
    plots = [SmallPlot(each, look) for each in trends]
    for plot in plots:
        plot.crosshair.hide()
        plot.canvas.show_span(*span)
        column.addWidget(plot)
    widget.show()  # which lays it out, and shows nothing
    widget.adjustSize()
    column.activate()
    return _Sheet(widget, plots, span, look)


def _paint(sheet: _Sheet, painter: QPainter) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(QPointF(), sheet.size.toSizeF()), QColor("white"))
    for plot in sheet.plots:
        for label in plot.labels:
            _write(painter, label, sheet, plot)
        canvas = plot.canvas
        at = QPointF(canvas.mapTo(sheet.widget, canvas.rect().topLeft()))
        within = QRectF(canvas.rect())
        canvas.scene().render(painter, within.translated(at), within)
    days = QRectF(EDGE + LEFT, sheet.widget.height(), WIDTH - LEFT - 2 * EDGE, HEIGHT)
    paint_days(painter, days, sheet.span, sheet.look)
    painter.end()
    _close(sheet)


def _write(painter: QPainter, label: QLabel, sheet: _Sheet, plot: SmallPlot) -> None:
    room = QRect(
        label.mapTo(sheet.widget, label.contentsRect().topLeft()), label.contentsRect().size()
    )
    painter.setFont(QFont(label.font()))
    painter.setPen(sheet.look.faint if label is plot.about else sheet.look.text)
    flags = int(label.alignment()) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(room, flags, label.text())


def _close(sheet: _Sheet) -> None:
    sheet.widget.close()
    sheet.widget.deleteLater()
