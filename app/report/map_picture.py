"""The map of one session as a picture of its own, PNG or SVG, at any size.

It is what the report prints: the same body, marks, zones and letters, painted by the same code,
with signs as large beside the body as on paper, and below it the legend where that is wanted. It
holds no word about the patient but the marks.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.body.atlas import Atlas
from app.body.chart_atlas import ChartAtlas
from app.body.flat_picture import PictureView
from app.body.view import View
from app.domain.anatomy import Body
from app.domain.errors import ExportError, PictureFileError
from app.domain.identity import UUID
from app.domain.summaries import SessionRecords
from app.files import require_folder, write_whole
from app.painting.body_picture import paint_letters, picture
from app.painting.encoding import png_of
from app.painting.fonts import load_fonts
from app.painting.layout import Frame
from app.painting.picture_file import decode
from app.painting.placing import PlacedMark, place_marks
from app.report.closeups import PICTURE_MM
from app.report.gui import ensure_gui
from app.report.legend import legend_of
from app.report.pdf import ReportSource
from app.report.picture_legend import PictureLegend
from app.report.pictures import (
    LETTER_INK,
    LETTER_SHARE,
    OVERHANG_MM,
    PRINTED,
    UNIT_MM,
    jpeg_element,
    paint_zones_and_marks,
    painted_svg,
)
from app.report.zones import SeenZone, seen_zones

PictureFormat = Literal["png", "svg"]
SMALLEST_PX, LARGEST_PX = 64, 10_000

_LONGER_EDGE = PICTURE_MM / UNIT_MM
"""Of a view, in units of signs: as on paper."""
_OVERHANG = OVERHANG_MM / UNIT_MM


@dataclass(frozen=True, eq=False)
class MapPicture:
    """What is painted: a view, its picture, what is seen in it, and maybe what that means."""

    view: View
    ground: QImage
    placed: tuple[PlacedMark, ...]
    zones: tuple[SeenZone, ...]
    has_legend: bool = False

    @property
    def scale(self) -> float:
        """Units for each px of the view."""
        return _LONGER_EDGE / max(self.view.width, self.view.height)

    @property
    def width(self) -> float:
        """In units, with room for numbers beside the body."""
        return self.view.width * self.scale + 2 * _OVERHANG

    @property
    def view_height(self) -> float:
        return self.view.height * self.scale

    @cached_property
    def height(self) -> float:
        """In units, with room for the legend."""
        return self.view_height + self._legend.height

    @cached_property
    def _legend(self) -> PictureLegend:
        signs = legend_of([each.mark for each in self.placed]) if self.has_legend else ()
        zones = self.has_legend and bool(self.zones)
        return PictureLegend(signs, zones=zones, width=self.width)

    def paint(self, painter: QPainter) -> None:
        """Letters, zones and marks over the ground, and the legend below it, in units."""
        self._legend.paint(painter, self.view_height)
        area = QRectF(_OVERHANG, 0, self.width - 2 * _OVERHANG, self.view_height)
        paint_letters(painter, self.view, area, LETTER_INK, LETTER_SHARE)
        frame = Frame(self.scale, dx=_OVERHANG)
        paint_zones_and_marks(painter, self.placed, self.zones, frame)


def write_map_picture(
    repository: ReportSource,
    session_id: UUID,
    view: str,
    out: Path,
    *,
    size: int,
    form: PictureFormat,
    atlas: Atlas,
    legend: bool = False,
) -> None:
    """Writes the map of a session in one view; ``size`` is the longer edge of the file in px, with
    the ``legend`` where one is wanted.

    Raises ExportError, with one sentence, where there is no such session, view, size or folder.
    """
    require_folder(out)
    if not SMALLEST_PX <= size <= LARGEST_PX:
        raise ExportError(
            f"A picture has {SMALLEST_PX} to {LARGEST_PX:,} px along its longer edge, not {size:,}."
        )
    records = repository.session_records(session_id)
    if records is None:
        raise ExportError("This session is not in the practice any more. Choose another one.")
    ensure_gui()
    load_fonts()
    found = replace(_map_picture(repository, records, view, atlas), has_legend=legend)
    content = map_png(found, size) if form == "png" else map_svg(found, size).encode()
    write_whole(out, [content])


def map_png(map_picture: MapPicture, size: int) -> bytes:
    """A PNG whose longer edge has ``size`` px. Raises ExportError where memory does not do."""
    width, height = _edges(map_picture, size)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise ExportError("So large a picture does not fit into memory. Choose a smaller one.")
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    unit = size / max(map_picture.width, map_picture.height)
    painter.scale(unit, unit)
    painter.drawImage(_ground_area(map_picture), map_picture.ground)
    map_picture.paint(painter)
    painter.end()
    return png_of(image)


def map_svg(map_picture: MapPicture, size: int) -> str:
    """An SVG whose longer edge has ``size`` px: marks as lines and text, the body as a picture."""
    width, height = _edges(map_picture, size)
    made = painted_svg(map_picture.width, map_picture.height, map_picture.paint)
    area = _ground_area(map_picture)
    ground = jpeg_element(map_picture.ground, area.x(), area.y(), area.width())
    start = made.index("<svg")
    whole = f"{map_picture.width:.3f} {map_picture.height:.3f}"
    opening = (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {whole}"'
        ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' version="1.1">'
    )
    paper = f'<path fill="#ffffff" d="M0 0H{map_picture.width}V{map_picture.height}H0z"/>'
    return made[:start] + opening + paper + ground + made[made.index(">", start) + 1 :]


def _edges(map_picture: MapPicture, size: int) -> tuple[int, int]:
    unit = size / max(map_picture.width, map_picture.height)
    return (max(round(map_picture.width * unit), 1), max(round(map_picture.height * unit), 1))


def _ground_area(map_picture: MapPicture) -> QRectF:
    return QRectF(_OVERHANG, 0, map_picture.width - 2 * _OVERHANG, map_picture.view_height)


def _map_picture(
    repository: ReportSource, records: SessionRecords, name: str, bodies: Atlas
) -> MapPicture:
    atlas = ChartAtlas(bodies, records.pictures)
    body = records.patient.body
    view = _view(atlas, body, name)
    placed = place_marks(atlas, records.marks, body, view.name)
    if isinstance(view, PictureView):
        ground = _own_ground(repository.picture_bytes(view.picture.sha256))
        return MapPicture(view, ground, tuple(placed), ())
    zones = seen_zones(bodies, records.zones, body, view.name)
    return MapPicture(view, picture(view.images[PRINTED]), tuple(placed), zones)


def _view(atlas: ChartAtlas, body: Body, name: str) -> View:
    try:
        return atlas.view(body, name)
    except KeyError:
        known = [each.name for each in (*atlas.views(body), *atlas.own_views())]
        raise ExportError(
            f"There is no view {name!r}. Choose one of: {', '.join(known)}; or a close-up that "
            "this lists: body views."
        ) from None


def _own_ground(content: bytes | None) -> QImage:
    try:
        if content is not None:
            return decode(content)
    except PictureFileError:
        pass
    raise ExportError("This picture cannot be read any more. Add it to the practice again.")
