"""The list of keys, made from the same table as the menus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.editing.actions import ACTIONS, Menu
from app.panels.texts import PlainLabel

_COLUMNS = ((Menu.PRACTICE, Menu.EDIT), (Menu.TOOLS,), (Menu.TREATMENT,), (Menu.VIEW,))
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
                rows.addWidget(PlainLabel(shown, "strong"), line, 0)
                rows.addWidget(PlainLabel(action.name), line, 1)
                line += 1
        return block


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
