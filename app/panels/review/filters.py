"""What of the patient's sessions is looked at, and how much that leaves out."""

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.panels.fields import Choice
from app.panels.texts import PlainLabel
from app.review.timeline import EVERYTHING, ReviewFilter

FIELDS = {
    "problem_id": ("Problem", "All problems"),
    "practitioner_id": ("Practitioner", "All practitioners"),
    "kind": ("Kind of mark", "All kinds of mark"),
    "muscle": ("Muscle", "All muscles"),
    "side": ("Side", "Both sides"),
}
"""By the field of the filter: what it is called, and what lets everything through."""
Options = Mapping[str, Iterable[tuple[Any, str]]]
"""By the field of the filter: what can be asked for, and how it is called."""


class _Filter(Choice):
    """A list as narrow as its column, however long its words are."""

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())


class FilterPanel(QWidget):
    """A list for each field of the filter."""

    changed = Signal(object)
    """The ReviewFilter that is wanted now."""

    def __init__(self) -> None:
        super().__init__()
        self._filter = EVERYTHING
        self.lists: dict[str, QComboBox] = {}
        self._values: dict[str, list[Any]] = {}
        """What each line of a list asks for; Qt would make plain text of a kind or a side."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel("SHOWN", "section"))
        for field, (name, _all) in FIELDS.items():
            choice = _Filter()
            choice.setAccessibleName(name)
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            choice.activated.connect(self._choose)
            self.lists[field] = choice
            column.addWidget(choice)
        self.left_out = PlainLabel("", "small")
        self.left_out.setWordWrap(True)
        column.addWidget(self.left_out)
        self.clear = QPushButton("Show everything")
        self.clear.setAccessibleName("Clear all filters")
        self.clear.clicked.connect(lambda: self._set(EVERYTHING))
        column.addWidget(self.clear)
        self.clear.hide()

    @property
    def filter(self) -> ReviewFilter:
        return self._filter

    def show_options(self, options: Options) -> None:
        """Offers these, and lets everything through again."""
        self._filter = EVERYTHING
        for field, choice in self.lists.items():
            offered = list(options[field])
            self._values[field] = [None, *(value for value, _name in offered)]
            with QSignalBlocker(choice):
                choice.clear()
                choice.addItems([FIELDS[field][1], *(name for _value, name in offered)])
            choice.setEnabled(bool(offered))
        self.clear.hide()

    def show_left_out(self, words: str) -> None:
        self.left_out.setText(words)

    def _choose(self) -> None:
        self._set(
            ReviewFilter(
                **{
                    field: self._values[field][choice.currentIndex()]
                    for field, choice in self.lists.items()
                }
            )
        )

    def _set(self, wanted: ReviewFilter) -> None:
        if wanted == self._filter:
            return
        self._filter = wanted
        for field, choice in self.lists.items():
            choice.setCurrentIndex(self._values[field].index(getattr(wanted, field)))
        if wanted.is_open and self.clear.hasFocus():
            self.lists["problem_id"].setFocus()
        self.clear.setVisible(not wanted.is_open)
        self.changed.emit(wanted)
