"""What the map shows: the views of one body with its marks, painted as little as need be.

One view is large, the others are thumbnails beside it; or all stand side by side.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.body.atlas import Atlas
from app.body.view import View
from app.canvas.arrangement import box_on_whole, close_up_of, one_large, pane_at, side_by_side
from app.canvas.in_hand import InHand
from app.canvas.layer import PaneLayer
from app.canvas.look import MapLook
from app.canvas.overlay import (
    box_of_selection,
    caption_box,
    card_box,
    paint_box,
    paint_caption,
    paint_card,
    paint_overdue,
    paint_preview,
    paint_selection,
)
from app.canvas.pane import Pane
from app.canvas.shown_anatomy import NOTHING_SHOWN, ShownAnatomy
from app.canvas.way_back import WayBack, is_gone
from app.domain.anatomy import Body
from app.domain.identity import UUID
from app.domain.marks import Mark
from app.editing.tools.tool import Preview
from app.painting.placing import place_marks

SETTLING_MS = 90
"""After the last step of a zoom the picture is painted sharp."""


class MapView(QWidget):
    """Shows marks on the views of a body; one view can be enlarged, zoomed and moved."""

    small_ghosts = True  # whether thumbnails show ghosts too, as specks
    enlarged_changed = Signal(object)
    """The name of the view that is enlarged now, or None for all side by side."""
    rebuilt = Signal()
    """Other panes are shown now; what was begun on the old ones is over."""
    aim_changed = Signal(float, QPointF)
    """The enlarged view was zoomed or moved: its zoom, and the picture point at its middle."""

    def __init__(
        self,
        atlas: Atlas,
        look: MapLook,
        *,
        thumbnails: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._atlas = atlas
        self._look = look
        self._thumbnails = thumbnails
        self._body = Body.FEMALE
        self._marks: list[Mark] = []
        self._ghosts: list[Mark] = []
        self._own: tuple[View, ...] = ()
        self._anatomy = NOTHING_SHOWN
        self._selected: frozenset[UUID] = frozenset()
        self._overdue: frozenset[UUID] = frozenset()
        self._in_hand = InHand(atlas, self, self._update_hand)
        self._enlarged: str | None = "posterior"
        self._way_back: WayBack | None = None
        self._close_up_box: tuple[View, QRectF] | None = None
        """The view of the whole body on which the enlarged close-up is shown as a box."""
        self._panes: list[Pane] = []
        self._cards: list[QRect] = []
        """All that is painted for each pane."""
        self._layers: list[PaneLayer] = []
        self._late: list[Mark] = []
        self._catching_up = self._timer(0, self._catch_up)
        self._settling = self._timer(SETTLING_MS, self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._rebuild()

    def sizeHint(self) -> QSize:
        return QSize(720, 700)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 320)

    # -- marks -----------------------------------------------------------------------------

    def show_marks(self, body: Body, marks: Sequence[Mark], ghosts: Sequence[Mark]) -> None:
        """Shows these marks, and those of earlier sessions as pale outlines."""
        self._marks, self._ghosts = list(marks), list(ghosts)
        self._late.clear()
        own = self._atlas.own_views()
        if body is not self._body or own != self._own:
            self._body, self._own = body, own
            if is_gone(self._panes[0].view, own):
                self.go_back()
            self._rebuild()
            return
        self._fill(self._layers)
        self.update()

    def show_ghosts(self, ghosts: Sequence[Mark]) -> None:
        """Shows other marks of earlier sessions under the same marks of today."""
        if list(ghosts) == self._ghosts:
            return
        self._ghosts = list(ghosts)
        for layer in self._layers:
            layer.set_ghosts(self._body, self._ghosts)
        self.update()

    @property
    def anatomy(self) -> ShownAnatomy:
        return self._anatomy

    def show_anatomy(self, anatomy: ShownAnatomy) -> None:
        """Shows these parts of the anatomy under the marks."""
        if anatomy != self._anatomy:
            self._anatomy = anatomy
            for layer in self._layers:
                layer.show_anatomy(anatomy)
            self.update()

    def add_mark(self, mark: Mark) -> None:
        """Shows one mark more, which is all that changed: at once in the view in which it was
        placed, in the others when that is on the screen.
        """
        self._marks.append(mark)
        for pane, layer in zip(self._panes, self._layers, strict=True):
            if not pane.thumbnail and pane.view.name == mark.placed_in:
                self._update_box(layer.add_mark(self._body, mark))
        self._late.append(mark)
        if not self._catching_up.isActive():
            self._catching_up.start()

    def show_selected(self, ids: Iterable[UUID]) -> None:
        selected = frozenset(ids)
        changed = selected ^ self._selected
        self._selected = selected
        for pane, layer in zip(self._panes, self._layers, strict=True):
            for laid in [] if pane.thumbnail else layer.laid_marks(changed):
                self._update_box(box_of_selection(laid, pane.frame))

    def show_overdue(self, ids: frozenset[UUID]) -> None:
        """Shows of these needles that they have been in for longer than was planned."""
        if ids != self._overdue:
            self._overdue = ids
            self.update()

    def show_preview(self, preview: Preview) -> None:
        """Shows what is in hand, once the events that wait are done."""
        self._in_hand.show(preview)

    def _catch_up(self) -> None:
        """Adds new marks to the views that were left out."""
        late, self._late = self._late, []
        for mark in late:
            for pane, layer in zip(self._panes, self._layers, strict=True):
                if pane.thumbnail or pane.view.name != mark.placed_in:
                    self._update_box(layer.add_mark(self._body, mark))
                self._update_box(layer.add_label(mark))
                self._update_box(caption_box(pane))

    def _update_hand(self, box: QRectF | None) -> None:
        if box is None:
            self.update()
        else:
            self._update_box(box)

    def _update_box(self, box: QRectF | None) -> None:
        if box is not None:
            self.update(box.toAlignedRect())

    # -- views -----------------------------------------------------------------------------

    @property
    def enlarged(self) -> str | None:
        return self._enlarged

    def set_look(self, look: MapLook) -> None:
        self._look = look
        for layer in self._layers:
            layer.invalidate()
        self.update()

    def set_thumbnails(self, shown: bool) -> None:
        """Shows or hides the small views beside the enlarged one."""
        if shown != self._thumbnails:
            aim = self._panes[0].aim
            self._thumbnails = shown
            self._rebuild(anew=False)
            self.take_aim(*aim)
            self._tell_aim()  # a map that was put beside this one looks at the same part

    def enlarge(self, view: str | None) -> None:
        """Enlarges one view, a close-up maybe, or shows all of the whole body side by side."""
        if view == self._enlarged:
            return
        if view is None or not self._atlas.view(self._body, view).is_close_up:
            self._way_back = None
        elif not self.in_close_up:
            self._way_back = WayBack.to(self._enlarged, self._panes)
        self._enlarged = view
        self._rebuild(anew=False)
        self.enlarged_changed.emit(view)

    @property
    def in_close_up(self) -> bool:
        return self._enlarged is not None and self._panes[0].view.is_close_up

    @property
    def whole(self) -> str | None:
        """The view to which the way leads back from a close-up; None for all side by side."""
        if not self.in_close_up:
            return self._enlarged
        if self._way_back is not None:
            return self._way_back.view
        return self._atlas.whole_like(self._panes[0].view).name

    def go_back(self) -> None:
        """From a close-up to the view, zoom and place from which it was opened."""
        if not self.in_close_up:
            return
        way_back = self._way_back or WayBack(self.whole)
        self.enlarge(way_back.view)
        way_back.restore(self._panes)
        self._aim_moved()

    def show_where_marks_are(self) -> None:
        """Enlarges the view that shows most of the marks and ghosts, and moves close to them.

        Where no view of the whole body shows any of them, a close-up of the first one does.
        """
        anything = [*self._marks, *self._ghosts]
        placed = {
            view.name: place_marks(self._atlas, anything, self._body, view.name)
            for view in self._atlas.views(self._body)
        }
        name = max(placed, key=lambda view: len(placed[view]))
        if not placed[name]:
            self.go_back()
            found = close_up_of(self._atlas, anything[:1], self._body, self._panes[0].view.name)
            self.enlarge(found or self._enlarged)
            self.fit()
            return
        self.enlarge(name)
        self._panes[0].show_spots([QPointF(each.x, each.y) for each in placed[name]])
        self._aim_moved()

    def fit(self) -> None:
        """Shows whole pictures again."""
        for pane in self._panes:
            pane.fit()
        self._aim_moved()

    def zoom(self, factor: float) -> None:
        """Zooms the enlarged view about its middle, as keys do."""
        self._zoom_pane(self._panes[0], self._panes[0].rect.center(), factor)

    def zoom_at(self, at: QPointF, factor: float) -> None:
        """Zooms the view under a widget point about that point."""
        pane = self._pane_at(at)
        if pane is not None and not pane.thumbnail:
            self._zoom_pane(pane, at, factor)

    def take_aim(self, zoom: float, centre: QPointF) -> None:
        """Looks at the same part of the enlarged view as another map does."""
        if self._enlarged is not None and self._panes[0].aim != (zoom, centre):
            self._panes[0].take_aim(zoom, centre)
            self._settling.start()
            self.update()

    def pane_point(self, view: str, x: float, y: float) -> QPointF:
        """The widget point that shows (x, y) px of a view's picture, in its largest pane."""
        pane = next(pane for pane in self._panes if pane.view.name == view)
        return pane.frame.point(x, y)

    def settle(self) -> None:
        """Paints sharp at once what a zoom has stretched."""
        self._settling.stop()
        self.update()

    def _pan_pane(self, pane: Pane, by: QPointF) -> None:
        pane.pan(by)
        self.update(pane.rect.toAlignedRect())
        self._tell_aim()

    def _zoom_pane(self, pane: Pane, at: QPointF, factor: float) -> None:
        pane.zoom_about(at, factor)
        self._aim_moved()

    def _aim_moved(self) -> None:
        self._settling.start()
        self.update()
        self._tell_aim()

    def _tell_aim(self) -> None:
        if self._enlarged is not None:
            self.aim_changed.emit(*self._panes[0].aim)

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        self._in_hand.be_ready()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        due = event.region()
        self._paint_ground(painter, due)
        for k, card in enumerate(self._cards):
            if due.intersects(card):
                self._paint_pane(painter, k, due)
        painter.end()

    def _paint_ground(self, painter: QPainter, due: QRegion) -> None:
        """Fills what no opaque layer will cover."""
        box = QRectF(due.boundingRect())
        if any(pane.rect.contains(box) for pane in self._panes):
            return
        bare = due
        for pane in self._panes:
            bare = bare.subtracted(QRegion(pane.rect.toRect()))
        for rect in bare:  # type: ignore[attr-defined]  # the stubs do not know it
            painter.fillRect(rect, self._look.ground)

    def _paint_pane(self, painter: QPainter, k: int, due: QRegion) -> None:
        pane, layer, look = self._panes[k], self._layers[k], self._look
        if pane.thumbnail:
            paint_card(painter, pane, look, current=pane.view.name == self._enlarged)
            layer.paint(painter, due, look.card, look.skin, look.style)
            if self._close_up_box is not None and pane.view is self._close_up_box[0]:
                paint_box(painter, pane, self._close_up_box[1], look)
        else:
            rough = self._settling.isActive()
            if layer.paint(painter, due, look.ground, look.skin, look.style, rough=rough):
                paint_overdue(painter, pane, layer.laid_marks(self._overdue))
                paint_selection(painter, pane, layer.laid_marks(self._selected))
            in_hand = self._in_hand.placed(k)
            if in_hand is not None:
                paint_preview(painter, pane, layer, self._in_hand.preview, in_hand, look)
        titled = pane.thumbnail or self._enlarged is None
        paint_caption(painter, pane, look, due, seen=len(layer.placed), titled=titled)

    # -- arranging -------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _rebuild(self, *, anew: bool = True) -> None:
        """Shows other panes. Thumbnails stay as they are painted unless all is made ``anew``."""
        self._catch_up()
        was = {} if anew else dict(zip(self._panes, self._layers, strict=True))
        self._panes = self._make_panes({pane.view: pane for pane in was if pane.thumbnail})
        self._arrange()
        self._layers = [
            was.get(pane) or PaneLayer(self._atlas, pane, self.small_ghosts) for pane in self._panes
        ]
        self._close_up_box = box_on_whole(self._atlas, self._panes[0].view)
        new = [layer for layer in self._layers if layer not in was.values()]
        for layer in new:
            layer.show_anatomy(self._anatomy)
        self._fill(new)
        self.update()
        self.rebuilt.emit()

    def _make_panes(self, small: Mapping[View, Pane]) -> list[Pane]:
        whole = self._atlas.views(self._body)
        if self._enlarged is None:
            return [Pane(view) for view in whole]
        large = Pane(self._atlas.view(self._body, self._enlarged))
        seen = whole if self._thumbnails else ()
        return [large, *(small.get(view) or Pane(view, thumbnail=True) for view in seen)]

    def _arrange(self) -> None:
        area = QRectF(self.rect())
        if self._enlarged is None:
            side_by_side(self._panes, area)
        else:
            one_large(self._panes[0], self._panes[1:], area)
        self._cards = [card_box(pane).toAlignedRect() for pane in self._panes]

    def _fill(self, layers: Iterable[PaneLayer]) -> None:
        for layer in layers:
            layer.set_marks(self._body, self._marks, self._ghosts)
        self._in_hand.turn_to(self._panes, self._body)

    def _pane_at(self, at: QPointF) -> Pane | None:
        return pane_at(self._panes, at)

    def _timer(self, after_ms: int, do: Callable[[], object]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=after_ms)
        timer.timeout.connect(do)
        return timer
