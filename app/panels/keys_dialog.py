"""The list of keys, made from the same table as the menus."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.editing.actions import ACTIONS, KIND_ACTIONS, Menu
from app.panels.texts import PlainLabel

ON_THE_MAP = (
    ("Arrows", "Move the crosshair, or the picture"),
    ("Enter", "Place at the crosshair"),
    ("U, then arrows", "From outline to outline of last time"),
    ("Shift+Enter", "Press and hold: arrows draw, Enter ends"),
    ("Tab", "Next muscle under the pointer"),
    ("Esc", "Drop, deselect, back"),
)
IN_THE_SESSIONS = (
    ("Space", "Lay under today's, or not"),
    ("Enter", "Open beside today's"),
    ("Ctrl+Enter", "Open to edit"),
)
"""Keys of one part of the window, while it has the focus."""
Row = tuple[str, str]
"""Keys, and what they do."""
MORE_OF_THE_VIEW = "view.superficial"
"""The list of what can be seen is long: from this action on it goes on in another column."""
BLOCK_SPACING = 8
"""px between what belongs together and what comes next."""
MOST_KEYS = 2
"""So many of an action's keys are named."""


class KeysDialog(QDialog):
    """Every action that has a key, menu by menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout()
        columns.setSpacing(36)
        for blocks in _columns():
            columns.addWidget(_column(blocks), 0, Qt.AlignmentFlag.AlignTop)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(24, 20, 24, 20)
        column_layout.setSpacing(14)
        column_layout.addWidget(PlainLabel("Keys", "title"))
        column_layout.addLayout(columns)
        column_layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _columns() -> tuple[dict[str, Sequence[Row]], ...]:
    """The blocks of each column, by their titles: so many that the sheet fits a small screen."""
    view = [action.id for action in ACTIONS if action.menu is Menu.VIEW and action.shortcuts]
    here, rows = view.index(MORE_OF_THE_VIEW), _rows(Menu.VIEW)
    return (
        {
            "PRACTICE": _rows(Menu.PRACTICE),
            "EDIT": _rows(Menu.EDIT),
            "ON THE MAP": ON_THE_MAP,
            "IN THE SESSIONS": IN_THE_SESSIONS,
            "HELP": _rows(Menu.HELP),
        },
        {"TREATMENT": _rows(Menu.TREATMENT), "VIEW": rows[:here]},
        {"TOOLS": _rows(Menu.TOOLS), "WHAT IS SHOWN": rows[here:]},
    )


def _rows(menu: Menu) -> list[Row]:
    """The actions of a menu that have keys; the kinds of mark are one row."""
    kinds = tuple(KIND_ACTIONS.values())
    rows = []
    for action in ACTIONS:
        if action.menu is menu and action is kinds[0]:
            rows.append((f"{action.shortcuts[0]} – {kinds[-1].shortcuts[0]}", "Kind of mark"))
        elif action.menu is menu and action.shortcuts and action not in kinds:
            shown = ", ".join(map(_shown, action.shortcuts[:MOST_KEYS]))
            rows.append((shown, action.name))
    return rows


def _column(blocks: dict[str, Sequence[Row]]) -> QWidget:
    column = QWidget()
    grid = QGridLayout(column)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(1)
    line = 0
    for title, rows in blocks.items():
        if line:
            grid.setRowMinimumHeight(line, BLOCK_SPACING)
            line += 1
        grid.addWidget(PlainLabel(title, "section"), line, 0, 1, 2)
        for k, (keys, name) in enumerate(rows, start=line + 1):
            grid.addWidget(PlainLabel(keys, "strong"), k, 0)
            grid.addWidget(PlainLabel(name), k, 1)
        line += len(rows) + 1
    return column


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
