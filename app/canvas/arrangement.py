"""Where the panes lie: all views side by side, or one large and all of them small beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF

from app.body.atlas import Atlas
from app.body.flat_picture import PICTURE
from app.body.view import View
from app.canvas.pane import Pane
from app.domain.anatomy import Body
from app.domain.marks import Mark
from app.domain.own_pictures import is_picture_version

GAP = 8.0
THUMBNAIL_ASPECT = 0.57
TALLEST_THUMBNAIL = 196.0
NARROWEST_THUMBNAIL = 68.0
"""px: its name can be read below it."""
CAPTION_HEIGHT = 22.0
LABEL_ROOM = 120
"""Picture px beside each figure, for labels of marks at its edge."""
TOP = 12.0
BOTTOM = 8.0


def side_by_side(panes: list[Pane], area: QRectF) -> None:
    """All pictures at one scale in a row, or in two rows where that shows them larger."""
    rows = min(
        ([panes], [panes[: len(panes) // 2], panes[len(panes) // 2 :]]),
        key=lambda rows: -_scale(rows, area),
    )
    height = area.height() / len(rows)
    for k, row in enumerate(rows):
        _place_row(row, QRectF(area.left(), area.top() + k * height, area.width(), height))
    common = min(pane.fitting_scale for pane in panes)
    for pane in panes:
        pane.largest_scale = common
        pane.fit()


def one_large(large: Pane, thumbnails: list[Pane], area: QRectF) -> None:
    """One picture as high as the map, and a column of thumbnails at its right."""
    if not thumbnails:
        large.place(area)
        return
    step = (area.height() - TOP) / len(thumbnails)
    height = min(step - CAPTION_HEIGHT - GAP, TALLEST_THUMBNAIL)
    width = max(height * THUMBNAIL_ASPECT, NARROWEST_THUMBNAIL)
    column = area.right() - GAP * 1.5 - width
    large.place(QRectF(area.left(), area.top(), column - area.left() - GAP, area.height()))
    for k, pane in enumerate(thumbnails):
        top = area.top() + TOP + k * (height + CAPTION_HEIGHT + GAP)
        pane.place(QRectF(column, top, width, height))


def _scale(rows: list[list[Pane]], area: QRectF) -> float:
    height = area.height() / len(rows) - CAPTION_HEIGHT - TOP
    widest = max(sum(pane.view.width + LABEL_ROOM for pane in row) for row in rows)
    tallest = max(pane.view.height for row in rows for pane in row)
    return min(height / tallest, (area.width() - GAP * len(rows[0])) / widest)


def _place_row(row: list[Pane], area: QRectF) -> None:
    total = sum(pane.view.width + LABEL_ROOM for pane in row)
    free = area.width() - GAP * (len(row) + 1)
    left = area.left() + GAP
    for pane in row:
        width = free * (pane.view.width + LABEL_ROOM) / total
        pane.place(
            QRectF(left, area.top() + TOP, width, area.height() - CAPTION_HEIGHT - TOP - BOTTOM)
        )
        left += width + GAP


def pane_at(panes: list[Pane], at: QPointF) -> Pane | None:
    """The pane under a widget point, with a thumbnail's caption; None between them."""
    x = at.x()
    for pane in reversed(panes):  # thumbnails lie over the large picture
        if x < pane.rect.left():
            continue
        caption = CAPTION_HEIGHT if pane.thumbnail else 0
        if pane.rect.adjusted(0, 0, 0, caption).contains(at):
            return pane
    return None


def close_up_of(atlas: Atlas, marks: Sequence[Mark], body: Body, from_view: str) -> str | None:
    """The close-up or own picture that shows the last of ``marks``; None where there is none."""
    shown = None
    for mark in filter(atlas.has_place_of, marks):
        if is_picture_version(mark.body_version):
            shown = mark.placed_in
        else:
            found = atlas.close_up_at(mark.anchor, body, from_view)
            shown = shown if found is None else found.name
    return shown


def box_on_whole(atlas: Atlas, view: View) -> tuple[View, QRectF] | None:
    """The view of the whole body that a close-up is part of, and its box there in picture px.

    None for the whole body, and for a practitioner's own picture: what it is part of nobody knows.
    """
    if not view.is_close_up or view.group == PICTURE:
        return None
    whole = atlas.whole_like(view)
    box = atlas.box_on(view, whole)
    return whole, QRectF(QPointF(box.left, box.top), QPointF(box.right, box.bottom))
