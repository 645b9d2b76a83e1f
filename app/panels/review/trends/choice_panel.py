"""Which plots are shown: a tick for each that has figures."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.panels.fields import Choice
from app.panels.side_width import SideWidth
from app.panels.texts import PlainLabel
from app.panels.touch import least_target, scroll_by_finger
from app.panels.wrapping import wrapped
from app.review.trend import BY_MUSCLE, Trend
from app.review.trends import offered

LEAST_WIDTH, MOST_WIDTH = 248, 320
BESIDE_WORDS = 32
"""px of a tick that its words do not have."""
MOST: tuple[tuple[str, int | None], ...] = (
    ("The three recorded most", 3),
    ("The six recorded most", 6),
    ("All muscles", None),
)
"""How many plots of each kind are offered that there is one of for each muscle."""


class _Narrow(QWidget):
    """Never wider than the column."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class _Tick(QCheckBox):
    """Its words go on in the next line where they have no room: a side is never cut off."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._wrap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        room = max(self.width() - BESIDE_WORDS, LEAST_WIDTH // 2)
        if least_target():
            room -= least_target() // 2  # the box is as large as a finger asks for
        text = wrapped(self._words, self.fontMetrics(), room).replace("&", "&&")
        if text != self.text():
            self.setText(text)
        self.setMinimumHeight(self.sizeHint().height())  # a style sheet's least height is for one


class ChoicePanel(QWidget):
    """Offers what has figures; what was unticked stays so as long as the patient is open."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        SideWidth(self, LEAST_WIDTH, MOST_WIDTH)
        self._trends: Sequence[Trend] = ()
        self._left_out: set[str] = set()
        self._listed: list[QWidget] = []
        self.ticks: dict[str, QCheckBox] = {}
        self.most = Choice()
        self.most.setAccessibleName("Plots by muscle")
        self.most.addItems([name for name, _most in MOST])
        self.most.activated.connect(self._offer_anew)
        self.save = QPushButton("Save plots …")
        self.save.setToolTip("Save what is drawn as an SVG or PNG file")
        inner = _Narrow()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(12, 0, 8, 8)
        self._list.setSpacing(2)
        self._list.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        scroll_by_finger(area)
        head = QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 4)
        head.setSpacing(6)
        head.addWidget(PlainLabel("PLOTS", "section"))
        head.addWidget(self.most)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 6, 12, 12)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addLayout(foot)

    @property
    def shown(self) -> list[Trend]:
        """The plots that are ticked."""
        return [each for each in self._offered if each.key not in self._left_out]

    @property
    def _offered(self) -> list[Trend]:
        return offered(self._trends, MOST[self.most.currentIndex()][1])

    def forget(self) -> None:
        """Another patient: all that is offered is ticked."""
        self._left_out.clear()

    def show_trends(self, trends: Sequence[Trend]) -> None:
        self._trends = trends
        self.most.setVisible(any(each.group in BY_MUSCLE for each in trends))
        self._offer()

    def _offer(self) -> None:
        for widget in self._listed:
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._listed.clear()
        self.ticks.clear()
        for group, trends in groupby(self._offered, key=lambda each: each.group):
            self._add(PlainLabel(group.value, "small"))
            for trend in trends:
                self._add(self._tick(trend))
        self.save.setEnabled(bool(self.shown))

    def _add(self, widget: QWidget) -> None:
        self._list.insertWidget(len(self._listed), widget)
        self._listed.append(widget)

    def _tick(self, trend: Trend) -> QCheckBox:
        words = trend.title.rsplit(": ", 1)[-1] if trend.group in BY_MUSCLE else trend.title
        tick = _Tick(words)
        tick.setAccessibleName(f"Show {trend.title}")
        tick.setToolTip(trend.title)
        tick.setChecked(trend.key not in self._left_out)
        tick.toggled.connect(lambda on: self._set(trend.key, on))
        self.ticks[trend.key] = tick
        return tick

    def _set(self, key: str, on: bool) -> None:
        if on:
            self._left_out.discard(key)
        else:
            self._left_out.add(key)
        self.save.setEnabled(bool(self.shown))
        self.changed.emit()

    def _offer_anew(self) -> None:
        self._offer()
        self.changed.emit()
