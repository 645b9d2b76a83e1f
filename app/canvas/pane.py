"""One view within the map: which part of its picture is seen, at which size."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from app.body.view import View
from app.painting.layout import Frame

FIT_MARGIN = 0.97
LARGEST_ZOOM = 10.0
REGION_MARGIN = 0.16
"""Around spots this share of the picture's height is shown when moving close to them."""
CLOSEST_REGION = 2.2
"""A region is never shown closer than this: its surroundings tell where on the body it is."""
FULL_SIZE = 1050.0
"""A picture shown this high, in px, has signs of full size: 28 mm of skin under each."""
SMALLEST_UNIT = 0.6
SMALLEST_LABEL_UNIT = 0.84
THUMBNAIL_UNIT = 0.3
UNIT_STEPS = 20


class Pane:
    """A view in a rectangle of the map, in widget px. Zoom 1 shows the whole picture."""

    def __init__(self, view: View, *, thumbnail: bool = False) -> None:
        self.view = view
        self.thumbnail = thumbnail
        self.rect = QRectF()
        self.largest_scale = math.inf
        """Widget px a picture px when the whole picture is shown, at most: views that stand
        side by side show the body at one size."""
        self._zoom = 1.0
        self._centre = QPointF(view.width / 2, view.height / 2)
        self._frame: Frame | None = None
        """Kept until the pane shows something else: a click asks for it a dozen times."""

    def place(self, rect: QRectF) -> None:
        """Moves the pane to another rectangle; what lies at its centre stays there."""
        self.rect = rect
        self._keep_in_sight()

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def frame(self) -> Frame:
        """How picture px become widget px."""
        if self._frame is None:
            self._frame = self._find_frame()
        return self._frame

    def _find_frame(self) -> Frame:
        scale = self._fit() * self._zoom
        # a close-up has room for signs of full size
        share = 1.0 if self.view.is_close_up else min(self.view.height * scale / FULL_SIZE, 1.0)
        share = round(share * UNIT_STEPS) / UNIT_STEPS  # few sizes: their pixels are kept
        unit = THUMBNAIL_UNIT if self.thumbnail else max(share, SMALLEST_UNIT)
        return Frame(
            scale,
            self.rect.center().x() - self._centre.x() * scale,
            self.rect.center().y() - self._centre.y() * scale,
            unit=unit,
            label_unit=max(share, SMALLEST_LABEL_UNIT),
            sprites=True,
        )

    @property
    def target(self) -> QRectF:
        """Where the whole picture lies, in widget px; it may reach beyond the pane."""
        frame = self.frame
        return QRectF(
            frame.dx, frame.dy, self.view.width * frame.scale, self.view.height * frame.scale
        )

    def picture_point(self, at: QPointF) -> tuple[float, float]:
        """The picture px under a widget point."""
        frame = self.frame
        return (at.x() - frame.dx) / frame.scale, (at.y() - frame.dy) / frame.scale

    def zoom_about(self, at: QPointF, factor: float) -> None:
        """Zooms so that what lies under ``at`` stays there."""
        before = self.picture_point(at)
        self._zoom = min(max(self._zoom * factor, 1.0), LARGEST_ZOOM)
        self._frame = None
        after = self.picture_point(at)
        self._centre += QPointF(before[0] - after[0], before[1] - after[1])
        self._keep_in_sight()

    def pan(self, by: QPointF) -> None:
        """Moves the picture by widget px."""
        self._centre -= by / self.frame.scale
        self._keep_in_sight()

    def show_spots(self, spots: Sequence[QPointF]) -> None:
        """Moves close to some spots, in picture px, and their surroundings."""
        around = REGION_MARGIN * self.view.height
        box = QPolygonF(spots).boundingRect()
        self.show_region(box.adjusted(-around, -around, around, around))

    def show_region(self, region: QRectF) -> None:
        """Zooms so that a region of the picture (picture px) fills the pane comfortably."""
        wanted = min(
            self.rect.width() / max(region.width(), 1.0),
            self.rect.height() / max(region.height(), 1.0),
        )
        self._zoom = min(max(wanted / self._fit(), 1.0), CLOSEST_REGION)
        self._centre = region.center()
        if self.view.width * self._fit() * self._zoom <= self.rect.width():
            self._centre.setX(self.view.width / 2)  # both arms fit in: show them
        self._keep_in_sight()

    @property
    def aim(self) -> tuple[float, QPointF]:
        """The zoom and the picture point at the middle of the pane."""
        return self._zoom, self._centre

    def take_aim(self, zoom: float, centre: QPointF) -> None:
        """Looks at the same part as another pane of the same view does."""
        self._zoom, self._centre = zoom, QPointF(centre)
        self._keep_in_sight()

    def fit(self) -> None:
        """Shows the whole picture again."""
        self._zoom = 1.0
        self._keep_in_sight()

    def _fit(self) -> float:
        width = self.rect.width() / self.view.width
        height = self.rect.height() / self.view.height
        return max(min(width * FIT_MARGIN, height * FIT_MARGIN, self.largest_scale), 1e-3)

    @property
    def fitting_scale(self) -> float:
        """Widget px a picture px when the whole picture is shown."""
        return self._fit()

    def _keep_in_sight(self) -> None:
        """The whole picture stands in the middle. A zoomed one may be moved until its edge is
        in the middle of the pane, so that hands and feet can be charted as well as the trunk.
        """
        self._frame = None
        width, height = self.view.width, self.view.height
        if self._zoom == 1.0:
            self._centre = QPointF(width / 2, height / 2)
        else:
            x, y = self._centre.x(), self._centre.y()
            self._centre = QPointF(min(max(x, 0.0), width), min(max(y, 0.0), height))
