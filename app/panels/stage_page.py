"""What the pages of the stages share: cards in a column that is scrolled, and their words."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.identity import UUID
from app.editing.session_editor import SessionEditor
from app.panels.fields import SEGMENT_HEIGHT
from app.panels.lines import LineBox, ReadLine
from app.panels.texts import PlainLabel
from app.panels.touch import scroll_by_finger
from app.panels.typing import Keeper, TextBox
from app.panels.wrapping import WrappingButton

_W = TypeVar("_W", bound=QWidget)
_C = TypeVar("_C", bound="Card")


Written = TextBox | LineBox | ReadLine


class Card(QFrame):
    """One matter of a stage, under its title. ``keepers`` hold what is typed in it."""

    words_changed = Signal()
    finished = Signal()
    """Esc in a field: the user wants to go on charting."""

    def __init__(self, title: str, editor: SessionEditor) -> None:
        super().__init__()
        self.setObjectName("card")
        self.editor = editor
        self.papers = editor.papers
        self.keepers: list[Keeper] = []
        self.title = PlainLabel(title, "strong")
        self.title.setWordWrap(True)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 10, 12, 12)
        self.column.setSpacing(5)
        self.column.addLayout(self.head)

    @property
    def session_id(self) -> UUID | None:
        session = self.editor.session
        return None if session is None else session.id

    def show_session(self) -> None:
        """Shows the papers of the session on the desk."""

    def add(self, name: str, widget: _W) -> _W:
        """A field under its name."""
        if name:
            self.column.addWidget(PlainLabel(name, "small"))
        self.column.addWidget(widget)
        return widget

    def words(self, text: str = "", name: str = "small") -> PlainLabel:
        """A line that may wrap, hidden while it has nothing to say."""
        label = PlainLabel(text, name)
        label.setWordWrap(True)
        label.setVisible(bool(text))
        self.column.addWidget(label)
        return label

    def write(self, field: Written, store: Callable[[Any], bool]) -> None:
        """Has ``store`` keep what is typed into ``field``, where its session is on the desk. The
        subject of the field is that session's id, or begins with it.
        """

        def keep(subject: Hashable, words: str) -> bool:
            session_id = subject[0] if isinstance(subject, tuple) else subject
            value = field.read(words) if isinstance(field, ReadLine) else words
            return session_id == self.session_id and store(value)

        field.keeper.store = keep
        field.keeper.changed.connect(self.words_changed)
        field.left.connect(self.editor.history.seal)
        field.finished.connect(self.finished)
        self.keepers.append(field.keeper)


def say(label: PlainLabel, text: str) -> None:
    """Shows a line, and hides it where there is nothing to say."""
    label.setText(text)
    label.setVisible(bool(text))


class _Narrow(QWidget):
    """What is scrolled: never wider than the column, whatever its words would like."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


BELOW = 60
"""px below the last card: a message over the lower edge must not cover what ends a session."""


class StagePage(QScrollArea):
    """The cards of one stage."""

    finished = Signal()
    words_changed = Signal()

    def __init__(self, name: str, editor: SessionEditor) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.editor = editor
        self.cards: list[Card] = []
        self._inner = _Narrow()
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(12, 0, 2, BELOW)  # the rest is the scroll bar's
        self.column.setSpacing(8)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._inner)
        scroll_by_finger(self)

    def add_card(self, card: _C) -> _C:
        self.cards.append(card)
        self.column.addWidget(card)
        card.finished.connect(self.finished)
        card.words_changed.connect(self.words_changed)
        return card

    @property
    def keepers(self) -> tuple[Keeper, ...]:
        return tuple(keeper for card in self.cards for keeper in card.keepers)

    def show_session(self) -> None:
        """Shows the papers of the session on the desk; of a signed one they cannot be changed."""
        for card in self.cards:
            card.show_session()
            card.setEnabled(self.editor.writable)


class RowButtons(QWidget):
    """A few rows of words; pressing one opens it, pressing it again closes it."""

    opened = Signal(object)
    """The place of the row that is open, or None."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.open: int | None = None
        self._buttons: list[WrappingButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_rows(self, rows: Sequence[str]) -> None:
        if self.open is not None and self.open >= len(rows):
            self.open = None
        while len(self._buttons) < len(rows):
            self._buttons.append(self._new_button(len(self._buttons)))
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(rows))
            if place < len(rows):
                shown = rows[place]
                button.show_words(shown)
                button.setAccessibleName(f"{self._name}: {shown}")
                button.setChecked(place == self.open)
        self.setVisible(bool(rows))

    def _new_button(self, place: int) -> WrappingButton:
        button = WrappingButton()
        button.setObjectName("row")
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setMinimumHeight(30)
        button.clicked.connect(lambda on, place=place: self._press(place, on))
        self._column.addWidget(button)
        return button

    def _press(self, place: int, on: bool) -> None:
        self.open = place if on else None
        for each, button in enumerate(self._buttons):
            button.setChecked(each == self.open)
        self.opened.emit(self.open)


class Picks(QWidget):
    """Buttons of which each adds something: what was pressed does not stay down."""

    picked = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[Any, str]], per_row: int = 2) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for k, (value, text) in enumerate(options):
            button = WrappingButton(text)
            button.setObjectName("segment")
            button.setProperty("place", "only")
            button.setAccessibleName(f"{name}: {text}")
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(SEGMENT_HEIGHT)
            button.clicked.connect(lambda _on, value=value: self.picked.emit(value))
            grid.addWidget(button, k // per_row, k % per_row)
