"""What an empty field asks for. It asks while it can be answered: in a signed session such words
might be taken for what was recorded.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

_CHANGES = (QEvent.Type.ReadOnlyChange, QEvent.Type.EnabledChange)


class Prompt(QObject):
    """Shows ``words`` in ``field`` while it is empty and can be written in."""

    def __init__(self, field: QLineEdit | QPlainTextEdit, words: str) -> None:
        super().__init__(field)
        self._field, self._words = field, words
        field.installEventFilter(self)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES:
            self._show()
        return False

    def _show(self) -> None:
        open_ = self._field.isEnabled() and not self._field.isReadOnly()
        self._field.setPlaceholderText(self._words if open_ else "")
