"""Single lines for words, whole figures and days, each with one sentence below where it is wrong.

Like all that is typed they are kept until they are stored; what is no figure or no day is never
stored, and never called saved.
"""

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.findings import LONGEST_LINE
from app.panels.days import UnclearDayError, read_day
from app.panels.prompts import Prompt
from app.panels.texts import PlainLabel, day
from app.panels.typing import Keeper


class LineBox(QLineEdit):
    """One line of plain words."""

    left = Signal()
    finished = Signal()
    """Esc: the user is done writing."""

    def __init__(self, name: str, placeholder: str = "", longest: int = LONGEST_LINE) -> None:
        super().__init__()
        self.setAccessibleName(name)
        Prompt(self, placeholder)
        self.setMaxLength(longest)
        self.keeper = Keeper(self)
        self.textEdited.connect(self.keeper.typed)

    def show_value(self, subject: Hashable, text: str) -> None:
        """Shows what is stored of ``subject``, or what is still held of it."""
        held = self.keeper.turn_to(subject)
        shown = text if held is None else held
        if shown != self.text():
            self.setText(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.keeper.settle()
            self.finished.emit()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keeper.settle()
        self.left.emit()


class ReadLine(QWidget):
    """A line whose words mean a value. They are kept once they are whole: when the user leaves
    the line or presses Enter. What cannot be read is never kept, and a sentence below says why.
    """

    left = Signal()
    finished = Signal()

    def __init__(self, name: str, placeholder: str = "", unit: str = "", width: int = 72) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        Prompt(self.line, placeholder)
        self.line.setFixedWidth(width)
        self.keeper = Keeper(self)
        self._fault = PlainLabel("", "fault")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._shown: tuple[Hashable, str] = (None, "")
        self.row = QHBoxLayout()
        self.row.setSpacing(6)
        self.row.addWidget(self.line)
        if unit:
            self.row.addWidget(PlainLabel(unit, "faint"))
        self.row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self.row)
        column.addWidget(self._fault)
        self.line.textEdited.connect(self._look)
        self.line.editingFinished.connect(self._leave)

    def read(self, text: str) -> Any:
        """The value that ``text`` means. Raises ValueError with one sentence where it is none."""
        raise AssertionError("every line says what may stand on it")

    def write(self, value: Any) -> str:
        """``value`` as it is shown."""
        return "" if value is None else str(value)

    @property
    def fault(self) -> str:
        return self._fault.text()

    def show_value(self, subject: Hashable, value: Any) -> None:
        """Shows what is stored; of the same subject, what is being typed stays."""
        held, shown = self.keeper.turn_to(subject), self.write(value)
        if (subject, shown) == self._shown:
            return
        self._shown = (subject, shown)
        self.line.setText(shown if held is None else held)
        self._say("")

    def _look(self, text: str) -> None:
        try:
            self.read(text)
        except ValueError as error:
            self._say(str(error))
            self.keeper.forget()
        else:
            self._say("")
            self.keeper.hold(text)

    def _leave(self) -> None:
        if self.fault:
            self._say(f"Not recorded. {self.fault.removeprefix('Not recorded. ')}")
        self.keeper.settle()
        self.left.emit()

    def _say(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        if self.line.property("fault") != bool(sentence):
            self.line.setProperty("fault", bool(sentence))
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)


class WholeFigure(ReadLine):
    """A whole figure within a range."""

    def __init__(self, name: str, lowest: int, highest: int, unit: str = "") -> None:
        super().__init__(name, unit=unit, width=56)
        self._range = (lowest, highest)
        self._name = name

    def read(self, text: str) -> int | None:
        lowest, highest = self._range
        if not text.strip():
            return None
        try:
            value = int(text.strip())
        except ValueError:
            value = lowest - 1
        if not lowest <= value <= highest:
            raise ValueError(f"{self._name}: a whole figure from {lowest} to {highest}.")
        return value


class DayLine(ReadLine):
    """A day that has come, written as people write it."""

    def __init__(self, name: str, today: Callable[[], date], placeholder: str = "") -> None:
        super().__init__(name, placeholder, width=118)
        self._today = today

    def read(self, text: str) -> date | None:
        if not text.strip():
            return None
        try:
            read = read_day(text)
        except UnclearDayError as unclear:
            raise ValueError(str(unclear)) from None
        if read > self._today():
            raise ValueError("This day lies in the future. Check day, month, year.")
        return read

    def write(self, value: Any) -> str:
        return day(value) if isinstance(value, date) else ""
