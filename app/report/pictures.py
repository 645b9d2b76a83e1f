"""The pictures of a report as SVG: body, marks and signs, painted by the code of the screen.

The body comes as a picture of its own, so that a file with many sessions holds it once. The
marks lie over it as lines and text; text stays text and can be selected and searched.
"""

import base64
import math
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.body.picture_style import PictureStyle
from app.body.view import View
from app.domain.marks import Details, Shape
from app.painting.body_picture import paint_letters, picture
from app.painting.encoding import jpeg_of
from app.painting.layout import Frame
from app.painting.legend import SIGN_BOX, paint_sign, paint_zone_sign
from app.painting.marks import paint_marks
from app.painting.placing import PlacedMark
from app.painting.regions import OWN_ZONE, drawn_path, paint_region
from app.painting.standing import Sign, paint_standing
from app.report.closeups import EDGE_MM, CloseUp
from app.report.zones import SeenZone
from app.review.comparison import Standing
from app.review.standing_signs import SIGNS

PRINTED = PictureStyle.LINE
UNIT_MM = 0.18
"""One unit of signs and labels on paper: a sign is 3.1 mm wide, a number 2.3 mm high."""
PRINTED_PX = 1110
"""Height of the body picture in the file: at least 235 dpi on any paper."""
OWN_PX = 1500
"""Most pixels along an own picture in the file: at least 220 dpi."""
CLOSE_UP_PX = 720
"""Most pixels across a close-up on paper: 325 dpi."""
CUT_STEP = 32
"""px of a picture: the body under a close-up is cut out so, and cuts are kept. Whoever was needled
in one place before is needled there again, and three of four charts find their cuts made."""
JPEG_QUALITY = 90
OVERHANG_MM = 9.0
"""Room for numbers beside a picture."""
LETTER_INK = QColor("#6B6460")
LETTER_SHARE = 1.2
"""The patient's L and R are this many times larger than on the screen."""
LETTER_INSET = 0.14
"""Share of a picture's width by which L and R stand inwards, so that the letters of pictures
side by side are never read together."""
LETTER_MARGIN = 9.0
"""Units between the letters of a close-up and its edges."""

_Cut: TypeAlias = tuple[int, int, int, int]
"""Left, top, width and height of a part of a picture in px."""


def printed_height(views: Collection[View], width_mm: float, highest_mm: float) -> float:
    """The height in mm at which ``views``, side by side, fill ``width_mm`` mm of paper.

    Never more than ``highest_mm``.
    """
    return min(highest_mm, width_mm / sum(view.width / view.height for view in views))


@lru_cache(maxsize=16)
def body_svg(image: Path) -> str:
    """A body picture on white paper, for print. Raises OSError where it is missing."""
    return _whole_svg(
        picture(image).scaledToHeight(PRINTED_PX, Qt.TransformationMode.SmoothTransformation)
    )


def own_svg(image: QImage) -> str:
    """A practitioner's own picture, decoded, for print."""
    if max(image.width(), image.height()) > OWN_PX:
        whole, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        image = image.scaled(OWN_PX, OWN_PX, whole, smooth)
    return _whole_svg(image)


def _whole_svg(body: QImage) -> str:
    width, height = body.width(), body.height()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{jpeg_element(body, 0, 0, width)}</svg>"
    )


def marks_svg(
    view: View,
    placed: Collection[PlacedMark],
    height_mm: float,
    zones: Collection[SeenZone] = (),
) -> str:
    """The marks of one view over the patient's ``zones``, with the patient's L and R, to be laid
    over ``body_svg``.

    ``height_mm`` is the height at which the picture is printed; signs have their own size. The
    overlay is ``OVERHANG_MM`` wider than the picture on either side: numbers reach out there.
    """
    scale = height_mm / UNIT_MM / view.height
    width, height, overhang = view.width * scale, view.height * scale, OVERHANG_MM / UNIT_MM

    def paint(painter: QPainter) -> None:
        inset = 0.0 if view.letter else width * LETTER_INSET
        area = QRectF(overhang + inset, 0, width - 2 * inset, height)
        paint_letters(painter, view, area, LETTER_INK, LETTER_SHARE)
        paint_zones_and_marks(painter, placed, zones, Frame(scale, dx=overhang))

    return painted_svg(width + 2 * overhang, height, paint)


def close_up_svg(
    view: View,
    window: CloseUp,
    zones: Collection[SeenZone] = (),
    edge_mm: float = EDGE_MM,
) -> str:
    """The marks of a window of one view over the patient's ``zones``, and the body as sharp as its
    picture or paper allows. ``edge_mm``: of the square on paper.
    """
    return _window_svg(
        view,
        window,
        edge_mm,
        lambda painter, frame: paint_zones_and_marks(painter, window.placed, zones, frame),
    )


