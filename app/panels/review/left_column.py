"""The left column of the review page: the way back, the rooms, what one adds, and the filters."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.panels.fields import Segments
from app.panels.review.filters import FilterPanel
from app.panels.review.rooms import RoomKind
from app.panels.side_width import SideWidth
from app.panels.touch import scroll_by_finger

LEAST_WIDTH, MOST_WIDTH = 248, 300


class _Narrow(QWidget):
    """What is scrolled: never wider than the column, whatever its words would like."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class ReviewColumn(QWidget):
    """Scrolls where it is higher than the window."""

    def __init__(self, rooms: Sequence[tuple[RoomKind, str]]) -> None:
        super().__init__()
        self.setObjectName("left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        SideWidth(self, LEAST_WIDTH, MOST_WIDTH)
        self.back = QPushButton("‹  Back to the chart")
        self.back.setObjectName("quiet")
        self.back.setToolTip("Back to the chart (Esc, Ctrl+R)")
        self.rooms = Segments("Look at", rooms, optional=False)
        self.rooms.setToolTip("Ctrl+PgUp and Ctrl+PgDn go from one to the next")
        self.filters = FilterPanel()
        self._aside: QWidget | None = None
        inner = _Narrow()
        self._within = QVBoxLayout(inner)
        self._within.setContentsMargins(16, 6, 12, 12)
        self._within.setSpacing(16)
        self._within.addWidget(self.filters)
        self._within.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        scroll_by_finger(area)
        top = QHBoxLayout()
        top.setContentsMargins(8, 8, 12, 0)
        top.addWidget(self.back)
        top.addStretch()
        switch = QHBoxLayout()
        switch.setContentsMargins(16, 6, 12, 8)
        switch.addWidget(self.rooms)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(switch)
        self.rooms.setVisible(len(rooms) > 1)  # not before it is in here: it would be a window
        column.addWidget(area, 1)

    def show_room(self, kind: RoomKind, aside: QWidget | None) -> None:
        """Says which room is in sight, and shows what it has to say above the filters."""
        self.rooms.show_value(kind)
        if aside is self._aside:
            return
        if self._aside is not None:
            self._aside.hide()
        if aside is not None and self._within.indexOf(aside) < 0:
            self._within.insertWidget(0, aside)
        if aside is not None:
            aside.show()
        self._aside = aside
