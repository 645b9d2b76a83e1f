"""Small inputs: segments where a few values are usual, a row of figures, a counter.

Each shows a value, emits ``chosen`` when the user picks another, and can be empty, since
"not recorded" differs from every answer.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.panels.texts import PlainLabel

SEGMENT_HEIGHT = 28


def _segment(text: str, name: str, place: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("segment")
    button.setProperty("place", place)
    button.setText(text)
    button.setCheckable(True)
    button.setAccessibleName(f"{name}: {text}")
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setMinimumSize(12, SEGMENT_HEIGHT)  # eleven figures must fit into a column
    return button


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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        per_row = per_row or len(options)
        for start in range(0, len(options), per_row):
            row = QHBoxLayout()
            row.setSpacing(0)
            shown = options[start : start + per_row]
            for k, (value, text) in enumerate(shown):
                button = _segment(text, name, _place(k, len(shown)))
                button.clicked.connect(lambda on, value=value: self._press(value, on))
                row.addWidget(button)
                self._buttons.append((value, button))
            column.addLayout(row)

    @property
    def value(self) -> Any:
        return next((value for value, button in self._buttons if button.isChecked()), None)

    def show_value(self, value: Any) -> None:
        for each, button in self._buttons:
            button.setChecked(value is not None and each == value)

    def _press(self, value: Any, on: bool) -> None:
        wanted = value if on or not self._optional else None
        self.show_value(wanted)
        self.chosen.emit(wanted)


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
            button = _segment(text, name, "only")
            button.clicked.connect(self._emit)
            grid.addWidget(button, k // per_row, k % per_row)
            self._buttons.append((value, button))

    def show_value(self, values: frozenset[Any]) -> None:
        for value, button in self._buttons:
            button.setChecked(value in values)

    def _emit(self) -> None:
        self.chosen.emit(frozenset(value for value, button in self._buttons if button.isChecked()))


class Choice(QComboBox):
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
            button.setFixedSize(QSize(34, 28))
            button.setAccessibleName(f"{name}: {word}")
            button.clicked.connect(lambda _on, step=step: self._step(step))
            row.addWidget(button)
            if step < 0:
                row.addWidget(self._figure)
        row.addStretch()

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
