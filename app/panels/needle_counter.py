"""The one figure that must not be overlooked: how many needles are still in the body."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from app.domain.marks import Mark
from app.domain.needles import NeedleCounts, count_needles, longest_in, over_by
from app.editing.actions import BY_ID
from app.panels.needle_fields import STAYS
from app.panels.texts import PlainLabel


def elapsed(time: timedelta) -> str:
    """ "06:40"; from an hour on "1:06:40"."""
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


class NeedleCounter(QFrame):
    """ "5 in" and "2 out" in large figures, how long the longest has been in, "All out", and one
    planned stay for all that are in.

    Amber where a needle has been in for longer than was planned.
    """

    all_out_asked = Signal()
    stay_chosen = Signal(object)
    """The planned stay in s of all needles that are in; None: none is planned."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("counter")
        self._counts: NeedleCounts | None = None
        self._marks: Sequence[Mark] = ()
        self._in = PlainLabel("", "figure")
        self._out = PlainLabel("", "clock")
        self._time = PlainLabel("", "small")
        self._time.setWordWrap(True)
        self.all_out = QPushButton("All out")
        action = BY_ID["needle.all_out"]
        self.all_out.setToolTip(f"{action.name} ({action.shortcuts[0]})")
        self.all_out.setAccessibleName(action.name)
        self.all_out.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.all_out.clicked.connect(self.all_out_asked)
        self.stay = QPushButton("Stay …")
        self.stay.setObjectName("quiet")
        action = BY_ID["needle.stay"]
        self.stay.setToolTip(f"{action.name} ({action.shortcuts[0]})")
        self.stay.setAccessibleName(action.name)
        self.stay.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stay.clicked.connect(self.ask_stay)
        figures = QHBoxLayout()
        figures.setSpacing(10)
        base = Qt.AlignmentFlag.AlignBaseline
        figures.addWidget(self._in, 0, base)
        figures.addWidget(self._out, 0, base)
        figures.addStretch()
        figures.addWidget(self.all_out, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 4, 10, 8)
        column.setSpacing(0)
        column.addLayout(figures)
        below = QHBoxLayout()
        below.addWidget(self._time, 1)
        below.addWidget(self.stay)
        column.addLayout(below)

    @property
    def words(self) -> str:
        """What the figures say, in one line."""
        return f"{self._in.text()}, {self._out.text()}"

    @property
    def time_words(self) -> str:
        return self._time.text()

    def show_needles(self, marks: Sequence[Mark], now: datetime, *, writable: bool) -> None:
        """Shows the needles among ``marks``; a screen reader is told where a number changed."""
        self._marks = marks
        counts = count_needles(marks)
        self.all_out.setVisible(counts.in_ > 0)
        self.all_out.setEnabled(writable)
        self.stay.setVisible(counts.in_ > 0 and writable)
        if counts != self._counts:
            first, self._counts = self._counts is None, counts
            self._in.setText(f"{counts.in_} in")
            self._out.setText(f"{counts.out} out")
            self._tell(first=first)
        self.tick(now)

    def ask_stay(self) -> None:
        """Lets one planned stay be chosen for all needles that are in."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for stay_s, words in (*STAYS, (None, "no planned stay")):
            choice = menu.addAction(words[0].upper() + words[1:])
            choice.triggered.connect(lambda _on, stay_s=stay_s: self.stay_chosen.emit(stay_s))
        menu.popup(self.stay.mapToGlobal(self.stay.rect().bottomLeft()))

    def forget(self) -> None:
        """Another session: what it counts is no change of what was counted before."""
        self._counts = None

    def tick(self, now: datetime) -> None:
        """Shows the time that has passed."""
        over = [over for mark in self._marks if (over := over_by(mark, now)) is not None]
        self._time.setText(self._time_line(over, now))
        if self.property("overdue") != bool(over):
            self.setProperty("overdue", bool(over))
            for widget in (self, self._in, self._time):
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def _time_line(self, over: Sequence[timedelta], now: datetime) -> str:
        assert self._counts is not None
        longest = longest_in(self._marks, now)
        parts = ["no needle is in" if longest is None else f"longest {elapsed(longest)}"]
        if over:
            parts.append(f"{len(over)} over the planned time by {elapsed(max(over))}")
        if self._counts.not_recorded:
            parts.append(f"{self._counts.not_recorded} without times")
        return " · ".join(parts)

    def _tell(self, *, first: bool) -> None:
        assert self._counts is not None
        words = f"Needles: {self._counts.in_} in, {self._counts.out} out"
        if self._counts.not_recorded:
            words += f", {self._counts.not_recorded} without times"
        self.setAccessibleName(words)
        if not first:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
