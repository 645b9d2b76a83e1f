"""The list of keys, made from the same table as the menus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.editing.actions import ACTIONS, Menu
from app.panels.texts import PlainLabel

ON_THE_MAP = (
    ("Arrows", "Crosshair, with a marking tool; else the picture"),
    ("Enter", "Place at the crosshair"),
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
_COLUMNS = (
    (Menu.PRACTICE, Menu.EDIT),
    (Menu.TOOLS,),
    (Menu.TREATMENT,),
    (Menu.VIEW, Menu.HELP),
)
MOST_KEYS = 2
"""So many of an action's keys are named."""


class KeysDialog(QDialog):
    """Every action that has a key, menu by menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(3)
        for column, menus in enumerate(_COLUMNS):
            grid.addWidget(self._block(menus), 0, column, Qt.AlignmentFlag.AlignTop)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(24, 20, 24, 20)
        column_layout.setSpacing(14)
        column_layout.addWidget(PlainLabel("Keys", "title"))
        column_layout.addLayout(grid)
        column_layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def _block(self, menus: tuple[Menu, ...]) -> QWidget:
        block = QWidget()
        rows = QGridLayout(block)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(14)
        line = 0
        for menu in menus:
            rows.addWidget(PlainLabel(menu.upper(), "section"), line, 0, 1, 2)
            line += 1
            for action in (each for each in ACTIONS if each.menu is menu and each.shortcuts):
                shown = ", ".join(map(_shown, action.shortcuts[:MOST_KEYS]))
                line = _add(rows, line, shown, action.name)
        if Menu.TOOLS in menus:
            for title, here in (("ON THE MAP", ON_THE_MAP), ("IN THE SESSIONS", IN_THE_SESSIONS)):
                rows.addWidget(PlainLabel(title, "section"), line, 0, 1, 2)
                line += 1
                for key, name in here:
                    line = _add(rows, line, key, name)
        return block


def _add(rows: QGridLayout, line: int, keys: str, name: str) -> int:
    rows.addWidget(PlainLabel(keys, "strong"), line, 0)
    rows.addWidget(PlainLabel(name), line, 1)
    return line + 1


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
