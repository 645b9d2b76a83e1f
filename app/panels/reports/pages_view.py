"""The pages of a report, one below the other, as white paper on the window's ground."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from app.panels.touch import scroll_by_finger
from app.report.papers import Paper, page_mm

MARGIN, GAP = 18, 16
"""px around the pages and between them."""
SMALLEST, LARGEST, STEP = 0.25, 4.0, 1.25
"""Times the size of the paper, on a screen of 96 dpi."""
LARGEST_UNASKED = 1.15
"""Wider than this a page is only where that was asked for: on a large screen less would be seen."""
FEWEST_PPI = 144.0
SETTLED_MS = 80
"""Pages are asked for when scrolling and zooming have come to rest so long."""
MOST_KEPT = 24
"""Pictures of pages in memory."""
_DPI, _MM = 96.0, 25.4
_PAPER, _EDGE, _FAINT = QColor("#FFFFFF"), QColor(0, 0, 0, 60), QColor("#6B6460")


class PagesView(QAbstractScrollArea):
    """Shows the pages of which it has pictures, and asks for those that come into sight."""

    wanted = Signal(object, float)
    """Numbers of pages, the one in sight first, and how many px per inch of paper they need."""
    moved = Signal()
    """Another page is in sight, or the pages have another size."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAccessibleName("Preview")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self._count = 0
        self._paper: Paper = "a4"
        self._zoom: float | None = None
        """None: as wide as there is room, up to ``_widest``."""
        self._widest = LARGEST_UNASKED
        self._pictures: dict[int, tuple[float, QImage]] = {}
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self._ask)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        scroll_by_finger(self)

    # -- what there is ---------------------------------------------------------------------

    def show_pages(self, count: int, paper: Paper) -> None:
        """Begins anew with ``count`` pages of a paper, none of which has a picture yet."""
        self._count, self._paper = count, paper
        self._pictures.clear()
        self.verticalScrollBar().setValue(0)
        self._lay_out()

    def show_picture(self, page: int, ppi: float, picture: QImage) -> None:
        self._pictures.pop(page, None)
        self._pictures[page] = (ppi, picture)
        while len(self._pictures) > MOST_KEPT:
            farthest = max(self._pictures, key=lambda each: abs(each - self.page))
            del self._pictures[farthest]
        self.viewport().update()

    def has_picture(self, page: int) -> bool:
        return page in self._pictures

    @property
    def count(self) -> int:
        return self._count

    @property
    def page(self) -> int:
        """The number of the page that takes the middle of the view; 0 where there is none."""
        if not self._count:
            return 0
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        pitch = self._page_size.height() + GAP
        return min(max((middle - MARGIN) // pitch + 1, 1), self._count)

    @property
    def zoom(self) -> float:
        """Times the size of the paper."""
        width_mm, _height = page_mm(self._paper)
        if self._zoom is not None:
            return self._zoom
        room = max(self.viewport().width() - 2 * MARGIN, 60)
        return min(room / (width_mm / _MM * _DPI), self._widest)

    @property
    def needed_ppi(self) -> float:
        """px of the screen per inch of paper, but never so few that thin strokes get lost."""
        return max(round(self.zoom * _DPI * self.devicePixelRatioF(), 1), FEWEST_PPI)

    # -- looking ---------------------------------------------------------------------------

    def zoom_by(self, factor: float) -> None:
        self._set_zoom(min(max(self.zoom * factor, SMALLEST), LARGEST))

    def fit_width(self) -> None:
        self._widest = LARGEST
        self._set_zoom(None)

    def fit_page(self) -> None:
        _width, height_mm = page_mm(self._paper)
        room = max(self.viewport().height() - 2 * MARGIN, 60)
        here = self.page
        self._set_zoom(min(max(room / (height_mm / _MM * _DPI), SMALLEST), LARGEST))
        self.go_to(here)

    def go_to(self, page: int) -> None:
        pitch = self._page_size.height() + GAP
        self.verticalScrollBar().setValue((min(max(page, 1), self._count) - 1) * pitch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        moves = {
            Qt.Key.Key_PageDown: self.page + 1,
            Qt.Key.Key_PageUp: self.page - 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: self._count,
        }
        if key in moves and self._count:
            self.go_to(moves[Qt.Key(key)])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP if event.angleDelta().y() > 0 else 1 / STEP)
        else:
            super().wheelEvent(event)

    # -- painting --------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        self._settled.start()
        self.moved.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_sight():
            place = self._place(page)
            painter.fillRect(place, _PAPER)
            picture = self._pictures.get(page)
            if picture is not None:
                painter.drawImage(QRectF(place), picture[1])
            else:
                painter.setPen(_FAINT)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"Page {page} …")
            painter.setPen(_EDGE)
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            painter.setPen(self.palette().color(self.palette().ColorRole.Accent))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _set_zoom(self, zoom: float | None) -> None:
        here = self.page
        self._zoom = zoom
        self._lay_out()
        self.go_to(here)

    @property
    def _page_size(self) -> QSize:
        width_mm, height_mm = page_mm(self._paper)
        scale = self.zoom * _DPI / _MM
        return QSize(round(width_mm * scale), round(height_mm * scale))

    def _lay_out(self) -> None:
        """Sets the scroll bars for pages of the present size."""
        size, view = self._page_size, self.viewport().size()
        whole = 2 * MARGIN + self._count * (size.height() + GAP) - GAP if self._count else 0
        for bar, length, seen in (
            (self.verticalScrollBar(), whole, view.height()),
            (self.horizontalScrollBar(), size.width() + 2 * MARGIN, view.width()),
        ):
            bar.setRange(0, max(length - seen, 0))
            bar.setPageStep(seen)
            bar.setSingleStep(48)
        self.viewport().update()
        self._settled.start()
        self.moved.emit()

    def _place(self, page: int) -> QRect:
        size = self._page_size
        left = max((self.viewport().width() - size.width()) // 2, MARGIN)
        top = MARGIN + (page - 1) * (size.height() + GAP)
        shift = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRect(QPoint(left, top) - shift, size)

    def _in_sight(self) -> range:
        if not self._count:
            return range(0)
        pitch = self._page_size.height() + GAP
        top = self.verticalScrollBar().value() - MARGIN
        first = min(max(top // pitch + 1, 1), self._count)
        last = min(max((top + self.viewport().height()) // pitch + 1, 1), self._count)
        return range(first, last + 1)

    def _ask(self) -> None:
        """Asks for the pages in sight, the one in the middle first, and for the next one."""
        seen = self._in_sight()
        if not seen:
            return
        ppi = self.needed_ppi
        near = sorted({*seen, min(seen[-1] + 1, self._count)}, key=lambda k: abs(k - self.page))
        missing = [k for k in near if self._pictures.get(k, (0.0,))[0] != ppi]
        if missing:
            self.wanted.emit(missing, ppi)
