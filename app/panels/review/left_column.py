"""The left column of the review page: the way back, the session at the slider, and the filters."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.panels.review.filters import FilterPanel
from app.panels.review.session_facts import SessionFacts
from app.panels.side_width import SideWidth
from app.panels.touch import scroll_by_finger

LEAST_WIDTH, MOST_WIDTH = 248, 300


class _Narrow(QWidget):
    """What is scrolled: never wider than the column, whatever its words would like."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class ReviewColumn(QWidget):
    """Scrolls where it is higher than the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        SideWidth(self, LEAST_WIDTH, MOST_WIDTH)
        self.back = QPushButton("‹  Back to the chart")
        self.back.setObjectName("quiet")
        self.back.setToolTip("Back to the chart (Esc, Ctrl+R)")
        self.facts = SessionFacts()
        self.filters = FilterPanel()
        self.ghosts = QCheckBox("Outlines of the three before")
        self.ghosts.setToolTip("Lay the last three sessions before this one under its marks")
        self.ghosts.setChecked(True)
        inner = _Narrow()
        within = QVBoxLayout(inner)
        within.setContentsMargins(16, 6, 12, 12)
        within.setSpacing(16)
        within.addWidget(self.facts)
        within.addWidget(self.filters)
        within.addWidget(self.ghosts)
        within.addStretch()
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(area, 1)
