"""The right column of a map of "how often": whose marks, of what, the legend, and the table."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.panels.fields import Segments
from app.panels.frequency.legend import ScaleBar
from app.panels.frequency.place_list import PlaceList
from app.panels.frequency.words import (
    NAMES,
    TITLES,
    figures_tip,
    figures_words,
    left_out_words,
    scale_tip,
    scale_words,
)
from app.panels.texts import PlainLabel
from app.review.skin_frequency import SkinFrequency
from app.review.skin_tally import Counted


class FrequencyColumn(QWidget):
    """Shows what it is told; the panel knows what it is of."""

    def __init__(self, scopes: Sequence[str], muscle_name: Callable[[str], str]) -> None:
        """``scopes``: what can be chosen between; one alone is no choice."""
        super().__init__()
        self.setObjectName("right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.scope = Segments("Whose marks", list(enumerate(scopes)), optional=False)
        self.scope.show_value(0)
        self.scope.setVisible(len(scopes) > 1)
        self.whose = PlainLabel("", "small")
        self.counted = Segments("What is counted", list(NAMES.items()), optional=False)
        self.counted.show_value(Counted.NEEDLED)
        self.title = PlainLabel("", "strong")
        self.scale = PlainLabel("", "small")
        self.bar = ScaleBar()
        self.figures = PlainLabel()
        self.left_out = PlainLabel("", "small")
        self.word = PlainLabel("", "faint")
        self.table = PlaceList(muscle_name)
        self.table.hide()
        self.picture = QPushButton("Save picture …")
        self.picture.setToolTip("The map that is seen, with its legend, as PNG or SVG")
        self.rows = QPushButton("Save table …")
        self.rows.setToolTip("The table below as XLSX or CSV")
        for label in (self.whose, self.left_out, self.figures, self.word):
            label.setWordWrap(True)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.scale)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.picture)
        buttons.addWidget(self.rows)
        within = QVBoxLayout()
        within.setContentsMargins(12, 8, 12, 8)
        within.setSpacing(6)
        above: tuple[QWidget, ...] = (self.scope, self.whose, self.counted)
        for widget in above:
            within.addWidget(widget)
        within.addSpacing(4)
        within.addLayout(head)
        below: tuple[QWidget, ...] = (self.bar, self.figures, self.left_out, self.word)
        for widget in below:
            within.addWidget(widget)
        within.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(within)
        table = QHBoxLayout()
        table.setContentsMargins(8, 0, 0, 0)
        table.addWidget(self.table)
        column.addLayout(table, 1)
        column.addStretch()  # without a table, what is said stands at the top

    def show_word(self, counted: Counted, word: str) -> None:
        """What is said in the place of a legend, while something is counted or nothing was."""
        self.title.setText(TITLES[counted])
        self.word.setText(word)
        self._show_parts(bool(word))

    def show_found(self, found: SkinFrequency, stops: Sequence[int]) -> None:
        """The legend, what was found in figures, and the table where it is known."""
        self.title.setText(TITLES[found.counted])
        self.title.setToolTip(scale_tip(found.counted))
        self.scale.setText(scale_words(found, stops[-1]))
        self.bar.show_stops(stops)
        self.bar.setAccessibleName(f"Legend: {self.scale.text()}")
        self.bar.setToolTip(scale_tip(found.counted))
        self.figures.setText(figures_words(found))
        self.figures.setToolTip(figures_tip(found))
        self._show_parts(False)
        self.show_table(found)

    def show_table(self, found: SkinFrequency) -> None:
        left_out = left_out_words(found)
        self.left_out.setText(left_out)
        self.left_out.setVisible(bool(left_out))
        rows = found.rows or ()
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.rows.setEnabled(bool(rows))

    def _show_parts(self, says_word: bool) -> None:
        self.word.setVisible(says_word)
        for widget in (self.scale, self.bar, self.figures):
            widget.setVisible(not says_word)
        self.picture.setEnabled(not says_word)
