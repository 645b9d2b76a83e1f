"""Small inputs: segments where a few values are usual, a row of figures, a counter.

Each shows a value, emits ``chosen`` when the user picks another, and can be empty, since
"not recorded" differs from every answer.
"""

from collections.abc import Sequence
from math import ceil, lcm
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app.panels.texts import PlainLabel
from app.panels.touch import at_least, least_target, when_restyled
from app.panels.wrapping import WrappingButton, WrappingChoice

SEGMENT_HEIGHT = 28
PULSE_MS = 400
COLUMN_WIDTH = 236
"""px that the right column has for a row of segments."""


def _segment(text: str, name: str, place: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    return _dressed(button, name, place)


def _dressed(button: QToolButton, name: str, place: str) -> QToolButton:
    """``button`` as a segment that stays down, said as one of ``name``."""
    button.setObjectName("segment")
    button.setProperty("place", place)
    button.setCheckable(True)
    button.setAccessibleName(f"{name}: {button.text()}")
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setMinimumSize(12, SEGMENT_HEIGHT)  # eleven figures must fit into a column
    return button


def _measure_segment(button: QToolButton) -> None:
    button.setMinimumSize(at_least(12), at_least(SEGMENT_HEIGHT))


class Segments(QWidget):
    """One of a few values, or none: pressing the chosen one again takes it back.

    With ``per_row`` the values are laid out in rows of so many.
    """

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[Any, str]],
        *,
        optional: bool = True,
        per_row: int | None = None,
    ) -> None:
        super().__init__()
        self._optional = optional
        self._buttons: list[tuple[Any, QToolButton]] = []
        self.setAccessibleName(name)
        self._per_row = per_row or len(options)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(4)
        for value, text in options:
            button = _segment(text, name, "only")
            button.clicked.connect(lambda on, value=value: self._press(value, on))
            self._buttons.append((value, button))
        when_restyled(self, self._lay_out)

    def _lay_out(self) -> None:
        """In rows of so many as were asked for, or as have room in a column for fingers."""
        count, per_row = len(self._buttons), self._per_row
        if least_target():
            most = max(COLUMN_WIDTH // least_target(), 1)
            per_row = min(per_row, ceil(count / ceil(count / most)))
        last = count % per_row or per_row
        across = lcm(per_row, last)  # so that a shorter last row is as wide as the others
        for k, (_value, button) in enumerate(self._buttons):
            row, place = divmod(k, per_row)
            shown = last if row == (count - 1) // per_row else per_row
            span = across // shown
            _measure_segment(button)
            if button.property("place") != _place(place, shown):
                button.setProperty("place", _place(place, shown))
                button.style().unpolish(button)
                button.style().polish(button)
            self._grid.addWidget(button, row, place * span, 1, span)
        for column in range(max(across, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    @property
    def value(self) -> Any:
        return next((value for value, button in self._buttons if button.isChecked()), None)

    def show_value(self, value: Any) -> None:
        for each, button in self._buttons:
            button.setChecked(value is not None and each == value)

    def choose(self, value: Any) -> None:
        """Chooses a value as a press on it does."""
        self.show_value(value)
        self.chosen.emit(value)

    def _press(self, value: Any, on: bool) -> None:
        self.choose(value if on or not self._optional else None)


def _place(k: int, count: int) -> str:
    if count == 1:
        return "only"
    return {0: "first", count - 1: "last"}.get(k, "middle")


class Criteria(QWidget):
    """Any number of a few values: buttons that stay down."""

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[Any, str]], per_row: int = 2) -> None:
        super().__init__()
        self._buttons: list[tuple[Any, QToolButton]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for k, (value, text) in enumerate(options):
            button = _dressed(WrappingButton(text), name, "only")
            button.clicked.connect(self._emit)
            grid.addWidget(button, k // per_row, k % per_row)
            self._buttons.append((value, button))
        when_restyled(self, self._measure)

    def _measure(self) -> None:
        for _value, button in self._buttons:
            _measure_segment(button)

    def show_value(self, values: frozenset[Any]) -> None:
        for value, button in self._buttons:
            button.setChecked(value in values)

    def _emit(self) -> None:
        self.chosen.emit(frozenset(value for value, button in self._buttons if button.isChecked()))


class Choice(WrappingChoice):
    """A drop-down list that the wheel does not change: it lies in a column that is scrolled."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Counter(QWidget):
    """A count in large figures with less and more; less than one is "not recorded"."""

    chosen = Signal(object)

    def __init__(self, name: str, highest: int) -> None:
        super().__init__()
        self._highest = highest
        self._value: int | None = None
        self._steps: list[QToolButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._figure = PlainLabel("–", "clock")
        self._figure.setMinimumWidth(28)
        self._figure.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for text, step, word in (("−", -1, "fewer"), ("+", 1, "more")):
            button = QToolButton()
            button.setObjectName("segment")
            button.setProperty("place", "only")
            button.setText(text)
            self._steps.append(button)
            button.setAccessibleName(f"{name}: {word}")
            button.clicked.connect(lambda _on, step=step: self._step(step))
            row.addWidget(button)
            if step < 0:
                row.addWidget(self._figure)
        row.addStretch()
        self._pulse = QTimer(self, singleShot=True, interval=PULSE_MS)
        self._pulse.timeout.connect(self.settle)
        when_restyled(self, self._measure)

    def _measure(self) -> None:
        for button in self._steps:
            button.setFixedSize(at_least(34), at_least(28))

    def pulse(self) -> None:
        """Lights the figure up for a moment: what was counted is seen from the corner of an eye."""
        self._light_up(True)
        self._pulse.start()

    def settle(self) -> None:
        """Puts the light out."""
        self._pulse.stop()
        if self.is_lit:
            self._light_up(False)

    @property
    def is_lit(self) -> bool:
        return bool(self._figure.property("lit"))

    def _light_up(self, on: bool) -> None:
        self._figure.setProperty("lit", on)
        self._figure.style().unpolish(self._figure)
        self._figure.style().polish(self._figure)

    @property
    def value(self) -> int | None:
        return self._value

    def show_value(self, value: int | None) -> None:
        self._value = value
        self._figure.setText("–" if value is None else str(value))

    def _step(self, by: int) -> None:
        value = (self._value or 0) + by
        wanted = None if value < 1 else min(value, self._highest)
        self.show_value(wanted)
        self.chosen.emit(wanted)