def difference_svg(
    view: View,
    window: CloseUp,
    spots: Collection[tuple[Standing, PlacedMark]],
    edge_mm: float = EDGE_MM,
) -> str:
    """What became of each spot of a window from one session to another."""

    def paint(painter: QPainter, frame: Frame) -> None:
        for standing, sign in reversed(tuple(SIGNS.items())):
            for each in (spot for how, spot in spots if how is standing):
                paint_standing(painter, sign, frame.point(each.x, each.y), frame.unit)

    return _window_svg(view, window, edge_mm, paint)


def _window_svg(
    view: View, window: CloseUp, edge_mm: float, paint_marks_in: Callable[[QPainter, Frame], None]
) -> str:
    edge = edge_mm / UNIT_MM
    scale = edge / window.edge
    left, top = window.x - window.edge / 2, window.y - window.edge / 2

    def paint(painter: QPainter) -> None:
        area = QRectF(LETTER_MARGIN, LETTER_MARGIN / 2, edge - 2 * LETTER_MARGIN, edge)
        paint_letters(painter, view, area, LETTER_INK, LETTER_SHARE)
        paint_marks_in(painter, Frame(scale, dx=-left * scale, dy=-top * scale))

    cut = _cut_around(left, top, window.edge)
    content = _cut_out(view.images[PRINTED], cut, min(CLOSE_UP_PX / window.edge, 1.0))
    x, y, width, height = cut
    place = ((x - left) * scale, (y - top) * scale, width * scale, height * scale)
    body = _image_element(content, *place)
    return painted_svg(edge, edge, paint).replace("<defs>", f"{body}<defs>", 1)


def _cut_around(left: float, top: float, edge: float) -> _Cut:
    """What is cut out for a window: along a grid of ``CUT_STEP``."""
    low = [math.floor(at / CUT_STEP) * CUT_STEP for at in (left, top)]
    high = [math.ceil((at + edge) / CUT_STEP) * CUT_STEP for at in (left, top)]
    return low[0], low[1], high[0] - low[0], high[1] - low[1]


@lru_cache(maxsize=128)
def _cut_out(image: Path, cut: _Cut, scale: float) -> str:
    """A part of a body picture on white paper, ``scale`` times its size: JPEG in base64."""
    part = picture(image).copy(*cut)
    if scale < 1.0:
        width = round(part.width() * scale)
        part = part.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
    return _jpeg(part)


@lru_cache(maxsize=64)
def sign_svg(details: Details, shape: Shape) -> str:
    """One sign of the legend, in a square of ``sign_mm``."""
    return painted_svg(SIGN_BOX, SIGN_BOX, lambda painter: paint_sign(painter, details, shape, 1.0))


@lru_cache(maxsize=len(Sign))
def standing_svg(sign: Sign) -> str:
    """One sign of a difference for the legend, in a square of ``sign_mm``."""
    middle = QPointF(SIGN_BOX / 2, SIGN_BOX / 2)
    return painted_svg(
        SIGN_BOX, SIGN_BOX, lambda painter: paint_standing(painter, sign, middle, 1.0)
    )


@lru_cache(maxsize=1)
def zone_sign_svg() -> str:
    """A patch of a no-needle zone for the legend, in a square of ``sign_mm``."""
    return painted_svg(SIGN_BOX, SIGN_BOX, lambda painter: paint_zone_sign(painter, 1.0))


def sign_mm() -> float:
    """Edge in mm of a sign's square: the sign is as large as on the pictures."""
    return SIGN_BOX * UNIT_MM


def paint_zones_and_marks(
    painter: QPainter,
    placed: Collection[PlacedMark],
    zones: Collection[SeenZone],
    frame: Frame,
) -> None:
    for zone in zones:
        paint_region(painter, drawn_path(zone.loops, frame), OWN_ZONE, frame.unit)
    paint_marks(painter, placed, frame)


def painted_svg(width: float, height: float, paint: Callable[[QPainter], None]) -> str:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSizeF(width, height).toSize())  # whole px; the view box is exact
    generator.setViewBox(QRectF(0, 0, width, height))
    painter = QPainter(generator)
    paint(painter)
    painter.end()
    return bytes(content.data()).decode("utf-8")


def jpeg_element(part: QImage, x: float, y: float, width: float) -> str:
    """``part`` of a body picture on white paper, as an image within an SVG."""
    return _image_element(_jpeg(part), x, y, width, width * part.height() / part.width())


def _image_element(content: str, x: float, y: float, width: float, height: float) -> str:
    where = f'x="{x:.3f}" y="{y:.3f}" width="{width:.3f}" height="{height:.3f}"'
    return f'<image {where} xlink:href="data:image/jpeg;base64,{content}"/>'


def _jpeg(part: QImage) -> str:
    """``part`` on white paper: JPEG in base64."""
    paper = QImage(part.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, part)
    painter.end()
    return base64.b64encode(jpeg_of(paper, JPEG_QUALITY)).decode("ascii")
