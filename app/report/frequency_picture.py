"""A map of "how often" as a picture of its own, PNG or SVG, with its legend. It names nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from app.body.picture_style import PictureStyle
from app.body.view import View
from app.domain.errors import ExportError
from app.files import require_folder, write_whole
from app.painting.body_picture import paint_letters, paint_picture
from app.painting.encoding import png_of
from app.painting.fonts import font, load_fonts
from app.painting.skin_heat import SkinHeat, paint_scale, stop_place
from app.report.gui import ensure_gui
from app.report.pictures import painted_svg

SIZE_PX = 2400
"""The longer edge of the file."""
_HEIGHT = 1000.0
"""Units that a view is high. All that follows is in them."""
_STRIP, _MARGIN, _GAP = 140.0, 24.0, 56.0
_BAR, _BAR_WIDTH, _NUMBER, _TITLE = 20.0, 420.0, 16, 20
_INK, _FAINT = QColor("#1E2124"), QColor("#66625E")


@dataclass(frozen=True, eq=False)
class FrequencyPicture:
    """What is painted: one or more views side by side, all of one scale, and words about it."""

    views: Sequence[View]
    heat: SkinHeat
    style: PictureStyle
    title: str
    words: Sequence[str]
    """Lines beside the legend: whose marks, which of them, and how much skin."""

    @property
    def height(self) -> float:
        return _HEIGHT + _STRIP + 2 * _MARGIN

    @property
    def width(self) -> float:
        views = sum(map(self._width_of, self.views)) + _GAP * (len(self.views) - 1)
        return max(views, 2 * _BAR_WIDTH) + 2 * _MARGIN

    def _scale(self) -> float:
        return _HEIGHT / max(view.height for view in self.views)

    def _width_of(self, view: View) -> float:
        return view.width * self._scale()

    def paint(self, painter: QPainter) -> None:
        """All of it on white paper, in units."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, self.width, self.height), QColor("white"))
        views = sum(map(self._width_of, self.views)) + _GAP * (len(self.views) - 1)
        left = (self.width - views) / 2
        for view in self.views:
            area = QRectF(left, _MARGIN, self._width_of(view), view.height * self._scale())
            paint_picture(painter, view, area, self.style)
            self.heat.paint(painter, view, area)
            paint_letters(painter, view, area, _FAINT, 1.2)
            painter.setFont(font(_NUMBER))
            below = QRectF(area.x() - _GAP, area.bottom() + 4, area.width() + 2 * _GAP, 24)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, view.title)
            left += area.width() + _GAP
        self._paint_legend(painter)

    def _paint_legend(self, painter: QPainter) -> None:
        top = _MARGIN + _HEIGHT + 36
        painter.setPen(_INK)
        painter.setFont(font(_TITLE, QFont.Weight.DemiBold))
        whole = QRectF(_MARGIN, top, self.width - 2 * _MARGIN, 28)
        painter.drawText(whole, Qt.AlignmentFlag.AlignLeft, self.title)
        bar = QRectF(_MARGIN + 12, top + 36, _BAR_WIDTH - 24, _BAR)
        paint_scale(painter, bar, _FAINT)
        painter.setPen(_INK)
        painter.setFont(font(_NUMBER))
        for stop in self.heat.stops:
            x = stop_place(bar, stop, self.heat.stops[-1])
            box = QRectF(x - 50, bar.bottom() + 6, 100, 24)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{stop:,}")
        beside = QRectF(_MARGIN + _BAR_WIDTH + 24, top + 30, self.width, 24)
        beside.setRight(self.width - _MARGIN)
        painter.setPen(_FAINT)
        for line in self.words:
            elide = Qt.TextElideMode.ElideRight
            shown = painter.fontMetrics().elidedText(line, elide, int(beside.width()))
            painter.drawText(beside, Qt.AlignmentFlag.AlignLeft, shown)
            beside.translate(0, 24)


def write_frequency_picture(picture: FrequencyPicture, out: Path, size: int = SIZE_PX) -> None:
    """Writes an SVG where the name of ``out`` ends so, else a PNG; ``size`` is its longer edge in
    px. Raises ExportError, with one sentence.
    """
    require_folder(out)
    ensure_gui()
    load_fonts()
    if out.suffix.casefold() == ".svg":
        content = painted_svg(picture.width, picture.height, picture.paint).encode()
    else:
        content = _png(picture, size)
    write_whole(out, [content])


def _png(picture: FrequencyPicture, size: int) -> bytes:
    unit = size / max(picture.width, picture.height)
    width, height = round(picture.width * unit), round(picture.height * unit)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise ExportError("So large a picture does not fit into memory. Choose a smaller one.")
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.scale(unit, unit)
    picture.paint(painter)
    painter.end()
    return png_of(image)
